"""TimeHandle: the vertical line on a plot that shows, and changes, which moment is in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.curves.zoomable_plot import ZoomablePlot

GRIP = 11  # width of the grip, and of what takes the pointer, with a little beside it
BESIDE = 2


class TimeHandle(Guarded, QWidget):
    """A line with a grip at its top, to be dragged; it lies over the plot, which stays as it is.

    Signals
    -------
    moved : float
        The user wants this moment, in epochs.
    """

    moved = Signal(float)

    def __init__(self, plot: ZoomablePlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._live, self._focused = True, False
        self._held: float | None = None  # from the line to where it was taken, in pixels
        self.epoch: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(plot)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setVisible(False)
        plot.placed.connect(self.place)
        plot.focused.connect(self.show_focus)

    def show_moment(self, epoch: float | None, live: bool) -> None:
        """Stand at a moment, in epochs; None: there is none to go to. Emits nothing."""
        self.epoch = epoch
        self.place()
        if live != self._live:
            self._live = live
            self.update()

    def show_focus(self, focused: bool) -> None:
        """Stand out while the arrow keys move it."""
        self._focused = focused
        self.update()

    def place(self) -> None:
        """Move over the moment, if the plot shows it; else hide."""
        if self.epoch is None:
            self.setVisible(False)
            return
        area, x = self._plot.area, self._plot.place(self.epoch, 0.0).x()
        self.setVisible(area.left() - 1 <= x <= area.right() + 1)
        half = self._plot.theme.px(GRIP) // 2 + BESIDE
        height = round(area.height()) or 1
        self.setGeometry(round(x) - half, round(area.top()), 2 * half + 1, height)

    def paintEvent(self, event: QEvent) -> None:
        theme, painter = self._plot.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stands_out = self._focused or self.underMouse() or self._held is not None
        color = theme.color("accent" if stands_out else "soft_ink" if self._live else "ink")
        width = theme.line_width if stands_out or not self._live else theme.zoom
        painter.setPen(QPen(color, width))
        middle, half = self.width() / 2, theme.px(GRIP) / 2
        painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        corners = [QPointF(middle + side * half, 0) for side in (-1, 1)]
        painter.drawPolygon(QPolygonF([*corners, QPointF(middle, 1.2 * half)]))

    # The pointer

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().x() - self.width() / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        at = self.mapToParent(event.position()) - QPointF(self._held, 0.0)
        self.moved.emit(self._plot.value_at(at)[0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()
