"""PairBox: a field for rows and columns, equal while the two are linked."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal

from visualizer.core.network.geometry import RowsColumns
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.spin import WholeSpin


class PairBox(Panel):
    """Two spin boxes with × between, and a button that links them.

    Signals
    -------
    chosen : (rows, columns)
        The user set a size; `show_pair` emits nothing.
    """

    chosen = Signal(tuple)

    def __init__(self, look: Look, name: str, largest: int) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.rows, self.columns = WholeSpin(f"{name}, rows"), WholeSpin(f"{name}, columns")
        for box, what in ((self.rows, "rows"), (self.columns, "columns")):
            box.setRange(1, largest)
            box.setToolTip(what)
            sized(look, box, least_width=52)
        self.link = IconButton(look, "lab-link", "Same rows and columns")
        self.link.setCheckable(True)
        self.link.setChecked(True)
        parts = ((self.rows, 1), label("×"), (self.columns, 1), self.link)
        self.setLayout(row(look, *parts, spacing=4))
        self.rows.valueChanged.connect(self._on_rows)
        self.columns.valueChanged.connect(self._on_columns)
        self.link.toggled.connect(self._on_link)

    def show_pair(self, pair: RowsColumns) -> None:
        with QSignalBlocker(self.rows), QSignalBlocker(self.columns), QSignalBlocker(self.link):
            self.rows.setValue(pair[0])
            self.columns.setValue(pair[1])
            if pair[0] != pair[1]:
                self.link.setChecked(False)

    @property
    def pair(self) -> RowsColumns:
        return self.rows.value(), self.columns.value()

    def _on_rows(self, rows: int) -> None:
        self.chosen.emit((rows, rows) if self.link.isChecked() else self.pair)

    def _on_columns(self, columns: int) -> None:
        self.chosen.emit((columns, columns) if self.link.isChecked() else self.pair)

    def _on_link(self, linked: bool) -> None:
        if linked and self.rows.value() != self.columns.value():
            self.chosen.emit((self.rows.value(), self.rows.value()))
