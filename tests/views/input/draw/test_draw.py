"""Draw: what the pen leaves on the pad is the network's input at once, and nothing is ever lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import stage_called
from tests.views.input.draw.conftest import send
from visualizer.core.edits import SwitchOff
from visualizer.data.input.sketch import Drawing
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.input.draw.pad import DrawingPad
from visualizer.views.input.panel import InputPanel
from visualizer.views.window.window import MainWindow

LINE = ((30, 20), (50, 50), (40, 80))
CONTROL = Qt.KeyboardModifier.ControlModifier


def words(panel: InputPanel) -> tuple[str, str]:
    return panel.verdict.whole, panel.probabilities.accessibleName()


def test_an_empty_pad_says_that_there_is_nothing_to_predict(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    assert panel.draw.pad.accessibleName() == "Drawing pad"
    assert panel.draw.accessibleName() == "Draw"
    assert words(panel) == ("No ink, no prediction",) * 2
    hand(panel.draw.pad, LINE)
    session.viewer.settle()
    assert all(said.startswith("Prediction") for said in words(panel))
    panel.draw.tools.clear.click()
    session.viewer.settle()
    assert words(panel) == ("No ink, no prediction",) * 2


def test_a_black_test_image_is_still_predicted(panel: InputPanel, session: Session) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "black.png")
    session.viewer.settle()
    assert all(said.startswith("Prediction") for said in words(panel))
    assert panel.tab == "gallery"


def test_everything_follows_while_the_pen_moves(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    easel, seen = panel.draw.easel, []
    hand(panel.draw.pad, LINE[:2], lift=False)
    for x, y in (LINE[2], (60, 70)):
        session.viewer.settle()
        assert easel.stroke is not None
        np.testing.assert_array_equal(session.viewer.scene.digit.pixels, easel.pixels)
        seen.append(easel.pixels.sum())
        send(panel.draw.pad, QEvent.Type.MouseMove, x, y)
    assert 0 < seen[0] != seen[1]


def test_each_stroke_is_undone_and_made_again(panel: InputPanel, hand: Any) -> None:
    easel, tools = panel.draw.easel, panel.draw.tools
    assert not tools.undo.isEnabled() and not tools.clear.isEnabled()
    hand(panel.draw.pad, LINE)
    one = easel.pixels.copy()
    hand(panel.draw.pad, ((60, 20), (60, 80)))
    both = easel.pixels.copy()
    tools.undo.click()
    np.testing.assert_array_equal(easel.pixels, one)
    tools.redo.click()
    np.testing.assert_array_equal(easel.pixels, both)
    tools.clear.click()
    assert not easel.pixels.any()
    tools.undo.click()
    np.testing.assert_array_equal(easel.pixels, both)


def test_what_the_pen_paints_bit_by_bit_is_the_drawing_painted_anew(
    panel: InputPanel, hand: Any
) -> None:
    pad = panel.draw.pad
    hand(pad, LINE)
    panel.draw.tools.tools["eraser"].click()
    hand(pad, ((20, 50), (80, 50)))
    before, sheet = pad.grab().toImage(), panel.draw.easel.sheet.picture.copy()
    panel.draw.easel.undo()
    assert pad.grab().toImage() != before
    panel.draw.easel.redo()
    assert pad.grab().toImage() == before
    assert panel.draw.easel.sheet.picture == sheet


def test_the_eraser_takes_ink_away_and_all_erased_is_no_ink(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    hand(panel.draw.pad, LINE)
    panel.draw.tools.tools["eraser"].click()
    panel.draw.size_slider.setValue(panel.draw.size_slider.maximum())
    hand(panel.draw.pad, LINE)
    session.viewer.settle()
    assert words(panel)[0] == "No ink, no prediction"


def ink_of(panel: InputPanel) -> float:
    return float(panel.draw.easel.sheet.values().sum())


def test_a_wider_pen_leaves_more_ink(panel: InputPanel, hand: Any) -> None:
    hand(panel.draw.pad, LINE)
    thin = ink_of(panel)
    panel.draw.tools.undo.click()
    panel.draw.size_slider.setValue(panel.draw.size_slider.maximum())
    hand(panel.draw.pad, LINE)
    assert ink_of(panel) > 1.5 * thin


def pen(
    pad: DrawingPad, kind: QEvent.Type, x: float, y: float, pressure: float, turned: bool
) -> None:
    """One event of a graphics tablet's pen."""
    ends = QPointingDevice.PointerType
    device = QPointingDevice(
        *("pen", 1, QPointingDevice.DeviceType.Stylus, ends.Eraser if turned else ends.Pen),
        *(QPointingDevice.Capability.Pressure, 1, 1),
    )
    at = pad.area.topLeft() + QPointF(x, y) * pad.area.width() / 100
    event = QTabletEvent(
        *(kind, device, at, QPointF(pad.mapToGlobal(at)), pressure, 0, 0, 0, 0, 0),
        *(Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton),
    )
    QApplication.sendEvent(pad, event)


