"""LabStage: input, window and output at one scale; or three operations on one map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent

from visualizer.core.geometry import Pair
from visualizer.core.lab_response import Response, Surroundings
from visualizer.core.layer import Array
from visualizer.views.lab.block import LabBlock
from visualizer.views.lab.marks import Focus, LabMarks, has, marks_of
from visualizer.views.lab.paint import Marks
from visualizer.views.lab.text import (
    NAMES,
    all_whole,
    formulas,
    input_name,
    kernel_name,
    problem_sentence,
    times,
    value_text,
)
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pixels import positive_top, symmetric_top
from visualizer.views.widgets.text import significant
from visualizer.views.widgets.theme import Lut, Theme

SMALLEST_CELL, LARGEST_CELL = 3, 72
KERNEL_SHARE = 0.36
ROOMY_WIDTH = 700
ROW_GAP = 12
Columns = list[list[LabBlock]]
Scale = tuple[float, float, Lut]


class LabStage(Panel):
    """Shows responses and their marks; sizes its blocks so that all cells are of one size."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.input = LabBlock(look, "Input")
        self.kernel = LabBlock(look, "Kernel")
        self.output = LabBlock(look, "Output", with_bar=True)
        self.beside = [
            LabBlock(look, name, with_bar=key == "convolution") for key, name in NAMES.items()
        ]
        self._signs: tuple[str, ...] = ("∗", "=")
        for block in (self.input, self.kernel, self.output, *self.beside):
            block.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(640), self.theme.px(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(560), self.theme.px(240))

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._arrange()

    @property
    def blocks(self) -> list[LabBlock]:
        """The blocks on show, from left to right."""
        every = (self.input, self.kernel, self.output, *self.beside)
        return [block for block in every if block.isVisibleTo(self)]

    # What is shown

    def show_response(self, response: Response, around: Surroundings) -> None:
        """Input, kernel and output of one operation."""
        self._choose((self.input, self.kernel, self.output))
        state = response.state
        pools = state.operation != "convolution"
        self._show_input(response, around, with_padding=True)
        size = times((response.kernel.shape[0], response.kernel.shape[1]))
        values = np.full_like(response.kernel, np.nan) if pools else response.kernel
        self.kernel.grid.show_map(values, (0, 1, self.theme.sequential))
        self.kernel.grid.set_editable(None if pools else False)
        if pools:
            self.kernel.show_text(f"Window {size}", "no weights")
        else:
            bias = f"\nbias {significant(response.bias)}" if response.bias else ""
            self.kernel.show_text(f"Kernel {size}", kernel_name(state, around) + bias)
        self._signs = ("→", "→") if pools else ("∗", "=")
        self._show_output(self.output, response, "Output", "")
        self._arrange()

    def show_side_by_side(self, responses: Sequence[Response], around: Surroundings) -> None:
        """One map under three operations."""
        self._choose((self.input, *self.beside))
        self._show_input(responses[0], around, with_padding=False)
        for block, response in zip(self.beside, responses, strict=True):
            name = NAMES[response.state.operation]
            size = times((response.kernel.shape[0], response.kernel.shape[1]))
            self._show_output(block, response, name, f"{size}, stride 2")
        self._signs = ()
        self._arrange()

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
        low, high, _ = self.input_scale(response)
        colours = "0 paper, 1 ink" if state.source == "digit" else ""
        if not with_padding:
            whole = all_whole(response.inputs)
            ends = f"{value_text(low, whole)} to {value_text(high, whole)}"
            colours = f"colours {ends}"
        name = input_name(state, around) + hatched
        sep = " · " if with_padding else "\n"
        caption = f"{name}{sep}{colours}" if colours else name
        self.input.show_text(f"Input {times((height, width))}", caption)

    def _show_output(self, block: LabBlock, response: Response, name: str, how: str) -> None:
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
            block.bar.show_scale(*scale)

    def show_marks(self, marks: LabMarks) -> None:
        self.input.grid.show_marks(marks.input)
        self.kernel.grid.show_marks(marks.kernel)
        self.output.grid.show_marks(marks.output)

    def show_marks_beside(
        self, responses: Sequence[Response], focus: Focus, chosen: int, selected: Pair
    ) -> None:
        """Light up what a focus concerns in all three; the window is the chosen one's."""
        for at, (block, response) in enumerate(zip(self.beside, responses, strict=True)):
            if not has(response, focus):
                block.grid.show_marks(Marks())
                continue
            marks = marks_of(response, focus, selected, self.theme)
            block.grid.show_marks(marks.output)
            if at == chosen:
                self.input.grid.show_marks(marks.input)

    # Scales

    def input_scale(self, response: Response) -> Scale:
        """Ink for the digit, one hue for what is never negative, two hues about 0 else."""
        if response.state.source == "digit":
            return 0.0, 1.0, self.theme.digit
        return self._scale(response.inputs)

    def output_scale(self, response: Response) -> Scale:
        """Pooled values keep the scale of what they were taken from."""
        assert response.output is not None
        if response.state.operation != "convolution":
            return self.input_scale(response)
        return self._scale(response.output)

    def _scale(self, values: Array) -> Scale:
        if (values < 0).any():
            top = symmetric_top(values)
            return -top, top, self.theme.diverging
        return 0.0, positive_top(values), self.theme.sequential

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @property
    def _gap(self) -> int:
        return self.theme.px(28 if self.width() >= self.theme.px(ROOMY_WIDTH) else 20)

    def _cell_of(self, block: LabBlock, cell: int) -> int:
        """Pixels a cell of a block; a kernel's are large enough for its numbers."""
        if block is not self.kernel:
            return cell
        role = "sum" if self.width() >= self.theme.px(ROOMY_WIDTH) else "caption"
        kernel = max(cell, self.kernel.cell_for_numbers(role))
        widest = round(self.width() * KERNEL_SHARE / self.kernel.grid.extent[1])
        tallest = (self.height() - self.kernel.head_height) // self.kernel.grid.extent[0] - 1
        return max(min(kernel, widest, tallest), 4)

    @property
    def _columns(self) -> list[Columns]:
        """Ways to stand: all in one row; or the third output under the first."""
        blocks = self.blocks
        in_a_row = [[block] for block in blocks]
        if self.beside[0] not in blocks:
            return [in_a_row]
        most, mean, conv = self.beside
        return [in_a_row, [[self.input], [most, conv], [mean]]]

    def _widths(self, columns: Columns, cell: int) -> list[int]:
        return [max(b.size_at(self._cell_of(b, cell)).width() for b in col) for col in columns]

    def _heights(self, columns: Columns, cell: int) -> list[int]:
        gap = self.theme.px(ROW_GAP)
        return [
            sum(b.size_at(self._cell_of(b, cell)).height() for b in col) + gap * (len(col) - 1)
            for col in columns
        ]

    def _fits(self, columns: Columns, cell: int) -> bool:
        width = sum(self._widths(columns, cell)) + self._gap * (len(columns) - 1)
        return width <= self.width() and max(self._heights(columns, cell)) <= self.height()

    def _largest_cell(self, columns: Columns) -> int:
        """The most pixels a cell with which all blocks fit."""
        cell, too_large = SMALLEST_CELL, self.theme.px(LARGEST_CELL) + 1
        while too_large - cell > 1:
            middle = (cell + too_large) // 2
            cell, too_large = (middle, too_large) if self._fits(columns, middle) else (cell, middle)
        return cell

    def _arrange(self) -> None:
        """Stand so that cells are as large as can be."""
        if not self.blocks:
            return
        best: tuple[int, Columns] = (0, [])
        for columns in self._columns:
            self._use_short(columns)
            cell = self._largest_cell(columns)
            if cell > best[0]:
                best = cell, columns
        self._use_short(best[1])
        self._place(*best)
        self.update()

    def _use_short(self, columns: Columns) -> None:
        for block in self.beside:
            block.use_short(len(columns) < len(self.blocks))

    def _place(self, cell: int, columns: Columns) -> None:
        widths, heights = self._widths(columns, cell), self._heights(columns, cell)
        left = (self.width() - sum(widths) - self._gap * (len(columns) - 1)) // 2
        tops = self._tops(columns, heights)
        for column, width, first in zip(columns, widths, tops, strict=True):
            top = first
            for block in column:
                pixels = self._cell_of(block, cell)
                block.arrange(pixels, left, top)
                top += block.size_at(pixels).height() + self.theme.px(ROW_GAP)
            left += width + self._gap

    def _tops(self, columns: Columns, heights: Sequence[int]) -> list[int]:
        """Maps stand on one middle line under their headings; outputs beside on one line."""
        head = max(block.head_height for column in columns for block in column)
        tallest = max(heights)
        middle = (self.height() - tallest) // 2 + head + (tallest - head) // 2
        tops = []
        for column, height in zip(columns, heights, strict=True):
            own = column[0].head_height
            tops.append(max(middle - (height - own) // 2 - own, 0))
        outputs = [at for at, column in enumerate(columns) if column[0] in self.beside]
        for at in outputs:
            tops[at] = min(tops[other] for other in outputs)
        return tops

    def paintEvent(self, event: object) -> None:
        """The signs between the maps."""
        painter = QPainter(self)
        painter.setFont(self.theme.font("counter"))
        painter.setPen(self.theme.color("soft_ink"))
        blocks = self.blocks
        for sign, block, following in zip(self._signs, blocks, blocks[1:], strict=False):
            body = block.geometry().adjusted(0, block.head_height, 0, 0)
            right = block.geometry().left() + max(
                block.grid.width() if not block.note.text() else 0, block.head_width
            )
            box = QRectF(right, body.top(), following.geometry().left() - right, body.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
