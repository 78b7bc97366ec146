"""LabReadout: the focused cell in words and in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from visualizer.core.lab.response import Response
from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import PoolTerms
from visualizer.text.lab import NAMES, Term, all_whole, sum_terms, value_text
from visualizer.text.terms import HIDDEN, signed
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import Grid, column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.lab.marks import FocusedCell, has_cell, met_places, reached_ways
from visualizer.views.lab.palette import hues
from visualizer.views.lab.sum_line import LabSum


class LabReadout(Panel):
    """A heading, the cell's place, and its arithmetic as chips in the kernel's hues.

    Three operations side by side have a line of arithmetic each.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.heading = label("", "heading")
        self.place = Elided(name="caption")
        self.sum = LabSum(look)
        self.names = [label("", "caption") for _ in NAMES]
        self.sums = [self.sum, LabSum(look), LabSum(look)]
        self._height = 0
        heading = row(look, self.heading, (self.place, 1), spacing=12)
        lines = Grid(look, *zip(self.names, self.sums, strict=True), across=10)
        lines.setColumnStretch(1, 1)
        self.setLayout(column(look, heading, lines, spacing=6))

    def apply_theme(self, theme: Theme) -> None:
        for line in self.sums:
            line.updateGeometry()

    def show_beside(
        self, responses: Sequence[Response], focus: FocusedCell, asked: RowsColumns | None = None
    ) -> None:
        """Explain one place in three operations: an output of each, or an input.

        The number of an `asked` output is not told.
        """
        self._choose_lines([NAMES[response.state.operation] for response in responses])
        inputs = focus.part == "input"
        if inputs:
            value = _value(responses[0].inputs, focus)
            self.heading.setText(f"Input {_place(focus)} = {value}")
            self.place.show_text("The outputs that it reaches:")
        else:
            self.heading.setText(f"Output {_place(focus)}")
            self.place.show_text("of each operation, from the window at that place:")
        for line, response in zip(self.sums, responses, strict=True):
            line.hold_room_for(response.kernel.size, most_lines=1)
            if response.output is None or not has_cell(response, focus):
                line.show_terms("", [Term("has no output there")], "", [], "")
            elif inputs:
                ways = self._ways(response, focus) or [Term("no window sees it")]
                line.show_terms("", ways, "", hues(self.theme, response.sliding.kernel), "")
            else:
                self._show_terms(line, response, focus, asked)
        self._take_height()

    def _take_height(self) -> None:
        """Take the height of the lines at once: Qt passes it on one level of layouts at a time."""
        height = self.sizeHint().height()
        widget: QWidget | None = self if height != self._height else None
        self._height = height
        while widget is not None and (layout := widget.layout()) is not None:
            layout.activate()
            widget = widget.parentWidget()

    def _choose_lines(self, names: Sequence[str]) -> None:
        """Show a line of arithmetic for each name; one line without a name if there are none."""
        for at, (name, line) in enumerate(zip(self.names, self.sums, strict=True)):
            name.setVisible(at < len(names))
            line.setVisible(at < max(len(names), 1))
            name.setText(names[at] if at < len(names) else "")

    def show_size_asked(self) -> None:
        """Ask how large the output is, and tell nothing of its cells."""
        self._choose_lines([])
        self._show("How large is the output?", "", [])
        self._take_height()

    def show_focus(
        self, response: Response, focus: FocusedCell, asked: RowsColumns | None = None
    ) -> None:
        """Explain one cell; the number of an `asked` output is not told."""
        self._choose_lines([])
        self.sum.hold_room_for(response.kernel.size)
        self._take_height()
        if response.output is None:
            self._show("No output", "Undo (Ctrl+Z) brings the last setting back.", [])
        elif focus.part == "output":
            self._show_output(response, focus, asked)
        elif focus.part == "input":
            self._show_input(response, focus)
        else:
            self._show_kernel(response, focus)

    def _show(self, heading: str, place: str, terms: list[Term]) -> None:
        self.heading.setText(heading)
        self.place.show_text(place)
        self.sum.show_terms("", terms, "", [], "")

    def _show_output(
        self, response: Response, focus: FocusedCell, asked: RowsColumns | None
    ) -> None:
        assert response.output is not None
        value = HIDDEN if focus.cell == asked else _value(response.output, focus)
        self.heading.setText(f"Output {_place(focus)} = {value}")
        window = response.sliding.window(*focus.cell)
        self.place.show_text(f"Its window covers {_lines(window)} of the input.")
        self._show_terms(self.sum, response, focus, asked)

    def _show_terms(
        self, line: LabSum, response: Response, focus: FocusedCell, asked: RowsColumns | None
    ) -> None:
        """Show the arithmetic of one output."""
        terms = response.terms(*focus.cell)
        colors = hues(self.theme, response.sliding.kernel)
        before, parts, after = sum_terms(terms, hidden=focus.cell == asked)
        pools_max = isinstance(terms, PoolTerms) and terms.reduction == "max"
        line.show_terms(before, parts, after, colors, "," if pools_max else "+")

    def _show_input(self, response: Response, focus: FocusedCell) -> None:
        assert response.output is not None
        ways = reached_ways(response.sliding, focus.cell)
        places = response.output.size
        self.heading.setText(f"Input {_place(focus)} = {_value(response.inputs, focus)}")
        if ways:
            text = (
                f"It reaches {len(ways)} of {places} outputs, each by another cell of the window."
            )
        else:
            text = "No window sees it: it has no part in the output."
        self.place.show_text(text)
        colors = hues(self.theme, response.sliding.kernel)
        self.sum.show_terms("", self._ways(response, focus), "", colors, "")

    @staticmethod
    def _ways(response: Response, focus: FocusedCell) -> list[Term]:
        """Return the outputs that an input reaches, with the kernel cells between."""
        conv = response.state.operation == "convolution"
        digits = 0 if all_whole(response.kernel) else 2
        terms = []
        for (down, across), cell in reached_ways(response.sliding, focus.cell).items():
            times = f"× {signed(float(response.kernel[cell]), digits)} " if conv else ""
            terms.append(Term(f"{times}→ [{down}, {across}]", cell))
        return terms

    def _show_kernel(self, response: Response, focus: FocusedCell) -> None:
        met = met_places(response, focus.cell)
        on_map = int(response.multiplied(*focus.cell).sum())
        conv = response.state.operation == "convolution"
        name = "Kernel" if conv else "Window cell"
        value = f" = {_value(response.kernel, focus)}" if conv else ""
        does = "multiplies" if conv else "looks at"
        padding = f", and padding at {len(met) - on_map}" if len(met) > on_map else ""
        cells = f"{on_map} input cell{'s' if on_map != 1 else ''}"
        text = f"It {does} {cells}, one at each place of the window{padding}."
        self._show(f"{name} {_place(focus)}{value}", text, [])


def _place(focus: FocusedCell) -> str:
    return f"[{focus.row}, {focus.column}]"


def _value(values: Array, focus: FocusedCell) -> str:
    return value_text(float(values[focus.cell]), all_whole(values))


def _lines(window: Rect) -> str:
    """Return the rows and columns of a window; those of padding are negative or too large."""
    return (
        f"rows {_range(window.top, window.bottom)} and columns {_range(window.left, window.right)}"
    )


def _range(start: int, stop: int) -> str:
    first = f"\u2212{-start}" if start < 0 else str(start)
    return first if stop - start == 1 else f"{first} to {stop - 1}"
