"""Session: runs that begin, rest, end, go on and are begun anew."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, same_weights, train_long, until
from visualizer.core.edits import Rescale, SwitchOff
from visualizer.core.network.networks import named
from visualizer.digits.misclassified import misclassified
from visualizer.session.session import Session
from visualizer.storage.weights import load_weights
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES


def test_a_run_from_train_to_finished(short: Session, ear: Ear, qtbot: QtBot) -> None:
    short.train_or_pause()
    assert short.runs.state.phase == "starting"
    until(qtbot, short, "finished")
    state, history = short.runs.state, short.runs.history
    assert (state.step, state.epoch) == (10, 1.0)
    assert history is not None
    assert len(history) == 10
    assert history.epoch.values[-1] == 1.0
    assert len(history.test_epoch) == 1
    assert state.test_accuracy == history.accuracy.test.values[-1]
    assert [notice.kind for notice in ear.notices] == ["info"]
    assert not same_weights(ear.scenes[0][0], short.viewer.scene)
    assert short.viewer.scene.model.origin == "epoch 1.00"


def test_the_shown_weights_are_the_tested_ones(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    scene, test = short.viewer.scene, short.source.dataset.test
    right = sum(found is None for found in misclassified(scene.model, test, np.arange(60)))
    assert short.runs.state.test_accuracy == pytest.approx(right / len(test))


def test_pause_and_go_on(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    short.train_or_pause()
    assert short.runs.state.phase == "paused"
    resting = [thread.name for thread in threading.enumerate()]
    assert "trainer" in resting
    step = short.runs.state.step
    short.train_or_pause()
    assert short.runs.state.phase == "running"
    qtbot.waitUntil(lambda: short.runs.state.step > step + 3)
    short.stop()
    assert short.runs.state.phase == "stopped"
    assert not short.runs.state.active


def test_one_step_is_one_batch(short: Session, ear: Ear, qtbot: QtBot) -> None:
    for step in (1, 2, 3):
        short.step()
        until(qtbot, short, "paused")
        assert short.runs.state.step == step
        assert short.runs.history is not None
        assert len(short.runs.history) == step
        assert short.viewer.scene.model.origin == f"epoch {step / 10:.2f}"


def test_a_run_can_go_on_after_a_step(short: Session, qtbot: QtBot) -> None:
    short.step()
    until(qtbot, short, "paused")
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert short.runs.state.step == 10


def test_reset_shows_the_seeds_initial_weights(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    curves = short.runs.history
    short.reset()
    expected = initial_weights(named("book"), 3)
    assert all(np.array_equal(short.viewer.scene.weights[key], expected[key]) for key in expected)
    assert short.viewer.scene.model.origin == "untrained, seed 3"
    assert (short.runs.state.phase, len(short.runs.history)) == ("ready", 0)
    assert [run.history for run in short.library.others] == [curves]


def test_the_same_seed_trains_to_the_same_weights(short: Session, qtbot: QtBot) -> None:
    scenes = []
    for _ in range(2):
        short.train_or_pause()
        until(qtbot, short, "finished")
        scenes.append(short.viewer.scene)
        short.reset()
    assert same_weights(*scenes)


def test_a_run_that_is_left_is_paused_and_goes_on_when_it_is_back(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    train_long(short, qtbot)
    run = short.runs.run
    short.choose_network("dense")
    assert (short.runs.state.phase, run.state.phase) == ("ready", "paused")
    assert "paused" in ear.notices[-1].text
    short.choose_network("book")
    assert short.runs.run is run
    assert short.viewer.scene.model.origin.startswith("epoch")
    step, curve = run.state.step, len(run.history)
    short.train_or_pause()
    qtbot.waitUntil(lambda: run.state.step > step + 3)
    assert len(run.history) > curve
    assert short.runs.run is run


def test_each_network_has_its_own_epoch_loss_and_curves(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    book, weights = short.runs.run, short.viewer.scene.weights
    short.choose_network("dense")
    short.train_or_pause()
    until(qtbot, short, "finished")
    dense = short.runs.run
    assert dense is not book
    assert dense.history.epoch.values[-1] == 1.0
    short.choose_network("book")
    assert short.runs.run is book
    assert short.viewer.scene.weights is weights
    assert short.runs.state.step == 10
    assert short.library.others == [dense]


def test_after_stop_train_goes_on_with_the_same_run(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    short.stop()
    run = short.runs.run
    qtbot.waitUntil(lambda: run.model.moment.step == run.state.step)
    step = run.state.step
    assert run.state.phase == "stopped"
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.step > step)
    assert short.runs.run is run
    assert run.history.epoch.values[step] == pytest.approx((step + 1) / 10)


def test_a_finished_run_trains_one_epoch_more(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run = short.runs.run
    short.train_or_pause()
    until(qtbot, short, "finished")
    qtbot.waitUntil(lambda: short.runs.state.step == 20)
    until(qtbot, short, "finished")
    assert short.runs.run is run
    assert (run.state.epoch, run.state.epochs, len(run.history.test_epoch)) == (2.0, 2, 2)


def test_starting_over_says_what_it_replaces_and_can_be_undone(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run, weights = short.runs.run, short.viewer.scene.weights
    short.reset()
    notice = ear.notices[-1]
    assert "seed 3, epoch 1.00" in notice.text
    assert notice.action is not None
    notice.action.act()
    assert short.runs.run is run
    assert short.viewer.scene.weights is weights
    assert short.runs.state.phase == "finished"
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.step == 20)


def test_with_another_recipe_train_begins_a_new_run(short: Session, ear: Ear, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run = short.runs.run
    short.runs.configure(short.runs.recipe, 4, short.runs.settings)
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert (short.runs.run.seed, short.runs.state.step) == (4, 10)
    ear.notices[-1].action.act()  # type: ignore[union-attr]
    assert short.runs.run is run


def test_saved_weights_name_the_recipe_and_the_epochs_they_were_trained_with(
    short: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    short.runs.configure(RECIPES["fast"], 99, short.runs.settings)
    short.files.save(tmp_path / "w.safetensors")
    facts = load_weights(tmp_path / "w.safetensors").metadata
    assert (facts["recipe"], facts["seed"], facts["epochs"]) == ("book", "3", "1.00")
    assert facts["dataset"] == "bars"
    assert float(facts["test_accuracy"]) == pytest.approx(short.runs.state.test_accuracy, abs=1e-4)
    assert "altered" not in facts


def test_saved_weights_of_an_altered_network_say_so_and_claim_no_accuracy(
    short: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    short.what_if.add(SwitchOff("conv2d_1", 3))
    short.what_if.add(Rescale("conv2d_2", 7, 1.5))
    short.files.save(tmp_path / "w.safetensors")
    stored = load_weights(tmp_path / "w.safetensors")
    facts = stored.metadata
    assert facts["altered"] == "conv2d_1 · 3 off; conv2d_2 · 7 × 1.5"
    assert "test_accuracy" not in facts
    assert facts["origin"].endswith("altered")
    assert (facts["recipe"], facts["seed"], facts["epochs"]) == ("book", "3", "1.00")
    assert not stored.weights["conv2d_1.kernel"][..., 3].any()
    for key, values in short.viewer.scene.model.weights.items():
        np.testing.assert_array_equal(stored.weights[key], values)
