"""ConvView: patch × kernel, the subtotal of every input channel, the bias, ReLU."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent

from visualizer.session.choices import Choices, SumsShown
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN, formula, output_sentence, widest_form
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import ConvSum
from visualizer.views.position.products_view import ProductsView
from visualizer.views.widgets.buttons import Button

SUBTOTALS = ("Subtotal of each input channel", "Subtotal by channel", "Subtotals")


class ConvView(ProductsView[ConvSum]):
    """A view of one cell of a convolution, down to every product."""

    def __init__(self, look: Look, choices: Choices[SumsShown]) -> None:
        super().__init__(look, choices, "Subtotal of each channel", lines=2)
        self._tight = False
        self.subtotals_title.show_text(*SUBTOTALS)
        self.subtotal = Elided(name="sum")
        self.landing = Button()
        header = row(look, (self.subtotals_title, 1), self.orders)
        self._foot = row(look, (self.subtotal, 1), self.landing)
        self.column.add(header, self.subtotals, self.channel_title, self.grids, self._foot)
        self.landing.clicked.connect(self._on_landing)

    def needs(self, width: int) -> tuple[object, ...]:
        return (*super().needs(width), self.landing.isHidden())

    def show_roomy(self, width: int) -> None:
        super().show_roomy(width)
        self._show_tight(False)

    def _tighter(self) -> list[Callable[[], None]]:
        return [partial(self._show_tight, True)]

    def _show_tight(self, tight: bool) -> None:
        """Move all parts together, with the channel's name over the bars; or show them as usual."""
        self.column.space(2 if tight else 6)
        self.landing.setMaximumHeight(self.theme.px(26 if tight else 34))
        if tight != self._tight:
            self._tight = tight
            self.redraw()

    def hold_channel(self) -> None:
        """Keep the channel on show while the window slides."""
        if self.sum is not None:
            self.sum = self.sum.open(self.sum.channel)

    def draw(self, shown: ConvSum) -> None:
        self.caption.setText(formula(shown.terms, "products"))
        said = output_sentence(shown.terms, shown.hidden)
        wide = self.mark_result(widest_form(said))
        self.sentence.show_text(self.mark_result(said), shown.cell, wide)
        self.draw_subtotals(shown)
        self._name_channel(shown)
        self.grids.show_factors(*shown.factors)
        whole = shown.hidden and not shown.several  # it would be the sum itself
        size, total = shown.opened.size, HIDDEN if whole else number(shown.subtotal)
        self.subtotal.show_text(f"Σ of these {size} = {total}", f"Σ = {total}")
        self.landing.setVisible(shown.landing is not None)
        self._fit_landing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_landing()

    def _fit_landing(self) -> None:
        """Name the place where the number lands as far as it leaves room for the subtotal."""
        landing = None if self.sum is None else self.sum.landing
        if self.sum is None or landing is None:
            return
        at = f"[{landing.channel}]"
        lands = f"{self.sum.scene.network.layers[landing.layer].name} {at}"
        self.landing.setToolTip(f"Lands in {lands}")
        self.subtotal.ensurePolished()
        short = (self.subtotal.shortest, widest_form(self.subtotal.shortest))
        needed = max(map(self.subtotal.fontMetrics().horizontalAdvance, short))
        forms = (f"Lands in {lands}", f"→ {lands}", f"→ {at}")[self._tight :]
        self.landing.fit_text(forms, self.width() - self._foot.spacing() - needed)

    def _name_channel(self, shown: ConvSum) -> None:
        below, several, channel = shown.below_name, shown.several, f"channel {shown.channel}"
        words = (f"Input {channel} of {below}", f"Channel {shown.channel} of {below}")
        names = (*words, f"Input {channel}", f"Channel {shown.channel}")
        self.channel_title.show_text(*(names if several else (f"Patch of {below}",)))
        self.channel_title.setVisible(not (several and self._tight))
        self.subtotals_title.show_text(*(names if self._tight else SUBTOTALS))

    # The user

    def _on_landing(self) -> None:
        if self.sum is not None:
            self.selected.emit(self.sum.landing)
