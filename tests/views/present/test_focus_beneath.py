"""The keyboard after a black screen or the stage, whatever became of what had it before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.conftest import flush_deleted
from visualizer.views.base.guard import Guarded
from visualizer.views.widgets.widget_ref import WidgetRef
from visualizer.views.window.window import MainWindow


class Shy(Guarded, QLineEdit):
    """Is gone as soon as it has lost the keyboard, as a number that is typed over its cell."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.deleteLater()


def test_what_had_the_keyboard_dies_beneath_the_black_screen_and_nothing_is_said_of_it(
    window: MainWindow, told_failures: list[object]
) -> None:
    """By a key, by a click, and by itself; on the stage and on the page."""
    for on_stage in (False, True):
        window.show_stage(on_stage)
        home = window.stage if on_stage else window.page.home
        for lifted in (
            lambda: QTest.keyClick(window.blank, Qt.Key.Key_A),
            lambda: QTest.mouseClick(window.blank, Qt.MouseButton.LeftButton),
            window.blank.lift,
        ):
            shy = Shy(home)
            shy.show()
            shy.setFocus()
            window.blank.cover()
            flush_deleted()
            lifted()
            assert not window.blank.isVisible()
            assert window.focusWidget() is home
            assert told_failures == []


def test_a_second_b_keeps_what_had_the_keyboard_before_the_first(window: MainWindow) -> None:
    window.page.setFocus()
    window.blank.cover()
    window.blank.cover()
    window.blank.lift()
    assert window.focusWidget() is window.page


def test_what_had_the_keyboard_dies_while_a_panel_has_the_window(window: MainWindow) -> None:
    field = QLineEdit(window.page)
    field.show()
    field.setFocus()
    window.open_stage(window.page.stages()[0])
    field.deleteLater()
    flush_deleted()
    window.close_stage()
    assert window.focusWidget() is window.page.home


def test_a_dead_widget_is_kept_as_none(qapp: QApplication) -> None:
    kept: WidgetRef[QWidget] = WidgetRef(QWidget())
    widget = kept.widget
    assert widget is not None
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert kept.widget is None and kept.take() is None
