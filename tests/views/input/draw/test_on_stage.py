"""The stage of the digit and its answer: one draws large, and it is the same drawing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import stage_called
from visualizer.session.session import Session
from visualizer.views.input.stage import AnswerStage
from visualizer.views.window.window import MainWindow

LINE = ((30, 20), (50, 50), (40, 80))


def test_a_lecturer_draws_large_and_goes_on_in_the_panel(
    window: MainWindow, session: Session, hand: Any
) -> None:
    page = window.pages[0]
    page.input.show_tab("draw")
    window.open_stage(stage_called(window, "The digit and its answer"))
    QApplication.processEvents()
    content = window.stage.content
    assert isinstance(content, AnswerStage)
    assert content.pad.isVisible() and not content.digit.isVisible()
    assert content.pad.area.width() > 400
    assert content.verdict.whole == "No ink, no prediction"
    hand(content.pad, LINE)
    session.viewer.settle()
    assert content.verdict.whole.startswith("Prediction")
    drawn = page.input.draw.easel.drawing
    assert len(drawn.strokes) == 1
    QTest.keyClick(
        window.focusWidget() or window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    assert not page.input.draw.easel.drawing.strokes
    content.tools.redo.click()
    window.close_stage()
    assert page.input.draw.easel.drawing == drawn and page.input.draw.isVisible()


def test_a_picked_digit_has_no_pad_on_the_stage(window: MainWindow, session: Session) -> None:
    window.open_stage(stage_called(window, "The digit and its answer"))
    QApplication.processEvents()
    content = window.stage.content
    assert isinstance(content, AnswerStage)
    assert content.digit.isVisible()
    assert not any(part.isVisible() for part in (content.pad, content.tools, content.way))


def test_a_drawing_begins_where_it_is_seen(window: MainWindow, session: Session) -> None:
    page = window.pages[0]
    maps = stage_called(window, "Feature maps")
    for hide in (lambda: window.open_stage(maps), lambda: page.across.fold(True)):
        hide()
        QApplication.processEvents()
        on_stage = window.stage.stage
        assert page.input.visibleRegion().isEmpty()
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_D)
        session.viewer.settle()
        QApplication.processEvents()
        content = window.stage.content
        assert isinstance(content, AnswerStage) and content.pad.isVisible()
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_D)
        session.viewer.settle()
        if on_stage is not None:  # back where one came from, with the drawing
            assert window.stage.stage is on_stage and session.viewer.scene.digit.drawn
            page.input.show_tab("gallery")
        assert not session.viewer.scene.digit.drawn
        window.close_stage()
