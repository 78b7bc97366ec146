"""Digits for all tests: a tiny data set of our own, and the real MNIST where there is one."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visualizer.system.environment import prepare_environment

prepare_environment()

import numpy as np  # noqa: E402 - after the environment is prepared
import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

from visualizer.data.dataset import Dataset, Images  # noqa: E402
from visualizer.storage import drawings, kept_runs, kept_talks  # noqa: E402
from visualizer.training.recipe import RECIPES  # noqa: E402
from visualizer.training.settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from visualizer.scene.scene import Model
    from visualizer.session.session import Session
    from visualizer.views.base.guard import Failure


settings.register_profile("calm", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Let signals have their effect: what started the tests, as a shell's background, may not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers at least, also where the system counts one core, and no more than four."""
    return min(max(os.cpu_count() or 1, 2), 4)


# How many slow tests a plain run leaves out: counted where tests are collected, told at its end.

LEFT_OUT = pytest.StashKey[int]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("slow"):
            counts = item.config.stash
            counts[LEFT_OUT] = counts.get(LEFT_OUT, 0) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{count} slow tests: pytest -m slow", yellow=True)


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    """The real MNIST from the folder in $VISUALIZER_DATA."""
    folder = os.environ.get("VISUALIZER_DATA")
    if not folder:
        pytest.skip("needs the real MNIST: set VISUALIZER_DATA to its folder")
    from visualizer.data.folder import load_folder

    return load_folder(folder)


def _bars(count: int, seed: int) -> Images:
    """Images whose class is the place of a bright bar, with noise: learnt in a few batches."""
    numbers = np.random.default_rng(seed)
    labels = numbers.integers(0, 10, count, dtype=np.uint8)
    pixels = numbers.integers(0, 60, (count, 28, 28), dtype=np.uint8)
    for image, label in zip(pixels, labels, strict=True):
        top = 2 * int(label) + 3
        image[top : top + 3, 6:22] = 255
    return Images(pixels, labels)


@pytest.fixture(scope="session")
def small_dataset() -> Dataset:
    """200 + 60 noisy bars, in ten classes."""
    return Dataset("bars", "synthetic", _bars(200, seed=1), _bars(60, seed=2))


# The window's tests. Offscreen, unless a platform is asked for: QT_QPA_PLATFORM=xcb pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TOLERATED_THREADS = ("fetch",)  # ends by its own timeout, daemon; see data/fetch.py


PATIENCE = 120_000  # milliseconds: a machine that does other things beside is slow, not wrong


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The usual one, which waits longer before it gives up."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


def flush_deleted() -> None:
    """Carry out every deleteLater that is waiting."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def told_failures() -> Iterator[list[Failure]]:
    """What the guard caught during a test."""
    from visualizer.views.base.guard import failures

    told: list[Failure] = []
    failures.listen(told.append)
    yield told
    failures.forget(told.append)


@pytest.fixture
def expected_failures(
    told_failures: list[Failure], request: pytest.FixtureRequest
) -> list[Failure]:
    """The same, for a test that is about them."""
    return told_failures


@pytest.fixture
def no_failures(told_failures: list[Failure], request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which an override raised, unless it is about that."""
    yield
    if "expected_failures" not in request.fixturenames:
        assert [str(failure) for failure in told_failures] == []


@pytest.fixture
def no_leaks(qapp: object, monkeypatch: pytest.MonkeyPatch, no_failures: None) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a top-level widget behind."""
    import shiboken6
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    started: list[QTimer] = []
    start = QTimer.start

    def recorded(timer: QTimer, *arguments: int) -> None:
        started.append(timer)
        start(timer, *arguments)

    monkeypatch.setattr(QTimer, "start", recorded)
    threads = set(threading.enumerate())
    widgets = set(QApplication.topLevelWidgets())
    yield
    flush_deleted()
    left = [thread.name for thread in set(threading.enumerate()) - threads]
    assert [name for name in left if name not in TOLERATED_THREADS] == []
    ticking = [timer for timer in started if shiboken6.isValid(timer) and timer.isActive()]
    assert [timer.objectName() or repr(timer.parent()) for timer in ticking] == []
    more = set(QApplication.topLevelWidgets()) - widgets
    assert list(more) == []


@pytest.fixture(autouse=True)
def drawings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the recent drawings lie during a test: never this user's own."""
    path = tmp_path / "user" / "drawings.json"
    monkeypatch.setattr(drawings, "drawings_path", lambda: path)
    return path


@pytest.fixture(autouse=True)
def talks_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where talks under way are kept during a test: never this user's own folder."""
    folder = tmp_path / "user" / "talks"
    monkeypatch.setattr(kept_talks, "talks_folder", lambda: folder)
    return folder


@pytest.fixture(scope="session")
def bundled() -> Model:
    """The bundled network, read once."""
    from visualizer.scene.scene import Model
    from visualizer.storage.resources import resource
    from visualizer.storage.weights import load_weights

    stored = load_weights(resource("pretrained", "book.safetensors"))
    return Model(stored.network, stored.weights, "bundled")


@pytest.fixture
def make_session(no_leaks: None, bundled: Model) -> Iterator[Callable[[Dataset], Session]]:
    """A function that opens a session with the bundled network on a data set's first digit."""
    from visualizer.scene.scene import Digit
    from visualizer.scene.viewer import first_scene
    from visualizer.session.session import Session

    made: list[Session] = []

    def make(dataset: Dataset) -> Session:
        test = dataset.test
        digit = Digit(test.pixels[0], int(test.labels[0]), "test digit 0", 0)
        scene = first_scene(bundled, digit)
        made.append(Session(scene, dataset))
        return made[-1]

    yield make
    for session in made:
        session.close()
        session.deleteLater()
    flush_deleted()


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], small_dataset: Dataset) -> Session:
    """A session on the small data set."""
    return make_session(small_dataset)


@pytest.fixture
def short(session: Session) -> Session:
    """The session, set to train for one epoch of ten batches, the same every time."""
    recipe = replace(RECIPES["book"], epochs=1, batch_size=20)
    session.runs.configure(recipe, 3, Settings("float32", threads=1, device="cpu"))
    return session


@pytest.fixture(autouse=True)
def runs_folder(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Path:
    """Where runs are kept during a test: never this user's own folder. Made when it is needed."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    folder = tmp_path_factory.getbasetemp() / "kept-runs" / name
    monkeypatch.setattr(kept_runs, "runs_folder", lambda: folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment whose preferences, cache and logs lie in an empty folder."""
    folders = {name: str(tmp_path / name.lower()) for name in ("HOME", "XDG_CONFIG_HOME")}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "VISUALIZER_")) and name not in ("HOME", "DISPLAY")
    }
    return {**kept, **folders, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(autouse=True)
def small_numbers_stay() -> Iterator[None]:
    """Training flushes denormal numbers to zero in its thread, which here is the tests' own."""
    yield
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_flush_denormal(False)
