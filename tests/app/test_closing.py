"""Closing waits for nothing that cannot be stopped: an import, a batch, a stubborn job."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest

from tests.processes import complaints, python
from visualizer.session.session import Session
from visualizer.system.jobs import Job, Jobs
from visualizer.training.loading import load_torch

# The window on a machine where the import of torch never ends, closed once that has begun.
CLOSE_DURING_IMPORT = """
import builtins, sys, threading, time
from visualizer.cli import main as cli
from visualizer.app import startup
from visualizer.system.environment import prepare_environment
prepare_environment()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

begun = threading.Event()

class Endless:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            begun.set()
            while True:
                time.sleep(0.01)

sys.meta_path.insert(0, Endless())
application = startup.make_application()
timer = QTimer()
timer.timeout.connect(lambda: begun.is_set() and application.closeAllWindows())
timer.start(5)
sys.exit(cli.main(["--dataset", "synthetic"]))
"""


def test_a_session_closes_though_torch_is_being_imported(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it waited for, this would never end."""
    begun, go_on = threading.Event(), threading.Event()

    def load(closing: Callable[[], bool]) -> None:
        begun.set()
        go_on.wait()

    monkeypatch.setattr("visualizer.training.trainer.load_torch", load)
    session.runs.preload()
    begun.wait()
    assert not session.close(seconds=3600.0)  # not even waited for: it takes too long
    go_on.set()
    assert session.close()


def test_jobs_are_all_told_to_end_before_one_is_waited_for() -> None:
    jobs, told, go_on = Jobs(), threading.Event(), threading.Event()

    def obedient(job: Job) -> None:
        while not job.cancelled():
            go_on.wait(0.001)
        told.set()

    def stubborn(job: Job) -> None:
        go_on.wait()

    for key, work in (("stubborn", stubborn), ("obedient", obedient)):
        jobs.start(key, key, work, lambda result: None, lambda sentence: None)
    assert not jobs.close(seconds=0.0)
    told.wait()
    go_on.set()
    assert jobs.close()
    jobs.start("late", "late", stubborn, lambda result: None, lambda sentence: None)
    assert not jobs.is_running("late")


def test_torch_is_imported_before_the_thread_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a low priority, a busy machine lets the window wait for the interpreter's lock."""
    loaded: list[bool] = []
    monkeypatch.setattr(
        "visualizer.training.loading.give_way",
        lambda: loaded.append("visualizer.training.fit" in sys.modules),
    )
    load_torch(lambda: False)
    assert loaded == [True]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the import loads it")
def test_the_library_of_torch_is_loaded_before_the_import(home: dict[str, str]) -> None:
    code = """
import sys
from pathlib import Path
from visualizer.system.environment import open_torch_library
open_torch_library()
print("libtorch_cpu.so" in Path("/proc/self/maps").read_text(), "torch" in sys.modules)
import torch
print(torch.ones(3).sum().item())
"""
    run = python(code, home)
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, ["True", "False", "3.0"], "")


@pytest.mark.slow
def test_the_window_closes_while_torch_is_being_imported(home: dict[str, str]) -> None:
    run = python(CLOSE_DURING_IMPORT, home)
    assert (run.returncode, complaints(run)) == (0, []), run.stderr


@pytest.mark.slow
def test_what_is_printed_last_is_written_though_a_thread_runs_on(home: dict[str, str]) -> None:
    code = """
import threading
from collections.abc import Callable
from visualizer.system import ending
thread = threading.Thread(target=threading.Event().wait)
thread.start()
print("last words", end="")
ending.leave_behind({thread}, 3)
"""
    run = python(code, home)
    assert (run.returncode, run.stdout, run.stderr) == (3, "last words", "")
