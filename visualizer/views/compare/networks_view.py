"""NetworksView: the table of networks, and below it how they learnt."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from visualizer.compare.comparison import Comparison
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.compare.curves_view import CurvesView
from visualizer.views.compare.table_view import TableView


class NetworksView(Panel):
    """Both follow the same contenders."""

    def __init__(self, look: Look, comparison: Comparison) -> None:
        super().__init__(look)
        self.table = TableView(look, comparison)
        self.curves = CurvesView(look, comparison)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.table)
        self._column.addWidget(self.curves, 1)

    def apply_theme(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(12))
