"""RunBar: the next step is one button, and the counters say where the run is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualizer.runs.run_state import ACTIVE, RunState
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.window.run_bar import HINTS, RunBar


@pytest.fixture
def bar(look: Look, session: Session, show: Any) -> RunBar:
    made = RunBar(look, session)
    show(made, 1280, 60)
    return made


@pytest.mark.parametrize(
    ("phase", "train", "step", "stop"),
    [
        ("ready", "Train", True, False),
        ("starting", "Pause", False, True),
        ("running", "Pause", False, True),
        ("stepping", "Train", True, True),
        ("paused", "Go on", True, True),
        ("finished", "Train one epoch more", True, False),
        ("stopped", "Go on", True, False),
        ("failed", "Train", True, False),
    ],
)
def test_what_the_buttons_do(phase: Any, train: str, step: bool, stop: bool, bar: RunBar) -> None:
    bar.show_state(RunState(phase, epochs=5))
    assert bar.train.toolTip() == train
    assert (bar.step.isEnabled(), bar.stop.isEnabled()) == (step, stop)
    assert bar.train.isEnabled()
    assert bar.reset.isEnabled()
    assert bar.epoch.caption.text() == HINTS[phase]


def test_the_counters(bar: RunBar) -> None:
    state = RunState("running", 2.345, 5, 100, 8_123.4, 65.2, 12.0, 0.04567, 0.9908)
    bar.show_state(replace(state, plan="cpu, 2 threads", dataset="MNIST"))
    assert bar.accuracy.caption.text() == "Accuracy on MNIST"
    assert bar.epoch.value.text() == "2.35 / 5"
    assert bar.loss.value.text() == "0.0457"
    assert bar.accuracy.value.text() == "99.08\u2009%"
    assert bar.speed.value.text() == "8,120 · 1:06"
    assert bar.toolTip() == "cpu, 2 threads"


def test_what_is_not_known_is_a_dash(bar: RunBar) -> None:
    bar.show_state(RunState("starting", epochs=5))
    counters = (bar.loss, bar.accuracy, bar.speed)
    assert [counter.value.text() for counter in counters] == ["–"] * 3


def test_a_run_at_rest_shows_its_whole_time_and_mean_speed(bar: RunBar) -> None:
    bar.show_state(RunState("paused", 1.0, 5, images_per_second=1234, seconds=65.2))
    assert bar.speed.caption.text() == "time · images/s"
    assert bar.speed.value.text() == "1:06 · 1,230"


@pytest.mark.parametrize("phase", ["running", "paused"])
def test_no_number_moves_its_neighbours(phase: Any, bar: RunBar) -> None:
    state = RunState(phase, 0.0, 5, 0, 10.0, 1.0, 1.0, 0.1, 0.1)
    places = []
    for epoch, speed in ((0.0, 10.0), (4.99, 99_990.0)):
        bar.show_state(replace(state, epoch=epoch, images_per_second=speed))
        bar.layout().activate()
        places.append([counter.x() for counter in (bar.epoch, bar.loss, bar.accuracy, bar.speed)])
    assert places[0] == places[1]


@pytest.mark.parametrize("width", [640, 800, 1024, 1280, 1920])
@pytest.mark.parametrize("zoom", [1.0, 1.25])
def test_in_a_narrow_window_the_controls_stay(
    width: int, zoom: float, bar: RunBar, look: Look
) -> None:
    look.set_zoom(zoom)
    bar.resize(width, 60)
    for button in (bar.train, bar.step, bar.stop, bar.reset):
        assert button.isVisible()
        assert button.geometry().right() <= width
    assert bar.epoch.isVisible()


def test_the_buttons_train_step_stop_and_reset(bar: RunBar, short: Session, qtbot: QtBot) -> None:
    short.runs.configure(
        replace(short.runs.recipe, epochs=100), short.runs.seed, short.runs.settings
    )

    def press(button: Any, phase: str) -> None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: short.runs.state.phase == phase)

    press(bar.step, "paused")
    assert bar.epoch.value.text().endswith("/ 100")
    assert bar.train.toolTip() == "Go on"
    press(bar.train, "running")
    press(bar.train, "paused")
    press(bar.step, "paused")
    press(bar.stop, "stopped")
    press(bar.train, "running")
    press(bar.reset, "ready")
    assert bar.epoch.value.text() == "0.00 / 100"


@pytest.mark.parametrize("phase", ACTIVE)
def test_every_phase_has_a_word(phase: str) -> None:
    assert HINTS[phase]
