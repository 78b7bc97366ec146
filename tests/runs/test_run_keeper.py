"""What was trained is there at the next start: kept, read, renamed, deleted, bounded, asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset
from visualizer.runs import run_keeper
from visualizer.runs.run import Run
from visualizer.runs.run_keeper import KEEPING, OPENING, READING
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.storage import kept_runs
from visualizer.storage.run_file import load_run
from visualizer.storage.upkeep import is_aside
from visualizer.training.events import (
    BatchEnded,
    EpochEnded,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.initial import initial_weights

NETWORK = named("dense")
BATCHES = 6
Open = Callable[[], Session]


def trained(session: Session, seed: int, batches: int = BATCHES, *, ended: bool = True) -> Run:
    """A run in view that has learnt so many batches, without a step of training."""
    runs = session.runs
    runs.configure(replace(runs.recipe, epochs=1), seed, runs.settings)
    model = Model(NETWORK, initial_weights(NETWORK, seed), "untrained")
    run = Run.begin(runs.registry.next_id(), model, runs.recipe, seed, runs.settings, "bars")
    runs.show(run)
    run.take(RunStarted(NETWORK, runs.recipe, seed, "cpu", "float32", 1, "", 1, batches, 200))
    learn(run, 1, batches)
    if ended:
        run.take(EpochEnded(1, batches, 0.5, 0.75))
        run.take(Finished(batches, 3.0, 100.0, run.model.weights, 0.5, 0.75))
        run.enter("finished")
    else:
        run.enter("running")
    return run


def learn(run: Run, first: int, last: int) -> None:
    for step in range(first, last + 1):
        weights = {key: value + np.float32(0.01) for key, value in run.model.weights.items()}
        run.take(WeightsPublished(step, step / BATCHES, weights))
        run.take(BatchEnded(step, step / BATCHES, 2.0 / step, step / 10))


@pytest.fixture
def start(make_session: Callable[[Dataset], Session], small_dataset: Dataset, qtbot: QtBot) -> Open:
    """A function that starts the program: a session which has read the kept runs."""

    def start() -> Session:
        session = make_session(small_dataset)
        session.library.keeper.begin()
        qtbot.waitUntil(lambda: not session.jobs.is_running(READING))
        return session

    return start


def quit_(session: Session) -> list[str]:
    """The end of the program; returns what it would have asked about."""
    lost = session.library.keeper.finish()
    session.library.keeper.end()
    return lost


def names(session: Session) -> list[str]:
    return [run.name for run in session.library.runs]


def files(folder: Path) -> list[str]:
    """The kinds of the files: runs, deleted ones, and those that were set aside as broken."""
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted("broken" if is_aside(path) else path.suffix for path in there)


def test_three_trained_runs_are_there_at_the_next_start(start: Open, qtbot: QtBot) -> None:
    first = start()
    before = [trained(first, seed) for seed in (1, 2, 3)]
    assert quit_(first) == []
    again = start()
    runs = again.library.runs
    assert names(again) == ["run 1", "run 2", "run 3"] and again.library.others == []
    for run, was in zip(runs, before, strict=True):
        assert (run.seed, run.recipe, run.state.dataset) == (was.seed, was.recipe, "bars")
        assert run.state.test_accuracy == was.state.test_accuracy == 0.75
        np.testing.assert_array_equal(run.history.loss.raw.values, was.history.loss.raw.values)
        assert len(run.snapshots) == 1  # the others are read when it comes into view
    again.library.bring(runs[1])
    qtbot.waitUntil(lambda: again.runs.run is runs[1])
    assert len(runs[1].snapshots) == len(before[1].snapshots) == BATCHES + 1
    for moment, was in zip(runs[1].snapshots, before[1].snapshots, strict=True):
        assert moment.step == was.step
        for key, value in was.weights.items():
            np.testing.assert_array_equal(moment.weights[key], value)
    assert again.viewer.scene.model is runs[1].model and not again.jobs.is_running(OPENING)
    assert trained(again, 4).name == "run 4"


def test_a_run_is_kept_as_soon_as_it_rests_and_not_twice(
    start: Open, runs_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_keeper, "REST_SECONDS", 0.0)
    session = start()
    run = trained(session, 1)
    qtbot.waitUntil(lambda: files(runs_folder) == [".safetensors"])
    qtbot.waitUntil(lambda: not session.jobs.is_running(KEEPING))
    (path,) = runs_folder.iterdir()
    written = path.stat().st_mtime_ns
    assert quit_(session) == [] and path.stat().st_mtime_ns == written
    run.enter("running")
    learn(run, BATCHES + 1, BATCHES + 2)
    assert quit_(session) == []  # under way, with the weights that are known
    assert list(runs_folder.iterdir()) == [path]
    assert load_run(path).snapshots[-1].step == BATCHES + 2


def test_what_moves_is_not_written_before_the_end(
    start: Open, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_keeper, "REST_SECONDS", 0.0)
    session = start()
    trained(session, 1, ended=False)
    for _ in range(3):
        session.library.keeper.tick()
    assert not session.jobs.is_running(KEEPING) and files(runs_folder) == []


def test_nothing_is_kept_before_it_is_asked_for(
    make_session: Callable[[Dataset], Session], small_dataset: Dataset, runs_folder: Path
) -> None:
    """As in figures, which are made on a session, too."""
    session = make_session(small_dataset)
    trained(session, 1)
    session.library.keeper.tick()
    assert quit_(session) == [] and files(runs_folder) == []


def test_initial_weights_and_opened_runs_are_not_kept(
    start: Open, runs_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = start()
    run = trained(session, 1)
    path = tmp_path / "mine.safetensors"
    session.library.save(path)
    qtbot.waitUntil(path.is_file)
    session.library.delete(run)
    session.library.open(path)
    qtbot.waitUntil(lambda: names(session) == ["run 1"])
    trained(session, 2, batches=0, ended=False)
    assert quit_(session) == [] and files(runs_folder) == []


def test_a_deleted_run_is_gone_unless_it_is_brought_back(
    start: Open, runs_folder: Path, qtbot: QtBot
) -> None:
    first = start()
    for seed in (1, 2):
        trained(first, seed)
    quit_(first)
    second = start()
    ear = Ear(second)
    run = second.library.runs[0]
    second.library.delete(run)
    assert files(runs_folder) == [".deleted", ".safetensors"]
    undo = ear.notices[-1].action
    assert undo is not None
    undo.act()
    assert names(second) == ["run 1", "run 2"] and files(runs_folder) == [".safetensors"] * 2
    second.library.bring(run)
    qtbot.waitUntil(lambda: len(run.snapshots) == BATCHES + 1)
    second.library.delete(run)
    quit_(second)
    assert files(runs_folder) == [".safetensors"] and names(start()) == ["run 2"]


def test_a_run_of_this_session_that_is_deleted_and_brought_back_is_kept(
    start: Open, runs_folder: Path
) -> None:
    session = start()
    ear = Ear(session)
    run = trained(session, 1)
    session.library.keeper.finish()
    session.library.delete(run)
    undo = ear.notices[-1].action
    assert undo is not None
    undo.act()
    quit_(session)
    assert names(start()) == ["run 1"] and files(runs_folder) == [".safetensors"]


def test_a_name_is_kept_with_all_moments(start: Open, runs_folder: Path, qtbot: QtBot) -> None:
    first = start()
    run = trained(first, 1)
    first.library.keeper.finish()
    run.snapshots.shrink(0)  # as those of a run out of view are
    first.library.rename(run, "small steps")
    quit_(first)
    second = start()
    assert names(second) == ["small steps"]
    second.library.rename(second.library.runs[0], "tiny steps")
    quit_(second)
    third = start()
    assert names(third) == ["tiny steps"] and files(runs_folder) == [".safetensors"]
    (path,) = runs_folder.iterdir()
    assert len(load_run(path).snapshots) == BATCHES + 1


def test_two_windows_leave_each_other_their_runs(start: Open, runs_folder: Path) -> None:
    one, other = start(), start()
    trained(one, 1)
    trained(other, 2)
    trained(other, 3)
    assert quit_(one) == quit_(other) == []
    assert files(runs_folder) == [".safetensors"] * 3
    third = start()
    assert sorted(run.seed for run in third.library.runs) == [1, 2, 3]
    quit_(third)
    assert files(runs_folder) == [".safetensors"] * 3


def test_a_run_that_another_window_has_deleted_says_so(start: Open, qtbot: QtBot) -> None:
    first = start()
    trained(first, 1)
    quit_(first)
    one, other = start(), start()
    ear = Ear(one)
    other.library.delete(other.library.runs[0])
    quit_(other)
    run = one.library.runs[0]
    one.library.bring(run)
    qtbot.waitUntil(lambda: one.runs.run is run)
    assert "only the last moment is left" in ear.notices[-1].text and len(run.snapshots) == 1
    one.library.delete(run)
    assert "is deleted" in ear.notices[-1].text
    assert quit_(one) == []


def test_a_broken_file_is_set_aside_and_said(start: Open, runs_folder: Path) -> None:
    first = start()
    for seed in (1, 2, 3):
        trained(first, seed)
    quit_(first)
    short, torn, _ = kept_runs.kept_files()
    short.write_bytes(short.read_bytes()[:5000])
    torn.write_bytes(b"no run at all")
    heard: list[str] = []
    session = start_listening(start, heard)
    assert names(session) == ["run 3"]
    (said,) = heard
    assert short.name in said and "kept as" in said and "1 more" in said
    assert files(runs_folder) == [".safetensors", "broken", "broken"]
    assert torn.with_name(f"{torn.stem}-broken-1.safetensors").read_bytes() == b"no run at all"


def start_listening(start: Open, heard: list[str]) -> Session:
    """A start whose first notices are heard."""
    emit = run_keeper.RunKeeper._fail

    def fail(keeper: run_keeper.RunKeeper, text: str) -> None:
        heard.append(text)
        emit(keeper, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_keeper.RunKeeper, "_fail", fail)
        return start()


def test_a_moment_that_is_broken_is_found_when_the_run_comes_into_view(
    start: Open, runs_folder: Path, qtbot: QtBot
) -> None:
    first = start()
    trained(first, 1)
    quit_(first)
    (path,) = kept_runs.kept_files()
    data = bytearray(path.read_bytes())
    middle = int.from_bytes(data[:8], "little") + 8 + (len(data) // 2) // 4 * 4
    data[middle : middle + 400_000] = b"\xff" * 400_000  # not a number
    path.write_bytes(data)
    session = start()
    ear = Ear(session)
    run = session.library.runs[0]
    session.library.bring(run)
    qtbot.waitUntil(lambda: session.runs.run is run)
    assert "only the last moment is left" in ear.notices[-1].text
    assert files(runs_folder) == ["broken"]


def test_the_oldest_go_first_where_there_are_too_many(
    start: Open, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_runs, "MOST", 2)
    session = start()
    ear = Ear(session)
    for seed in (1, 2, 3):
        trained(session, seed)
        session.library.keeper.finish()
    assert "At most 2 runs" in ear.notices[-1].text and "run 1" in ear.notices[-1].text
    assert names(session) == ["run 1", "run 2", "run 3"]
    quit_(session)
    assert names(start()) == ["run 2", "run 3"]
    size = kept_runs.kept_files()[0].stat().st_size
    monkeypatch.setattr(kept_runs, "BOUND", size + 1)
    session = start()
    trained(session, 4)
    quit_(session)
    assert names(start()) == ["run 4"]


def test_a_run_that_cannot_be_kept_is_asked_about_once(start: Open, runs_folder: Path) -> None:
    runs_folder.parent.mkdir(parents=True, exist_ok=True)
    runs_folder.write_text("a file where the folder is to be")
    session = start()
    run = trained(session, 1)
    (lost,) = session.library.keeper.finish()
    assert lost.startswith("run 1: ") and str(runs_folder) in lost
    assert session.library.keeper.finish() == []
    learn(run, BATCHES + 1, BATCHES + 1)  # it goes on meanwhile
    assert session.library.keeper.finish() == []
    trained(session, 2)
    (lost,) = session.library.keeper.finish()
    assert lost.startswith("run 2: ")
    runs_folder.unlink()
    assert session.library.keeper.finish() == [] and files(runs_folder) == [".safetensors"] * 2


def test_what_a_crash_has_left_goes_after_a_day(runs_folder: Path) -> None:
    import os

    runs_folder.mkdir(parents=True)
    for name, age in (("1.deleted", 90_000), ("3.deleted", 10)):
        path = runs_folder / name
        path.touch()
        time = path.stat().st_mtime - age
        os.utime(path, (time, time))
    for name in ("4-broken-1.safetensors", "5.safetensors"):
        path = runs_folder / name
        path.touch()
        os.utime(path, (0, 0))
    kept_runs.delete_hidden()
    left = sorted(path.name for path in runs_folder.iterdir())
    assert left == ["3.deleted", "4-broken-1.safetensors", "5.safetensors"]
