"""RowDelegate: the fields of the editor's table, painted while they are closed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from visualizer.views.base import style_paint
from visualizer.views.base.style_sizes import DROP_IN_CELL, PADDING
from visualizer.views.base.theme import text_width
from visualizer.views.editor.fields import ChoiceField, NumberField
from visualizer.views.editor.row import Boxed
from visualizer.views.widgets.table import CellDelegate
from visualizer.views.widgets.table_model import Cell, Index

BUTTON = 9  # pixels at zoom 1 beside the words of a button


class RowDelegate(CellDelegate):
    """A delegate that paints closed fields as they look when open, and makes the open one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not (isinstance(self.table.cell(index), Boxed) and self.table.indexWidget(index)):
            super().paint(painter, option, index)

    def paint_cell(self, painter: QPainter, room: QRect, cell: Cell, over: bool) -> None:
        """Paint a closed field, with its box; a button is as wide as its words, at the right."""
        theme = self.table.theme
        if isinstance(cell, Boxed):
            wide = text_width(cell.text, theme.font().pixelSize()) + 2 * theme.px(BUTTON)
            spare = round(max(room.width() - wide, 0)) if cell.act else 0
            room = room.adjusted(spare, 2, 0, -2)
            fill, line = ("control" if over and cell.act else "panel"), "line"
            if cell.wrong:
                fill, line = "warning_soft", "warning"
            style_paint.box(painter, room, theme.color(fill), theme.color(line), theme.px(4))
            if cell.choices:
                arrow = room.adjusted(room.width() - theme.px(DROP_IN_CELL), 0, 0, 0)
                style_paint.chevron(painter, arrow, "chevron", theme.px(12))
                room = room.adjusted(theme.px(PADDING["field"][0]) + 1, 0, -arrow.width(), 0)
        super().paint_cell(painter, room, cell, over)

    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        cell = cast(Boxed, self.table.cell(index))
        choices = list(cell.choices)
        made = ChoiceField(cell.name, choices, cell.text) if choices else NumberField(cell.name)
        made.setParent(parent)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show a value in the open field, but not over one that is being typed."""
        cell = cast(Boxed, self.table.cell(index))
        editor.setToolTip(cell.tip)
        if editor.property("wrong") is not cell.wrong:
            editor.setProperty("wrong", cell.wrong)
            editor.style().polish(editor)
        if isinstance(editor, ChoiceField):
            editor.show_value(cell.text)
        elif isinstance(editor, NumberField):
            typed = "" if cell.role == "soft" else cell.text
            if editor.text() != typed and cell.read(editor.text()) != cell.read(typed):
                editor.setText(typed)
            editor.setPlaceholderText(cell.text if cell.role == "soft" else "")

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(self.room(option).adjusted(0, 2, 0, -2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Tab, Enter and Esc to the table and the editor: a field does not close by them."""
        return False
