"""DenseView: the contribution of every input to a unit, ranked; bias, sum, ReLU or softmax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from visualizer.core.network.terms import OUT
from visualizer.text.numbers import compact, count, number, percent, significant
from visualizer.text.terms import (
    TAKEN_OUT,
    formula,
    output_sentence,
    product_sentence,
    softmax_of,
    softmax_sentence,
)
from visualizer.views.base.labels import Sentence, label
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import Contribution, DenseSum
from visualizer.views.position.sum import SumLine
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.terms_views import TermsView
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, symmetric_top
from visualizer.views.widgets.viewport import MapCell

RANKED = 8


class DenseView(TermsView[DenseSum]):
    """A view of one unit of a dense layer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.softmax = Sentence("sum")
        self.softmax_rows = SumLines(look, "Softmax", large=False)
        self.map_title = Sentence("caption")
        self.map = sized(look, MapView(look, fixed=True), height=132)
        self.map.setAccessibleName("Contributions, in their places on the map below")
        self.ranked_title = label("Largest contributions: input × weight", "caption")
        self.ranked = SumLines(look, "Contributions, largest first", large=False)
        self.column.add(
            self.softmax,
            self.softmax_rows,
            self.map_title,
            self.map,
            self.ranked_title,
            self.ranked,
        )
        self.map.followed.connect(self._on_map_followed)
        self.ranked.followed.connect(self._on_ranked)
        self.softmax_rows.clicked.connect(self._on_softmax)

    def needs(self, width: int) -> tuple[object, ...]:
        parts = (self.softmax, self.softmax_rows, self.map_title, self.ranked)
        heights = [not part.isHidden() and part.sizeHint().height() for part in parts]
        return (*super().needs(width), *heights)

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        return [hide_slide]  # the list goes on below in any case

    def draw(self, shown: DenseSum) -> None:
        terms, cell = shown.terms, shown.cell
        self.caption.setText(formula(terms, "inputs × weights"))
        if terms.taken_out:
            self.sentence.show_text(f"This class is {TAKEN_OUT}.", cell)
        elif terms.softmax:
            left, _, right = output_sentence(terms, shown.hidden).rpartition(" = ")
            self.sentence.show_text(f"{left} = <b>{right}</b>", cell)
        else:
            said = output_sentence(terms, shown.hidden)
            self.sentence.show_text(self.mark_result(said), cell)
        softmax = terms.softmax and not shown.hidden  # the others' shares would tell this one's
        self.softmax.setVisible(softmax)
        self.softmax_rows.setVisible(softmax)
        if softmax:
            self.softmax.show_text(self.mark_result(softmax_sentence(terms)), cell)
            self.softmax_rows.show_lines(*_softmax_lines(shown))
        self._show_map(shown)
        lines = [_line(contribution) for contribution in shown.largest(RANKED)]
        many, others = shown.others(RANKED)
        if many:
            words = (f"the other {count(many)} together",)
            lines.append(SumLine(words, number(others), value=others))
        if not terms.taken_out:
            lines.append(SumLine(("bias",), number(terms.bias), value=terms.bias))
        self.ranked.show_lines(*lines)

    def _show_map(self, shown: DenseSum) -> None:
        maps, top = shown.maps, symmetric_top(shown.maps)
        self.map.show_maps(maps, maps, ColourScale(-top, top, self.theme.diverging))
        self.map_title.show_text(
            f"Contribution of each input from {shown.below_name}: from {significant(-top)} "
            f"(brown) to {significant(top)} (blue)",
            shown.cell,
        )

    # The user

    def _on_ranked(self, row: int) -> None:
        if self.sum is not None and row < len(self.sum.ranked[:RANKED]):
            self.follow(self.sum.input(int(self.sum.ranked[row])))

    def _on_map_followed(self, place: MapCell) -> None:
        if self.sum is not None:
            self.follow(self.sum.source(*place))

    def _on_softmax(self, unit: int) -> None:
        if self.sum is not None and unit < len(self.sum.terms.logits):
            self.selected.emit(replace(self.sum.cell, channel=unit))


def _line(of: Contribution) -> SumLine:
    name = f"[{of.index}]"
    words = (name,) if of.place is None else (f"{name} from {list(of.place)}", name)
    return SumLine(words, product_sentence(of.value, of.weight, of.product), value=of.product)


def _softmax_lines(shown: DenseSum) -> list[SumLine]:
    softmax, logits = softmax_of(shown.terms), shown.terms.logits.tolist()
    lines = []
    for unit, (power, share) in enumerate(zip(softmax.powers, softmax.shares, strict=True)):
        name = f"exp({number(logits[unit] - softmax.shift, 2)}) = {compact(float(power))}"
        words = (f"{unit}   {TAKEN_OUT if logits[unit] == OUT else name}",)
        own = unit == shown.cell.channel
        lines.append(SumLine(words, percent(float(share)), value=float(share), marked=own))
    whole = percent(float(softmax.shares.sum()))
    return [*lines, SumLine((f"Σ   {compact(softmax.total)}",), whole)]
