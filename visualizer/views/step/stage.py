"""StepStage: why this weight changed, in the whole window."""

from __future__ import annotations

from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.step.panel import StepView

CELL = 24  # height of a weight at zoom 1


class StepStage(StepView):
    """The batch at the left, one weight and its gradients in the middle, the arithmetic beside."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session, large=True)
        parts = self.parts
        sized(look, parts.bars, height=80)
        parts.grids.show_height(CELL)
        which = row(look, (parts.weight, 1), parts.input, parts.bias, spacing=8)
        left = column(look, (parts.batch, 3), parts.digit, parts.bars, parts.gradient, spacing=4)
        digit = column(look, parts.products_title, (parts.products, 1), parts.listed, spacing=4)
        two = column(look, parts.title, (row(look, (left, 1), (digit, 1), spacing=20), 1))
        right = column(
            look, which, parts.grids, parts.moved, 1, parts.rule, parts.lines, 1, spacing=4
        )
        beside = row(look, (two, 7), (right, 5), spacing=20)
        self.setLayout(column(look, parts.progress, parts.said, (beside, 1), spacing=6))

    def resizeEvent(self, event: object) -> None:
        self.parts.show(self.scene)  # as many grids as have room
