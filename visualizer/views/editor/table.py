"""RowTable: the rows of a draft below each other, scrolled if they are many."""

from __future__ import annotations

import itertools
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from visualizer.core.editing.draft import Draft
from visualizer.core.editing.problem import Problem
from visualizer.views.base.constants import RIGHT
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, held
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme, text_width
from visualizer.views.editor.row import HEADINGS, RowFields

FIRST_FACT = 8
WIDEST = ("26 × 26 × 128", "93,322", "1,115,136", "Field", "Jump")  # the columns' least widths
TIPS = {
    "Mult-adds": "Multiplications of an input and a weight for one digit, each added to a sum",
    "Field": "Pixels of the digit that a cell sees, each way",
    "Jump": "Pixels of the digit from one cell to the next",
}


class RowTable(Panel):
    """The rows of a draft; it only reports what the user does to a row.

    Signals
    -------
    typed, kind_chosen, moved, removed, remedy_taken
        As of RowFields.
    """

    typed = Signal(int, str, object)  # a number, a pair, or text that is neither
    kind_chosen = Signal(int, str)
    moved = Signal(int, int)
    removed = Signal(int)
    remedy_taken = Signal(Problem)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.rows: list[RowFields] = []
        self._kinds: list[object] = []
        self._grid = Grid(look, across=4, down=4, margins=(0, 0, 8, 0))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = held(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # not by Tab
        self._scroll.setWidget(inside)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.setLayout(Grid(look, [self._scroll]))
        for column, heading in enumerate(HEADINGS):
            head = label(heading, "caption")
            head.setToolTip(TIPS.get(heading, ""))
            aligned = RIGHT if column >= FIRST_FACT else Qt.AlignmentFlag.AlignLeft
            if 2 <= column < FIRST_FACT:
                aligned = Qt.AlignmentFlag.AlignHCenter
            self._grid.addWidget(head, 0, column, aligned)
        for column in range(FIRST_FACT, FIRST_FACT + 3):
            self._grid.setColumnStretch(column, 1)
        for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.move_current, by))

    def apply_theme(self, theme: Theme) -> None:
        size = theme.font().pixelSize()
        for column, widest in enumerate(WIDEST, FIRST_FACT):
            wide = round(text_width(widest, size)) + theme.px(2)
            self._grid.setColumnMinimumWidth(column, wide)
        for row in self.rows:
            row.apply_theme(theme)

    @property
    def place(self) -> tuple[int | None, int]:
        """Row and column that have the keyboard; (None, 1) if no row has it."""
        focused = QApplication.focusWidget()
        for row in self.rows:
            if focused in row.widgets:
                return row.row, row.widgets.index(focused)
        return None, 1

    @property
    def current(self) -> int | None:
        """The row that has the keyboard."""
        return self.place[0]

    def show_draft(self, draft: Draft) -> None:
        """Show a draft: new values in the same fields, or new fields for other rows."""
        kinds = [row.get("type") for row in draft.rows]
        if kinds != self._kinds:
            self._make(draft)
            self._kinds = kinds
        for row in self.rows:
            row.show_draft(draft)

    def _make(self, draft: Draft) -> None:
        """Make the fields anew; the keyboard stays in its row and column."""
        place = self.place
        for gone in self.rows:
            for widget in (*gone.widgets, gone.below):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
            gone.deleteLater()
        self.rows = [RowFields(self.look, at, draft, self) for at in range(len(draft.rows))]
        for row in self.rows:
            for column, widget in enumerate(row.widgets):
                fact = FIRST_FACT <= column < len(HEADINGS)
                aligned = RIGHT if fact else Qt.AlignmentFlag.AlignVCenter
                self._grid.addWidget(widget, 2 * row.row + 1, column, aligned)
            self._grid.addWidget(row.below, 2 * row.row + 2, 1, 1, len(HEADINGS) + 2)
            row.apply_theme(self.theme)
            for told in ("typed", "kind_chosen", "moved", "removed", "remedy_taken"):
                getattr(row, told).connect(getattr(self, told))
        self._tab_along()
        self.focus(*place)

    def _tab_along(self) -> None:
        """Set the order of Tab: from above the table along its rows, then below it."""
        order: list[QWidget] = [self._scroll]
        order += [widget for row in self.rows for widget in row.stops]
        for one, following in itertools.pairwise(order):
            QWidget.setTabOrder(one, following)

    def focus(self, row: int | None, column: int = 1) -> None:
        """Give the keyboard to a row, at a column, else at its type."""
        if row is None or not self.rows:
            return
        widgets = self.rows[min(row, len(self.rows) - 1)].widgets
        widget = widgets[column] if column < len(widgets) else widgets[1]
        usable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()
        (widget if usable else widgets[1]).setFocus()

    def move_current(self, by: int) -> None:
        """Move the row that has the keyboard up or down."""
        if self.current is not None:
            self.moved.emit(self.current, by)
