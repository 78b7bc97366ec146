"""BarsView: the values of a small vector as bars on a numbered axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from visualizer.core.network.layer import Array
from visualizer.text.numbers import (
    Digits,
    compact,
    digits_for,
    exact,
    number,
    spaced,
    ticks,
)
from visualizer.views.base.constants import CENTRE, LEFT, RIGHT
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.widgets.bars import Bars, ends_of

WHOLE = CENTRE | Qt.TextFlag.TextDontClip
STEPS = (1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256)  # between bars that are named

LEAST_FOR_AXIS = 96


class BarsView(Bars):
    """One bar per unit; zero is a line, negative values hang below it.

    Small numbers, as gradients, are written in units of a power of ten, which stands over the axis.
    """

    def __init__(self, look: Look, compact: bool = False) -> None:
        """Leave out the axis and the numbers if `compact`, for a strip in a panel."""
        super().__init__(look)
        self._compact = compact
        self.labels = ["0"]
        self._widths: tuple[int, list[float]] = (0, [])
        self._top = 1.0

    def show_values(self, values: Array, top: float, labels: list[str] | None = None) -> None:
        """Show values (n,) on an axis that ends at `top`, and at −top where some are negative.

        `labels` name the bars from the left; without them the bars are numbered.
        """
        self._values, self._top = values, top
        names = labels or [str(unit) for unit in range(len(values))]
        if names != self.labels:
            self.labels, self._widths = names, (0, [])
        self.update()

    def _label_widths(self) -> list[float]:
        pixels = self.theme.px(FONT_SIZES["caption"])
        if self._widths[0] != pixels:
            self._widths = pixels, [text_width(name, pixels, bold=True) for name in self.labels]
        return self._widths[1]

    @property
    def _plain(self) -> bool:
        """Whether axis and numbers are left out: if compact, or too low for them."""
        return self._compact or self.height() < self.theme.px(LEAST_FOR_AXIS)

    def _area(self) -> QRectF:
        theme = self.theme
        if self._plain:
            low = theme.px(20)
            return QRectF(1, theme.px(2), self.width() - 2, self.height() - low - theme.px(2))
        left, bottom = theme.px(48), theme.px(28)
        width = self.width() - left - theme.px(8)
        widest = theme.px(88) * len(self._values)
        return QRectF(left, theme.px(24), min(width, widest), self.height() - bottom - theme.px(24))

    def _inset(self) -> float:
        return min(self._step() * 0.12, self.theme.px(4))

    def _ends(self) -> tuple[float, float]:
        if self._compact:
            return ends_of(self._values)
        return (-self._top if (self._values < 0).any() else 0.0), self._top

    @property
    def _digits(self) -> Digits:
        """How numbers are written: three decimals, or factors of a small power of ten."""
        digits = digits_for(self._top)
        return digits if digits.power < 0 else Digits(3)

    @property
    def unit(self) -> str:
        """What all numbers are in, such as "in 10⁻⁷", or nothing."""
        return "" if self._plain else self._digits.unit

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setFont(self.theme.font("caption"))
        self._paint_axis(painter)
        self._paint_bars(painter)
        self._paint_units(painter)
        self.paint_focus(painter)

    def _paint_axis(self, painter: QPainter) -> None:
        theme, area = self.theme, self._area()
        low, _ = self._ends()
        height = painter.fontMetrics().height()
        apart = height * (self._top - low) / area.height()
        unit = 10.0**self._digits.power
        marks = spaced(ticks(low / unit, self._top / unit), apart / unit)
        painter.setPen(theme.color("soft_ink"))
        painter.drawText(QRectF(0, 0, self.width(), theme.px(18)), LEFT, self.unit)
        for factor, label in [(0.0, "")] if self._plain else marks:
            value = factor * unit
            zero = abs(value) < 1e-9 * self._top
            self._paint_level(painter, value, "soft_ink" if zero else "line")
            painter.setPen(theme.color("soft_ink"))
            box = QRectF(0, self.y_of(value) - height / 2, area.left() - theme.px(8), height)
            painter.drawText(box, RIGHT, label)

    def _paint_bars(self, painter: QPainter) -> None:
        self._paint_columns(painter, "selection", outlined=not self._plain)
        bars = self.bars()
        painter.setPen(Qt.PenStyle.NoPen)
        for shade, chosen in ((222, self._values >= 0), (40, self._values < 0)):
            painter.setBrush(QColor(*(int(channel) for channel in self.theme.diverging[shade])))
            painter.drawRects([bars[unit] for unit in np.flatnonzero(chosen)])

    def label_rects(self) -> dict[int, QRectF]:
        """Return where names of bars are written: as many as fit, and always the selected one.

        Names are not cut at the widget's edges and do not overlap.
        """
        area, step, count = self._area(), self._step(), len(self._values)
        gap, widths = self.theme.px(5), self._label_widths()
        every = next((n for n in STEPS if n * step > max(widths) + gap), count)
        top, height = area.bottom() + self.theme.px(3), self.theme.px(17)
        first, right = area.left() + step / 2, self.width()

        def label_rect(unit: int) -> QRectF:
            width = widths[unit]
            left = max(min(first + unit * step - width / 2, right - width), 0.0)
            return QRectF(left, top, width, height)

        chosen = {unit: label_rect(unit) for unit in (self._selected,) if 0 <= unit < count}
        taken = [box.adjusted(-gap, 0, gap, 0) for box in chosen.values()]
        others = {unit: label_rect(unit) for unit in range(0, count, every)}
        free = {unit: box for unit, box in others.items() if not any(map(box.intersects, taken))}
        return chosen | free

    def _paint_units(self, painter: QPainter) -> None:
        theme, labels, rects = self.theme, self.labels, self.label_rects()
        chosen = rects.pop(self._selected, None)
        painter.setPen(theme.color("soft_ink"))
        for unit, box in rects.items():
            painter.drawText(box, WHOLE, labels[unit])
        if chosen is not None:
            painter.setPen(theme.color("selection"))
            painter.setFont(theme.font("caption", bold=True))
            painter.drawText(chosen, WHOLE, labels[self._selected])
        if self._plain:
            return
        if self._step() > painter.fontMetrics().horizontalAdvance("−00.000"):
            self._paint_values(painter)
        elif 0 <= self._selected < len(self._values):
            self._paint_selected_value(painter)

    @property
    def selected_text(self) -> str:
        """The text over the selected bar if not every bar has its number."""
        value, unit = float(self._values[self._selected]), self._digits
        text = self._number(value) if unit.power else compact(value)
        return f"{self.labels[self._selected]}: {text}"

    def _paint_selected_value(self, painter: QPainter) -> None:
        theme, area, bar = self.theme, self._area(), self.bars()[self._selected]
        painter.setFont(theme.font("caption", bold=True))
        text, high = self.selected_text, theme.px(18)
        width = painter.fontMetrics().horizontalAdvance(text) + theme.px(8)
        left = min(max(bar.center().x() - width / 2, area.left()), self.width() - width)
        box = QRectF(left, self._number_top(self._selected, bar, high), width, high)
        painter.fillRect(box, theme.color("panel", 0.9))
        painter.setPen(theme.color("selection"))
        painter.drawText(box, CENTRE, text)

    def _number_top(self, unit: int, bar: QRectF, high: float) -> float:
        """Return the top of a bar's number: above the bar; below a negative one if it fits."""
        hangs = self._values[unit] < 0 and bar.bottom() + high <= self._area().bottom()
        return bar.bottom() if hangs else max(bar.top() - high, 0.0)

    def _paint_values(self, painter: QPainter) -> None:
        high = self.theme.px(18)
        painter.setPen(self.theme.color("ink"))
        for unit, (value, bar) in enumerate(zip(self._values, self.bars(), strict=True)):
            top = self._number_top(unit, bar, high)
            column = self.column(unit)
            box = QRectF(column.left(), top, column.width(), high)
            painter.setFont(self.theme.font("caption", bold=unit == self._selected))
            painter.drawText(box, CENTRE, self._number(float(value)))

    def _number(self, value: float) -> str:
        """Write a number in a few signs, in the unit of all."""
        unit = self._digits
        if unit.power:
            return number(value / 10.0**unit.power, unit.places)
        return number(value, 3) if abs(value) < 1000 else compact(value)

    def tip_of(self, unit: int) -> str:
        """Return the bar's name, and its value with all digits."""
        return f"{self.labels[unit]}: {exact(float(self._values[unit]))}"
