"""A plot of losses to draw runs on, and a session with a run."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot


@pytest.fixture
def plot(look: Look, show: Any) -> CurvePlot:
    made = CurvePlot(look, "Loss", "loss")
    show(made, 600, 260)
    return made


@pytest.fixture
def trained(short: Session, qtbot: QtBot) -> Session:
    """After one epoch of ten batches."""
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    return short
