"""InputPanel: the digit, what a cell sees of it, and what the network takes it for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from visualizer.core.network.geometry import Rect
from visualizer.data.dataset import Dataset, Images
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.input.panel import InputPanel
from visualizer.views.widgets.pixels import color_at


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], digits: Dataset) -> Session:
    return make_session(digits)


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> InputPanel:
    made = InputPanel(look, session.viewer, session)
    show(made, 320, 760)
    return made


def said(label: Elided) -> str:
    """The whole text of a label, shortened or not."""
    return label.toolTip() or label.text()


def pixel_center(panel: InputPanel, row: int, column: int) -> QPointF:
    return panel.digit.cells.on_screen(Rect.cell(row, column)).center()


def test_hover_reads_coordinates_and_value(
    panel: InputPanel, session: Session, pointer: Any
) -> None:
    pixels = session.viewer.scene.digit.pixels
    row, column = (int(i) for i in np.unravel_index(pixels.argmax(), pixels.shape))
    for at in ((0, 0), (27, 27), (row, column), (14, 3)):
        pointer.move(panel.digit, pixel_center(panel, *at))
        grey = int(pixels[at])
        assert said(panel.caption) == f"[{at[0]}, {at[1]}] = {grey} / 255 = {grey / 255:.3f}"
    pointer.leave(panel.digit)
    assert "sees" in said(panel.caption)


def test_every_pixel_is_found_under_its_middle(panel: InputPanel) -> None:
    for row in range(28):
        for column in range(28):
            assert panel.digit.cells.cell_at(pixel_center(panel, row, column)) == (row, column)
    assert panel.digit.cells.cell_at(QPointF(0, 0)) is None


def test_the_digit_is_drawn_ink_on_paper(panel: InputPanel, session: Session) -> None:
    session.viewer.select(Cell(0, 0, 0, 0))
    picture = panel.digit.grab().toImage()
    pixels = session.viewer.scene.digit.pixels
    for row in range(6, 28):
        for column in range(6, 28):
            at = pixel_center(panel, row, column).toPoint()
            expected = color_at(float(pixels[row, column]), 0, 255, Theme().digit)
            assert picture.pixelColor(at) == expected, (row, column)


def outline(picture: QImage, color: QColor) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the pixels of one colour."""
    found = [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y) == color
    ]
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(
    ("layer", "row", "column"),
    [(0, 0, 0), (0, 25, 25), (1, 12, 12), (2, 5, 3), (3, 4, 4), (4, 1, 2), (7, 0, 0)],
)
def test_the_drawn_field_is_what_the_cell_sees(
    layer: int, row: int, column: int, panel: InputPanel, session: Session, look: Look
) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "blank")
    session.viewer.select_layer(1 if layer == 0 else 0)
    session.viewer.select(Cell(layer, row, column, 0))
    field = session.viewer.scene.network.fields(layer, row, column, 0)[0]
    drawn = outline(panel.digit.grab().toImage(), look.theme.color("field"))
    expected = panel.digit.cells.on_screen(field)
    edges = (expected.left(), expected.top(), expected.right(), expected.bottom())
    assert np.abs(np.subtract(drawn, edges)).max() <= look.theme.line_width


def test_hover_over_a_cell_moves_the_field(panel: InputPanel, session: Session) -> None:
    session.viewer.select(Cell(4, 0, 0, 0))
    session.viewer.hover(Cell(4, 2, 2, 0))
    assert said(panel.caption) == "conv2d_3 [2, 2] sees 18 × 18 pixels"
    session.viewer.hover(Cell(0, 2, 2, 0))
    assert said(panel.caption) == "conv2d_1 [2, 2] sees 3 × 3 pixels"
    session.viewer.hover(None)
    assert said(panel.caption) == "conv2d_3 [0, 0] sees 18 × 18 pixels"


def test_it_says_which_digit_this_is(panel: InputPanel, session: Session) -> None:
    session.show_digit(12)
    label = session.source.dataset.test.labels[12]
    assert said(panel.source) == f"test digit 12 · label {label}"
    session.show_image(np.zeros((28, 28), np.uint8), "three.png")
    session.viewer.settle()
    assert said(panel.source) == "three.png"


def test_the_verdict_says_when_the_network_is_wrong(
    make_session: Callable[[Dataset], Session], digits: Dataset, look: Look, show: Any
) -> None:
    labels = digits.test.labels.copy()
    labels[:5] = (labels[:5] + 1) % 10
    test = Images(digits.test.pixels[:10], labels[:10])
    session = make_session(Dataset("half wrong", "synthetic", digits.train, test))
    panel = InputPanel(look, session.viewer, session)
    show(panel, 320, 760)
    seen = set()
    for index in range(10):
        session.show_digit(index)
        scene = session.viewer.scene
        wrong = f" ✗ true {scene.digit.label}"
        right = scene.prediction == scene.digit.label
        seen.add(right)
        expected = f"Prediction {scene.prediction}" + (" ✓" if right else wrong)
        assert said(panel.verdict) == expected
    assert seen == {True, False}


# The ten probabilities


