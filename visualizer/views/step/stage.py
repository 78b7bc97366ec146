"""StepStage: why this weight changed, in the whole window."""

from __future__ import annotations

from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.step.panel import StepView


class StepStage(StepView):
    """The batch at the left, one weight and its gradients in the middle, the arithmetic beside."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session, large=True)
        parts = self.parts
        sized(look, parts.bars, height=96)
        which = row(look, (parts.weight, 1), parts.input, parts.bias, spacing=8)
        left = column(look, (parts.batch, 3), parts.digit, parts.bars, parts.gradient, spacing=6)
        digit = column(look, parts.products_title, (parts.products, 1), parts.listed, spacing=6)
        right = column(look, which, parts.grids, 1, parts.rule, parts.lines, 1, spacing=8)
        beside = row(look, (left, 4), (digit, 4), (right, 5), spacing=20)
        whole = (parts.title, parts.progress, parts.said, (beside, 1))
        self.setLayout(column(look, *whole, spacing=6))