def test_a_pen_that_presses_more_leaves_more_and_turned_around_erases(panel: InputPanel) -> None:
    def stroke(pressure: float, turned: bool = False) -> float:
        pad = panel.draw.pad
        pen(pad, QEvent.Type.TabletPress, 30, 20, pressure, turned)
        pen(pad, QEvent.Type.TabletMove, 40, 80, pressure, turned)
        pen(pad, QEvent.Type.TabletRelease, 40, 80, 0, turned)
        return ink_of(panel)

    light = stroke(0.2)
    panel.draw.easel.clear()
    full = stroke(1.0)
    assert full > 1.5 * light
    assert stroke(1.0, turned=True) < 0.1 * full


def middle_of(pixels: np.ndarray) -> np.ndarray:
    return np.argwhere(pixels).mean(axis=0)


def test_the_centring_can_be_switched_off(panel: InputPanel, session: Session, hand: Any) -> None:
    hand(panel.draw.pad, ((10, 10), (10, 30)))
    session.viewer.settle()
    assert np.abs(middle_of(session.viewer.scene.digit.pixels) - 14).max() < 2
    panel.draw.centring.click()
    session.viewer.settle()
    assert middle_of(session.viewer.scene.digit.pixels).max() < 7
    panel.draw.centring.click()
    session.viewer.settle()
    assert np.abs(middle_of(session.viewer.scene.digit.pixels) - 14).max() < 2


