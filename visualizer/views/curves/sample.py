"""Sample: the line that a run or a network is drawn with, as the picture of a table's cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from visualizer.views.base.theme import Theme
from visualizer.views.curves.plot import DASHES, run_pen
from visualizer.views.widgets.table_model import drawn


@dataclass(frozen=True)
class Sample:
    """A line in a run's colour and dashes; a run in view has its own, one that is hidden a box.

    Attributes
    ----------
    width, size : of the line, and of the picture, in pixels at zoom 1
    """

    key: int
    width: float = 1.6
    dashes: Sequence[Qt.PenStyle] = DASHES
    in_view: bool = False
    shown: bool = True
    size: tuple[int, int] = (22, 14)

    def __call__(self, theme: Theme) -> QPixmap:
        wide, high = map(theme.px, self.size)

        def paint(painter: QPainter, room: QRectF) -> None:
            pen = run_pen(theme, self.key, self.width * theme.zoom, self.dashes)
            pen = QPen(theme.color("train"), pen.widthF()) if self.in_view else pen
            painter.setPen(pen if self.shown else QPen(pen.color(), theme.px(1)))
            if self.shown:
                middle = room.center().y()
                painter.drawLine(QPointF(1, middle), QPointF(wide - 1, middle))
            else:
                box = room.adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(box, theme.px(3), theme.px(3))

        return drawn(wide, high, paint)
