"""RecentDrawings: a strip of earlier drawings, kept across launches."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing
from visualizer.storage.drawings import MOST_KEPT, load_drawings, save_drawings
from visualizer.system.errors import sentence
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.input.draw.ink import Ink
from visualizer.views.widgets.controls import KeyPanel

TILE, GAP = 34, 4  # pixels at zoom 100 %
NONE = ("Drawings that you leave stay here", "Drawings stay here", "")


class RecentDrawings(KeyPanel):
    """A strip of drawings; read when first shown, written at every new drawing.

    Signals
    -------
    chosen : Drawing
        The user wants this drawing back on the pad.
    failed : str
        One sentence: what could not be read or written.
    """

    chosen = Signal(Drawing)
    failed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Recent drawings")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sized(look, self, height=TILE)
        self.drawings: tuple[Drawing, ...] = ()
        self._read = False
        self._current: Drawing | None = None
        self._unsaved: tuple[Drawing, ...] = ()
        self._first = self._held = 0
        self._inks: dict[Drawing, Ink] = {}

    def read(self) -> None:
        """Read the drawings of earlier launches, once."""
        if not self._read:
            self._read = True
            try:
                self.drawings = load_drawings()
            except DataError as error:
                self.failed.emit(str(error))
                with suppress(ValueError, OSError):  # what could be read of it
                    self.drawings = load_drawings()
            except OSError as error:
                self.failed.emit(f"The recent drawings could not be read: {sentence(error)}")
            self.update()

    def keep(self, drawing: Drawing, done: bool) -> None:
        """Put a drawing first; a newer state of the same drawing replaces the older state.

        `done` says that the next drawing is another one.
        """
        self.read()
        gone = () if self._current is None else (self._current,)
        kept = _first(drawing, gone, self.drawings)
        self._current = None if done else drawing
        if kept != self.drawings:
            self.drawings = kept
            self._first = self._held = 0
            self._save(_first(drawing, gone, self._unsaved), gone)
            self.update()

    def _save(self, drawings: tuple[Drawing, ...], gone: tuple[Drawing, ...]) -> None:
        """Write the unsaved drawings; drawings kept by another window come into view too."""
        try:
            self.drawings = save_drawings(drawings, gone)
            self._unsaved = ()
        except OSError as error:
            self._unsaved = drawings
            self.failed.emit(f"The drawing was not kept for the next start: {sentence(error)}")

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
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.drawings:
            self._held = min(max(self._held + step, 0), len(self.drawings) - 1)
            if not QRectF(self.rect()).contains(self._tile(self._held)):
                self._show_from(self._first + step)
            self.update()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.drawings:
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
            held = self.hasFocus() and number == self._held
            painter.setPen(QPen(self.theme.color("accent" if held else "line"), 1))
            painter.drawRect(tile.adjusted(-0.5, -0.5, 0.5, 0.5))


def _first(
    drawing: Drawing, gone: tuple[Drawing, ...], drawings: tuple[Drawing, ...]
) -> tuple[Drawing, ...]:
    """Return a drawing followed by others, without earlier states of it."""
    same = [one.unlabelled for one in (drawing, *gone)]
    others = (known for known in drawings if known.unlabelled not in same)
    return (drawing, *others)[:MOST_KEPT]
