"""RowFields: the fields of one layer in the editor's table, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QWidget,
)

from visualizer.core.editing.draft import (
    Draft,
    RowSizes,
    settings_for,
    typed_count,
    typed_pair,
)
from visualizer.core.editing.problem import Problem
from visualizer.core.editing.remedies import as_typed, remedy_text
from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.terms import Activation
from visualizer.text.numbers import as_tip, count, shortened
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import held, row
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme, text_width
from visualizer.views.editor.fields import ChoiceField, NumberField
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton

HEADINGS = (
    *("", "Layer", "Filters", "Units", "Window", "Stride", "Padding", "Activation"),
    *("Output", "Param #", "Mult-adds", "Field", "Jump"),
)
COUNT, WINDOW = ("filters", "units"), ("kernel_size", "window_size")
FIELDS = (("filters",), ("units",), WINDOW, ("stride",), ("padding",), ("activation",))
TIPS = {
    "filters": "How many filters it has",
    "units": "How many units it has",
    "kernel_size": "Rows × columns of its kernels",
    "window_size": "Rows × columns of its window",
    "stride": "Rows × columns from one window to the next; empty: as the window",
    "padding": "valid: windows stay on the map; same: padded so that none is lost",
    "activation": "relu, softmax (the last layer), or linear: none",
}
CHOICES = {"padding": get_args(Padding), "activation": get_args(Activation)}
WIDEST = ("1,024", "1,024", "15 × 15", "15 × 15")  # the usual longest values
UNSURE = "If the nearest values were taken in what is marked"


def choice_text(value: object) -> str:
    return shortened(as_typed(value)) or "–"


class RowFields(QObject):
    """One row of the table: what can be typed, and the labels that follow.

    Signals
    -------
    typed : (int, str, object)
        Row, setting and its new value.
    kind_chosen : (int, str)
    moved : (int, int)
        Row, and by how many.
    removed : int
    remedy_taken : Problem
    """

    typed = Signal(int, str, object)  # a number, a pair, or text that is neither
    kind_chosen = Signal(int, str)
    moved = Signal(int, int)
    removed = Signal(int)
    remedy_taken = Signal(Problem)

    def __init__(self, look: Look, at: int, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self.row = at
        self._problem: Problem | None = None
        self.number = label(str(at + 1), "caption")
        kind = str(draft.rows[at].get("type"))
        self.kind = ChoiceField(f"Layer {at + 1}", list(LAYERS), choice_text(kind))
        self.fields: dict[str, NumberField | ChoiceField] = {}
        known = settings_for(kind)
        self.inputs = [self._input(draft, of, known) for of in FIELDS]
        self.facts = [label("") for _ in range(5)]
        for fact in self.facts:
            fact.setProperty("unsure", False)
        up, down = f"Move layer {at + 1} up (Alt+↑)", f"Move layer {at + 1} down (Alt+↓)"
        self.up = IconButton(look, "move-up", up, act=self._on_up)
        self.down = IconButton(look, "move-down", down, act=self._on_down)
        self.remove = IconButton(look, "close", f"Take layer {at + 1} out", act=self._on_remove)
        self.why = label("", "badge", wraps=True)
        self.take = Button(act=self._on_take)
        self.below = held(row(look, (self.why, 1), self.take))
        self.take.setAutoDefault(False)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at + 1 < len(draft.rows))
        self.kind.textActivated.connect(self._on_kind)

    def _input(self, draft: Draft, of: tuple[str, ...], known: tuple[str, ...]) -> QWidget:
        """Return the field of the one setting, of several, that the layer has."""
        setting = next((name for name in of if name in known), None)
        if setting is None:
            none = label("–", "caption")
            none.setAlignment(Qt.AlignmentFlag.AlignCenter)
            return none
        value = draft.rows[self.row].get(setting)
        if setting in CHOICES:
            made: NumberField | ChoiceField = self._choice(setting, value)
        else:
            field = NumberField(f"{setting} of layer {self.row + 1}")
            field.setText(as_typed(value))
            field.textEdited.connect(self._typing(setting))
            field.editingFinished.connect(self._tidying(setting, field))
            field.stepped.connect(self._stepping(setting, field))
            made = field
        made.setToolTip(TIPS[setting])
        self.fields[setting] = made
        return made

    def _choice(self, setting: str, value: object) -> ChoiceField:
        name = f"{setting} of layer {self.row + 1}"
        box = ChoiceField(name, list(CHOICES[setting]), choice_text(value))
        box.textActivated.connect(partial(self.typed.emit, self.row, setting))
        return box

    def _typing(self, setting: str) -> Callable[[str], None]:
        read = self._read(setting)
        return lambda text: self.typed.emit(self.row, setting, read(text))

    @staticmethod
    def _read(setting: str) -> Callable[[str], object]:
        return typed_count if setting in COUNT else typed_pair

    def _tidying(self, setting: str, field: NumberField) -> Callable[[], None]:
        """Return a slot that prints the typed value in its usual form, when the field is left."""
        return lambda: field.setText(as_typed(self._read(setting)(field.text())))

    def _stepping(self, setting: str, field: NumberField) -> Callable[[int], None]:
        def step(by: int) -> None:
            value = self._read(setting)(field.text())
            if isinstance(value, int):
                self.typed.emit(self.row, setting, max(value + by, 1))
            elif isinstance(value, list):
                self.typed.emit(self.row, setting, [max(part + by, 1) for part in value])

        return step

    @property
    def widgets(self) -> list[QWidget]:
        """The widgets in the order of the columns."""
        ends = [self.up, self.down, self.remove]
        return [self.number, self.kind, *self.inputs, *self.facts, *ends]

    @property
    def stops(self) -> list[QWidget]:
        """The widgets at which Tab stops, in order."""
        return [it for it in (*self.widgets, self.take) if it.focusPolicy()]

    def apply_theme(self, theme: Theme) -> None:
        size = theme.font().pixelSize()
        for names, widest in zip(FIELDS, WIDEST, strict=False):
            for field in (self.fields[name] for name in names if name in self.fields):
                field.setFixedWidth(round(text_width(widest, size)) + theme.px(20))

    # What is shown

    def show_draft(self, draft: Draft) -> None:
        """Show the settings, but not over a field being typed in, and the sizes that follow."""
        for setting, field in self.fields.items():
            text = as_typed(draft.rows[self.row].get(setting))
            if isinstance(field, NumberField):
                if self._read(setting)(field.text()) != draft.rows[self.row].get(setting):
                    field.setText(text)  # otherwise the user is typing this value
                window = draft.rows[self.row].get(WINDOW[1])
                field.setPlaceholderText(as_typed(window) if setting == "stride" else "")
            else:
                field.show_value(choice_text(draft.rows[self.row].get(setting)))
        self._show_sizes(draft.sizes.get(self.row), self.row < draft.sure)
        self._show_problem(draft.problem_of(self.row))

    def _show_sizes(self, sizes: RowSizes | None, sure: bool) -> None:
        texts = ["–"] * 5
        if sizes is not None:
            shape = " × ".join(map(count, sizes.output_shape))
            sides = [side_text(pair) for pair in (sizes.field, sizes.jump)]
            texts = [shape, count(sizes.parameters), count(sizes.multiply_adds), *sides]
        if sizes is not None and sizes.seen is not None and sizes.seen.has_gaps:
            texts[3] = f"{sizes.seen.count} in {texts[3]}"
        for fact, text in zip(self.facts, texts, strict=True):
            fact.setText(text)
            if fact.property("unsure") is sure:
                fact.setProperty("unsure", not sure)
                fact.setToolTip("" if sure else UNSURE)
                fact.style().polish(fact)

    def _show_problem(self, problem: Problem | None) -> None:
        self._problem = problem
        self.below.setVisible(problem is not None)
        for field in (self.kind, *self.fields.values()):
            wrong = problem is not None and self._field_of(problem) is field
            if field.property("wrong") is not wrong:
                field.setProperty("wrong", wrong)
                field.style().polish(field)
        if problem is None:
            return
        elsewhere = not problem.place.startswith(f"row {self.row + 1} ")
        reason = f"{problem.place}: {problem.reason}" if elsewhere else problem.reason
        for empty in (", not ''", ", not None"):
            reason = reason.removesuffix(empty)
        self.why.setText(reason[0].upper() + reason[1:])
        self.take.setText(remedy_text(problem))
        self.take.setVisible(bool(self.take.text()))
        self.take.setToolTip(as_tip(problem.remedy[0].upper() + problem.remedy[1:]))

    def _field_of(self, problem: Problem) -> QWidget | None:
        if problem.setting == "type":
            return self.kind
        return self.fields.get(problem.setting or "")

    # The user

    def _on_kind(self, kind: str) -> None:
        if kind in LAYERS:
            self.kind_chosen.emit(self.row, kind)

    def _on_up(self) -> None:
        self.moved.emit(self.row, -1)

    def _on_down(self) -> None:
        self.moved.emit(self.row, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self.row)

    def _on_take(self) -> None:
        if self._problem is not None:
            self.remedy_taken.emit(self._problem)


def side_text(pair: RowsColumns | None) -> str:
    """Return rows and columns as a text; as one number if they are equal."""
    if pair is None:
        return "–"
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} × {pair[1]}"
