"""A plot of losses to draw runs on."""

from __future__ import annotations

from typing import Any

import pytest

from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot


@pytest.fixture
def plot(look: Look, show: Any) -> CurvePlot:
    made = CurvePlot(look, "Loss", "loss")
    show(made, 600, 260)
    return made