def test_a_drawing_starts_from_the_picked_digit(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    panel.show_tab("gallery")
    session.show_digit(7)
    picked = session.viewer.scene.digit.pixels
    panel.show_tab("draw")
    panel.draw.from_digit.click()
    np.testing.assert_array_equal(session.viewer.scene.digit.pixels, picked)
    assert not panel.draw.centring.isEnabled()
    hand(panel.draw.pad, LINE)
    assert (session.viewer.scene.digit.pixels >= picked).all()
    assert (session.viewer.scene.digit.pixels > picked).any()
    for _ in range(2):
        panel.draw.tools.undo.click()
    assert session.viewer.scene.digit.undrawn


def test_single_pixels_of_the_input_are_set_and_emptied(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    hand(panel.draw.pad, ((20, 20), (25, 45)))
    before = panel.draw.easel.pixels.copy()
    panel.draw.tools.tools["pixel"].click()
    hand(panel.draw.pad, ((2.5 * 100 / 28, 26.5 * 100 / 28),))
    edited = session.viewer.scene.digit.pixels.astype(int)
    assert edited[26, 2] == 255
    changed = np.argwhere(edited != before)
    assert changed.tolist() == [[26, 2]]
    hand(panel.draw.pad, ((2.5 * 100 / 28, 26.5 * 100 / 28),))
    np.testing.assert_array_equal(session.viewer.scene.digit.pixels, before)
    for _ in range(3):
        panel.draw.tools.undo.click()
    assert not panel.draw.easel.drawing.ground and len(panel.draw.easel.drawing.strokes) == 1


def test_single_pixels_are_set_with_the_keys(panel: InputPanel, session: Session) -> None:
    panel.draw.tools.tools["pixel"].click()
    pad = panel.draw.pad
    pad.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(pad, key)
    assert np.argwhere(session.viewer.scene.digit.pixels).tolist() == [[12, 13]]


def test_the_third_picture_shows_what_the_selected_cell_sees(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    hand(panel.draw.pad, LINE)
    session.viewer.select(Cell(2, 5, 5, 0))
    there = panel.draw.way.digit.grab().toImage()
    field = panel.theme.color("field")
    colors = {
        there.pixelColor(x, y).name() for x in range(there.width()) for y in range(there.height())
    }
    assert field.name() in colors


# In the window


@pytest.fixture
def drawing(window: MainWindow) -> InputPanel:
    """The window's left column, the Draw tab open."""
    QTest.keyClick(window, Qt.Key.Key_D)
    page = window.pages[0]
    assert page.input.draw.isVisible()
    return page.input


def test_no_key_loses_a_drawing(
    window: MainWindow, drawing: InputPanel, session: Session, hand: Any
) -> None:
    hand(drawing.draw.pad, LINE)
    kept, pixels = drawing.draw.easel.drawing, drawing.draw.easel.pixels.copy()
    keys = (Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_Escape, Qt.Key.Key_D)
    for key in (*keys, Qt.Key.Key_F11, Qt.Key.Key_F5):
        QTest.keyClick(window, key)
        QApplication.processEvents()
        assert drawing.draw.easel.drawing == kept, key
    QTest.keyClick(window, Qt.Key.Key_F5)
    drawing.show_tab("gallery")
    assert not session.viewer.scene.digit.drawn and not drawing.draw.isVisible()
    drawing.show_tab("draw")
    np.testing.assert_array_equal(session.viewer.scene.digit.pixels, pixels)


def test_back_in_the_gallery_the_picked_digit_is_shown_again(
    window: MainWindow, session: Session
) -> None:
    session.show_digit(5)
    panel = window.pages[0].input
    panel.show_tab("draw")
    assert session.viewer.scene.digit.drawn
    QTest.keyClick(window, Qt.Key.Key_D)
    assert session.viewer.scene.digit.index == 5
    panel.show_tab("draw")
    QTest.keyClick(window, Qt.Key.Key_N)
    assert session.viewer.scene.digit.index is not None
    assert panel.digit.isVisible() and not panel.draw.isVisible()


def test_undo_takes_back_what_was_done_last(
    window: MainWindow, drawing: InputPanel, session: Session, hand: Any
) -> None:
    hand(drawing.draw.pad, LINE)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    window.pages[0].maps.maps.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert session.what_if.edits == () and drawing.draw.easel.drawing.strokes
    session.what_if.redo()
    drawing.draw.pad.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert session.what_if.edits and drawing.draw.easel.drawing == Drawing()
    QTest.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert len(drawing.draw.easel.drawing.strokes) == 1


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1440, 900), (1920, 1080)])
def test_there_is_room_to_draw_on_every_screen(
    size: tuple[int, int], window: MainWindow, drawing: InputPanel
) -> None:
    window.resize(*size)
    QApplication.processEvents()
    assert drawing.draw.pad.area.width() >= 120
    assert drawing.draw.way.isVisible()


def test_d_leads_from_a_stage_to_the_pad_and_back_with_the_drawing(
    window: MainWindow, session: Session
) -> None:
    maps = stage_called(window, "Feature maps")
    answer = stage_called(window, "The digit and its answer")
    window.open_stage(maps)
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_D)
        assert window.stage.stage is answer and session.viewer.scene.digit.drawn
        QTest.keyClick(window, Qt.Key.Key_D)
        assert window.stage.stage is maps and session.viewer.scene.digit.drawn


def test_d_on_the_pads_own_stage_goes_back_to_the_picked_digit(
    window: MainWindow, session: Session
) -> None:
    window.open_stage(stage_called(window, "The digit and its answer"))
    QTest.keyClick(window, Qt.Key.Key_D)
    assert session.viewer.scene.digit.drawn
    QTest.keyClick(window, Qt.Key.Key_D)
    assert not session.viewer.scene.digit.drawn
    assert window.stage.stage is stage_called(window, "The digit and its answer")
