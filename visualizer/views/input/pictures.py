"""Pictures of the Draw tab for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from visualizer.data.input.sketch import Sketch, Stroke
from visualizer.views.input.panel import InputPanel

THREE = "20,36 28,27 40,25 51,30 54,39 48,48 38,53 48,57 56,66 55,78 46,86 34,87 23,81"


def draw_figures(panel: InputPanel) -> Iterator[tuple[str, QWidget]]:
    """Names and widgets, with a drawing of ours; the pad is left as it was."""
    easel, tab = panel.draw.easel, panel.tab
    before = easel.sketch
    places = (pair.split(",") for pair in THREE.split())
    stroke = Stroke(tuple((int(x) / 100, int(y) / 100, 1.0) for x, y in places), 0.08)
    panel.show_tab("draw")
    easel.show_sketch(Sketch().add(stroke))
    panel.viewer.settle()
    yield "panel-draw", panel
    yield "inspect-draw", panel.window()
    easel.show_sketch(before)
    panel.show_tab(tab)
