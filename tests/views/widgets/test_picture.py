"""A picture that is taken away: the same numbers, light as on paper, without buttons."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from visualizer.core.history import History
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.polyline import cut_line
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.position.panel import PositionPanel
from visualizer.views.widgets.picture import FORMATS, Picture, PictureForm, file_of, image_of


@pytest.fixture
def maps(show: object, look: Look, session: Session) -> MapsPanel:
    made = MapsPanel(look, session.viewer, session.study)
    show(made, 700, 420)  # type: ignore[operator]
    session.viewer.select_layer(2)
    return made


def picture(maps: MapsPanel) -> Picture:
    return Picture("Feature maps", maps, source="book · test digit 3")


def bare(widget: object, **form: object) -> PictureForm:
    return PictureForm(**{"scale": 1, "titled": False, **form})  # type: ignore[arg-type]


def test_twice_the_size_has_twice_the_pixels(maps: MapsPanel, look: Look) -> None:
    once, twice = (image_of(picture(maps), look, PictureForm(scale=n)).size() for n in (1, 2))
    assert (twice.width(), twice.height()) == (2 * once.width(), 2 * once.height())


@pytest.mark.parametrize("scale", [1, 4])
def test_every_map_has_the_colours_that_it_has_in_the_window(
    maps: MapsPanel, look: Look, scale: int
) -> None:
    taken = image_of(picture(maps), look, bare(maps, scale=scale))
    corner = taken.width() // scale - maps.width(), taken.height() // scale - maps.height()
    shown, view, checked = maps.grab().toImage(), maps.maps, 0
    for place in np.ndindex(11, 11, 64):
        at = view.mapTo(maps, view.cell_center(place).toPoint())
        here = (at + QPoint(corner[0] // 2, corner[1] // 2)) * scale
        if len({shown.pixelColor(at + QPoint(x, y)).rgb() for x in (-1, 0) for y in (-1, 0)}) == 1:
            assert taken.pixelColor(here) == shown.pixelColor(at), place
            checked += 1
    assert checked > 1000


def test_a_dark_window_gives_a_light_picture_and_stays_dark(maps: MapsPanel, look: Look) -> None:
    look.set_dark(True)
    look.hold_zoom(2.0)
    before, shown = look.theme, maps.grab().toImage()
    paper = image_of(picture(maps), look, PictureForm()).pixelColor(1, 1)
    assert paper == QColor("#ffffff")
    assert image_of(picture(maps), look, PictureForm(light=False)).pixelColor(1, 1) != paper
    assert look.theme == before and look.own_dark
    assert maps.grab().toImage() == shown


def test_the_title_and_the_source_are_text_or_are_not_there(maps: MapsPanel, look: Look) -> None:
    for titled in (True, False):
        svg = file_of(picture(maps), look, PictureForm("svg", titled=titled)).decode()
        words = re.findall(r">([^<>]+)</text>", svg)
        assert ("book · test digit 3" in words) == titled
        assert "conv2d_2" in words  # what the panel itself says stays


def test_a_file_of_lines_has_every_number_as_text(
    show: object, look: Look, session: Session
) -> None:
    panel = PositionPanel(look, session.viewer, session)
    show(panel, 420, 800)  # type: ignore[operator]
    svg = file_of(Picture("A number", panel), look, PictureForm("svg")).decode()
    words = " ".join(re.findall(r">([^<>]+)</text>", svg))
    scene = session.viewer.scene
    assert f"{scene.value(scene.selected):.3f}" in words
    pdf = file_of(Picture("A number", panel), look, PictureForm("pdf"))
    assert pdf.startswith(b"%PDF") and b"/Type /Font" in pdf


def test_what_serves_the_pointer_is_not_in_it_and_stays_where_it_is(
    maps: MapsPanel, look: Look
) -> None:
    with_it = image_of(picture(maps), look, bare(maps, controls=True))
    without = image_of(picture(maps), look, bare(maps))
    assert with_it != without
    assert maps.to_stage.isVisible()
    assert image_of(picture(maps), look, bare(maps, controls=True)) == with_it


def test_the_keyboards_frame_is_not_in_it(maps: MapsPanel, look: Look) -> None:
    before = image_of(picture(maps), look, bare(maps))
    maps.maps.setFocus(Qt.FocusReason.TabFocusReason)
    assert maps.maps.framed
    assert image_of(picture(maps), look, bare(maps)) == before
    assert maps.maps.framed


def test_one_map_is_a_picture_of_its_own_in_pixels(maps: MapsPanel, look: Look) -> None:
    view = maps.maps
    part = view.picture_at(view.cell_center((5, 5, 7)).toPoint())
    assert part is not None and part.formats == ("png",) and "7" in part.title
    assert part.part is not None and part.part.contains(view.cell_center((0, 0, 7)).toPoint())
    assert not part.part.contains(view.cell_center((5, 5, 8)).toPoint())
    assert view.picture_at(QPoint(-5, -5)) is None


def test_enlarged_maps_stay_within_their_panel_in_every_file(maps: MapsPanel, look: Look) -> None:
    QTest.qWait(0)
    maps.maps.show_channel(7)
    svg = file_of(picture(maps), look, PictureForm("svg", titled=False)).decode()
    widths = [float(w) for w in re.findall(r'<image[^>]*? width="([\d.]+)"', svg)]
    assert widths and max(widths) <= maps.width()


def test_a_curve_ends_at_its_axes_in_every_file(show: object, look: Look) -> None:
    plot = CurvePlot(look, "Loss", "loss")
    show(plot, 420, 220)  # type: ignore[operator]
    history = History(epochs=1)
    for step in range(200):
        history.add_batch(step / 200, 9.0 if step < 20 else 0.3, 0.5)
    plot.show_history(history, (), 1)
    for kind in FORMATS:
        assert file_of(Picture("Loss", plot), look, PictureForm(kind))
    svg = file_of(Picture("", plot), look, PictureForm("svg")).decode()
    points = [p for line in re.findall(r'points="([^"]*)"', svg) for p in line.split()]
    ups = [float(point.split(",")[1]) for point in points]
    assert ups and min(ups) > -1 and max(ups) < plot.height() + 1


def test_a_line_is_cut_where_it_leaves_the_area() -> None:
    numbers, area = np.random.default_rng(4), QRectF(10, 20, 100, 50)
    for _ in range(40):
        x, y = np.sort(numbers.uniform(-20, 140, 30)), numbers.uniform(-40, 130, 30)
        parts = cut_line(x, y, area)
        for part_x, part_y in parts:
            assert part_x.min() >= 10 and part_x.max() <= 110
            assert part_y.min() >= 20 and part_y.max() <= 70
        fine = np.linspace(10.01, 109.99, 2001)
        on_it = np.interp(fine, x, y)
        inside = (on_it > 20.01) & (on_it < 69.99) & (fine > x[0]) & (fine < x[-1])
        for at, height in zip(fine[inside], on_it[inside], strict=True):
            assert any(
                px[0] <= at <= px[-1] and abs(np.interp(at, px, py) - height) < 1e-6
                for px, py in parts
            )


def test_a_file_can_be_opened_again(maps: MapsPanel, look: Look) -> None:
    data = file_of(picture(maps), look, PictureForm(scale=4))
    opened = QImage.fromData(data)
    assert opened == image_of(picture(maps), look, PictureForm(scale=4))