def bar_length(panel: InputPanel, row: int) -> float:
    """Filled share of a row's bar on the screen."""
    bars = panel.probabilities
    picture = bars.grab().toImage()
    theme = panel.theme
    y = round((row + 0.5) * bars.height() / 10)
    filled = theme.color("train").name()
    empty = theme.color("control").name()
    names = [picture.pixelColor(x, y).name() for x in range(picture.width())]
    return names.count(filled) / max(names.count(filled) + names.count(empty), 1)


@pytest.mark.parametrize("index", [0, 5, 17])
def test_bars_are_as_long_as_the_probabilities(
    index: int, panel: InputPanel, session: Session
) -> None:
    session.show_digit(index)
    session.reset()
    for row, value in enumerate(session.viewer.scene.trace.probabilities):
        assert bar_length(panel, row) == pytest.approx(float(value), abs=0.05)


def framed(panel: InputPanel) -> list[bool]:
    """For each row, whether a frame stands around its number."""
    picture = panel.probabilities.grab().toImage()
    row = panel.probabilities.height() / 10
    ink = panel.theme.color("ink")

    def dark(y: float) -> bool:
        color = picture.pixelColor(4, round(y))
        return abs(color.lightness() - ink.lightness()) < 110

    return [any(dark(row * at + y) for y in (1, 2)) for at in range(10)]


@pytest.mark.parametrize("index", [0, 1, 2, 3])
def test_the_true_label_is_framed(index: int, panel: InputPanel, session: Session) -> None:
    session.show_digit(index)
    label = session.viewer.scene.digit.label
    assert framed(panel) == [row == label for row in range(10)]


def test_the_legend_of_the_frame_shows_the_framed_digit_and_no_box_to_tick(
    panel: InputPanel, session: Session
) -> None:
    framed_digit, words = panel.legend
    for index in (0, 3):
        session.show_digit(index)
        session.viewer.settle()
        assert framed_digit.isVisible() and words.isVisible()
        assert framed_digit.text() == str(session.viewer.scene.digit.label)
        assert words.text() == "true label"
    session.viewer.predict(True)
    assert not framed_digit.isVisible() and not words.isVisible()


def test_a_drawing_has_no_true_label(panel: InputPanel, session: Session) -> None:
    session.show_image(session.viewer.scene.digit.pixels, "drawing")
    assert not any(framed(panel))


def test_screen_readers_hear_the_prediction(panel: InputPanel, session: Session) -> None:
    session.show_digit(8)
    name = panel.probabilities.accessibleName()
    assert f"Prediction {session.viewer.scene.prediction}" in name


def test_every_word_is_whole_in_a_narrow_panel(panel: InputPanel, session: Session) -> None:
    panel.resize(200, 620)
    for index in (0, 3, 59):
        session.show_digit(index)
        for layer in range(8):
            session.viewer.select_layer(layer)
            for line in (panel.source, panel.caption, panel.verdict):
                assert "…" not in line.text()
                assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width()


@pytest.mark.parametrize(
    ("zoom", "height"), [(1.0, 420), (1.0, 760), (1.5, 620), (1.75, 700), (1.75, 760), (2.0, 860)]
)
def test_all_ten_rows_are_seen_at_every_zoom(
    zoom: float, height: int, look: Look, session: Session, show: Any
) -> None:
    look.set_zoom(zoom)
    panel = InputPanel(look, session.viewer, session)
    assert panel.minimumSizeHint().height() <= height
    show(panel, 400, height)
    bars = panel.probabilities
    assert panel.rect().contains(bars.geometry())
    assert bars.height() / 10 >= look.theme.font("caption").pixelSize() + 2
    for part in (panel.digit, panel.gallery, panel.verdict):
        if part.isVisible():
            assert part.geometry().bottom() <= bars.geometry().top()


def test_the_gallery_comes_back_where_there_is_room(panel: InputPanel) -> None:
    panel.resize(300, 400)
    assert not panel.gallery.isVisible()
    panel.resize(300, 800)
    assert panel.gallery.isVisible()


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
def test_a_click_selects_a_pixel_and_the_way_back_is_kept(
    panel: InputPanel, session: Session, backward: bool
) -> None:
    viewer = session.viewer
    viewer.show_backward(backward)
    viewer.select_layer(4)
    before = viewer.scene.selected
    pixels = viewer.scene.digit.pixels
    row, column = (int(i) for i in np.unravel_index(pixels.argmax(), pixels.shape))
    for at in ((row, column), (14, 13)):
        QTest.mouseClick(
            panel.digit, Qt.MouseButton.LeftButton, pos=pixel_center(panel, *at).toPoint()
        )
        assert viewer.scene.pixel == at
        sees = viewer.scene.pixels(viewer.scene.trail.cell)
        assert at[0] in sees.rows and at[1] in sees.columns
    viewer.point(None)
    assert said(panel.caption).startswith("[14, 13] =")
    while viewer.scene.trail.goes_back and viewer.scene.selected != before:
        viewer.back()
    assert viewer.scene.selected == before


def test_beside_the_digit_or_with_another_button_a_click_selects_nothing(
    panel: InputPanel, session: Session
) -> None:
    trail = session.viewer.scene.trail
    QTest.mouseClick(panel.digit, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    middle = pixel_center(panel, 14, 14).toPoint()
    QTest.mouseClick(panel.digit, Qt.MouseButton.RightButton, pos=middle)
    assert session.viewer.scene.trail == trail
