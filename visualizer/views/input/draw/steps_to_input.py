"""StepsToInput: the steps from a drawing to the network's input, in three small pictures."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy

from visualizer.data.dataset import IMAGE_SIZE
from visualizer.data.input.centring import BOX
from visualizer.scene.scene import Digit
from visualizer.session.easel import SHEET, Easel
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.pixels import draw_image, to_image

PARTS = 2 * BOX + IMAGE_SIZE  # width of the three pictures, in pixels of the input
GAP, LINE = 14, 16  # pixels at zoom 100 %: for an arrow, and for a line of text
FADED = 0.35
TIP = (
    "The strokes; the rectangle with all their ink, its longer side 20 pixels; and that centred by "
    "its mass in 28 × 28, as MNIST was made: the network's input. "
)
OVER = {
    False: "The centring is off: the whole sheet becomes 28 × 28, the ink where it was drawn.",
    True: "On a digit or on single pixels all ink stays where it lies.",
}


class StepsToInput(Panel):
    """The sheet with the cropped rectangle, its box of 20 × 20, and the input of 28 × 28.

    Box and input have one scale. The input outlines the pixels that the selected cell sees. Where
    nothing is centred, the box is drawn faint and the arrow passes it.
    """

    def __init__(self, look: Look, easel: Easel, digit: Digit) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The way to the network's input")
        self.digit = DigitView(look, digit, ticks=False)
        self.digit.setParent(self)
        self._easel, self._lines = easel, 2
        easel.changed.connect(self._on_changed)

    def height_of(self, width: int, lines: int) -> int:
        """Return the height at a width, with so many lines of text under the pictures."""
        return IMAGE_SIZE * self._scale(width) + 4 + lines * self.theme.px(LINE)

    def fit(self, width: int, lines: int) -> None:
        """Take the height for a width, with 2, 1 or no line under the pictures."""
        self._lines = lines
        self.setFixedHeight(self.height_of(width, lines))
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(172), self.height_of(self.theme.px(172), self._lines))

    def _scale(self, width: int) -> int:
        """Return the screen pixels for each pixel of the input."""
        return max((width - 2 * self.theme.px(GAP) - 3) // PARTS, 1)

    @property
    def places(self) -> tuple[QRectF, QRectF, QRectF]:
        """Where the three pictures lie, their middles on one line."""
        scale, gap = self._scale(self.width()), self.theme.px(GAP)
        box, size = BOX * scale, IMAGE_SIZE * scale
        left = max((self.width() - PARTS * scale - 2 * gap) // 2, 1)
        top = 1 + (size - box) // 2
        return (
            QRectF(left, top, box, box),
            QRectF(left + box + gap, top, box, box),
            QRectF(left + 2 * (box + gap), 1, size, size),
        )

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _place(self) -> None:
        self.digit.setGeometry(self.places[2].adjusted(-1, -1, 2, 1).toRect())
        self.update()

    def _on_changed(self) -> None:
        easel = self._easel
        self.setToolTip(TIP + ("" if easel.centres else OVER[bool(easel.drawing.ground)]))
        self.update()

    def paintEvent(self, event: object) -> None:
        easel, theme = self._easel, self.theme
        sheet, box, digit = self.places
        painter = QPainter(self)
        self._paint_sheet(painter, sheet)
        painter.setOpacity(1.0 if easel.centres else FADED)
        draw_image(painter, box, to_image(easel.steps.box, 0, 1, theme.digit))
        for place in (sheet, box):
            painter.setOpacity(FADED if place is box and not easel.centres else 1.0)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        out, into = QPointF(self.theme.px(3), 0), QPointF(-self.theme.px(3), 0)
        if easel.centres:
            for one, other in ((sheet, box), (box, digit)):
                y = one.center().y()
                self._paint_arrow(
                    painter, QPointF(one.right(), y) + out, QPointF(other.left(), y) + into
                )
        else:
            around = QPointF(sheet.center().x(), (sheet.bottom() + digit.bottom()) / 2 + 1)
            painter.setPen(QPen(theme.color("soft_ink"), theme.px(1)))
            painter.drawLine(QPointF(around.x(), sheet.bottom() + 2), around)
            self._paint_arrow(painter, around, QPointF(digit.left(), around.y()) + into)
        self._paint_words(painter)

    def _paint_sheet(self, painter: QPainter, place: QRectF) -> None:
        easel, theme = self._easel, self.theme
        side = round(place.width() * self.devicePixelRatioF())
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.IgnoreAspectRatio
        ink = QPixmap.fromImage(easel.sheet.picture.scaled(side, side, keep, smooth))
        tint = QPainter(ink)
        tint.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        tint.fillRect(ink.rect(), theme.color("digit_ink"))
        tint.end()
        painter.fillRect(place, theme.color("paper"))
        painter.drawPixmap(place, ink, QRectF(ink.rect()))
        if easel.steps.cropped is not None and easel.centres:
            top, left, bottom, right = (at * place.width() / SHEET for at in easel.steps.cropped)
            painter.setPen(QPen(theme.color("soft_ink"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(
                QRectF(place.left() + left, place.top() + top, right - left, bottom - top)
            )

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        px = self.theme.px
        painter.setPen(QPen(self.theme.color("soft_ink"), px(1)))
        painter.drawLine(start, end)
        for side in (-1, 1):
            painter.drawLine(end, end + QPointF(-px(3), side * px(3)))

    def _paint_words(self, painter: QPainter) -> None:
        theme, places = self.theme, self.places
        last = "centred" if self._easel.centres else "as it lies"
        words = (
            ("drawn", ""),
            ("cropped", f"{BOX} × {BOX}"),
            (last, f"{IMAGE_SIZE} × {IMAGE_SIZE}"),
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("soft_ink"))
        half = theme.px(GAP) / 2
        for number, (place, lines) in enumerate(zip(places, words, strict=True)):
            painter.setOpacity(FADED if number == 1 and not self._easel.centres else 1.0)
            for line, text in enumerate(lines[: self._lines]):
                top = places[2].bottom() + 2 + line * theme.px(LINE)
                box = QRectF(place.left() - half, top, place.width() + 2 * half, theme.px(LINE))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
