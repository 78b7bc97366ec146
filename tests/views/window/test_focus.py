"""The keyboard stays where the keys work: Space trains, wherever one has clicked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.window.window import MainWindow

BY_CLICK = Qt.FocusPolicy.ClickFocus


def pressed_by_click(window: QWidget) -> list[str]:
    """The buttons and boxes that take the keyboard when they are clicked."""
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QComboBox)]
    took = [each for each in controls if each.focusPolicy() & BY_CLICK == BY_CLICK]
    return [f"{type(each).__name__} {each.accessibleName() or each.objectName()}" for each in took]


def test_no_button_takes_the_keyboard_by_a_click(window: MainWindow) -> None:
    assert pressed_by_click(window) == []
    for page in window.pages:
        window.show_page(page)
        for stage in page.stages():
            window.open_stage(stage)
            assert pressed_by_click(window) == [], stage.title
        window.close_stage()


def test_space_trains_at_the_start_after_clicks_and_after_present(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = window.pages[0]
    maps = page.maps.maps
    assert window.focusWidget() is maps

    def by_click() -> None:
        side = page.side
        for button in (page.input.tabs.findChildren(QAbstractButton)[0], side.position.copy):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def by_present() -> None:
        for key in (Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_Escape):
            QTest.keyClick(window.focusWidget() or window, key)
            QApplication.processEvents()
        assert not window.look.theme.present and not window.on_stage

    def by_present_from_a_button() -> None:
        window.run_bar.train.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(2):
            QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F5)
            QApplication.processEvents()

    for act in (by_click, by_present, by_present_from_a_button):
        act()
        assert window.focusWidget() is maps, act.__name__
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert short.runs.state.phase == "starting"


def test_enter_and_not_space_chooses_in_a_panel(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pad, tools = window.pages[0].input.draw.pad, window.pages[0].input.draw.tools
    window.pages[0].input.show_tab("draw")
    tools.tools["pixel"].click()
    pad.setFocus(Qt.FocusReason.MouseFocusReason)
    trail = short.viewer.scene.trail
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert pad.easel.pixels.any() and short.viewer.scene.trail == trail
    before = pad.easel.pixels.copy()
    QTest.keyClick(pad, Qt.Key.Key_Space)
    assert (pad.easel.pixels == before).all() and short.runs.state.phase == "starting"


def test_what_is_typed_in_a_field_stays_there(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    field = QLineEdit(window)
    field.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.text() == " " and short.runs.state.phase == "stored"
