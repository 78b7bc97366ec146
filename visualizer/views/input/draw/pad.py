"""DrawingPad: a sheet to draw on with the pointer, a pen, or pixel by pixel with the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy

from visualizer.data.dataset import IMAGE_SIZE
from visualizer.data.input.sketch import Stroke
from visualizer.session.easel import PIXEL, Easel
from visualizer.session.ink import Ink, width_of
from visualizer.views.base.constants import ARROWS, ENTER
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.controls import KeyPanel

LEAST, COMFORTABLE = 72, 120  # pixels
NOTHING = "Draw a digit here"


class DrawingPad(KeyPanel):
    """The drawing of an easel at the pad's own size; a moving pen paints only its new part."""

    def __init__(self, look: Look, easel: Easel) -> None:
        super().__init__(look)
        self.setAccessibleName("Drawing pad")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.easel = easel
        self._shown = Ink(1, QColor())
        self._held = (IMAGE_SIZE // 2, IMAGE_SIZE // 2)
        easel.extended.connect(self._on_extended)
        easel.redrawn.connect(self._fit)
        easel.equipped.connect(self._on_equipped)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(COMFORTABLE), self.theme.px(COMFORTABLE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(LEAST), self.theme.px(LEAST))

    # The pen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.easel.touch(*self._share(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.easel.move(*self._share(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.easel.lift()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        at, turned = self._share(event.position()), QPointingDevice.PointerType.Eraser
        match event.type():
            case QEvent.Type.TabletPress:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.easel.touch(*at, event.pressure(), event.pointerType() == turned)
            case QEvent.Type.TabletMove:
                self.easel.move(*at, event.pressure())
            case QEvent.Type.TabletRelease:
                self.easel.lift()
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        self.easel.lift()

    def _share(self, point: QPointF) -> tuple[float, float]:
        """Return a point as shares of the pad's side, limited to −1 … 2."""
        area = self.area
        x, y = ((point - area.topLeft()) / area.width()).toTuple()
        return min(max(x, -1.0), 2.0), min(max(y, -1.0), 2.0)

    # The keys: pixel by pixel

    def takes_enter(self) -> bool:
        return self.easel.tool == PIXEL

    def press_key(self, event: QKeyEvent) -> bool:
        if self.easel.tool != PIXEL:
            return False
        row, column = self._held
        if event.key() in ARROWS:
            down, right = ARROWS[Qt.Key(event.key())]
            last = IMAGE_SIZE - 1
            self._held = min(max(row + down, 0), last), min(max(column + right, 0), last)
            self.update()
            return True
        if event.key() in ENTER:
            self.easel.touch((column + 0.5) / IMAGE_SIZE, (row + 0.5) / IMAGE_SIZE)
            self.easel.lift()
            return True
        return False

    # Painting

    @property
    def area(self) -> QRectF:
        """The sheet on the widget: the largest square, in whole pixels."""
        side = max(min(self.width(), self.height()) - 2, 1)
        return QRectF((self.width() - side) // 2, 1, side, side)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._fit()
        self._on_equipped()

    def resizeEvent(self, event: object) -> None:
        self._fit()
        self._on_equipped()

    def _fit(self) -> None:
        """Paint the drawing anew, at the size and in the ink colour of the screen."""
        side = round(self.area.width() * self.devicePixelRatioF())
        self._shown = Ink(side, self.theme.color("digit_ink"))
        self._shown.paint(self.easel.drawing)
        if self.easel.stroke is not None:
            self._shown.add(self.easel.stroke)
        self.update()

    def _on_extended(self, stroke: Stroke, at: int) -> None:
        self._shown.add(stroke, at)
        if at == 0:
            self.update()  # the first ink also removes the text
            return
        area = self.area
        one, other = (
            area.topLeft() + QPointF(x, y) * area.width() for x, y, _ in stroke.points[at - 1 :]
        )
        reach = max(stroke.size / 2, 1 / IMAGE_SIZE) * area.width() + 2
        part = QRectF(one, other).normalized().adjusted(-reach, -reach, reach, reach)
        self.update(part.toAlignedRect().intersected(self.rect()))

    def _on_equipped(self) -> None:
        """Set the cursor: a ring as wide as the pen, or a cross for single pixels."""
        if self.easel.tool == PIXEL:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            across = max(round(self.area.width() * width_of(self.easel.size, 1.0)), 3)
            self.setCursor(QCursor(self._ring(across)))
        self.update()

    def _ring(self, across: int) -> QPixmap:
        ring = QPixmap(across + 4, across + 4)
        ring.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ring)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, width in (("paper", 3.0), ("accent", 1.5)):
            painter.setPen(QPen(self.theme.color(name), width))
            painter.drawEllipse(QRectF(2, 2, across, across))
        painter.end()
        return ring

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self.theme, self.area
        part: QRect = event.rect()
        painter = QPainter(self)
        painter.fillRect(area.intersected(part), theme.color("paper"))
        painter.setClipRect(part)
        painter.drawImage(area, self._shown.picture)
        if self.easel.tool == PIXEL:
            self._paint_grid(painter)
        painter.setPen(QPen(theme.color("accent" if self.shows_focus else "soft_ink"), 1))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.easel.blank:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("soft_ink"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, NOTHING)

    def _paint_grid(self, painter: QPainter) -> None:
        """Paint the edges of pixels, and a frame around the one that the keys would set."""
        area, cell = self.area, self.area.width() / IMAGE_SIZE
        painter.setPen(QPen(self.theme.color("soft_ink", 0.25), 1))
        for edge in range(1, IMAGE_SIZE):
            at = round(edge * cell) + 0.5
            painter.drawLine(area.topLeft() + QPointF(at, 0), area.bottomLeft() + QPointF(at, 0))
            painter.drawLine(area.topLeft() + QPointF(0, at), area.topRight() + QPointF(0, at))
        if self.shows_focus:
            row, column = self._held
            painter.setPen(QPen(self.theme.color("accent"), self.theme.line_width))
            painter.drawRect(
                QRectF(area.left() + column * cell, area.top() + row * cell, cell, cell)
            )
