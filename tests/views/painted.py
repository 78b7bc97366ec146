"""Painted: what is written with QPainter.drawText, and whether each word is whole and clear.

What Qt's own widgets write, labels and buttons, is not seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPicture,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.curves.plot import Plot
from visualizer.views.widgets.cached_pixmap import CachedPixmap

SLACK = 1.0  # pixels that smoothing and rounding may take


@dataclass(frozen=True, slots=True)
class Word:
    """A text as it was painted, all in pixels of what it was painted on.

    Attributes
    ----------
    on : the widget's class and name, or what its picture is
    painting : tells one widget's painting from another's
    pixels : the size of its type
    ink : where its line lies across, and where its letters lie up and down
    box : where they are cut off: the rectangle that was named, and the widget's edges
    """

    text: str
    on: str
    painting: int
    pixels: int
    ink: QRectF
    box: QRectF

    @property
    def whole(self) -> bool:
        return self.box.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(self.ink)

    def __str__(self) -> str:
        return f"{self.text!r} on {self.on}: {_sides(self.ink)} in {_sides(self.box)}"


def words_of(window: QWidget) -> tuple[list[Word], list[str]]:
    """Paint a window; return every word, and every text that was shortened to be painted."""
    words: list[Word] = []
    shortened: list[str] = []
    for strip in window.findChildren(NetworkStrip):
        strip._cards = CachedPixmap()  # else its cards come from a picture of before
    for plot in window.findChildren(Plot):
        plot.redraw(ground=True)
    with _recorded(words), _shortening(shortened):
        window.render(QPicture(), QPoint(0, 0))
    return words, shortened


def unreadable_in(window: QWidget) -> list[str]:
    """What cannot be read in a window, cut, shortened or covered, in words; empty is well."""
    words, shortened = words_of(window)
    cut = [f"cut: {word}" for word in words if not word.whole]
    covered = [f"one over another: {one}; {other}" for one, other in _touching(words)]
    return [*cut, *covered, *shortened]


def _touching(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Words of one painting whose letters lie on each other."""
    waiting: dict[int, list[Word]] = {}
    for word in sorted(words, key=lambda word: word.ink.top()):
        above = waiting.setdefault(word.painting, [])
        above[:] = [other for other in above if other.ink.bottom() > word.ink.top() + SLACK]
        for other in above:
            if other.ink.intersected(word.ink).width() > SLACK:
                yield other, word
        above.append(word)


@contextmanager
def _recorded(words: list[Word]) -> Iterator[None]:
    draw = QPainter.drawText

    def drawText(painter: QPainter, *arguments: Any) -> Any:
        device = painter.device()
        if isinstance(device, QWidget):
            name = f"{type(device).__name__} {device.objectName()}".strip()
            words.extend(_word(painter, name, id(device), QRectF(device.rect()), *arguments))
        elif isinstance(device, QPixmap):
            size = device.deviceIndependentSize()
            edges = QRectF(QPointF(), size)
            words.extend(_word(painter, "a picture", id(device), edges, *arguments))
        return draw(painter, *arguments)

    with patch.object(QPainter, "drawText", drawText):
        yield


@contextmanager
def _shortening(found: list[str]) -> Iterator[None]:
    def watched(elide: Callable[..., str]) -> Callable[..., str]:
        def elidedText(metrics: Any, text: str, *arguments: Any) -> str:
            shown = elide(metrics, text, *arguments)
            if shown != text:
                found.append(f"{text!r} shortened to {shown!r}")
            return shown

        return elidedText

    with ExitStack() as watching:
        for kind in (QFontMetrics, QFontMetricsF):
            watching.enter_context(patch.object(kind, "elidedText", watched(kind.elidedText)))
        yield


def _word(
    painter: QPainter, on: str, painting: int, edges: QRectF, named: Any, flags: Any, text: str
) -> list[Word]:
    """One text in the form that the window uses: rectangle, flags, text. A blank one is none."""
    if not text.strip():
        return []
    metrics = QFontMetricsF(painter.font())
    box, sides = QRectF(named), int(flags)
    advance, letters = metrics.horizontalAdvance(text), _letters(painter.font().toString(), text)
    left = (box.width() - advance) * _share(sides, "AlignRight", "AlignHCenter")
    top = (box.height() - metrics.height()) * _share(sides, "AlignBottom", "AlignVCenter")
    base = top + metrics.ascent()
    ink = QRectF(left, base + letters.top(), advance, letters.height()).translated(box.topLeft())
    lies = painter.worldTransform()
    clips = not sides & Qt.TextFlag.TextDontClip.value
    room = lies.mapRect(box).intersected(edges) if clips else edges
    pixels = QFontInfo(painter.font()).pixelSize()
    return [Word(text, on, painting, pixels, lies.mapRect(ink), room)]


@lru_cache(maxsize=4096)
def _letters(font: str, text: str) -> QRectF:
    """The outlines of a text on its base line; QFontMetricsF's are whole pixels, outwards."""
    named = QFont()
    named.fromString(font)
    path = QPainterPath()
    path.addText(0, 0, named, text)
    return path.boundingRect()


def _share(flags: int, end: str, middle: str) -> float:
    """How much of the spare room lies before a text."""
    at = Qt.AlignmentFlag
    return 1.0 if flags & at[end].value else 0.5 if flags & at[middle].value else 0.0


def _sides(rect: QRectF) -> str:
    return f"{rect.left():.1f} {rect.top():.1f} to {rect.right():.1f} {rect.bottom():.1f}"
