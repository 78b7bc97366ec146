"""A talk shows the same scenes elsewhere: for another user, who has none of its runs and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from tests.views.conftest import Show, stage_called
from tests.views.window.menus import action_named
from visualizer.core.edits import Edit, SwitchOff
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.trail import Trail
from visualizer.session.session import Session
from visualizer.storage import drawings, kept_runs, kept_talks
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
from visualizer.views.base.look import Look
from visualizer.views.lab.page import LabPage
from visualizer.views.window.window import MainWindow


@dataclass
class Seen:
    """All that a stop sets."""

    stage: str
    network: Network
    weights: dict[str, npt.NDArray[np.float32]]
    edits: tuple[Edit, ...]
    pixels: npt.NDArray[np.uint8]
    label: int | None
    trail: Trail
    settings: dict[str, str]

    @classmethod
    def of(cls, window: MainWindow) -> Seen:
        session = window.session
        session.viewer.settle()
        scene, model = session.viewer.scene, session.time.model
        page, stage = window.page, window.stage_in_focus
        return cls(
            stage.title,
            scene.network,
            dict(model.weights),
            session.what_if.edits,
            scene.digit.pixels,
            scene.digit.label,
            scene.trail,
            page.shown_settings(),
        )

    def check(self, other: Seen) -> None:
        """Fail unless both are the same, to the bit."""
        for name in ("stage", "network", "edits", "label", "trail", "settings"):
            assert getattr(self, name) == getattr(other, name), name
        assert self.pixels.tobytes() == other.pixels.tobytes()
        assert self.weights.keys() == other.weights.keys()
        for key, values in self.weights.items():
            assert values.tobytes() == other.weights[key].tobytes(), key


@pytest.fixture(scope="module")
def drawn() -> Dataset:
    """The program's own digits, as everybody has them."""
    return synthetic_digits(train=250, test=250)


@pytest.fixture
def elsewhere(
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_session: Callable[[Dataset], Session],
    show: Show,
    look: Look,
    drawn: Dataset,
) -> Callable[[], MainWindow]:
    """A function that opens the window of another user, with folders of their own."""

    def open_window() -> MainWindow:
        for module, name in (
            (drawings, "drawings_path"),
            (kept_talks, "talks_folder"),
            (kept_runs, "runs_folder"),
        ):
            monkeypatch.setattr(module, name, lambda name=name: tmp_path / "another user" / name)
        made = MainWindow(look, make_session(drawn))
        show(made, 1280, 800)
        return made

    return open_window


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], drawn: Dataset) -> Session:
    """A session that trains for eight batches."""
    made = make_session(drawn)
    recipe = replace(RECIPES["book"], epochs=1, batch_size=32)
    made.runs.configure(recipe, 3, Settings("float32", threads=1, device="cpu"))
    return made


def keep(window: MainWindow) -> Seen:
    """Keep what is in view, by its key."""
    window.session.viewer.settle()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_K)
    return Seen.of(window)


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.talk.opened):
        window.commands.open_path(str(path))


def test_views_that_were_kept_by_their_key(
    window: MainWindow,
    session: Session,
    elsewhere: Callable[[], MainWindow],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Weights of one's own at a held moment; a drawn digit; a changed filter; a page's settings."""
    session.train_or_pause()
    until(qtbot, session, "finished")
    session.time.show(len(session.time.snapshots) // 2)
    session.time.settle()
    session.show_digit(7)
    session.viewer.select_layer(2)
    session.viewer.settle()
    window.open_stage(stage_called(window, "One number, whole"))
    kept = [keep(window)]
    assert session.time.held is not None
    drawing = np.zeros((28, 28), np.uint8)
    drawing[4:24, 13:16] = np.arange(60, dtype=np.uint8).reshape(20, 3) * 4
    session.show_image(drawing, "my drawing")
    session.viewer.settle()
    window.open_stage(stage_called(window, "The digit and its answer"))
    kept.append(keep(window))
    action_named(window, "Built-in trained network").trigger()
    session.what_if.add(SwitchOff("conv2d_1", 5))
    window.open_stage(stage_called(window, "Feature maps"))
    kept.append(keep(window))
    window.close_stage()
    lab = next(page for page in window.pages if isinstance(page, LabPage))
    window.show_page(lab)
    lab.show_settings({"preset": "Stride 2: four patches"})
    kept.append(keep(window))
    path = tmp_path / "own.talk"
    session.talk.save(path)
    qtbot.waitUntil(lambda: not session.talk.unsaved)

    layer = "conv2d_1.kernel"
    assert len({each.weights[layer].tobytes() for each in kept}) == 2  # one's own, and built in
    assert kept[3].settings and kept[2].edits and kept[1].label is None

    other = elsewhere()
    opened(other, path, qtbot)
    assert len(other.deck.talk.stops) == len(kept) == 4
    for at, seen in enumerate(kept):
        other.deck.go_to(at)
        assert other.deck.remark == ""
        Seen.of(other).check(seen)


BY_HAND = """# Written by hand

Lecture 3.

~~~ stop
digit: synthetic 16 (a 9)
~~~

### A dense network

~~~ stop
stage: The network
network: dense
~~~

### Untrained, and one filter is off

~~~ stop
stage: One number, whole
weights: untrained 3
edits: conv2d_2 · 38 off
cell: conv2d_2 channel 12 [3, 4]
~~~

### The lab

~~~ stop
stage: The convolution lab
preset: Stride 2: four patches
~~~
"""


def test_a_talk_that_was_written_by_hand(
    window: MainWindow, elsewhere: Callable[[], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    """It is saved as a file by the one, and opened by the other."""
    (tmp_path / "hand.md").write_text(BY_HAND, encoding="utf-8")
    opened(window, tmp_path / "hand.md", qtbot)
    seen = []
    for at in range(3):
        window.deck.go_to(at)
        assert window.deck.remark == ""
        seen.append(Seen.of(window))
    assert [each.network.name for each in seen] == ["dense", "book", "book"]
    assert seen[1].edits == (SwitchOff("conv2d_2", 38),)
    cell = seen[1].trail.cell
    assert (cell.layer, cell.row, cell.column, cell.channel) == (2, 3, 4, 12)
    path = tmp_path / "hand.talk"
    window.session.talk.save(path)
    qtbot.waitUntil(lambda: window.session.talk.path == path)

    other = elsewhere()
    opened(other, path, qtbot)
    for at, each in enumerate(seen):
        other.deck.go_to(at)
        Seen.of(other).check(each)
