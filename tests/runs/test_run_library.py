"""The runs of a session: named, hidden, deleted and back, saved and opened to the bit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, until
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.storage.history import load_history


@pytest.fixture
def two(short: Session, qtbot: QtBot) -> tuple[Run, Run]:
    """Two finished runs of `book`, of seeds 3 and 4."""
    for seed in (3, 4):
        short.runs.configure(short.runs.recipe, seed, short.runs.settings)
        short.train_or_pause()
        until(qtbot, short, "finished")
    one, other = short.library.runs
    return one, other


def test_every_run_is_listed_with_a_name(short: Session, two: tuple[Run, Run]) -> None:
    assert [run.name for run in two] == ["run 1", "run 2"]
    assert short.library.in_view is two[1]
    assert short.library.others == [two[0]]


def test_a_curve_is_hidden_and_shown(short: Session, two: tuple[Run, Run]) -> None:
    short.library.show_curve(two[0], False)
    assert short.library.others == [] and not short.library.is_shown(two[0])
    short.library.show_curve(two[0], True)
    assert short.library.others == [two[0]]


def test_a_name_is_changed_but_not_to_nothing(short: Session, two: tuple[Run, Run]) -> None:
    short.library.rename(two[0], "  small   steps ")
    assert two[0].name == "small steps"
    short.library.rename(two[0], "   ")
    assert two[0].name == "small steps"
    short.library.rename(two[0], "x" * 500)
    assert len(two[0].name) == 40


def test_a_run_comes_into_view_again(short: Session, two: tuple[Run, Run]) -> None:
    short.library.bring(two[0])
    assert short.runs.run is two[0]
    assert short.viewer.scene.model is two[0].model
    assert short.library.others == [two[1]]
    assert short.time.available


def test_a_deleted_run_can_be_brought_back(short: Session, two: tuple[Run, Run], ear: Ear) -> None:
    short.library.delete(two[0])
    assert short.library.runs == [two[1]]
    undo = ear.notices[-1].action
    assert undo is not None and "run 1" in ear.notices[-1].text
    undo.act()
    assert short.library.runs == list(two)


def test_the_run_in_view_is_deleted_and_comes_back(
    short: Session, two: tuple[Run, Run], ear: Ear
) -> None:
    short.library.delete(two[1])
    assert short.library.runs == [two[0]]
    assert short.viewer.scene.model.origin.startswith("untrained")
    undo = ear.notices[-1].action
    assert undo is not None
    undo.act()
    assert short.library.runs == list(two)
    assert short.viewer.scene.model is two[1].model


def test_a_deleted_run_is_not_its_networks_any_more(short: Session, two: tuple[Run, Run]) -> None:
    short.choose_network("dense")
    short.library.delete(two[1])
    short.choose_network("book")
    assert short.viewer.scene.model.origin.startswith("untrained")


def wait_for(qtbot: QtBot, what: Callable[[], bool]) -> None:
    qtbot.waitUntil(what)


def saved(session: Session, path: Path, qtbot: QtBot, ear: Ear) -> None:
    session.library.save(path)
    wait_for(qtbot, lambda: any("saved as" in note.text for note in ear.notices))


def test_a_saved_run_opened_again_gives_the_same_numbers_to_the_bit(
    short: Session, two: tuple[Run, Run], tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    run, path = two[1], tmp_path / "run.safetensors"
    numbers = []
    for index in range(len(run.snapshots)):
        short.time.show(index)
        numbers.append(short.viewer.scene.trace.probabilities)
    saved(short, path, qtbot, ear)
    short.library.open(path)
    qtbot.waitUntil(lambda: short.runs.run is not run)
    again = short.runs.run
    assert again.name == "run 2" and again.seed == 4 and again.recipe == run.recipe
    assert len(again.snapshots) == len(run.snapshots) == 11
    for index, before in enumerate(numbers):
        short.time.show(index)
        np.testing.assert_array_equal(short.viewer.scene.trace.probabilities, before)
        assert short.time.state.loss == run.state_at(run.snapshots[index]).loss
    for one, other in ((again.history.loss, run.history.loss),):
        np.testing.assert_array_equal(one.raw.values, other.raw.values)
        np.testing.assert_array_equal(one.test.values, other.test.values)
    short.time.live()
    for key, value in run.model.weights.items():
        np.testing.assert_array_equal(short.viewer.scene.weights[key], value)


def test_an_opened_run_begins_anew_and_goes_on_from_its_moments(
    short: Session, two: tuple[Run, Run], tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    path = tmp_path / "run.safetensors"
    saved(short, path, qtbot, ear)
    short.library.open(path)
    qtbot.waitUntil(lambda: short.runs.run is not two[1])
    opened = short.runs.run
    assert not short.runs.goes_on
    short.time.show(5)
    short.go_on_from_here()
    until(qtbot, short, "finished")
    assert short.runs.run is not opened
    np.testing.assert_array_equal(
        short.runs.run.snapshots[0].weights["dense_2.kernel"],
        opened.snapshots[5].weights["dense_2.kernel"],
    )


def test_a_file_that_is_no_run_changes_nothing(
    short: Session, two: tuple[Run, Run], tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    path = tmp_path / "run.safetensors"
    path.write_bytes(b"no run at all" * 100)
    short.library.open(path)
    wait_for(qtbot, lambda: any(note.kind == "error" for note in ear.notices))
    assert path.name in ear.notices[-1].text
    assert short.runs.run is two[1] and short.library.runs == list(two)


def test_what_was_not_trained_cannot_be_saved(session: Session, tmp_path: Path, ear: Ear) -> None:
    session.library.save(tmp_path / "run.safetensors")
    assert "nothing was trained" in ear.notices[-1].text
    session.library.export_curves(tmp_path / "curves.csv")
    assert "no curves" in ear.notices[-1].text
    assert list(tmp_path.iterdir()) == []


def test_curves_are_exported_to_be_read_back_to_the_bit(
    short: Session, two: tuple[Run, Run], tmp_path: Path
) -> None:
    path = tmp_path / "curves.csv"
    short.library.export_curves(path)
    read, run = load_history(path), two[1].history
    np.testing.assert_array_equal(read.epoch.values, run.epoch.values)
    for name in ("loss", "accuracy"):
        one, other = getattr(read, name), getattr(run, name)
        np.testing.assert_array_equal(one.raw.values, other.raw.values)
        np.testing.assert_array_equal(one.test.values, other.test.values)


def test_a_place_that_cannot_be_written_is_one_sentence(
    short: Session, two: tuple[Run, Run], tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    short.library.export_curves(tmp_path / "none" / "curves.csv")
    assert "was not saved" in ear.notices[-1].text
    short.library.save(tmp_path / "none" / "run.safetensors")
    words = "run.safetensors was not saved"
    qtbot.waitUntil(lambda: any(words in note.text for note in ear.notices))


def test_pointing_is_told_once(short: Session, two: tuple[Run, Run]) -> None:
    told: list[Run | None] = []
    short.library.changed.connect(lambda: told.append(short.library.pointed))
    short.library.point(two[0])
    short.library.point(two[0])
    short.library.point(None)
    assert told == [two[0], None]
