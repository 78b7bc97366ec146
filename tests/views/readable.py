"""Readable: all that a window tells, on the screen, in tool tips, and to a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from tests.views.painted import words_of
from visualizer.views.base.labels import Elided
from visualizer.views.base.tips import TipPanel
from visualizer.views.widgets.cover import Cover

TAGS = re.compile("<[^>]*>")
STEPS = 24  # points across and down at which a tool tip is asked for


def readable_in(window: QWidget) -> list[str]:
    """Every text that can be read in a window; what a cover hides cannot."""
    covered = {id(part): part for cover in _covers(window) for part in _under(cover)}
    told = [word.text for word in words_of(window)[0] if word.painting not in covered]
    for part in (window, *window.findChildren(QWidget)):
        if part.isVisible() and id(part) not in covered:
            told += _told_by(part)
    return [TAGS.sub("", text).replace("&nbsp;", " ") for text in told if text]


def tells(texts: list[str], figure: str) -> list[str]:
    """The texts in which a figure stands by itself, not as a part of a longer number."""
    alone = re.compile(rf"(?<![\d.]){re.escape(figure)}(?![\d]|\.\d)")
    return [text for text in texts if alone.search(text)]


def _covers(window: QWidget) -> list[Cover]:
    return [cover for cover in window.findChildren(Cover) if cover.isVisible()]


def _under(cover: Cover) -> list[QWidget]:
    over = cover.parentWidget()
    assert cover.geometry() == over.rect()
    below = [part for part in over.findChildren(QWidget) if part is not cover]
    return [over, *below]


def _told_by(part: QWidget) -> Iterator[str]:
    yield from (part.accessibleName(), part.accessibleDescription(), part.toolTip())
    if isinstance(part, Elided):
        yield part.whole
    elif isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    elif isinstance(part, QComboBox):
        yield part.currentText()
    if isinstance(part, TipPanel):
        for down in range(STEPS):
            for across in range(STEPS):
                x, y = ((at + 0.5) / STEPS for at in (across, down))
                yield part.tip_at(QPointF(x * part.width(), y * part.height()))
