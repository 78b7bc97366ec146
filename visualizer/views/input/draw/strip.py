"""DrawingStrip: the recent drawings side by side, to draw on at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.data.input.sketch import Drawing
from visualizer.session.ink import Ink
from visualizer.session.recent_drawings import RecentDrawings
from visualizer.storage.drawings import MOST_KEPT
from visualizer.views.base.constants import ENTER, SIDEWAYS
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.controls import KeyPanel

TILE, GAP = 34, 4  # pixels at zoom 100 %
NONE = ("Drawings that you leave stay here", "Drawings stay here", "")


class DrawingStrip(KeyPanel):
    """A strip of the recent drawings, the newest first.

    Signals
    -------
    chosen : Drawing
        The user wants this drawing back on the pad.
    """

    chosen = Signal(Drawing)

    def __init__(self, look: Look, recent: RecentDrawings) -> None:
        super().__init__(look)
        self._recent = recent
        self.setAccessibleName("Recent drawings")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sized(look, self, height=TILE)
        self._first = self._held = 0
        self._inks: dict[Drawing, Ink] = {}
        recent.changed.connect(self._on_changed)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """The drawings in the strip."""
        return self._recent.drawings

    def _on_changed(self) -> None:
        self._first = self._held = 0
        self.update()

    # Room

    def apply_theme(self, theme: Theme) -> None:
        self._inks.clear()
        super().apply_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(TILE), self.theme.px(TILE))

    def _tile(self, number: int) -> QRectF:
        side = self.height() - 2
        step = side + self.theme.px(GAP)
        return QRectF(1 + (number - self._first) * step, 1, side, side)

    def _at(self, point: QPointF) -> Drawing | None:
        tiles = enumerate(self.drawings)
        return next((one for number, one in tiles if self._tile(number).contains(point)), None)

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        drawing = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and drawing is not None:
            self.chosen.emit(drawing)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._show_from(self._first + (1 if turned < 0 else -1))

    def takes_enter(self) -> bool:
        return True

    def press_key(self, event: QKeyEvent) -> bool:
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is not None and self.drawings:
            self._held = min(max(self._held + step, 0), len(self.drawings) - 1)
            if not QRectF(self.rect()).contains(self._tile(self._held)):
                self._show_from(self._first + step)
            self.update()
            return True
        if event.key() in ENTER and self.drawings:
            self.chosen.emit(self.drawings[self._held])
            return True
        return False

    def _show_from(self, first: int) -> None:
        self._first = min(max(first, 0), max(len(self.drawings) - 1, 0))
        self.update()

    def tip_at(self, point: QPointF) -> str:
        drawing = self._at(point)
        if drawing is None:
            return ""
        return "Draw on at this one" + ("" if drawing.label is None else f", a {drawing.label}")

    # Painting

    def _ink(self, drawing: Drawing) -> Ink:
        if drawing not in self._inks:
            if len(self._inks) > 2 * MOST_KEPT:
                self._inks.clear()
            side = round(self._tile(0).width() * self.devicePixelRatioF())
            self._inks[drawing] = Ink(side, self.theme.color("digit_ink"))
            self._inks[drawing].paint(drawing)
        return self._inks[drawing]

    def _paint_words(self, painter: QPainter) -> None:
        """Paint what the strip is for, while it is empty."""
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        metrics = painter.fontMetrics()
        words = next(form for form in NONE if metrics.horizontalAdvance(form) <= self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        if not self.drawings:
            self._paint_words(painter)
        for number, drawing in enumerate(self.drawings):
            tile = self._tile(number)
            if tile.right() < 0 or tile.left() > self.width():
                continue
            painter.fillRect(tile, self.theme.color("paper"))
            painter.drawImage(tile, self._ink(drawing).picture)
            held = self.shows_focus and number == self._held
            painter.setPen(QPen(self.theme.color("accent" if held else "line"), 1))
            painter.drawRect(tile.adjusted(-0.5, -0.5, 0.5, 0.5))
