"""Cells, and the model of rows of cells that a Table shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOption

from visualizer.text.numbers import as_tip
from visualizer.views.base.constants import LEFT
from visualizer.views.base.guard import Guarded
from visualizer.views.base.icons import icon
from visualizer.views.base.look import Look
from visualizer.views.base.roles import WORDS
from visualizer.views.base.style_paint import PRIMITIVES
from visualizer.views.base.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role, Flag, ACROSS = Qt.ItemDataRole, Qt.ItemFlag, Qt.Orientation.Horizontal
Picture = Callable[[Theme], QPixmap]  # equal ones look the same
PLAIN = ("body", QFont.Weight.Normal, "ink")
NO_INDEX = QModelIndex()
ICON, BOX = 18, 14  # pixels at zoom 1
State = QStyle.StateFlag


@dataclass(frozen=True)
class Icon:
    """One of our icons as a cell's picture."""

    name: str

    @lru_cache(maxsize=64)  # noqa: B019 - few, and as long as the program
    def __call__(self, theme: Theme) -> QPixmap:
        side = theme.px(ICON)
        return icon(self.name, theme.color("ink"), side).pixmap(QSize(side, side), 2.0)


def drawn(width: int, height: int, paint: Callable[[QPainter, QRectF], object]) -> QPixmap:
    """Return a picture of so many pixels, with twice as many dots each way."""
    made = QPixmap(2 * width, 2 * height)
    made.setDevicePixelRatio(2.0)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(0, 0, width, height))
    painter.end()
    return made


@dataclass(frozen=True)
class Cell:
    """What a cell or a heading shows, tells and does.

    Attributes
    ----------
    name : what screen readers read, if it is not the text
    role : a role of WORDS
    under : captions below the text, each in ever shorter forms
    picture : makes what stands before the text
    on : whether it is ticked; None has no box
    act : what a click, Enter or Space does
    write : takes the text that the user writes instead
    """

    text: str = ""
    tip: str = ""
    name: str = ""
    role: str = ""
    side: Qt.AlignmentFlag = LEFT
    under: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None
    on: bool | None = None
    wraps: bool = False
    enabled: bool = True
    act: Callable[[], object] | None = field(default=None, compare=False)
    write: Callable[[str], object] | None = field(default=None, compare=False)

    def told(self, role: int, theme: Theme) -> object:
        """Return what Qt asks of a cell."""
        if role in (Role.DisplayRole, Role.EditRole):
            return self.text
        if role == Role.AccessibleTextRole:
            return self.name or self.text
        if role == Role.ToolTipRole:
            return as_tip(self.tip)
        if role == Role.TextAlignmentRole:
            return self.side
        if role == Role.CheckStateRole and self.on is not None:
            return Qt.CheckState.Checked if self.on else Qt.CheckState.Unchecked
        if role == Role.ForegroundRole:
            return self.color(theme)
        return self.font(theme) if role == Role.FontRole else None

    def image(self, theme: Theme) -> QPixmap | None:
        """Return the cell's box or its picture, if it has one."""
        if self.on is None:
            return self.picture(theme) if self.picture is not None else None

        def paint(painter: QPainter, room: QRectF) -> None:
            option = QStyleOption()
            option.rect = room.toRect()
            option.state = State.State_On if self.on else State.State_Off
            PRIMITIVES[QStyle.PrimitiveElement.PE_IndicatorCheckBox](painter, option, None, theme)

        return drawn(theme.px(BOX), theme.px(BOX), paint)

    def font(self, theme: Theme) -> QFont:
        """Return the font of the text."""
        size, weight, _ = WORDS.get(self.role, PLAIN)
        font = theme.font(size)
        font.setWeight(weight)
        return font

    def color(self, theme: Theme) -> QColor:
        """Return the colour of the text."""
        return theme.color(WORDS.get(self.role, PLAIN)[2])


Rows = Mapping[Any, Sequence[Cell]]  # each by what it is about


class TableModel(Guarded, QAbstractTableModel):
    """Rows of cells, each row known by a key."""

    def __init__(self, look: Look, headings: Sequence[Cell]) -> None:
        super().__init__()
        self._look, self.headings, self.rows = look, headings, dict[Any, Sequence[Cell]]()
        self.keys: list[Any] = []

    def show_rows(self, rows: Rows) -> None:
        """Show these rows; one whose key stays keeps the keyboard and its open field."""
        before, self.rows = self.rows, {**self.rows, **rows}
        for gone in [key for key in self.keys if key not in rows]:
            self._take_out(gone)
        for at, key in enumerate(rows):
            if self.keys[at : at + 1] != [key]:
                if key in self.keys:
                    self._take_out(key)
                self.beginInsertRows(NO_INDEX, at, at)
                self.keys.insert(at, key)
                self.endInsertRows()
            for column, (old, new) in enumerate(zip(before.get(key, ()), rows[key], strict=False)):
                if old != new:
                    self.dataChanged.emit(self.index(at, column), self.index(at, column))
        self.rows = dict(rows)

    def _take_out(self, key: Any) -> None:
        at = self.keys.index(key)
        self.beginRemoveRows(NO_INDEX, at, at)
        del self.keys[at]
        self.endRemoveRows()

    def cell(self, index: Index) -> Cell:
        """Return the cell at an index."""
        return self.rows[self.keys[index.row()]][index.column()]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.keys)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return len(self.headings)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        return self.cell(index).told(role, self._look.theme)

    def headerData(self, at: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        return self.headings[at].told(role, self._look.theme) if way == ACROSS else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Flag.ItemIsEnabled | Flag.ItemIsSelectable
        return flags if self.cell(index).write is None else flags | Flag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        write = self.cell(index).write
        if write is not None and role == Role.EditRole:
            write(str(value))
        return write is not None
