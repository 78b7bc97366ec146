"""A stop may let something begin by itself: its window slides, or its network trains."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.talk.stop import UNTRAINED, Begin, Stop
from visualizer.session.session import Session
from visualizer.views.lab.view import LabView
from visualizer.views.position.stage.slide import SlideStage
from visualizer.views.window import save_handout
from visualizer.views.window.stop_pictures import StopPictures
from visualizer.views.window.window import PAGES, MainWindow

TRAINS = ("A network learns", "Loss and accuracy", "The network")


def shown(window: MainWindow, session: Session, stage: str, begin: Begin = "play") -> None:
    session.talk.keep(Stop(stage, weights=UNTRAINED, begin=begin))
    session.talk.go_to(0)
    window.deck.begin()


@pytest.mark.motion
@pytest.mark.parametrize("begin", ["play", "wait"])
def test_a_window_slides(window: MainWindow, session: Session, begin: Begin) -> None:
    shown(window, session, "The sliding window", begin)
    stage = window.stage.content
    assert isinstance(stage, SlideStage)
    assert stage.slide.player.playing == (begin == "play")
    assert not session.runs.moving
    window.deck.end()


@pytest.mark.motion
@pytest.mark.parametrize("begin", ["play", "wait"])
def test_the_window_of_the_lab_slides(window: MainWindow, session: Session, begin: Begin) -> None:
    shown(window, session, "The convolution lab", begin)
    stage = window.stage.content
    assert isinstance(stage, LabView)
    assert stage.player.playing == (begin == "play")
    assert not session.runs.moving
    window.deck.end()


@pytest.mark.parametrize("stage", TRAINS)
def test_elsewhere_the_network_trains(
    stage: str, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    shown(window, session, stage)
    assert session.runs.moving
    window.deck.end()
    session.stop()
    qtbot.waitUntil(lambda: not session.runs.moving)


@pytest.mark.parametrize("stage", TRAINS)
def test_where_it_waits_nothing_trains(stage: str, window: MainWindow, session: Session) -> None:
    shown(window, session, stage, "wait")
    assert not session.runs.moving
    window.deck.end()


@pytest.mark.parametrize("stage", TRAINS)
def test_for_a_picture_of_it_nothing_trains(
    stage: str, window: MainWindow, session: Session
) -> None:
    session.talk.keep(Stop(stage, weights=UNTRAINED, begin="play"))
    pictures = StopPictures(window, session, PAGES, size=save_handout.SIZE)
    pictures.show_stop(0)
    assert not pictures.session.runs.moving, "there is nobody to stop it"
    pictures.end()
