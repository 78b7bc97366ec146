"""The cells of the editor's table: what can be typed in a row, its sizes, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from PySide6.QtCore import Qt

from visualizer.core.editing.draft import Draft, RowSizes, settings_for, typed_count, typed_pair
from visualizer.core.editing.problem import Problem
from visualizer.core.editing.remedies import as_typed, remedy_text
from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.terms import Activation
from visualizer.text.numbers import count, shortened
from visualizer.views.base.constants import CENTRE, LEFT, RIGHT
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.table_model import Cell, Icon

HEADINGS = (
    *("", "Layer", "Filters", "Units", "Window", "Stride", "Padding", "Activation"),
    *("Output", "Param #", "Mult-adds", "Field", "Jump", "", "", ""),
)
HEADING_TIPS = {
    "Mult-adds": "Multiplications of an input and a weight for one digit, each added to a sum",
    "Field": "Pixels of the digit that a cell sees, each way",
    "Jump": "Pixels of the digit from one cell to the next",
}
KIND, FACTS, ENDS = 1, 8, 13  # columns
WHY, TAKE = KIND, 11  # columns of a line below a row, which reach to the next of them
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
CHOICES = {
    "type": tuple(LAYERS),
    "padding": get_args(Padding),
    "activation": get_args(Activation),
}
UNSURE = "If the nearest values were taken in what is marked"


@dataclass(frozen=True)
class Boxed(Cell):
    """A field of a row, or the button of a remedy."""

    setting: str = ""
    wrong: bool = False

    def told(self, role: int, theme: Theme) -> object:
        if role == Qt.ItemDataRole.AccessibleTextRole and self.name:
            return f"{self.name}: {self.text}"
        return super().told(role, theme)

    @property
    def choices(self) -> tuple[str, ...]:
        """What there is to choose from; nothing where a number is typed."""
        return CHOICES.get(self.setting, ())

    def read(self, text: str) -> object:
        """Return the value that a typed text means."""
        return (typed_count if self.setting in COUNT else typed_pair)(text)


def headings() -> list[Cell]:
    """Return the headings, in the middle of fields and above the last digit of numbers."""
    sides = [LEFT] * 2 + [CENTRE] * 6 + [RIGHT] * 8
    return [
        Cell(text, HEADING_TIPS.get(text, ""), role="caption", side=side)
        for text, side in zip(HEADINGS, sides, strict=True)
    ]


def cells_of(draft: Draft, at: int) -> list[Cell]:
    """Return the cells of a row, but not what a press of its icons does."""
    row, problem = draft.rows[at], draft.problem_of(at)
    wrong = None if problem is None else problem.setting
    kind, of = str(row.get("type")), f"of layer {at + 1}"
    known = settings_for(kind)
    cells: list[Cell] = [
        Cell(str(at + 1), role="caption"),
        Boxed(choice_text(kind), name=f"Layer {at + 1}", setting="type", wrong=wrong == "type"),
    ]
    for names in FIELDS:
        setting = next((name for name in names if name in known), None)
        if setting is None:
            cells.append(Cell("–", role="caption", side=CENTRE))
            continue
        value, as_window = row.get(setting), row.get(WINDOW[1]) if setting == "stride" else None
        chosen = setting in CHOICES
        text = choice_text(value) if chosen else as_typed(value)
        cells.append(
            Boxed(
                text or as_typed(as_window),
                TIPS[setting],
                f"{setting} {of}",
                "" if text else "soft",
                LEFT if chosen else CENTRE,
                setting=setting,
                wrong=wrong == setting,
            )
        )
    return [*cells, *_facts(draft.sizes.get(at), at < draft.sure), *_icons(at, len(draft.rows))]


def _facts(sizes: RowSizes | None, sure: bool) -> Iterator[Cell]:
    texts = ["–"] * 5
    if sizes is not None:
        shape = " × ".join(map(count, sizes.output_shape))
        sides = [side_text(pair) for pair in (sizes.field, sizes.jump)]
        texts = [shape, count(sizes.parameters), count(sizes.multiply_adds), *sides]
    if sizes is not None and sizes.seen is not None and sizes.seen.has_gaps:
        texts[3] = f"{sizes.seen.count} in {texts[3]}"
    for text in texts:
        yield Cell(text, "" if sure else UNSURE, role="" if sure else "soft", side=RIGHT)


def _icons(at: int, rows: int) -> Iterator[Cell]:
    for icon, does, enabled in (
        ("move-up", f"Move layer {at + 1} up (Alt+↑)", at > 0),
        ("move-down", f"Move layer {at + 1} down (Alt+↓)", at + 1 < rows),
        ("close", f"Take layer {at + 1} out", True),
    ):
        yield Cell(tip=does, name=does, picture=Icon(icon), enabled=enabled)


def problem_cells(problem: Problem, at: int) -> list[Cell]:
    """Return the line below a row: why it cannot be, and the button of the remedy."""
    elsewhere = not problem.place.startswith(f"row {at + 1} ")
    reason = f"{problem.place}: {problem.reason}" if elsewhere else problem.reason
    for empty in (", not ''", ", not None"):
        reason = reason.removesuffix(empty)
    cells = [Cell()] * len(HEADINGS)
    cells[WHY] = Cell(reason[0].upper() + reason[1:], role="badge", wraps=True)
    if text := remedy_text(problem):
        tip = problem.remedy[0].upper() + problem.remedy[1:]
        cells[TAKE] = Boxed(text, tip, side=CENTRE)
    return cells


def choice_text(value: object) -> str:
    """Return a setting's value as a box of choices shows it."""
    return shortened(as_typed(value)) or "–"


def side_text(pair: RowsColumns | None) -> str:
    """Return rows and columns as a text; as one number if they are equal."""
    if pair is None:
        return "–"
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} × {pair[1]}"
