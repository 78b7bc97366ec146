"""Overview: all stops of the talk as small pictures, to go to one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from visualizer.core.talk.stop import Stop
from visualizer.views.base.constants import ENTER
from visualizer.views.base.look import Look
from visualizer.views.present.deck import Deck
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.controls import KeyPanel

ACROSS = range(3, 9)  # pictures side by side: as few as let all be seen, at most the last
SHAPE = 9 / 16
MARGIN, APART, LINES = 12, 8, 2  # pixels at zoom 1; lines of words below a picture
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
ELIDED, SMOOTH = Qt.TextElideMode.ElideRight, Qt.TransformationMode.SmoothTransformation
ROOMY = 0.95  # of the room of wrapped words, that they can surely use
Key = Qt.Key
ENDS = {Key.Key_Home: -(10**6), Key.Key_End: 10**6}


class Overview(KeyPanel):
    """The stops in their order; arrows and Enter, a click, or a number and Enter go to one.

    Signals
    -------
    chosen : int
        The index of the stop to go to.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, deck: Deck) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self.setAccessibleName("All stops of the talk")
        self._deck = deck
        self._images: dict[int, QImage] = {}
        self._small: dict[object, QImage] = {}
        self._stops: tuple[Stop, ...] = ()
        self.current = 0

    @property
    def missing(self) -> list[int]:
        """The stops without a picture, those around the current one first."""
        without = (each for each in range(len(self._stops)) if each not in self._images)
        return sorted(without, key=lambda each: abs(each - self.current))

    def show_talk(self) -> None:
        """Show the stops of the talk; pictures of unchanged ones stay."""
        stops = self._deck.talk.stops
        if stops != self._stops:
            self._images = {
                at: self._images[known]
                for at, stop in enumerate(stops)
                for known, before in enumerate(self._stops)
                if before == stop and known in self._images
            }
            self._stops = stops
            self._small.clear()
        self._stand(self._deck.at)

    def forget(self) -> None:
        """Drop the pictures: they were made of other digits or in another light."""
        self._images.clear()
        self._small.clear()
        self.update()

    def show_picture(self, at: int, image: QImage) -> None:
        """Show the picture of a stop."""
        self._images[at] = image
        self.update(self._cell(at))

    def words_of(self, at: int) -> str:
        """Return the number and the title of a stop."""
        stop = self._stops[at]
        return f"{at + 1}  {stop.title or stop.stage}"

    # Places

    @property
    def _words(self) -> int:
        """The height of the words below a picture."""
        return LINES * self.fontMetrics().lineSpacing()

    def _high(self, across: int) -> int:
        """Return the height of a row, with so many pictures side by side."""
        px = self.theme.px
        wide = (self.width() - 2 * px(MARGIN)) // across - px(APART)
        return round(wide * SHAPE) + self._words + px(APART)

    @property
    def _across(self) -> int:
        room = self.height() - 2 * self.theme.px(MARGIN)
        fits = (n for n in ACROSS if -(-len(self._stops) // n) * self._high(n) <= room)
        return next(fits, ACROSS[-1])

    def _cell(self, at: int) -> QRect:
        """Return the box of a stop: its picture and its words."""
        px, across = self.theme.px, self._across
        high, wide = self._high(across), (self.width() - 2 * px(MARGIN)) // across
        rows = max((self.height() - 2 * px(MARGIN)) // high, 1)
        first = max(self.current // across - rows + 1, 0)  # rows above it are out of sight
        row, column = divmod(at, across)
        left, top = px(MARGIN) + column * wide, px(MARGIN) + (row - first) * high
        return QRect(left, top, wide - px(APART), high - px(APART))

    def _at(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self._stops)) if self._cell(at).contains(point)), None)

    # What is seen and done

    def paintEvent(self, event: object) -> None:
        painter, theme = QPainter(self), self.theme
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setFont(theme.font("caption"))
        for at in range(len(self._stops)):
            box = self._cell(at)
            if not box.intersects(self.rect()):
                continue
            picture = QRect(box.topLeft(), box.size()).adjusted(0, 0, 0, -self._words)
            if at in self._images:
                painter.drawImage(picture.topLeft(), self._scaled(at, picture.size()))
            here = at == self.current
            color = theme.color("accent" if here else "line")
            paint_frame(painter, picture.toRectF(), color, theme.px(3 if here else 1))
            painter.setPen(theme.color("accent" if here else "ink"))
            below = QRect(box.left(), picture.bottom() + 2, box.width(), self._words)
            wide = round(ROOMY * LINES * box.width())
            words = painter.fontMetrics().elidedText(self.words_of(at), ELIDED, wide)
            painter.drawText(below, WRAPPED, words)

    def _scaled(self, at: int, size: QSize) -> QImage:
        """Return a picture at its size on the screen, made once."""
        ratio = self.devicePixelRatioF()
        key = at, (size * ratio).toTuple()
        if key not in self._small:
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, SMOOTH
            self._small[key] = self._images[at].scaled(size * ratio, keep, smooth)
            self._small[key].setDevicePixelRatio(ratio)
        return self._small[key]

    def _stand(self, at: int) -> None:
        self.current = min(max(at, 0), max(len(self._stops) - 1, 0))
        self.setAccessibleDescription(self.words_of(self.current) if self._stops else "")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._stand(self.current + (self._across if event.angleDelta().y() < 0 else -self._across))

    def tip_at(self, point: QPointF) -> str:
        at = self._at(point.toPoint())
        return "" if at is None else self._stops[at].words

    def takes_enter(self) -> bool:
        return True

    def press_key(self, event: QKeyEvent) -> bool:
        across = self._across
        steps = {Key.Key_Left: -1, Key.Key_Right: 1, Key.Key_Up: -across, Key.Key_Down: across}
        steps |= {Key.Key_PageUp: -1, Key.Key_PageDown: 1, **ENDS}
        if event.key() in steps:
            self._stand(self.current + steps[Key(event.key())])
        elif event.key() in ENTER:
            self.chosen.emit(self.current)
        else:
            return False
        return True
