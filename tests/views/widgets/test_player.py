"""Player: every way to go over the places, and when it stands still."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualizer.views.base.look import Look
from visualizer.views.widgets.player import Player

pytestmark = pytest.mark.motion


@pytest.fixture
def player(look: Look, show: Any) -> Player:
    """A player of nine places that goes where it asks to, as the lab's page and the panel do."""
    made = Player(look)

    def go(index: int) -> None:
        made.show_place(index, 9)

    made.moved.connect(go)
    made.show_place(4, 9)
    show(made, 400, 60)
    return made


def test_the_place_is_said_and_shown_without_a_signal(player: Player, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(player.moved):
        player.show_place(2, 25)
    assert player.place.text() == "place 3 of 25"
    assert (player.scrub.value(), player.scrub.maximum()) == (2, 24)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("step", 4, 5), ("step", 8, 0), ("back", 4, 3), ("back", 1, 0)],
)
def test_the_buttons_step(name: str, start: int, end: int, player: Player, qtbot: QtBot) -> None:
    player.show_place(start, 9)
    qtbot.mouseClick(getattr(player, name), Qt.MouseButton.LeftButton)
    assert player.index == end


def test_there_is_no_way_back_from_the_first_place(player: Player) -> None:
    player.show_place(0, 9)
    assert not player.back.isEnabled()


@pytest.mark.parametrize(
    ("key", "end"),
    [(Qt.Key.Key_Left, 3), (Qt.Key.Key_Right, 5), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 8)],
)
@pytest.mark.parametrize("part", ["play", "step", "scrub", "speed"])
def test_keys_go_over_the_places_wherever_the_focus_is_in_it(
    part: str, key: Qt.Key, end: int, player: Player, qtbot: QtBot
) -> None:
    widget = getattr(player, part)
    player.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key)
    assert player.index == end
    assert player.speed.currentIndex() == 1


def test_playing_goes_to_the_last_place_and_stops(player: Player, qtbot: QtBot) -> None:
    player.speed.setCurrentIndex(3)
    seen: list[int] = []
    player.moved.connect(seen.append)
    with qtbot.waitSignal(player.started):
        qtbot.mouseClick(player.play, Qt.MouseButton.LeftButton)
    assert player.playing
    qtbot.waitUntil(lambda: not player.playing)
    assert seen == [5, 6, 7, 8]
    qtbot.mouseClick(player.play, Qt.MouseButton.LeftButton)
    assert seen[-1] == 0


def test_the_speed_is_places_a_second(player: Player) -> None:
    for at, interval in enumerate((500, 166, 50, 16)):
        player.speed.setCurrentIndex(at)
        assert player._timer.interval() == interval


def test_it_stands_still_when_hidden_and_where_motion_is_reduced(
    player: Player, look: Look, qtbot: QtBot
) -> None:
    player.play.click()
    player.hide()
    assert not player.playing
    player.show()
    player.play.click()
    assert player.playing
    look.set_reduce_motion(True)
    assert not player.playing
    assert not player.play.isEnabled()
    assert player.step.isEnabled()
    look.set_reduce_motion(False)
    assert player.play.isEnabled()
