"""GradientView: where a gradient comes from, in the panel; LogitView: where the loss begins."""

from __future__ import annotations

from visualizer.session.choices import Choices, SumsShown
from visualizer.text.backward import (
    effect,
    figures,
    gradient_caption,
    logit_sentence,
    loss_sentence,
)
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look
from visualizer.views.position.gradient_sums import GradientSum, LogitSum
from visualizer.views.position.products_view import ProductsView
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.terms_views import TermsView

LOSS_BEGINS = (
    "Here the loss begins: the softmax and its loss together have a gradient that is simply "
    "probability − target."
)


class GradientView(ProductsView[GradientSum]):
    """A view of the gradient by one number, down to every product."""

    def __init__(self, look: Look, choices: Choices[SumsShown]) -> None:
        super().__init__(look, choices, "Sum over each map above")
        self.grids.setAccessibleName("Weights, gradients and products")
        self.lines = SumLines(look, "The gradient", large=False)
        header = row(look, (self.subtotals_title, 1), self.orders)
        self.column.add(header, self.subtotals, self.channel_title, self.grids, self.lines)
        self.lines.followed.connect(self._on_line_followed)

    @property
    def _has_bars(self) -> bool:
        return super()._has_bars and self._has_grids

    @property
    def _has_grids(self) -> bool:
        return self.sum is not None and self.sum.feeds > 0 and not self.sum.ranked

    @property
    def _has_window(self) -> bool:
        return self.sum is not None and self.sum.contest is not None

    def needs(self, width: int) -> tuple[object, ...]:
        grids = self._has_grids, self._has_window
        return (*super().needs(width), *grids, len(self.lines.lines))

    def draw(self, shown: GradientSum) -> None:
        terms, above = shown.terms, shown.above.name
        self.caption.setText(gradient_caption(terms, above, shown.feeds))
        by = "" if terms.slope is None else " by the output"
        said = self.mark_result(f"gradient{by} = {figures(terms.by_output)}")
        self.sentence.show_text(f"{said}: {effect(terms.by_output)}", shown.cell)
        grids, contest = self._has_grids, shown.contest
        self.channel_title.setVisible(grids)
        self.grids.setVisible(grids or contest is not None)
        if contest is not None:
            self.grids.show_factors(contest)
        for widget in (self.subtotals_title, self.orders, self.subtotals):
            widget.setVisible(grids and shown.several)
        if grids:
            self.grids.show_factors(*shown.factors)
            name = shown.name(shown.channel)
            self.channel_title.show_text(f"Through map {name} of {above}", f"Map {name}")
            self.subtotals_title.show_text(f"Sum over each map of {above}", "Sums")
            self.draw_subtotals(shown, terms.first)
        self.lines.show_lines(*shown.lines)

    def _on_grid_followed(self, down: int, across: int) -> None:
        if not self._has_window:
            super()._on_grid_followed(down, across)
        elif self.sum is not None and (rival := self.sum.rival(down, across)) is not None:
            self.selected.emit(rival)

    def _on_line_followed(self, at: int) -> None:
        shown = self.sum
        if shown is not None and shown.ranked and at < len(shown.listed):
            self.follow(shown.source(0, 0, shown.listed[at]))


class LogitView(TermsView[LogitSum]):
    """A view of the gradient by a logit."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.loss = Elided(name="heading")
        self.lines = SumLines(look, "The gradient by the logit", large=False)
        self.column.add(self.loss, self.lines)

    def draw(self, shown: LogitSum) -> None:
        back = shown.scene.backward
        self.caption.setText(LOSS_BEGINS)
        said = self.mark_result(logit_sentence(shown.terms))
        self.sentence.show_text(f"{said}: {effect(shown.terms.by_pre_activation)}", shown.cell)
        if back is not None:
            self.loss.show_text(loss_sentence(shown.terms, back.label))
        self.lines.show_lines(*shown.lines)
