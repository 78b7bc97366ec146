"""Viewer: many changes within a frame become one; it is live, or holds a moment."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.network.networks import named
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell, Trail
from visualizer.scene.viewer import Viewer, first_scene
from visualizer.session.session import Session
from visualizer.training.initial import initial_weights


def digit(ink: int) -> Digit:
    return Digit(np.full((28, 28), ink, np.uint8), None, f"ink {ink}")


def model(seed: int) -> Model:
    return Model(named("book"), initial_weights(named("book"), seed), f"seed {seed}")


@pytest.fixture
def viewer(no_leaks: None) -> Viewer:
    made = Viewer(first_scene(model(0), digit(0)))
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def told(viewer: Viewer) -> list[Scene]:
    scenes: list[Scene] = []
    viewer.sceneChanged.connect(lambda old, new: scenes.append(new))
    return scenes


def test_the_first_digit_is_shown_at_once(viewer: Viewer, told: list[Scene]) -> None:
    viewer.show_digit(digit(9))
    assert [scene.digit.source for scene in told] == ["ink 9"]


def test_many_digits_within_a_frame_become_one(
    viewer: Viewer, told: list[Scene], qtbot: QtBot
) -> None:
    for ink in range(1, 50):
        viewer.show_digit(digit(ink))
    qtbot.waitUntil(lambda: told[-1].digit.source == "ink 49")
    assert len(told) < 10


def test_a_digit_and_weights_of_one_frame_are_computed_once(
    viewer: Viewer, told: list[Scene], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(monotonic=lambda: 100.0)  # it stands: all in one frame
    for module in ("scene.viewer", "system.throttle"):
        monkeypatch.setattr(f"visualizer.{module}.time", clock)
    viewer.show_digit(digit(1))
    newer = model(5)
    viewer.show_digit(digit(2))
    viewer.show_live(newer)
    qtbot.waitUntil(lambda: told[-1].model is newer)
    assert (len(told), told[-1].digit.source) == (2, "ink 2")


def test_who_reads_the_scene_has_all_that_was_waiting(viewer: Viewer) -> None:
    viewer.show_digit(digit(1))
    viewer.show_digit(digit(2))
    assert viewer.scene.digit.source == "ink 2"
    expected = viewer.scene.model.trace(digit(2).pixels)
    np.testing.assert_array_equal(viewer.scene.trace.probabilities, expected.probabilities)


def test_while_a_moment_is_held_live_weights_wait(viewer: Viewer) -> None:
    held, live = model(1), model(2)
    viewer.hold(held)
    viewer.show_live(live)
    assert viewer.scene.model is held
    assert not viewer.live
    viewer.release()
    assert viewer.scene.model is live
    assert viewer.live


def test_after_stop_nothing_is_told(viewer: Viewer, told: list[Scene]) -> None:
    viewer.show_digit(digit(1))
    viewer.show_digit(digit(2))
    assert viewer._throttle.pending
    viewer.stop()
    assert not viewer._throttle.pending
    assert [scene.digit.source for scene in told] == ["ink 1"]


def test_the_same_network_keeps_the_trail_another_the_nearest_cell(viewer: Viewer) -> None:
    viewer.select(Cell(2, 10, 10, 63))
    viewer.follow(Cell(1, 12, 12, 31))
    network = viewer.scene.network
    viewer.show_live(Model(network, initial_weights(network, 3), "seed 3"))
    assert viewer.scene.trail == Trail((Cell(2, 10, 10, 63), Cell(1, 12, 12, 31)), 1)
    dense = named("dense")
    viewer.show_live(Model(dense, initial_weights(dense, 0), "dense"))
    layers = len(dense.layers)
    assert viewer.scene.selected.layer == min(1, layers - 1)
    assert len(viewer.scene.trail.steps) == 1


# The trail


def test_going_back_keeps_what_is_ahead_until_another_way_is_taken(viewer: Viewer) -> None:
    steps = (Cell(4, 1, 1, 5), Cell(3, 2, 2, 7), Cell(2, 4, 4, 9))
    viewer.select(steps[0])
    for step in steps[1:]:
        viewer.follow(step)
    viewer.back()
    assert viewer.scene.trail == Trail(steps, 1)
    viewer.follow(steps[2])
    assert viewer.scene.trail == Trail(steps, 2)
    viewer.back()
    viewer.back()
    other = Cell(3, 0, 0, 1)
    viewer.follow(other)
    assert viewer.scene.trail == Trail((steps[0], other), 1)


@pytest.mark.parametrize("act", ["back", "forward"])
def test_the_trail_ends(act: str, viewer: Viewer, told: list[Scene]) -> None:
    getattr(viewer, act)()
    assert told == []


# Side by side


def test_a_session_can_have_a_second_viewer_beside_the_first(session: Session) -> None:
    other = Viewer(session.viewer.scene, session)
    other.show_live(replace(model(4), origin="beside"))
    other.select(Cell(0, 1, 1, 1))
    assert session.viewer.scene.model.origin != "beside"
    assert session.viewer.scene.selected != other.scene.selected
