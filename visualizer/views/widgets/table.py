"""Table: Qt's table view on cells by the theme; columns are left out before a digit is cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from visualizer.views.base import style_paint
from visualizer.views.base.constants import CENTRE, ENTER, LEFT
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import longest
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.table_model import ACROSS, Cell, Index, Rows, TableModel

State = QStyle.StateFlag


class CellDelegate(Guarded, QStyledItemDelegate):
    """A delegate that keeps a gap beside and below a cell, and frames the one with the keyboard."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.table = table

    def room(self, option: QStyleOptionViewItem) -> QRect:
        """Return the place of a cell without the gap beside it."""
        return option.rect.adjusted(0, 0, -self.table.gap, 0)

    def _lines(self, room: QRect, cell: Cell) -> list[QRect]:
        """Return the place of a cell's text, and those of the captions under it."""
        if not cell.under:
            return [room]
        fonts = [cell.font(self.table.theme), *[self.table.theme.font("caption")] * len(cell.under)]
        high = [QFontMetrics(font).height() for font in fonts]
        ends = accumulate(high, initial=room.center().y() + 1 - sum(high) // 2)
        return [QRect(room.x(), y, room.width(), h) for y, h in zip(ends, high, strict=False)]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        table, cell, theme = self.table, self.table.cell(index), self.table.theme
        words = QFontMetrics(cell.font(theme))
        under = len(cell.under) * QFontMetrics(theme.font("caption")).height()
        size = QSize(words.horizontalAdvance(cell.text) + 1, words.height() + under)
        if (image := cell.image(theme)) is not None:
            size = size.expandedTo(image.deviceIndependentSize().toSize())
        return size + QSize(table.gap, table.down)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, cell, theme = self.table, self.table.cell(index), self.table.theme
        if table.model().keys[index.row()] is table.marked:
            painter.fillRect(option.rect, theme.color("accent_soft"))
        over = bool(cell.enabled and option.state & State.State_MouseOver)
        self.paint_cell(painter, self.room(option), cell, over)
        if option.state & State.State_HasFocus and not theme.picture:
            frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_frame(painter, frame, theme.color("accent"), theme.px(1))

    def paint_cell(self, painter: QPainter, room: QRect, cell: Cell, over: bool) -> None:
        """Paint what a cell shows; `over` is whether the pointer is at it."""
        theme = self.table.theme
        text, *under = self._lines(room, cell)
        if over and cell.write is not None:
            style_paint.box(painter, text, theme.color("panel"), theme.color("line"), theme.px(4))
        if (image := cell.image(theme)) is not None:
            if over and cell.act is not None and cell.on is None:
                painter.fillRect(room, theme.color("control"))
            place = aligned(room, CENTRE, image.deviceIndependentSize().toSize())
            place.moveLeft(room.left() if cell.side is LEFT else place.left())
            if cell.enabled:
                painter.drawPixmap(place, image)
            else:
                QIcon(image).paint(painter, place, CENTRE, QIcon.Mode.Disabled)
        if cell.text:
            painter.setFont(cell.font(theme))
            painter.setPen(cell.color(theme))
            if cell.wraps:
                painter.drawText(text, cell.side | Qt.TextFlag.TextWordWrap, cell.text)
            else:
                shown = longest((cell.text,), painter.fontMetrics(), text.width())
                painter.drawText(text, cell.side, shown)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("soft_ink"))
        for line, forms in zip(under, cell.under, strict=True):
            painter.drawText(line, LEFT, longest(forms, painter.fontMetrics(), line.width()))

    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        made = QLineEdit(parent)
        made.setObjectName("inline")
        made.setAccessibleName(self.table.cell(index).name.partition(":")[0])
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not cast(QLineEdit, editor).isModified():  # else it is being typed in
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        room = self.room(option)
        if isinstance(editor, QLineEdit):  # the words stay in their place
            line, beside = self._lines(room, self.table.cell(index))[0], self.table.theme.px(4) + 3
            editor.setGeometry(line.adjusted(-beside, -1, 0, 1))
        else:
            editor.setGeometry(aligned(room, LEFT, QSize(room.width(), editor.sizeHint().height())))


def aligned(room: QRect, side: Qt.AlignmentFlag, size: QSize) -> QRect:
    """Return the place of a thing of a size in a room."""
    return QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, side, size, room)


