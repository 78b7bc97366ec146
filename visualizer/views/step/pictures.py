"""Pictures of the last step: the page, its panel, and its stage."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.views.step.panel import StepPanel
from visualizer.views.step.stage import StepStage
from visualizer.views.widgets.wait import wait_until

LAYER = 2  # one with kernels over several channels


def step_figures(
    page: QWidget, panel: StepPanel, session: Session
) -> Iterator[tuple[str, QWidget]]:
    """Yield what is told of the last step of the run in view; nothing where there was none."""
    model = session.last_step
    if model.state is None:
        return
    session.viewer.select_layer(min(LAYER, session.viewer.scene.last))
    wait_until(lambda: model.gradients is not None, "The last step")
    yield "inspect-step", page.window()
    yield "panel-step", panel
    stage = StepStage(panel.look, panel.viewer, session)
    stage.resize(page.window().size())
    stage.show()
    yield "stage-why-this-weight-changed-taken", stage
    stage.close()
    stage.deleteLater()
