"""LabLayout: where the parts of the lab stand, and from which size on they scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.views.widgets.room import Room
from visualizer.views.widgets.theme import Theme

LEAST = (880, 496)


class LabLayout:
    """The bar above, settings at the left, the drawing with its player, the arithmetic below."""

    def __init__(
        self,
        page: QWidget,
        bar: QWidget,
        settings: QWidget,
        drawing: Sequence[QWidget],
        readout: QWidget,
    ) -> None:
        board, below = _board(), _board()
        self._inside, self._below = QVBoxLayout(board), QVBoxLayout(below)
        for position, part in enumerate(drawing):
            self._inside.addWidget(part, 1 if position == 0 else 0)
        self._below.addWidget(readout)
        self._boards = QVBoxLayout()
        self._boards.addWidget(board, 1)
        self._boards.addWidget(below)
        inner = QWidget()
        inner.setObjectName("page")
        row = QHBoxLayout(inner)
        row.setSpacing(0)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(settings)
        row.addLayout(self._boards, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(inner, 1)
        self._room = Room(whole)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._room)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._boards.setContentsMargins(px(12), px(12), px(12), px(12))
        self._boards.setSpacing(px(12))
        self._inside.setContentsMargins(px(16), px(10), px(16), px(8))
        self._inside.setSpacing(px(8))
        self._below.setContentsMargins(px(16), px(8), px(16), px(8))
        self._room.set_least(QSize(*map(px, LEAST)))


def _board() -> QWidget:
    made = QWidget()
    made.setObjectName("panel")
    return made
