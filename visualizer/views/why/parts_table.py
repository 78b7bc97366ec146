"""PartsTable: pixels and biases of each layer for one class, for another, for their difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.base.constants import RIGHT
from visualizer.views.base.labels import longest
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES

LINE, GAP = 1.35, 10  # a row's height in its letters' size; pixels between columns at zoom 1
RULE = 4  # pixels at zoom 1 around the rule


@dataclass(frozen=True, slots=True)
class PartsRow:
    """A row: what it is of, in ever shorter forms, and its figures, one for each column."""

    names: tuple[str, ...]
    figures: tuple[str, ...]


class PartsTable(Panel):
    """Rows of figures under the names of their columns, above a rule and the row of the sums."""

    def __init__(self, look: Look, role: str = "body") -> None:
        """Use the font of a role for the figures."""
        super().__init__(look)
        self._role = role
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[PartsRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parts of the answer")

    def show_rows(self, heads: Sequence[str], rows: Sequence[PartsRow]) -> None:
        """Show rows; the last one is the sum of the others, the last column stands out."""
        changed = len(rows) != len(self._rows)
        self._heads, self._rows = tuple(heads), tuple(rows)
        said = "; ".join(f"{row.names[0]}: {', '.join(row.figures)}" for row in rows)
        self.setAccessibleDescription(said)
        if changed:
            self.updateGeometry()
        self.update()

    @property
    def _line(self) -> int:
        return round(self.theme.px(FONT_SIZES[self._role]) * LINE)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self._line * (len(self._rows) + 1) + self.theme.px(RULE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(180), self.sizeHint().height())

    def paintEvent(self, event: object) -> None:
        painter, theme = QPainter(self), self.theme
        plain, bold = theme.font(self._role), theme.font(self._role, bold=True)
        wide = self._widths(QFontMetricsF(bold))
        line, right = self._line, float(self.width())
        columns: list[tuple[float, float]] = []
        for width in reversed(wide):
            columns.insert(0, (right - width, width))
            right -= width + theme.px(GAP)
        painter.setFont(bold)
        for (left, width), head in zip(columns, self._heads, strict=True):
            painter.setPen(theme.color("ink"))
            painter.drawText(QRectF(left, 0, width, line), RIGHT, head)
        top = float(line)
        for at, each in enumerate(self._rows):
            last = at == len(self._rows) - 1
            if last:
                painter.setPen(QPen(theme.color("ink"), max(theme.line_width / 2, 1)))
                painter.drawLine(QPointF(0, top + 1), QPointF(self.width(), top + 1))
                top += theme.px(RULE)
            painter.setFont(bold if last else theme.font("caption"))
            painter.setPen(theme.color("ink" if last else "soft_ink"))
            name = QRectF(0, top, max(right, 0.0), line)
            left_middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            fitting = longest(each.names, painter.fontMetrics(), round(name.width()))
            painter.drawText(name, left_middle, fitting)
            for column, ((left, width), figure) in enumerate(
                zip(columns, each.figures, strict=True)
            ):
                stands_out = column == len(columns) - 1 and len(columns) > 1
                painter.setFont(bold if last or stands_out else plain)
                painter.setPen(theme.color("selection" if stands_out and last else "ink"))
                painter.drawText(QRectF(left, top, width, line), RIGHT, figure)
            top += line

    def _widths(self, metrics: QFontMetricsF) -> list[float]:
        """Return the width of each column: of its widest figure."""
        every = [self._heads, *(row.figures for row in self._rows)]
        return [max(metrics.horizontalAdvance(text) for text in column) + 1
                for column in zip(*every, strict=True)]  # fmt: skip
