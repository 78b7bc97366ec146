"""DenseView: the contribution of every input to a unit, ranked; bias, sum, ReLU or softmax."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.terms import OUT
from visualizer.text.numbers import compact, count, exact, number, percent, significant
from visualizer.text.terms import (
    TAKEN_OUT,
    formula,
    output_sentence,
    product_sentence,
    softmax_of,
    softmax_sentence,
)
from visualizer.views.base.labels import Sentence, label
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.base.tips import show_tip
from visualizer.views.position.channel_sums import Contribution, DenseSum
from visualizer.views.position.terms_views import TermsView
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, symmetric_top
from visualizer.views.widgets.viewport import MapCell

ROW = 24
RANKED = 8


@dataclass(frozen=True, slots=True)
class BarRow:
    """A line of a list: its name, its arithmetic, and a value drawn as a bar.

    `short` is a name for where there is less room.
    """

    name: str
    text: str
    value: float
    selected: bool = False
    short: str = ""


class RowList(Panel):
    """A list of lines with signed bars behind them.

    Signals
    -------
    clicked, followed : int
        A line was clicked, or double-clicked.
    """

    clicked = Signal(int)
    followed = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._rows: tuple[BarRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[BarRow, ...]:
        return self._rows

    def show_rows(self, rows: tuple[BarRow, ...]) -> None:
        if len(rows) != len(self._rows):
            self.updateGeometry()
        self._rows = rows
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(ROW) * len(self._rows))

    def row_center(self, row: int) -> QPointF:
        return QPointF(self.width() / 2, (row + 0.5) * self.theme.px(ROW))

    def _row_at(self, point: QPointF) -> int | None:
        row = int(point.y() // self.theme.px(ROW))
        return row if 0 <= row < len(self._rows) else None

    def paintEvent(self, event: object) -> None:
        theme = self.theme
        painter = QPainter(self)
        sizes = [abs(row.value) if math.isfinite(row.value) else 0.0 for row in self._rows]
        top = max(sizes, default=1.0) or 1.0
        height = theme.px(ROW)
        positive, negative = theme.diverging[222], theme.diverging[40]
        for position, row in enumerate(self._rows):
            line = QRectF(0, position * height, self.width(), height)
            bar = QRectF(line)
            bar.setTop(line.bottom() - theme.px(4))
            bar.setWidth(self.width() * (sizes[position] / top))
            shade = positive if row.value >= 0 else negative
            painter.fillRect(bar.adjusted(0, 0, 0, -1), QColor(*shade.tolist()))
            painter.setPen(theme.color("selection" if row.selected else "soft_ink"))
            painter.setFont(theme.font("caption", bold=row.selected))
            middle = Qt.AlignmentFlag.AlignVCenter
            figures = theme.font("body", bold=row.selected)
            room = line.width() - QFontMetricsF(figures).horizontalAdvance(row.text) - theme.px(8)
            metrics = painter.fontMetrics()
            fits = metrics.horizontalAdvance(row.name) <= room
            name = row.name if fits else row.short or row.name
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(int(room), 0))
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, name)
            painter.setPen(theme.color("ink"))
            painter.setFont(figures)
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, row.text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            show_tip(self, event.globalPos(), partial(self._tip_at, QPointF(event.pos())))
            return True
        return super().event(event)

    def _tip_at(self, point: QPointF) -> str:
        row = self._row_at(point)
        return "" if row is None else exact(self._rows[row].value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is not None:
            self.clicked.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is not None:
            self.followed.emit(row)


class DenseView(TermsView[DenseSum]):
    """A view of one unit of a dense layer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.softmax = Sentence("sum")
        self.softmax_rows = RowList(look, "Softmax")
        self.map_title = Sentence("caption")
        self.map = MapView(look, fixed=True)
        self.map.setAccessibleName("Contributions, in their places on the map below")
        self.ranked_title = label("Largest contributions: input × weight", "caption")
        self.ranked = RowList(look, "Contributions, largest first")
        for widget in (
            self.softmax,
            self.softmax_rows,
            self.map_title,
            self.map,
            self.ranked_title,
            self.ranked,
        ):
            self.column.addWidget(widget)
        self.map.followed.connect(self._on_map_followed)
        self.ranked.followed.connect(self._on_ranked)
        self.softmax_rows.clicked.connect(self._on_softmax)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.map.setFixedHeight(theme.px(132))

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        return [hide_slide]  # the list goes on below in any case

    def draw(self, shown: DenseSum) -> None:
        terms, cell = shown.terms, shown.cell
        self.caption.setText(formula(terms, "inputs × weights"))
        if terms.taken_out:
            self.sentence.show_text(f"This class is {TAKEN_OUT}.", cell)
        elif terms.softmax:
            left, _, right = output_sentence(terms).rpartition(" = ")
            self.sentence.show_text(f"{left} = <b>{right}</b>", cell)
        else:
            self.sentence.show_text(self.mark_result(output_sentence(terms)), cell)
        self.softmax.setVisible(terms.softmax)
        self.softmax_rows.setVisible(terms.softmax)
        if terms.softmax:
            self.softmax.show_text(self.mark_result(softmax_sentence(terms)), cell)
            self.softmax_rows.show_rows(_softmax_rows(shown))
        self._show_map(shown)
        rows = [_row(contribution) for contribution in shown.largest(RANKED)]
        many, remainder = shown.others(RANKED)
        if many:
            name = f"the other {count(many)} together"
            rows.append(BarRow(name, number(remainder), remainder))
        if not terms.taken_out:
            rows.append(BarRow("bias", number(terms.bias), terms.bias))
        self.ranked.show_rows(tuple(rows))

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


def _row(of: Contribution) -> BarRow:
    name = f"[{of.index}]"
    whole = name if of.place is None else f"{name} from {list(of.place)}"
    said = product_sentence(of.value, of.weight, of.product)
    return BarRow(whole, said, of.product, short=name)


def _softmax_rows(shown: DenseSum) -> tuple[BarRow, ...]:
    softmax, logits = softmax_of(shown.terms), shown.terms.logits.tolist()
    rows = []
    for unit, (power, share) in enumerate(zip(softmax.powers, softmax.shares, strict=True)):
        shifted = number(logits[unit] - softmax.shift, 2)
        name = f"{unit}   exp({shifted}) = {compact(float(power))}"
        if logits[unit] == OUT:
            name = f"{unit}   {TAKEN_OUT}"
        own = unit == shown.cell.channel
        rows.append(BarRow(name, percent(float(share)), float(share), own))
    whole = percent(float(softmax.shares.sum()))
    return (*rows, BarRow(f"Σ   {compact(softmax.total)}", whole, 0.0))
