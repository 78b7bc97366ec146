"""GridRow: patch × kernel = products, side by side while type of 12 px fits, else in two rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.number_grid import LARGEST_CELL, Form, NumberGrid
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import label

OPERATORS = ("×", "=")
MOST_PLANS = 64
Plan = tuple[Form, list[int]]
SIGN = 14
ROW_HEIGHT, LOW_HEIGHT, TIGHT_HEIGHT = 34, 27, 20


class GridRow(Panel):
    """Three named grids of one shape with × and = between them, in one form of type."""

    def __init__(self, look: Look, grids: Sequence[tuple[str, NumberGrid]]) -> None:
        super().__init__(look)
        self._plans: dict[object, Plan | None] = {}
        self._rows: dict[int, int] = {}
        self._told_height = 0
        self._arranged: object = None
        self._names = [name for name, _ in grids]
        self._grids = [grid for _, grid in grids]
        self._captions = [label(name, "caption") for name in self._names]
        self._signs = [label(sign, "sum") for sign in OPERATORS]
        for child in (*self._grids, *self._captions, *self._signs):
            child.setParent(self)
        for text in (*self._captions, *self._signs):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tight = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def apply_theme(self, theme: Theme) -> None:
        self.arrange()

    def show_tight(self, tight: bool) -> None:
        """Rows as low as their type allows."""
        if tight != self._tight:
            self._tight = tight
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    @property
    def rows(self) -> int:
        """In how many rows the grids stand."""
        return self.rows_at(self.width())

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows = self.rows_at(width)
        return rows * self._row_height(rows)

    def _row_height(self, rows: int) -> int:
        low = LOW_HEIGHT if rows > 1 else ROW_HEIGHT
        cell = self.theme.px(TIGHT_HEIGHT if self._tight else low)
        return self._caption_height + self._grids[0].shape[0] * cell + 2

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self.theme.font("caption")).height() + self.theme.px(2)

    # Who gets how much of the width

    def rows_at(self, width: int) -> int:
        """In how many rows the grids stand at a width."""
        if width not in self._rows:
            plan = self._plan(self._grids, width - 2 * self.theme.px(SIGN))
            self._rows[width] = 1 if plan else 2
        return self._rows[width]

    def _plan(self, grids: Sequence[NumberGrid], room: int) -> Plan | None:
        """The best form of type with which grids fit beside each other, and their widths."""
        # What the widths depend on: they are asked for several times a change, and rarely change.
        key = (room, self._grids[0].forms[0], *((g.digits, g.widest(True), g.shape) for g in grids))
        if key not in self._plans:
            if len(self._plans) > MOST_PLANS:
                self._plans.clear()
            self._plans[key] = self._planned(grids, room)
        return self._plans[key]

    def _planned(self, grids: Sequence[NumberGrid], room: int) -> Plan | None:
        for form in self._grids[0].forms:
            needs = [grid.width_of_cell(form) * grid.shape[1] + 2 for grid in grids]
            if sum(needs) <= room:
                return form, _shares(needs, room)
        return None

    def _two_rows(self) -> Plan:
        """Products below the kernel and as wide; type that is too wide has less air."""
        room = self.width() - self.theme.px(SIGN)
        kernel = max(self._grids[1:], key=lambda grid: grid.width_of_cell(self._grids[0].forms[-1]))
        plan = self._plan((self._grids[0], kernel), room)
        form, widths = plan or (self._grids[0].forms[-1], [room // 2, room // 2])
        return form, [*widths, widths[1]]

    def arrange(self) -> None:
        """Place everything; called when the numbers have changed."""
        self._rows.clear()
        sign, height = self.theme.px(SIGN), self._row_height(self.rows)
        plan = self._plan(self._grids, self.width() - 2 * sign)
        form, widths = plan or self._two_rows()
        widest = self.theme.px(LARGEST_CELL[0]) * self._grids[0].shape[1] + 2
        widths = [min(width, widest) for width in widths]
        used = sum(widths) + 2 * sign if plan else sum(widths[:2]) + sign
        left = max((self.width() - used) // 2, 0)
        second = left + widths[0] + sign
        third = (second + widths[1] + sign, 0) if plan else (second, height)
        places = ((left, 0), (second, 0), third)
        units = [grid.digits.unit for grid in self._grids]
        arranged = (places, widths, height, self._caption_height, form, units)
        if arranged != self._arranged:
            self._arranged = arranged
            for place, (x, y) in enumerate(places):
                self._place(place, x, y, widths[place], height)
                self._grids[place].hold(form)
        needed = self.heightForWidth(self.width())
        if needed != self._told_height:  # else every new number would lay the panel out anew
            self._told_height = needed
            self.updateGeometry()

    def _place(self, place: int, x: int, y: int, width: int, height: int) -> None:
        """One grid under its name, and the sign before it."""
        head, sign = self._caption_height, self.theme.px(SIGN)
        grid = self._grids[place]
        unit = f" {grid.digits.unit}" if grid.digits.unit else ""
        self._captions[place].setText(self._names[place] + unit)
        self._captions[place].setGeometry(QRect(x, y, width, head))
        grid.setGeometry(QRect(x, y + head, width, height - head))
        if place:
            self._signs[place - 1].setGeometry(QRect(x - sign, y + head, sign, height - head))


def _shares(needs: Sequence[float], room: int) -> list[int]:
    """Equal widths where they are enough, else what is needed and an equal part of the rest."""
    equal = room / len(needs)
    if max(needs) <= equal:
        return [int(equal)] * len(needs)
    spare = (room - sum(needs)) / len(needs)
    return [int(need + spare) for need in needs]
