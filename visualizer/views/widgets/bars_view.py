"""BarsView: the values of a small vector as bars on a numbered axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.text.numbers import compact, exact, number, spaced, ticks
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.widgets.controls import KeyPanel

WHOLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
STEPS = (1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256)  # between bars that are named

LEAST_FOR_AXIS = 96


class BarsView(KeyPanel):
    """One bar per unit; zero is a line, negative values hang below it.

    Signals
    -------
    hovered : int or None
    clicked : int
    followed : int
        A double click.
    moved : int
        Left or right key: by how many bars to move the selection.
    """

    hovered = Signal(object)  # int | None
    clicked = Signal(int)
    followed = Signal(int)
    moved = Signal(int)

    def __init__(self, look: Look, compact: bool = False) -> None:
        """Leave out the axis and the numbers if `compact`, for a strip in a panel."""
        super().__init__(look)
        self._compact = compact
        self.labels = ["0"]
        self._widths: tuple[int, list[float]] = (0, [])
        self._values: Array = np.zeros(1, np.float32)
        self._top = 1.0
        self._selected = -1
        self._hovered = -1

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

    def show_selection(self, selected: int, hovered: int) -> None:
        if (selected, hovered) != (self._selected, self._hovered):
            self._selected, self._hovered = selected, hovered
            self.update()

    def unit_at(self, point: QPointF) -> int | None:
        area = self._area()
        if not QRectF(area.left(), 0, area.width(), self.height()).contains(point):
            return None
        return min(int((point.x() - area.left()) / self._step()), len(self._values) - 1)

    def unit_center(self, unit: int) -> QPointF:
        """Return a point inside a unit's bar."""
        area = self._area()
        return QPointF(area.left() + (unit + 0.5) * self._step(), area.center().y())

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

    def _step(self) -> float:
        return self._area().width() / max(len(self._values), 1)

    def _y(self, value: float) -> float:
        area = self._area()
        low, top = self._ends()
        return area.bottom() - (value - low) / (top - low) * area.height()

    def _ends(self) -> tuple[float, float]:
        """Return the values at the two ends of the axis."""
        if not self._compact:
            return (-self._top if (self._values < 0).any() else 0.0), self._top
        finite = self._values[np.isfinite(self._values)].astype(float)
        low, top = min([0.0, *finite.tolist()]), max([0.0, *finite.tolist()])
        return (low, top) if low < top else (0.0, 1.0)

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
        marks = [(0.0, "")] if self._plain else spaced(ticks(low, self._top), apart)
        for value, label in marks:
            y = self._y(value)
            zero = abs(value) < 1e-9 * self._top
            painter.setPen(QPen(theme.color("soft_ink" if zero else "line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("soft_ink"))
            box = QRectF(0, y - height / 2, area.left() - theme.px(8), height)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, label)

    def _bars(self) -> list[QRectF]:
        """Return each bar's rectangle; a value that is not finite has an empty one."""
        area, step = self._area(), self._step()
        low, top = self._ends()
        inset = min(step * 0.12, self.theme.px(4))
        scale = area.height() / (top - low)
        zero = area.bottom() + low * scale
        heights = np.nan_to_num(self._values, nan=0.0, posinf=0.0, neginf=0.0) * scale
        lefts = area.left() + inset + step * np.arange(len(self._values))
        width = step - 2 * inset
        return [
            QRectF(left, zero - max(height, 0), width, abs(height))
            for left, height in zip(lefts.tolist(), heights.tolist(), strict=True)
        ]

    def _paint_bars(self, painter: QPainter) -> None:
        theme, area, step = self.theme, self._area(), self._step()
        for unit, name in ((self._hovered, "soft_ink"), (self._selected, "selection")):
            if 0 <= unit < len(self._values):
                column = QRectF(area.left() + unit * step, area.top(), step, area.height())
                painter.fillRect(column, theme.color(name, 0.14))
                if not self._plain:
                    painter.setPen(QPen(theme.color(name), theme.line_width))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(column)
        bars = self._bars()
        painter.setPen(Qt.PenStyle.NoPen)
        for shade, chosen in ((222, self._values >= 0), (40, self._values < 0)):
            painter.setBrush(QColor(*(int(channel) for channel in theme.diverging[shade])))
            painter.drawRects([bars[unit] for unit in np.flatnonzero(chosen)])

    def label_rects(self) -> dict[int, QRectF]:
        """Return where names of bars are written: as many as fit, and always the selected one.

        Names are not cut at the widget's edges and do not overlap.
        """
        area, step, count = self._area(), self._step(), len(self._values)
        gap, widths = self.theme.px(5), self._label_widths()
        every = next((n for n in STEPS if n * step > max(widths) + gap), count)
        chosen = self._selected if 0 <= self._selected < count else None
        top, height = area.bottom() + self.theme.px(3), self.theme.px(17)
        first, right = area.left() + step / 2, self.width()

        def label_rect(unit: int) -> QRectF:
            width = widths[unit]
            left = max(min(first + unit * step - width / 2, right - width), 0.0)
            return QRectF(left, top, width, height)

        rects = {}
        if chosen is not None:
            rects[chosen] = label_rect(chosen)
        taken = rects[chosen].adjusted(-gap, 0, gap, 0) if chosen is not None else QRectF()
        for unit in range(0, count, every):
            box = label_rect(unit)
            if not box.intersects(taken):
                rects[unit] = box
        return rects

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
        return f"{self.labels[self._selected]}: {compact(float(self._values[self._selected]))}"

    def _paint_selected_value(self, painter: QPainter) -> None:
        theme, area, bar = self.theme, self._area(), self._bars()[self._selected]
        painter.setFont(theme.font("caption", bold=True))
        text, high = self.selected_text, theme.px(18)
        width = painter.fontMetrics().horizontalAdvance(text) + theme.px(8)
        left = min(max(bar.center().x() - width / 2, area.left()), self.width() - width)
        box = QRectF(left, self._number_top(self._selected, bar, high), width, high)
        painter.fillRect(box, theme.color("panel", 0.9))
        painter.setPen(theme.color("selection"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _number_top(self, unit: int, bar: QRectF, high: float) -> float:
        """Return the top of a bar's number: above the bar; below a negative one if it fits."""
        hangs = self._values[unit] < 0 and bar.bottom() + high <= self._area().bottom()
        return bar.bottom() if hangs else max(bar.top() - high, 0.0)

    def _paint_values(self, painter: QPainter) -> None:
        area, step, high = self._area(), self._step(), self.theme.px(18)
        painter.setPen(self.theme.color("ink"))
        for unit, (value, bar) in enumerate(zip(self._values, self._bars(), strict=True)):
            top = self._number_top(unit, bar, high)
            box = QRectF(area.left() + unit * step, top, step, high)
            painter.setFont(self.theme.font("caption", bold=unit == self._selected))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._number(float(value)))

    @staticmethod
    def _number(value: float) -> str:
        return number(value, 3) if abs(value) < 1000 else compact(value)

    def tip_at(self, point: QPointF) -> str:
        """Return the bar's name, and its value with all digits."""
        unit = self.unit_at(point)
        return "" if unit is None else f"{self.labels[unit]}: {exact(float(self._values[unit]))}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.unit_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_at(event.position())
        if unit is not None:
            self.clicked.emit(unit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_at(event.position())
        if unit is not None:
            self.followed.emit(unit)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)

    def press_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key not in steps:
            return False
        self.moved.emit(steps[key])
        return True
