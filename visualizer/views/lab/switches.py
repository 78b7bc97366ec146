"""LabSwitches: the lab's stage says what is tried, and changes it by large switches."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from visualizer.core.lab.lab import Operation, with_operation
from visualizer.core.network.geometry import Padding
from visualizer.session.lab import LabModel
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.lab.bar import CHANGED, OPERATIONS, first_part
from visualizer.views.lab.settings import PADDINGS
from visualizer.views.widgets.controls import Segments

# Beside “Max pooling” one word is enough, and leaves room for the preset's name.
SHORT = {"average": "Average"}
CHOICES = tuple((key, SHORT.get(key, text), tip) for key, text, tip in OPERATIONS)
STRIDES = tuple((str(stride), str(stride), f"Every {stride}") for stride in (1, 2, 3))


class LabSwitches(Panel):
    """The preset's name, and operation, padding and stride of a LabModel."""

    def __init__(self, look: Look, model: LabModel) -> None:
        super().__init__(look)
        self._model, self._asked = model, False
        self.name = label("", "remark", wraps=True)
        self.operation = Segments(CHOICES, "Operation")
        self.padding = Segments(PADDINGS, "Padding")
        self.stride = Segments(STRIDES, "Stride")
        padding, stride = label("padding", "caption"), label("stride", "caption")
        switches = (self.operation, padding, self.padding, stride, self.stride)
        self.setLayout(row(look, (self.name, 1), *switches, spacing=8))
        self.operation.chosen.connect(self._on_operation)
        self.padding.chosen.connect(self._on_padding)
        self.stride.chosen.connect(self._on_stride)
        model.changed.connect(self._show)
        self._show()

    def show_asked(self, asked: bool) -> None:
        """Ask for the size of the output in the place of the preset's name, which may tell it."""
        if asked != self._asked:
            self._asked = asked
            self._show()

    def _show(self) -> None:
        model, state = self._model, self._model.states.present
        changed = f"{first_part(state.preset)} {CHANGED}"
        name = changed if model.altered else state.preset
        self.name.setText("How large is the output?" if self._asked else name)
        self.operation.show_choice(state.operation)
        self.padding.show_choice(state.padding)
        rows, columns = state.stride
        self.stride.show_choice(str(rows) if rows == columns else "")

    def _on_operation(self, key: str) -> None:
        self._model.change(with_operation(self._model.states.present, cast(Operation, key)))

    def _on_padding(self, key: str) -> None:
        self._model.change(replace(self._model.states.present, padding=cast(Padding, key)))

    def _on_stride(self, key: str) -> None:
        self._model.change(replace(self._model.states.present, stride=(int(key), int(key))))
