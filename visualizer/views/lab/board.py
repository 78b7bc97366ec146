"""LabBoard: input, kernel and output, with cells of one size; or one map under three operations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent

from visualizer.core.lab.response import Response, Surroundings
from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array
from visualizer.text.lab import (
    NAMES,
    all_whole,
    formulas,
    input_name,
    kernel_name,
    problem_sentence,
    times,
    value_text,
)
from visualizer.text.numbers import significant
from visualizer.text.terms import HIDDEN
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.lab.block import LabBlock
from visualizer.views.lab.board_layout import ROOMY_WIDTH, BoardLayout
from visualizer.views.lab.marks import FocusedCell, LabMarks, has_cell, marks_of
from visualizer.views.lab.paint import GridMarks
from visualizer.views.widgets.pixels import ColourScale, positive_top, symmetric_top

READABLE_CELL = 20  # pixels at zoom 1 of a cell with a number
VISIBLE_CELL = 4  # of a cell without a number
Columns = list[list[LabBlock]]


class LabBoard(Panel):
    """The blocks of a response and their marks; all cells have one size.

    Signals
    -------
    remade
        The content may need another size than before.
    """

    remade = Signal()

    def __init__(self, look: Look, least: int = READABLE_CELL) -> None:
        """Make the board; three operations have cells of at least `least` pixels, and scroll."""
        super().__init__(look)
        self._least = least
        self.input = LabBlock(look, "Input")
        self.kernel = LabBlock(look, "Kernel")
        self.output = LabBlock(look, "Output", with_bar=True)
        self.beside = [
            LabBlock(look, name, with_bar=key == "convolution") for key, name in NAMES.items()
        ]
        self._signs: tuple[str, ...] = ("∗", "=")
        self._chosen = 0
        for block in (self.input, self.kernel, self.output, *self.beside):
            block.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(640), self.theme.px(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(560), self.theme.px(240))

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._renew()

    @property
    def blocks(self) -> list[LabBlock]:
        """The blocks on show, from left to right."""
        every = (self.input, self.kernel, self.output, *self.beside)
        return [block for block in every if block.isVisibleTo(self)]

    # What is shown

    def show_response(self, response: Response, around: Surroundings, asked: bool = False) -> None:
        """Show input, kernel and output of one operation; ? where its size is `asked`."""
        self._choose((self.input, self.kernel, self.output))
        state = response.state
        pools = state.operation != "convolution"
        self._show_input(response, around, with_padding=True)
        size = times((response.kernel.shape[0], response.kernel.shape[1]))
        values = np.full_like(response.kernel, np.nan) if pools else response.kernel
        self.kernel.grid.show_map(values, ColourScale(0, 1, self.theme.sequential))
        self.kernel.grid.set_editable(None if pools else False)
        if pools:
            self.kernel.show_text(f"Window {size}", "no weights")
        else:
            bias = f"\nbias {significant(response.bias)}" if response.bias else ""
            self.kernel.show_text(f"Kernel {size}", kernel_name(state, around) + bias)
        self._signs = ("→", "→") if pools else ("∗", "=")
        self._show_output(self.output, response, "Output", "", asked)
        self._renew()

    def show_side_by_side(
        self, responses: Sequence[Response], around: Surroundings, asked: bool = False
    ) -> None:
        """Show one map under three operations; ? where their sizes are `asked`."""
        self._choose((self.input, *self.beside))
        self._show_input(responses[0], around, with_padding=False)
        for block, response in zip(self.beside, responses, strict=True):
            name = NAMES[response.state.operation]
            size = times((response.kernel.shape[0], response.kernel.shape[1]))
            self._show_output(block, response, name, f"{size}, stride 2", asked)
        self._signs = ()
        self._renew()

    def _choose(self, shown: Sequence[LabBlock]) -> None:
        for block in (self.input, self.kernel, self.output, *self.beside):
            block.setVisible(block in shown)

    def _show_input(self, response: Response, around: Surroundings, with_padding: bool) -> None:
        state = response.state
        height, width = response.inputs.shape
        margins = ((0, 0), (0, 0))
        if response.output is not None and with_padding:
            margins = response.sliding.margins
        self.input.grid.show_map(response.inputs, self.input_scale(response), margins)
        self.input.grid.set_editable(True if state.source == "grid" else None)
        hatched = ""
        if any(sum(margins, ())):
            hatched = " · hatched: padding"
        elif response.output is not None and with_padding and response.unseen().any():
            hatched = " · hatched: in no window"
        scale = self.input_scale(response)
        colours = "0 paper, 1 ink" if state.source == "digit" else ""
        if not with_padding:
            whole = all_whole(response.inputs)
            ends = f"{value_text(scale.low, whole)} to {value_text(scale.high, whole)}"
            colours = f"colours {ends}"
        name = input_name(state, around) + hatched
        sep = " · " if with_padding else "\n"
        caption = f"{name}{sep}{colours}" if colours else name
        self.input.show_text(f"Input {times((height, width))}", caption)

    def _show_output(
        self, block: LabBlock, response: Response, name: str, how: str, asked: bool
    ) -> None:
        block.show_asked(asked)
        if asked:
            block.show_note("")
            block.show_text(name if how else f"{name} {HIDDEN}", how or f"{HIDDEN} places")
            return
        if response.output is None:
            block.show_text(f"No {name.lower()}", how)
            block.show_note(problem_sentence(response))
            return
        block.show_note("")
        rows, columns = response.output.shape
        places = f"{rows * columns} place{'s' if rows * columns > 1 else ''}"
        if how:
            formula = "\n".join(formulas(response.sliding))
            size = f"output {times((rows, columns))}"
            block.show_text(name, f"{how}\n{formula}\n{size}", f"{how}\n{size}")
        else:
            block.show_text(f"{name} {times((rows, columns))}", places)
        scale = self.output_scale(response)
        block.grid.show_map(response.output, scale)
        if block.bar is not None:
            block.bar.show_scale(scale.low, scale.high, scale.lut)

    def show_marks(self, marks: LabMarks) -> None:
        self.input.grid.show_marks(marks.input)
        self.kernel.grid.show_marks(marks.kernel)
        self.output.grid.show_marks(marks.output)

    def show_marks_beside(
        self,
        responses: Sequence[Response],
        focus: FocusedCell,
        chosen: int,
        selected: RowsColumns,
        asked: RowsColumns | None = None,
    ) -> None:
        """Mark what belongs to a focused cell in all outputs; the window is that of `chosen`.

        The number of an `asked` output is not shown.
        """
        self._chosen = chosen
        for at, (block, response) in enumerate(zip(self.beside, responses, strict=True)):
            if not has_cell(response, focus):
                block.grid.show_marks(GridMarks(asked=asked))
                continue
            marks = marks_of(response, focus, selected, self.theme, asked=asked)
            block.grid.show_marks(marks.output)
            if at == chosen:
                self.input.grid.show_marks(marks.input)

    # Scales

    def input_scale(self, response: Response) -> ColourScale:
        """Return the input's scale: ink for a digit, one hue without negatives, else two hues."""
        if response.state.source == "digit":
            return ColourScale(0.0, 1.0, self.theme.digit)
        return self._scale(response.inputs)

    def output_scale(self, response: Response) -> ColourScale:
        """Return the output's scale; pooled values keep the scale of the input."""
        assert response.output is not None
        if response.state.operation != "convolution":
            return self.input_scale(response)
        return self._scale(response.output)

    def _scale(self, values: Array) -> ColourScale:
        if (values < 0).any():
            top = symmetric_top(values)
            return ColourScale(-top, top, self.theme.diverging)
        return ColourScale(0.0, positive_top(values), self.theme.sequential)

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _ways(self, size: QSize) -> list[BoardLayout]:
        """Return the possible layouts: all blocks in a row, or the third output under the first."""
        blocks = self.blocks
        ways: list[Columns] = [[[block] for block in blocks]]
        if self.beside[0] in blocks:
            most, mean, conv = self.beside
            ways.append([[self.input], [most, conv], [mean]])
        return [BoardLayout(way, self.kernel, self.beside, size, self.theme) for way in ways]

    def _cells(self, ways: Sequence[BoardLayout]) -> list[int]:
        """Return the largest cells of each layout; blocks below each other have short captions."""
        cells = []
        for way in ways:
            self._use_short(way)
            cells.append(way.largest_cell())
        return cells

    def _use_short(self, way: BoardLayout) -> None:
        for block in self.beside:
            block.use_short(len(way.columns) < len(self.blocks))

    def needed_in(self, room: QSize) -> QSize:
        """Return the size in which three operations can be read; nothing if a room has it."""
        least = self.theme.px(self._least)
        if self.beside[0] not in self.blocks or max(self._cells(self._ways(room))) >= least:
            return QSize(0, 0)
        roomy = room.expandedTo(QSize(self.theme.px(ROOMY_WIDTH), 0))
        needed = []
        for way in self._ways(roomy):
            self._use_short(way)
            needed.append(way.needs(least))
        return min(needed, key=lambda size: _area(size.expandedTo(room)))

    def _renew(self) -> None:
        """Lay the blocks out anew after a change of content."""
        self.remade.emit()
        self._arrange()

    def _arrange(self) -> None:
        """Choose the layout with the largest cells."""
        if self.blocks:
            ways = self._ways(self.size())
            cells = self._cells(ways)
            best = cells.index(max(cells))
            self._use_short(ways[best])
            ways[best].place(cells[best])
            self.update()

    def explained(self) -> list[QRectF]:
        """Return where the focused cell lies, then the window or the outputs that belong to it."""
        output = self.beside[self._chosen] if self.beside[0] in self.blocks else self.output
        found = []
        for name in ("selection", "field"):
            for grid in (output.grid, self.input.grid):
                corner = QPointF(grid.mapTo(self, QPoint(0, 0)))
                around = grid.line
                for rect, color in grid.marks.outlines:
                    if color == name:
                        place = grid.cells.on_screen(rect).translated(corner)
                        found.append(place.adjusted(-around, -around, around, around))
        return found

    def paintEvent(self, event: object) -> None:
        """Paint the signs between the maps."""
        painter = QPainter(self)
        painter.setFont(self.theme.font("counter"))
        painter.setPen(self.theme.color("soft_ink"))
        blocks = self.blocks
        for sign, block, following in zip(self._signs, blocks, blocks[1:], strict=False):
            body = block.geometry().adjusted(0, block.head_height, 0, 0)
            right = block.geometry().left() + max(
                block.grid.width() if block.has_map else 0, block.head_width
            )
            box = QRectF(right, body.top(), following.geometry().left() - right, body.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)


def _area(size: QSize) -> int:
    return size.width() * size.height()
