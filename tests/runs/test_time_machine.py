"""Any moment of a run can be looked at, while it goes on, and a new run begun from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, train_long, until
from visualizer.core.edits import SwitchOff
from visualizer.data.dataset import Dataset
from visualizer.session.session import Session
from visualizer.training.fit import fit
from visualizer.training.initial import initial_weights


@pytest.fixture
def trained(short: Session, qtbot: QtBot) -> Session:
    """After one epoch of ten batches."""
    short.train_or_pause()
    until(qtbot, short, "finished")
    return short


def shown(session: Session) -> dict[str, np.ndarray]:
    return dict(session.viewer.scene.weights)


def test_every_early_batch_is_a_moment_and_the_first_is_before_any(trained: Session) -> None:
    assert [each.step for each in trained.time.snapshots] == list(range(11))
    first = initial_weights(trained.viewer.scene.network, 3)
    trained.time.show(0)
    for key, value in first.items():
        np.testing.assert_array_equal(shown(trained)[key], value)


def test_each_moment_shows_the_weights_that_training_had_then(
    trained: Session, small_dataset: Dataset
) -> None:
    runs = trained.runs
    network = trained.viewer.scene.network
    events = fit(network, small_dataset, runs.recipe, 3, settings=runs.settings, publish_every=0)
    told = {each.step: each.weights for each in events if hasattr(each, "weights")}
    for index, snapshot in enumerate(trained.time.snapshots):
        trained.time.show(index)
        scene = trained.viewer.scene
        if snapshot.step:
            for key, value in told[snapshot.step].items():
                np.testing.assert_array_equal(scene.weights[key], value)
        trace = scene.model.trace(scene.digit.pixels)
        np.testing.assert_array_equal(scene.trace.probabilities, trace.probabilities)
        assert scene.model.moment is not None and scene.model.moment.step == snapshot.step
    assert trained.time.held is not None


def test_the_counters_are_those_of_the_moment(trained: Session) -> None:
    history = trained.runs.history
    trained.time.show(4)
    state = trained.time.state
    assert (state.step, state.epoch) == (4, pytest.approx(0.4))
    assert state.loss == pytest.approx(float(history.loss.raw.values[:4].mean()), rel=1e-5)
    assert state.test_accuracy is None
    trained.time.show(10)
    known = trained.runs.state.test_accuracy
    assert trained.time.state.test_accuracy == pytest.approx(known, abs=1e-6)


def test_live_weights_wait_while_a_moment_is_held(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    short.time.show(1)
    held = shown(short)
    step = short.runs.state.step
    qtbot.waitUntil(lambda: short.runs.state.step > step + 20)
    assert all(shown(short)[key] is held[key] for key in held)
    assert not short.viewer.live
    short.time.live()
    model = short.runs.run.model
    assert all(shown(short)[key] is model.weights[key] for key in held)
    assert short.time.held is None


def test_while_a_run_trains_the_newest_of_many_moments_is_shown_and_none_is_skipped_by_steps(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    train_long(short, qtbot)
    time, told = short.time, []
    time.changed.connect(lambda: told.append(time.held))
    qtbot.waitUntil(lambda: len(time.snapshots) > 12)
    moments = time.snapshots
    for index in range(10):
        time.show(index)
    assert time.held is moments[0] and time.index == 9
    time.step(-1)
    time.step(-1)
    qtbot.waitUntil(lambda: time.held is moments[7])
    assert {held.step for held in told if held} == {moments[0].step, moments[7].step}
    time.show(3)
    time.live()
    assert time.held is None
    time.show(4)
    short.go_on_from_here()
    qtbot.waitUntil(lambda: len(time.snapshots) > 0)
    begun = time.snapshots[0].weights
    for key, value in moments[4].weights.items():
        np.testing.assert_array_equal(begun[key], value)


def test_arrows_go_to_neighbouring_moments_and_past_the_last_to_live(trained: Session) -> None:
    time = trained.time
    time.step(1)
    assert time.held is None
    time.step(-1)
    assert time.held is time.snapshots[9]
    time.step(-1)
    assert time.held is time.snapshots[8]
    time.step(1)
    time.step(1)
    assert time.held is time.snapshots[10]
    time.step(1)
    assert time.held is None
    time.show(0)
    time.step(-1)
    assert time.held is time.snapshots[0]


def test_the_line_takes_the_nearest_moment_and_at_its_end_the_live_one(trained: Session) -> None:
    time = trained.time
    time.show_epoch(0.33)
    assert time.held is not None and time.held.step == 3
    time.show_epoch(-5.0)
    assert time.held is time.snapshots[0]
    time.show_epoch(1.2)
    assert time.held is None


def test_an_edit_stays_in_every_moment(trained: Session) -> None:
    trained.what_if.add(SwitchOff("conv2d_1", 2))
    trained.time.show(5)
    kernel = shown(trained)["conv2d_1.kernel"]
    assert not kernel[..., 2].any()
    assert trained.time.snapshots[5].weights["conv2d_1.kernel"][..., 2].any()


def test_another_network_or_reset_is_live(trained: Session) -> None:
    trained.time.show(2)
    trained.choose_network("dense")
    assert trained.time.held is None
    assert trained.viewer.scene.network.name == "dense"
    assert not trained.time.available
    trained.choose_network("book")
    assert trained.viewer.scene.model is trained.runs.run.model
    trained.time.show(2)
    trained.reset()
    assert trained.time.held is None and trained.viewer.scene.model.origin.startswith("untrained")


def test_a_new_run_goes_on_from_the_moment_in_view(
    trained: Session, ear: Ear, qtbot: QtBot
) -> None:
    trained.time.show(4)
    began = shown(trained)
    old = trained.runs.run
    trained.go_on_from_here()
    new = trained.runs.run
    assert new is not old and trained.time.held is None
    for key, value in began.items():
        np.testing.assert_array_equal(new.snapshots[0].weights[key], value)
    until(qtbot, trained, "finished")
    assert trained.library.runs[-2:] == [old, new]
    assert "Undo" in [note.action.text for note in ear.notices if note.action]


def test_reset_keeps_the_seed_and_new_seed_changes_it(trained: Session) -> None:
    trained.reset()
    assert trained.runs.seed == 3
    weights = shown(trained)
    trained.new_seed()
    seed = trained.runs.seed
    expected = initial_weights(trained.viewer.scene.network, seed)
    np.testing.assert_array_equal(shown(trained)["dense_1.kernel"], expected["dense_1.kernel"])
    assert seed != 3 and (shown(trained)["dense_1.kernel"] != weights["dense_1.kernel"]).any()


def test_what_is_saved_at_a_moment_says_which(trained: Session, tmp_path: object) -> None:
    trained.time.show(4)
    facts = trained.time.model.facts
    assert facts["epochs"] == "0.40" and facts["seed"] == "3" and "test_accuracy" not in facts
    trained.time.show(10)
    assert trained.time.model.facts["test_accuracy"]


def test_the_runs_out_of_view_share_a_bound(short: Session, qtbot: QtBot) -> None:
    runs = short.runs
    for seed in range(4):
        runs.configure(replace(runs.recipe, epochs=1), seed, runs.settings)
        short.train_or_pause()
        until(qtbot, short, "finished")
    from visualizer.runs.registry import OTHERS_BUDGET

    others = [run for run in runs.all if run is not runs.run]
    assert len(others) == 3
    assert all(run.snapshots._budget == OTHERS_BUDGET // 3 for run in others)