class Headings(Guarded, QHeaderView):
    """Headings that keep the gap between columns."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        gap = cast(Table, self.parent()).gap
        super().paintSection(painter, rect.adjusted(0, 0, -gap, 0), section)


class Table(Guarded, QTableView):
    """Rows of cells. Arrows go from cell to cell, Enter or Space presses one as a click does.

    The table takes the keyboard by Tab alone: a click leaves it where it was.

    Attributes
    ----------
    first_to_go : the columns that are left out where there is no room, the least needed first
    left_out : how many are
    stretch : the column that has the room to spare, or less than it needs
    marked : the key of a row that stands out

    Signals
    -------
    refitted
        More or fewer columns are shown.
    pointed : object
        The key of the row under the pointer, or None.
    """

    first_to_go: Sequence[int] = ()
    stretch: int | None = None
    refitted = Signal()
    pointed = Signal(object)

    def __init__(
        self, look: Look, name: str, headings: Sequence[Cell], across: float, down: float
    ) -> None:
        """Make a table with so many pixels at zoom 1 between columns and between rows."""
        super().__init__()
        self.look, self._spacing = look, (across, down)
        self._by_click = False
        self.left_out, self.marked, self._wide = 0, cast(Any, None), [0] * len(headings)
        self.setAccessibleName(name)
        self._model = TableModel(look, headings)
        self.setModel(self._model)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(head := Headings(ACROSS, self))
        for header in (head, self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setVisible(header is head and any(each.text for each in headings))
        self.setFrameShape(QFrame.Shape.NoFrame)
        for part in (self.viewport(), head.viewport()):
            part.setAutoFillBackground(False)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self.press)
        self.entered.connect(self._on_entered)
        look.changed.connect(self.measure)

    @property
    def theme(self) -> Theme:
        return self.look.theme

    @property
    def gap(self) -> int:
        """Pixels between two columns."""
        return round(self._spacing[0] * self.theme.zoom)

    @property
    def down(self) -> int:
        """Pixels between two rows."""
        return round(self._spacing[1] * self.theme.zoom)

    def model(self) -> TableModel:
        return self._model

    def cell(self, index: Index) -> Cell:
        """Return the cell at an index."""
        return self._model.cell(index)

    def show_rows(self, rows: Rows, marked: Any = None) -> None:
        """Show these rows, each with a cell for every heading."""
        self.marked = marked
        self.model().show_rows(rows)
        self.measure()

    def measure(self, theme: Theme | None = None) -> None:
        """Find out what room the cells need, in the theme that is now."""
        rows, columns = range(self._model.rowCount()), range(len(self._wide))
        sizes = [[self._size(self._model.index(row, at)) for at in columns] for row in rows]
        self._wide = [self.wide(at, [cells[at].width() for cells in sizes]) for at in columns]
        for row, cells in enumerate(sizes):
            self.setRowHeight(row, max(size.height() for size in cells))
        self._model.headerDataChanged.emit(ACROSS, 0, len(self._wide) - 1)
        self.updateGeometries()  # of the headings
        self.fit()
        self.viewport().update()

    def _size(self, index: Index) -> QSize:
        """Return the room that a cell needs, with the gaps around it."""
        if not (widget := self.indexWidget(index)) or isinstance(widget, QLineEdit):
            return self.sizeHintForIndex(index)
        widget.ensurePolished()
        return widget.sizeHint() + QSize(self.gap, self.down)

    def wide(self, column: int, cells: Sequence[int]) -> int:
        """Return the width of a column whose cells need so much; one of no width is not shown."""
        return max(self.horizontalHeader().sectionSizeHint(column) + self.gap, *cells, 0)

    def fit(self) -> None:
        """Leave out columns, the least needed first, until the others fit."""
        spare, out = self.viewport().width() + self.gap - sum(self._wide), set[int]()
        for column in self.first_to_go:
            if spare < 0:
                out.add(column)
                spare += self._wide[column]
        for column, wide in enumerate(self._wide):
            self.setColumnHidden(column, column in out or not wide)
            self.setColumnWidth(column, wide + (spare if column == self.stretch else 0))
        self.updateGeometry()
        if len(out) != self.left_out:
            self.left_out = len(out)
            self.refitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # The user

    def press(self, index: Index) -> None:
        """Do what a click on a cell does."""
        cell = self.cell(index)
        if cell.write is not None:
            self.edit(index)
        elif cell.act is not None and cell.enabled:
            cell.act()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close the field; after a click the keyboard does not stay: Space goes on to train."""
        super().closeEditor(editor, hint)
        if self._by_click:
            self.clearFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_click = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave the second release to be a click where the first press was: its row may be gone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # Enter ends what is written
        self._by_click = False
        if event.key() in (Qt.Key.Key_Space, *ENTER) and self.currentIndex().isValid():
            self.press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_entered(self, index: QModelIndex) -> None:
        self.pointed.emit(self.model().keys[index.row()])

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)
