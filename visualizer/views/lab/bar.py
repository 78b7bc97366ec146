"""LabBar: presets, undo and redo, and the choice of the operation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from visualizer.core.lab.lab import LabStates
from visualizer.text.terms import HIDDEN
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import IconButton, Segments, stage_button

OPERATIONS = (
    ("convolution", "Convolution", "The patch times the kernel, summed"),
    ("max", "Max pooling", "The largest value of each window"),
    ("average", "Average pooling", "The mean of each window"),
)
CHANGED = "(changed)"
VIEWS = (
    ("one", "One", "One operation and its arithmetic"),
    ("beside", "Side by side", "Max pooling, average pooling and a strided convolution"),
)


class PresetBox(ComboBox):
    """A box with the preset's name, and a remark if a setting was changed."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = False

    def show_changed(self, changed: bool) -> None:
        if changed != self._changed:
            self._changed = changed
            self.setAccessibleDescription(CHANGED if changed else "")
            self.update()

    def shown_text(self) -> str:
        """Return the text of the closed box: the name, or its first part for want of room."""
        name, ending = self.currentText() or HIDDEN, f" {CHANGED}" if self._changed else ""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(kind, option, part, self).width()
        whole = f"{name}{ending}"
        if self.fontMetrics().horizontalAdvance(whole) <= room:
            return whole
        return f"{first_part(name)}{ending}"

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(hint.width() + self.fontMetrics().horizontalAdvance(f" {CHANGED}"))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for the first part of each name and the remark."""
        hint, wide = super().minimumSizeHint(), self.fontMetrics().horizontalAdvance
        names = [self.itemText(index) for index in range(self.count())]
        beside = super().sizeHint().width() - max(wide(name) for name in names)
        hint.setWidth(beside + max(wide(f"{first_part(name)} {CHANGED}") for name in names))
        return hint

    def paintEvent(self, event: object) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_text()
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def first_part(name: str) -> str:
    """Return a preset's name up to its first colon or comma."""
    return re.split("[:,]", name)[0]


class LabBar(Panel):
    """The bar at the top of the Lab page."""

    def __init__(self, look: Look, presets: Sequence[str]) -> None:
        super().__init__(look)
        self.setObjectName("bar")
        self.preset = PresetBox()
        self.preset.setAccessibleName("Preset")
        self.preset.addItems(presets)
        self.preset.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.preset.setMinimumContentsLength(12)
        self.reset = IconButton(look, "reset", "Back to the preset as it was")
        self.undo = IconButton(look, "undo", "Undo")
        self.redo = IconButton(look, "redo", "Redo")
        self.operation = Segments(OPERATIONS, "Operation")
        self.view = Segments(VIEWS, "View")
        self.to_stage = stage_button(look)
        left = (label("Preset", "caption"), self.preset, self.reset, self.undo, self.redo)
        right = (self.operation, self.view, self.to_stage)
        self.setLayout(row(look, *left, 1, *right, spacing=6, margins=(16, 7)))

    def show_state(self, states: LabStates, changed: bool, asked: bool = False) -> None:
        """Show the present state, whether it is its preset's no more, and what can be undone.

        A preset's name may tell the size of the output: ? stands for it while that is `asked`.
        """
        known = self.preset.findText(states.present.preset)
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(-1 if asked else known)
        self.preset.show_changed(changed)
        self.operation.show_choice(states.present.operation)
        self.undo.setEnabled(bool(states.past))
        self.redo.setEnabled(bool(states.future))

    def show_view(self, key: str) -> None:
        self.view.show_choice(key)
        self.operation.setEnabled(key == "one")
