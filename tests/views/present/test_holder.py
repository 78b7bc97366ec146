"""A panel takes the whole window, and gives it back as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer, settled, stage_called
from visualizer.session.session import Session
from visualizer.views.base.look import Look, StageLook
from visualizer.views.input.stage import AnswerStage
from visualizer.views.inspect.page import InspectPage
from visualizer.views.window.window import MainWindow


def press(window: MainWindow, key: Qt.Key) -> None:
    """A key as the window's focused widget gets it."""
    QTest.keyClick(window.focusWidget() or window, key)


def inspect(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    return page


def titles(window: MainWindow) -> list[str]:
    return [stage.title for stage in window.page.stages()]


def shown_title(window: MainWindow) -> str:
    assert window.on_stage
    stage = window.stage.stage
    assert stage is not None
    return stage.title


def test_f11_gives_the_focused_panel_the_whole_window_and_esc_gives_it_back(
    window: MainWindow,
) -> None:
    page = inspect(window)
    page.maps.maps.setFocus()
    press(window, Qt.Key.Key_F11)
    assert shown_title(window) == "Feature maps"
    assert not page.isVisible() and not window.run_bar.isVisible() and not window.rail.isVisible()
    QApplication.processEvents()
    assert window.stage.size() == window.faces.size()
    assert window.faces.height() == window.height() - window.status.height()
    press(window, Qt.Key.Key_Escape)
    assert not window.on_stage and page.isVisible() and window.run_bar.isVisible()
    assert window.focusWidget() is page.maps.maps


def test_space_still_trains_after_the_stage(window: MainWindow, session: Session) -> None:
    inspect(window).maps.to_stage.click()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Space)
    assert not window.on_stage and session.runs.state.phase == "starting"


def test_every_panel_has_a_button_and_a_title_that_give_it_the_window(window: MainWindow) -> None:
    pointer = Pointer()
    inspect(window).curves.refresh()  # the curves come after the first paint
    QApplication.processEvents()
    side = inspect(window).side
    for stage in window.page.stages():
        tabs = {side.filter: "filter", side.why: "why", side.why.wear: "why", side.step: "step"}
        side.show_tab(tabs.get(stage.panel, "position"))
        if stage.panel is side.why.wear:
            side.why.experiment.chosen.emit("worn")
        if stage.button is not None:  # the strip has no title line
            assert stage.button.isVisible()
            assert any(key in stage.button.toolTip() for key in ("(F11)", "(W)"))
            stage.button.click()
            assert shown_title(window) == stage.title
            window.close_stage()
        if stage.heading is not None:  # the whole chain is no panel's own form
            pointer.double_click(stage.heading, QPointF(4, 4))
            assert shown_title(window) == stage.title
            window.close_stage()


@pytest.mark.parametrize("page", [0, 1, 2])
@pytest.mark.parametrize(
    ("on", "back"),
    [(Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), (Qt.Key.Key_Right, Qt.Key.Key_Left)],
)
def test_a_remote_goes_through_all_stages_and_exactly_back(
    window: MainWindow, session: Session, qtbot: QtBot, on: Qt.Key, back: Qt.Key, page: int
) -> None:
    window.show_page(window.pages[page])
    window.open_stage(window.page.stages()[0])
    session.study.ask()  # what the filters answer to is written at the maps once it is known
    qtbot.waitUntil(lambda: session.study.fresh)
    scene = session.viewer.scene
    pictures = []
    for title in titles(window):
        assert shown_title(window) == title
        pictures.append(settled(window, qtbot))
        press(window, on)
    assert shown_title(window) == titles(window)[-1]  # the last one stays
    for title, picture in zip(titles(window)[::-1], pictures[::-1], strict=True):
        assert shown_title(window) == title
        assert settled(window, qtbot) == picture
        press(window, back)
    assert session.viewer.scene is scene


def test_remote_keys_go_on_while_the_maps_have_the_keyboard(window: MainWindow) -> None:
    at = titles(window).index("Feature maps")
    window.open_stage(window.page.stages()[at])
    content = window.stage.content
    assert content is not None
    content.maps.setFocus()  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_PageDown)
    assert shown_title(window) == titles(window)[at + 1]


def test_the_stage_shows_the_digit_and_the_layer_that_are_chosen_meanwhile(
    window: MainWindow, session: Session
) -> None:
    window.open_stage(stage_called(window, "The digit and its answer"))
    stage = window.stage.content
    assert isinstance(stage, AnswerStage)
    before = stage.source.whole
    press(window, Qt.Key.Key_N)
    session.viewer.settle()
    assert stage.scene is session.viewer.scene and stage.source.whole != before


def test_what_is_not_on_the_stage_computes_nothing(window: MainWindow, session: Session) -> None:
    window.open_stage(window.page.stages()[-1])
    maps = inspect(window).maps
    asleep = maps.scene
    session.random_digit()
    session.viewer.settle()
    assert maps.scene is asleep and session.viewer.scene is not asleep
    window.close_stage()
    assert maps.scene is session.viewer.scene


def test_a_stage_that_was_left_is_gone(window: MainWindow) -> None:
    gone: list[object] = []
    for stage in window.page.stages():
        window.open_stage(stage)
        content = window.stage.content
        assert content is not None
        content.destroyed.connect(lambda: gone.append(True))
    window.close_stage()
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert len(gone) == len(window.page.stages())


@pytest.mark.parametrize("present", [False, True])
@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
def test_nothing_of_a_stage_lies_outside_the_window(
    window: MainWindow, look: Look, size: tuple[int, int], present: bool
) -> None:
    look.set_present(present)
    window.resize(*size)
    for stage in window.page.stages():
        window.open_stage(stage)
        QApplication.processEvents()
        room = QRect(QPoint(0, 0), window.size())
        for part in window.stage.findChildren(QWidget):
            if part.isVisible() and not hidden_in_a_scroll_area(part):
                place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
                assert room.contains(place), (stage.title, part)
        window.close_stage()


def hidden_in_a_scroll_area(part: QWidget) -> bool:
    return part.visibleRegion().isEmpty()


def test_in_present_mode_captions_are_thirty_pixels_high_at_1080p(look: Look) -> None:
    look.set_present(True)
    stage_look = StageLook(look)
    stage_look.fit(QRect(0, 0, 1920, 1080).size())
    roles = ("caption", "explained", "counter")
    sizes = {role: stage_look.theme.font(role).pixelSize() for role in roles}
    assert sizes["caption"] >= 30 and sizes["explained"] >= 45 and sizes["counter"] >= 45
    assert stage_look.theme.line_width >= 3
    stage_look.fit(QRect(0, 0, 1280, 720).size())
    assert stage_look.theme.font("caption").pixelSize() == 20
    stage_look.deleteLater()


def test_the_page_stays_as_large_as_it_was(window: MainWindow, look: Look) -> None:
    before, size = look.theme, window.size()
    window.open_stage(window.page.stages()[0])
    assert look.theme is before and window.stage.theme.zoom > before.zoom
    window.close_stage()
    assert window.size() == size and look.theme is before


def test_present_mode_begins_on_the_stage_and_f5_leaves_both(
    window: MainWindow, look: Look, session: Session
) -> None:
    state = session.runs.state
    press(window, Qt.Key.Key_F5)
    assert look.theme.present and shown_title(window) == titles(window)[0]
    press(window, Qt.Key.Key_F5)
    assert not look.theme.present and not window.on_stage
    press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_F11)
    assert window.on_stage, "in Present mode there are stages only"
    press(window, Qt.Key.Key_Escape)
    assert not look.theme.present and not window.on_stage
    assert session.runs.state is state
