"""MapView: the picture is the values, and a pixel of it is a cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.core.network.geometry import Rect
from visualizer.text.numbers import digits_for
from visualizer.views.base.look import Look
from visualizer.views.base.theme import DARK, LIGHT, Theme
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, color_at

LUT = Theme().sequential


@pytest.fixture
def view(look: Look, show: Any) -> MapView:
    made = MapView(look)
    show(made, 600, 400)
    return made


def ramp(height: int = 5, width: int = 4, channels: int = 6) -> np.ndarray:
    """Maps whose values all differ, from 0 to 1."""
    size = height * width * channels
    return np.linspace(0, 1, size, dtype=np.float32).reshape(height, width, channels)


def corner(view: MapView, place: tuple[int, ...]) -> QPoint:
    """A point of a cell beside its number."""
    row, column, channel = place
    rect = view.mosaic.cell_rect(row, column, channel)
    return view._viewport.on_screen(rect).topLeft().toPoint() + QPoint(3, 3)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("low", "lut"), [(0.0, "sequential"), (-1.0, "diverging")])
def test_every_cell_has_its_values_colour_on_the_screen(
    low: float, lut: str, palette: Any, view: MapView, look: Look
) -> None:
    look.set_dark(palette is DARK)
    maps = ramp() if low == 0 else ramp() * 2 - 1
    scale = ColourScale(low, 1.0, getattr(look.theme, lut))
    view.show_maps(maps, maps, scale)
    picture = view.grab().toImage()
    for place in np.ndindex(maps.shape):
        at = corner(view, place)
        expected = color_at(float(maps[place]), low, 1.0, scale.lut)
        assert picture.pixelColor(at) == expected, place


def test_colours_and_printed_values_may_differ(view: MapView) -> None:
    maps = ramp() * 50
    view.show_maps(maps, ramp(), ColourScale(0, 1, LUT))
    picture = view.grab().toImage()
    last = corner(view, (4, 3, 5))
    assert picture.pixelColor(last) == color_at(1.0, 0, 1, LUT)


def test_zero_looks_like_the_ground(view: MapView) -> None:
    maps = np.zeros((3, 3, 4), np.float32)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    image = view.image
    colors = {image.pixelColor(column, row).name() for row in range(3) for column in range(3)}
    assert colors == {LIGHT.panel}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_left_blank(value: float, view: MapView) -> None:
    maps = ramp()
    maps[2, 2, 0] = value
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    view.grab()
    rect = view.mosaic.cell_rect(2, 2, 0)
    assert view.image.pixelColor(rect.left, rect.top).alpha() == 0
    rect = view.mosaic.cell_rect(2, 1, 0)
    assert view.image.pixelColor(rect.left, rect.top).alpha() == 255


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 40, 3), (40, 1, 3), (28, 28, 1), (26, 26, 32)])
def test_maps_of_any_shape_are_drawn(shape: tuple[int, ...], view: MapView, pointer: Any) -> None:
    maps = ramp(*shape)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    view.grab()
    last = tuple(size - 1 for size in shape)
    hovered: list[object] = []
    view.hovered.connect(hovered.append)
    pointer.move(view, view.cell_center(last))  # type: ignore[arg-type]
    assert hovered == [last]


def test_pointer_reports_cells_and_leaving(view: MapView, pointer: Any) -> None:
    view.show_maps(ramp(), ramp(), ColourScale(0, 1, LUT))
    hovered: list[object] = []
    clicked: list[object] = []
    view.hovered.connect(hovered.append)
    view.clicked.connect(clicked.append)
    pointer.move(view, view.cell_center((1, 2, 3)))
    pointer.click(view, view.cell_center((4, 0, 5)))
    pointer.leave(view)
    assert hovered == [(1, 2, 3), None]
    assert clicked == [(4, 0, 5)]


def test_a_click_beside_the_maps_selects_nothing(view: MapView, pointer: Any) -> None:
    view.show_maps(ramp(), ramp(), ColourScale(0, 1, LUT))
    clicked: list[object] = []
    view.clicked.connect(clicked.append)
    pointer.click(view, QPointF(1, 1))
    assert clicked == []


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        (Qt.Key.Key_Up, (-1, 0, 0)),
        (Qt.Key.Key_Down, (1, 0, 0)),
        (Qt.Key.Key_Left, (0, -1, 0)),
        (Qt.Key.Key_Right, (0, 1, 0)),
        (Qt.Key.Key_PageUp, (0, 0, -1)),
        (Qt.Key.Key_PageDown, (0, 0, 1)),
    ],
)
def test_keys_move_the_selection(
    key: Qt.Key, moved: tuple[int, int, int], view: MapView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.moved) as caught:
        qtbot.keyClick(view, key)
    assert tuple(caught.args) == moved


def test_a_double_click_brings_one_map_forward_and_back(view: MapView, pointer: Any) -> None:
    maps = ramp(5, 5, 30)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    at = view.cell_center((2, 2, 17))
    pointer.double_click(view, at)
    assert view.zoomed
    middle = view.cell_center((2, 2, 17)) - QPointF(view.rect().center())
    assert middle.manhattanLength() < 4
    pointer.double_click(view, view.cell_center((2, 2, 17)))
    assert not view.zoomed
    assert view.cell_center((2, 2, 17)) == at


def test_a_drag_moves_enlarged_maps_and_selects_nothing(view: MapView, pointer: Any) -> None:
    maps = ramp(5, 5, 30)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    view.show_channel(3)
    clicked: list[object] = []
    view.clicked.connect(clicked.append)
    before = view.cell_center((0, 0, 3))
    start = QPointF(view.rect().center())
    pointer.drag(view, start, start + QPointF(40, 24))
    moved = view.cell_center((0, 0, 3)) - before
    assert abs(moved.x() - 40) <= 2
    assert abs(moved.y() - 24) <= 2
    assert clicked == []


@pytest.mark.parametrize(("key", "zoomed"), [(Qt.Key.Key_Plus, True), (Qt.Key.Key_Minus, False)])
def test_plus_and_minus_zoom(key: Qt.Key, zoomed: bool, view: MapView, qtbot: QtBot) -> None:
    maps = ramp(20, 20, 8)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    qtbot.keyClick(view, key)
    assert view.zoomed is zoomed
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert not view.zoomed


def inks(view: MapView, place: tuple[int, int, int]) -> set[str]:
    """The colours inside a cell."""
    picture = view.grab().toImage()
    center = view.cell_center(place).toPoint()
    return {
        QColor(picture.pixel(center.x() + x, center.y() + y)).name()
        for x in range(-16, 17)
        for y in range(-8, 9)
    }


def test_numbers_are_printed_where_cells_are_large(view: MapView) -> None:
    maps = ramp(3, 3, 2)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    assert len(inks(view, (1, 1, 0))) > 1
    small = ramp(26, 26, 32)
    view.show_maps(small, small, ColourScale(0, 1, LUT))
    large = view.grab().toImage()
    at = view.cell_center((13, 13, 5)).toPoint()
    assert large.pixelColor(at) == color_at(float(small[13, 13, 5]), 0, 1, LUT)


@pytest.mark.parametrize("color", ["selection", "field", "winner"])
def test_a_mark_is_an_outline_in_its_own_colour(color: str, view: MapView, look: Look) -> None:
    maps = ramp(5, 5, 4)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    plain = view.grab().toImage()
    view.show_outlines((Outline(Rect.cell(2, 2), 1, color),))
    marked = view.grab().toImage()
    wanted = look.theme.color(color).name()
    center = view.cell_center((2, 2, 1)).toPoint()
    around = [(center.x() + x, center.y() + y) for x in range(-60, 61) for y in range(-60, 61)]
    shown = {marked.pixelColor(x, y).name() for x, y in around if marked.valid(x, y)}
    before = {plain.pixelColor(x, y).name() for x, y in around if plain.valid(x, y)}
    assert wanted in shown
    assert wanted not in before


def test_numbers_stand_in_the_cells_as_soon_as_they_fit(view: MapView) -> None:
    maps = ramp(26, 26, 4)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    assert view.number_form() is None
    while view.number_form() is None:
        view.zoom_about(QPointF(view.rect().center()), 1.1)
    form, font = view.number_form(), QFontMetricsF(view.theme.font("caption"))
    assert form is not None
    widths = [
        font.horizontalAdvance(digits_for(1.0).text(value, form.bare)) for value in (0.07, 0.5, 1.0)
    ]
    assert max(widths) <= view._viewport.cell.width() <= max(widths) + 16


def test_two_double_clicks_bring_a_large_map_to_its_numbers(view: MapView, pointer: Any) -> None:
    maps = ramp(26, 26, 32)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    pointer.double_click(view, view.cell_center((5, 5, 17)))
    assert view.zoomed and view.number_form() is None
    at = view.cell_center((5, 5, 17))
    pointer.double_click(view, at)
    assert view.number_form() is not None
    assert (view.cell_center((5, 5, 17)) - at).manhattanLength() < 30
    pointer.double_click(view, at)
    assert not view.zoomed


def test_a_map_is_named_where_it_is_pointed_at_or_enlarged(view: MapView, pointer: Any) -> None:
    maps = ramp(5, 5, 30)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT), names=[f"filter {n}" for n in range(30)])
    assert view.tags() == {}
    pointer.move(view, view.cell_center((2, 2, 17)))
    assert list(view.tags()) == [17]
    picture = view.grab().toImage()
    over = view.tags()[17].topLeft().toPoint() + QPoint(3, -6)
    assert picture.pixelColor(over) != QColor(LIGHT.panel)
    pointer.leave(view)
    assert view.tags() == {}
    view.show_channel(3)
    assert 3 in view.tags()


def test_another_map_comes_to_where_the_one_before_it_was(view: MapView) -> None:
    maps = ramp(5, 5, 30)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    view.show_channel(3)
    before = view.cell_center((2, 2, 3))
    for channel in (4, 29, 0):
        view.show_cell((2, 2, channel), 3)
        view.show_cell((2, 2, 3), channel)
        assert (view.cell_center((2, 2, 3)) - before).manhattanLength() <= 2
        view.show_cell((2, 2, channel), 3)
        assert (view.cell_center((2, 2, channel)) - before).manhattanLength() <= 2
        view.show_cell((2, 2, 3), channel)


def test_a_cell_that_is_selected_by_keys_is_brought_into_view(view: MapView) -> None:
    maps = ramp(26, 26, 4)
    view.show_maps(maps, maps, ColourScale(0, 1, LUT))
    view.zoom_to_numbers(view.cell_center((0, 0, 0)))
    for place in ((25, 25, 0), (0, 0, 0), (25, 0, 0)):
        view.show_cell(place, 0)
        box = view._viewport.on_screen(view.mosaic.cell_rect(*place))
        assert QRectF(view.rect()).adjusted(-1, -1, 1, 1).contains(box)


def test_a_map_pointed_at_is_forgotten_with_its_layer(view: MapView, pointer: Any) -> None:
    for count in (30, 10):  # another layer is chosen by a key while the pointer stays
        maps = ramp(5, 5, count)
        view.show_maps(
            maps, maps, ColourScale(0, 1, LUT), names=[f"filter {n}" for n in range(count)]
        )
        assert view.tags() == {}
        pointer.move(view, view.cell_center((2, 2, count - 1)))
        assert list(view.tags()) == [count - 1]


@pytest.mark.parametrize(
    ("reason", "framed"),
    [
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.BacktabFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.OtherFocusReason, False),
    ],
)
def test_the_frame_is_drawn_where_the_keyboard_came_by_tab_alone(
    reason: Qt.FocusReason, framed: bool, view: MapView, look: Look, qtbot: QtBot
) -> None:
    view.clearFocus()
    view.setFocus(reason)
    qtbot.waitUntil(view.hasFocus)
    corner = view.grab().toImage().pixelColor(0, view.height() // 2)
    assert (corner == look.theme.color("accent")) is framed
    for kind in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):  # to another window and back
        QApplication.sendEvent(view, QFocusEvent(kind, Qt.FocusReason.ActiveWindowFocusReason))
    assert view.framed is framed
