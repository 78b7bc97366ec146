"""RowFields: the fields of one layer in the editor's table, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from visualizer.core.draft import (
    Draft,
    RowSizes,
    as_typed,
    remedy_text,
    settings_for,
    typed_count,
    typed_pair,
)
from visualizer.core.geometry import Padding, Pair
from visualizer.core.layers import LAYERS
from visualizer.core.problem import Problem
from visualizer.core.terms import Activation
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.text import as_tip, count, shortened
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import label

HEADINGS = (
    *("", "Layer", "Filters", "Window", "Stride", "Padding", "Activation"),
    *("Output", "Param #", "Mult-adds", "Field", "Jump"),
)
COUNT, WINDOW = ("filters", "units"), ("kernel_size", "window_size")
FIELDS = (COUNT, WINDOW, ("stride",), ("padding",), ("activation",))
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
UNSURE = "If the nearest values were taken in what is marked"
WIDTHS = (56, 68, 68, 68, 92)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Field(Guarded, QLineEdit):
    """A setting as it is typed; the editor has undo, so Ctrl+Z is not the field's.

    Signals
    -------
    stepped : int
        Arrow up or down: a number one larger or smaller.
    """

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(16)

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the editor's: they take back steps, not letters."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


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

    typed = Signal(int, str, object)
    kind_chosen = Signal(int, str)
    moved = Signal(int, int)
    removed = Signal(int)
    remedy_taken = Signal(object)

    def __init__(self, look: Look, row: int, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self.row = row
        self._problem: Problem | None = None
        self.number = label(str(row + 1), "caption")
        self.kind = QComboBox()
        self.kind.setObjectName("cell")
        self.kind.setAccessibleName(f"Layer {row + 1}")
        self.kind.addItems(list(LAYERS))
        kind = str(draft.rows[row].get("type"))
        if kind not in LAYERS:
            self.kind.insertItem(0, shortened(kind))
        self.kind.setCurrentIndex(max(self.kind.findText(kind), 0))
        self.fields: dict[str, Field | QComboBox] = {}
        known = settings_for(kind)
        self.inputs = [self._input(draft, of, known) for of in FIELDS]
        self.facts = [label("") for _ in range(5)]
        for fact in self.facts:
            fact.setProperty("unsure", False)
        self.up = IconButton(look, "move-up", f"Move layer {row + 1} up (Alt+↑)")
        self.down = IconButton(look, "move-down", f"Move layer {row + 1} down (Alt+↓)")
        self.remove = IconButton(look, "close", f"Take layer {row + 1} out")
        self.why = label("", "badge")
        self.why.setWordWrap(True)
        self.take = QPushButton()
        self.below = QWidget()
        across = QHBoxLayout(self.below)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.why, 1)
        across.addWidget(self.take)
        self.take.setAutoDefault(False)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(row + 1 < len(draft.rows))
        self.kind.textActivated.connect(self._on_kind)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)
        self.take.clicked.connect(self._on_take)

    def _input(self, draft: Draft, of: tuple[str, ...], known: tuple[str, ...]) -> QWidget:
        """The field of whichever of these settings the layer has."""
        setting = next((name for name in of if name in known), None)
        if setting is None:
            return label("–", "caption")
        value = draft.rows[self.row].get(setting)
        if setting in CHOICES:
            made: Field | QComboBox = self._choice(setting, value)
        else:
            field = Field(f"{setting} of layer {self.row + 1}")
            field.setText(as_typed(value))
            field.textEdited.connect(self._typing(setting))
            field.editingFinished.connect(self._tidying(setting, field))
            field.stepped.connect(self._stepping(setting, field))
            made = field
        made.setToolTip(TIPS[setting])
        self.fields[setting] = made
        return made

    def _choice(self, setting: str, value: object) -> QComboBox:
        box = QComboBox()
        box.setObjectName("cell")
        box.setAccessibleName(f"{setting} of layer {self.row + 1}")
        box.addItems(list(CHOICES[setting]))
        if str(value) not in CHOICES[setting]:
            box.insertItem(0, shortened(as_typed(value)) or "–")
        box.setCurrentIndex(max(box.findText(str(value)), 0))
        box.textActivated.connect(lambda text: self.typed.emit(self.row, setting, text))
        return box

    def _typing(self, setting: str) -> Callable[[str], None]:
        read = self._read(setting)
        return lambda text: self.typed.emit(self.row, setting, read(text))

    @staticmethod
    def _read(setting: str) -> Callable[[str], object]:
        return typed_count if setting in COUNT else typed_pair

    def _tidying(self, setting: str, field: Field) -> Callable[[], None]:
        """What was typed, as such a value is printed, once it has been left."""
        return lambda: field.setText(as_typed(self._read(setting)(field.text())))

    def _stepping(self, setting: str, field: Field) -> Callable[[int], None]:
        def step(by: int) -> None:
            value = self._read(setting)(field.text())
            if isinstance(value, int):
                self.typed.emit(self.row, setting, max(value + by, 1))
            elif isinstance(value, list):
                self.typed.emit(self.row, setting, [max(part + by, 1) for part in value])

        return step

    @property
    def widgets(self) -> list[QWidget]:
        """In the order of the columns."""
        ends = [self.up, self.down, self.remove]
        return [self.number, self.kind, *self.inputs, *self.facts, *ends]

    def apply_theme(self, theme: Theme) -> None:
        for widget, width in zip(self.inputs, WIDTHS, strict=True):
            if not isinstance(widget, QLabel):
                widget.setFixedWidth(theme.px(width))
            else:
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)

    # What is shown

    def show_draft(self, draft: Draft) -> None:
        """Show the settings, but not over what is being typed, and what follows from them."""
        for setting, field in self.fields.items():
            text = as_typed(draft.rows[self.row].get(setting))
            if isinstance(field, Field):
                if self._read(setting)(field.text()) != draft.rows[self.row].get(setting):
                    field.setText(text)  # else it stays as it is being typed
                window = draft.rows[self.row].get(WINDOW[1])
                field.setPlaceholderText(as_typed(window) if setting == "stride" else "")
            else:
                with QSignalBlocker(field):
                    field.setCurrentIndex(max(field.findText(text), 0))
        self._show_sizes(draft.sizes.get(self.row), self.row < draft.sure)
        self._show_problem(draft.problem_of(self.row))

    def _show_sizes(self, sizes: RowSizes | None, sure: bool) -> None:
        texts = ["–"] * 5
        if sizes is not None:
            shape = " × ".join(map(count, sizes.output_shape))
            sides = [side_text(pair) for pair in (sizes.field, sizes.jump)]
            texts = [shape, count(sizes.parameters), count(sizes.multiply_adds), *sides]
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


def side_text(pair: Pair | None) -> str:
    """Rows and columns, as one number where they are as many."""
    if pair is None:
        return "–"
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} × {pair[1]}"
