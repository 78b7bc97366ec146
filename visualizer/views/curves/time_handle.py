"""TimeHandle: the vertical line on a plot that shows, and changes, which moment is in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.theme import Theme
from visualizer.views.curves.plot import Plot

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

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot.viewport())
        self._plot = plot
        self._theme = Theme()
        self._live, self._focused = True, False
        self._held: float | None = None  # from the line to where it was taken, in pixels
        self.epoch: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(plot)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setVisible(False)
        box = plot.getViewBox()
        box.sigRangeChanged.connect(self.place)
        box.sigResized.connect(self.place)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.place()
        self.update()

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
        """Lie over the moment, if the plot shows it."""
        if self.epoch is None:
            self.setVisible(False)
            return
        box, view = self._plot.getViewBox(), self._plot.viewportTransform()
        area = view.mapRect(box.sceneBoundingRect())
        x = view.map(box.mapViewToScene(QPointF(self.epoch, 0.0))).x()
        self.setVisible(area.left() - 1 <= x <= area.right() + 1)
        half = self._theme.px(GRIP) // 2 + BESIDE
        self.setGeometry(
            round(x) - half, round(area.top()), 2 * half + 1, round(area.height()) or 1
        )

    def paintEvent(self, event: QEvent) -> None:
        theme, painter = self._theme, QPainter(self)
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
        scene = self._plot.viewportTransform().inverted()[0].map(at)
        self.moved.emit(float(self._plot.getViewBox().mapSceneToView(scene).x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.update()
