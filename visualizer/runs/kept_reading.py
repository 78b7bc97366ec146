"""Reading of kept runs: all of them in short, one in full; broken files are set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from visualizer.runs.run import Run
from visualizer.runs.stored_run import to_run
from visualizer.storage import kept_runs
from visualizer.storage.run_file import StoredRun, load_last_moment, load_run
from visualizer.storage.upkeep import set_aside
from visualizer.storage.weights import WeightsError
from visualizer.system.errors import sentence
from visualizer.system.jobs import Job


def with_name(path: Path, stored: StoredRun) -> StoredRun:
    """Return a run with all moments of its file: the one in memory may have fewer."""
    try:
        return replace(load_run(path), name=stored.name)
    except WeightsError:
        return stored


def read_all(job: Job) -> tuple[list[tuple[Path, Run]], list[str]]:
    """Read the kept runs with their files, oldest first, and the failures as sentences."""
    kept_runs.delete_hidden()
    found: list[tuple[Path, Run]] = []
    sentences: list[str] = []
    paths = kept_runs.kept_files()
    for done, path in enumerate(paths):
        job.progress(done, len(paths))
        try:
            found.append((path, to_run(load_last_moment(path), "a kept run")))
        except ValueError as error:
            sentences += _aside(path, error)
    return found, sentences


def read_whole_run(path: Path) -> StoredRun:
    """Read a kept run in full.

    Raises
    ------
    ValueError
        It cannot be read; the sentence says where its file is now.
    """
    try:
        return load_run(path)
    except WeightsError as error:
        raise ValueError(" ".join(_aside(path, error)) or f"{path} is gone") from error


def _aside(path: Path, error: ValueError) -> Iterable[str]:
    """Set a broken file aside, but not one that the system refuses to read; say so."""
    if isinstance(error.__cause__, FileNotFoundError):
        return []
    if isinstance(error.__cause__, OSError):
        return [f"{error}."]
    try:
        return [f"{error}. Its file is kept as {set_aside(path)}."]
    except OSError as refusal:
        return [f"{error}. It cannot be set aside: {sentence(refusal)}."]
