"""What the tests of a session listen with and wait for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.system.notice import Notice


class Ear:
    """Keeps what a session has said."""

    def __init__(self, session: Session) -> None:
        self.scenes: list[tuple[Scene, Scene]] = []
        self.notices: list[Notice] = []
        self.histories = 0
        session.viewer.sceneChanged.connect(self._on_scene)
        session.noticed.connect(self.notices.append)
        session.runs.historyChanged.connect(self._on_history)

    def _on_scene(self, old: Scene, new: Scene) -> None:
        self.scenes.append((old, new))

    def _on_history(self) -> None:
        self.histories += 1


def same_weights(one: Scene, other: Scene) -> bool:
    return all(np.array_equal(one.weights[key], other.weights[key]) for key in other.weights)


def until(qtbot: QtBot, session: Session, *phases: str) -> None:
    qtbot.waitUntil(lambda: session.runs.state.phase in phases)


def train_long(session: Session, qtbot: QtBot) -> None:
    """Train fifty epochs, and wait until the first trained weights are shown."""
    runs = session.runs
    runs.configure(replace(runs.recipe, epochs=50), runs.seed, runs.settings)
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.viewer.scene.model.origin.startswith("epoch"))
