"""W shows the whole way: from the page, from another stage, at every step; back with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.chain.stage import ChainStage
from visualizer.views.inspect.page import InspectPage
from visualizer.views.window.window import MainWindow


def test_w_shows_the_whole_way_and_escape_comes_back(window: MainWindow, session: Session) -> None:
    for layer in (0, 5, 7):
        session.viewer.select_layer(layer)
        QTest.keyClick(window, Qt.Key.Key_W)
        assert isinstance(window.stage.content, ChainStage)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.on_stage
    window.open_stage(window.page.stages()[0])
    QTest.keyClick(window, Qt.Key.Key_W)
    assert isinstance(window.stage.content, ChainStage)


def test_the_button_names_its_key_and_the_pixel_has_one_of_its_own(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    assert page.position.to_chain.toolTip().endswith("(W)")
    session.viewer.select_layer(0)
    page.position.follow_main_term()
    qtbot.mouseClick(page.position.pixel.whole, Qt.MouseButton.LeftButton)
    assert isinstance(window.stage.content, ChainStage)


def test_the_stage_comes_after_the_sliding_window(window: MainWindow) -> None:
    titles = [stage.title for stage in window.page.stages()]
    place = titles.index("From a pixel to the answer")
    assert titles[place - 1] == "The sliding window"


def test_in_the_stage_enter_and_arrows_go_along_the_way_after_a_tab(
    window: MainWindow, session: Session
) -> None:
    session.viewer.select_layer(7)
    QTest.keyClick(window, Qt.Key.Key_W)
    content = window.stage.content
    assert isinstance(content, ChainStage)
    content.view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(content.view, Qt.Key.Key_Return)
    assert session.viewer.scene.selected.layer == 6
    QTest.keyClick(content.view, Qt.Key.Key_Down)
    other = session.viewer.scene.trail
    QTest.keyClick(content.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert session.viewer.scene.trail != other and content.view.chain.column == 6
    QTest.keyClick(content.view, Qt.Key.Key_Right)
    assert window.on_stage and session.viewer.scene.selected.layer == 7
