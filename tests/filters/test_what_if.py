"""What if: edits of the network in view, in a list that can be undone; runs never know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.core.edits import KeepOnly, Rescale, SetKernel, SwitchOff, altered
from visualizer.session.session import Session
from visualizer.storage.weights import load_weights

OFF = SwitchOff("conv2d_2", 3)
HALF = Rescale("conv2d_1", 5, 0.5)
CELL = SetKernel("conv2d_1", 0, 1, 2, -0.75)


def test_maps_and_probabilities_follow_at_once(session: Session) -> None:
    before = session.viewer.scene
    session.what_if.add(OFF)
    after = session.viewer.scene
    layer = after.network.index("conv2d_2")
    assert before.trace.outputs[layer][:, :, 3].any()
    assert not after.trace.outputs[layer][:, :, 3].any()
    assert not np.array_equal(before.trace.probabilities, after.trace.probabilities)
    expected = after.network.forward(
        after.trace.inputs, altered(after.network, before.weights, (OFF,))
    )
    assert np.array_equal(after.trace.probabilities, expected.probabilities)


def test_the_network_says_that_it_is_altered_and_the_run_keeps_its_own(session: Session) -> None:
    kept = session.viewer.scene.model
    session.what_if.add(CELL)
    assert session.viewer.scene.model.origin == f"{kept.origin}, altered"
    assert session.runs.run.model is kept
    assert session.viewer.unaltered is kept
    session.what_if.clear()
    assert session.viewer.scene.model is kept


def test_each_change_is_undone_alone_or_step_by_step(session: Session) -> None:
    what_if = session.what_if
    for edit in (OFF, HALF, CELL):
        what_if.add(edit)
    what_if.remove(HALF)
    assert what_if.edits == (OFF, CELL)
    what_if.undo()
    assert what_if.edits == (OFF, HALF, CELL)
    what_if.undo()
    what_if.undo()
    assert what_if.edits == (OFF,)
    what_if.redo()
    assert what_if.edits == (OFF, HALF)
    what_if.add(CELL)
    assert (what_if.can_redo, what_if.can_undo) == (False, True)
    what_if.clear()
    what_if.undo()
    assert what_if.edits == (OFF, HALF, CELL)


def test_of_two_that_speak_of_the_same_the_later_one_holds(session: Session) -> None:
    what_if = session.what_if
    for factor in (0.5, 2.0):
        what_if.add(Rescale("conv2d_1", 5, factor))
    what_if.add(KeepOnly("conv2d_3", 1))
    what_if.add(KeepOnly("conv2d_3", 2))
    assert what_if.edits == (Rescale("conv2d_1", 5, 2.0), KeepOnly("conv2d_3", 2))
    what_if.undo()
    what_if.undo()
    assert what_if.edits == (Rescale("conv2d_1", 5, 2.0),)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SwitchOff("conv2d_9", 0), "no layer 'conv2d_9'"),
        (SwitchOff("conv2d_1", 99), "no filter 99"),
        (SwitchOff("flatten_1", 0), "flatten_1 has no filters"),
        (Rescale("conv2d_1", 0, -1.0), "not by -1"),
        (SetKernel("conv2d_2", 0, 0, 0, 1.0), "no convolution on the image"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    edit: object, words: str, session: Session
) -> None:
    before = session.viewer.scene.model
    with pytest.raises(ValueError, match=words):
        session.what_if.add(edit)  # type: ignore[arg-type]
    assert session.viewer.scene.model is before
    assert not session.what_if.can_undo


def test_another_network_has_its_own_changes_and_these_wait(session: Session) -> None:
    session.what_if.add(OFF)
    session.choose_network("dense")
    assert session.what_if.edits == ()
    assert not session.what_if.can_undo
    session.choose_network("book")
    assert session.what_if.edits == (OFF,)
    assert session.viewer.scene.model.origin.endswith("altered")


def test_training_goes_on_below_the_changes(short: Session, qtbot: QtBot) -> None:
    short.what_if.add(SwitchOff("conv2d_1", 5))
    short.train_or_pause()
    until(qtbot, short, "finished")
    scene, trained = short.viewer.scene, short.runs.run.model
    assert scene.model.origin == "epoch 1.00, altered"
    assert not scene.trace.outputs[0][:, :, 5].any()
    assert trained.weights["conv2d_1.kernel"][..., 5].any()
    short.what_if.undo()
    assert short.viewer.scene.model is trained


def test_altered_weights_are_saved_as_what_they_are(session: Session, tmp_path: Path) -> None:
    session.what_if.add(OFF)
    path = tmp_path / "altered.safetensors"
    session.files.save(path)
    stored = load_weights(path)
    assert not stored.weights["conv2d_2.kernel"][..., 3].any()
    assert stored.metadata["altered"] == "conv2d_2 · 3 off"
    assert "test_accuracy" not in stored.metadata
