"""LabBar: presets, undo and redo, and which operation is on show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy

from visualizer.core.lab import LabState
from visualizer.views.widgets.controls import IconButton, Segments, label
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.theme import Theme

OPERATIONS = (
    ("convolution", "Convolution", "The patch times the kernel, summed"),
    ("max", "Max pooling", "The largest value of each window"),
    ("average", "Average pooling", "The mean of each window"),
)
VIEWS = (
    ("one", "One", "One operation and its arithmetic"),
    ("beside", "Side by side", "Max pooling, average pooling and a strided convolution"),
)


class LabBar(Panel):
    """The bar across the page."""

    def __init__(self, look: Look, presets: Sequence[str]) -> None:
        super().__init__(look)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.preset = QComboBox()
        self.preset.setAccessibleName("Preset")
        self.preset.addItems(presets)
        self.preset.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.preset.setMinimumContentsLength(12)
        self.reset = IconButton(look, "reset", "Back to the preset as it was")
        self.undo = IconButton(look, "lab-undo", "Undo (Ctrl+Z)")
        self.redo = IconButton(look, "lab-redo", "Redo (Ctrl+Shift+Z)")
        self.operation = Segments(OPERATIONS, "Operation")
        self.view = Segments(VIEWS, "View")
        self._row = QHBoxLayout(self)
        self._row.addWidget(label("Preset", "caption"))
        self._row.addWidget(self.preset)
        for button in (self.reset, self.undo, self.redo):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._row.addWidget(self.operation)
        self._row.addWidget(self.view)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._row.setContentsMargins(px(16), px(7), px(16), px(7))
        self._row.setSpacing(px(6))

    def show_state(self, state: LabState, can_undo: bool, can_redo: bool) -> None:
        with QSignalBlocker(self.preset):
            self.preset.setCurrentText(state.preset)
        self.operation.show_choice(state.operation)
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    def show_view(self, key: str) -> None:
        self.view.show_choice(key)
        self.operation.setEnabled(key == "one")
