"""Pictures of Why for the documentation: with each experiment."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.views.why.panel import WhyPanel
from visualizer.views.widgets.wait import wait_until

PICTURED_RATE = 0.01  # of the step: so large that it costs the other digits something


def why_figures(panel: WhyPanel, session: Session, page: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Yield names and widgets, with the digit worn until its answer flips, then taught."""
    viewer, wearing, shown = session.viewer, session.wearing, session.experiment_shown
    before = shown.now
    wait_until(lambda: session.why.wiped(viewer.scene) is not None, "Wiping out")
    yield "inspect-why", page
    yield "panel-why", panel
    panel.experiment.chosen.emit("worn")
    wait_until(lambda: wearing.curve(viewer.scene) is not None, "Wearing down")
    curve = wearing.curve(viewer.scene)
    flip = curve and (curve.above or curve.below)
    wearing.wear_to(viewer.scene, flip.strength if flip else wearing.wear.strengths[-1])
    viewer.settle()
    yield "inspect-why-worn", page
    yield "panel-why-worn", panel
    wearing.wear_to(viewer.scene, 0.0)
    viewer.settle()
    panel.experiment.chosen.emit("taught")
    taught = session.teaching
    rate = taught.rate
    taught.set_rate(PICTURED_RATE)
    taught.choose(viewer.scene, session.why.classes(viewer.scene)[1])
    taught.teach(viewer.scene)
    wait_until(lambda: not taught.evaluations.busy, "The step's effect")
    yield "inspect-why-taught", page
    yield "panel-why-taught", panel
    session.what_if.undo()
    taught.set_rate(rate)
    viewer.settle()
    shown.show(before)
