"""BoardLayout: one layout of the blocks of the board, and the largest cells that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize

from visualizer.views.base.theme import Theme
from visualizer.views.lab.block import LabBlock

SMALLEST_CELL, LARGEST_CELL = 3, 72
KERNEL_SHARE = 0.36
ROOMY_WIDTH = 700
ROW_GAP, GAP, ROOMY_GAP = 12, 20, 28


@dataclass(frozen=True, slots=True, eq=False)
class BoardLayout:
    """Blocks in columns within a size; all cells have one size, except those of a kernel.

    Attributes
    ----------
    columns : blocks from left to right, each column from the top
    kernel : the block whose cells may be larger than the others'
    level : the blocks whose tops are on one line
    size : pixels
    """

    columns: Sequence[Sequence[LabBlock]]
    kernel: LabBlock
    level: Sequence[LabBlock]
    size: QSize
    theme: Theme

    @property
    def _roomy(self) -> bool:
        return self.size.width() >= self.theme.px(ROOMY_WIDTH)

    @property
    def gap(self) -> int:
        """Pixels between columns."""
        return self.theme.px(ROOMY_GAP if self._roomy else GAP)

    def cell_of(self, block: LabBlock, cell: int) -> int:
        """Return the pixels per cell of a block; a kernel's cells have room for its numbers."""
        if block is not self.kernel:
            return cell
        kernel = max(cell, self.kernel.cell_for_numbers("sum" if self._roomy else "caption"))
        widest = round(self.size.width() * KERNEL_SHARE / self.kernel.grid.extent[1])
        room = self.size.height() - self.kernel.head_height
        tallest = room // self.kernel.grid.extent[0] - 1
        fitting = max(min(kernel, widest, tallest), 4)
        while fitting > 4 and self.kernel.size_at(fitting).height() > self.size.height():
            fitting -= 1  # by its frame
        return fitting

    def _sizes(self, cell: int) -> list[list[QSize]]:
        return [[b.size_at(self.cell_of(b, cell)) for b in column] for column in self.columns]

    def _widths(self, cell: int) -> list[int]:
        return [max(size.width() for size in column) for column in self._sizes(cell)]

    def _heights(self, cell: int) -> list[int]:
        gap = self.theme.px(ROW_GAP)
        return [
            sum(size.height() for size in column) + gap * (len(column) - 1)
            for column in self._sizes(cell)
        ]

    def needs(self, cell: int) -> QSize:
        """Return the size of all blocks in pixels, with `cell` pixels per cell."""
        width = sum(self._widths(cell)) + self.gap * (len(self.columns) - 1)
        return QSize(width, max(self._heights(cell)))

    def largest_cell(self) -> int:
        """Return the largest pixels per cell at which all blocks fit."""
        cell, too_large = SMALLEST_CELL, self.theme.px(LARGEST_CELL) + 1
        while too_large - cell > 1:
            middle = (cell + too_large) // 2
            fits = self.needs(middle).boundedTo(self.size) == self.needs(middle)
            cell, too_large = (middle, too_large) if fits else (cell, middle)
        return cell

    def place(self, cell: int) -> None:
        """Place the blocks in the middle, with `cell` pixels per cell."""
        heights = self._heights(cell)
        left = (self.size.width() - self.needs(cell).width()) // 2
        tops = self._tops(heights)
        for column, width, first in zip(self.columns, self._widths(cell), tops, strict=True):
            top = first
            for block in column:
                pixels = self.cell_of(block, cell)
                block.arrange(pixels, left, top)
                top += block.size_at(pixels).height() + self.theme.px(ROW_GAP)
            left += width + self.gap

    def _tops(self, heights: Sequence[int]) -> list[int]:
        """Return each column's top: maps on one middle line, outputs beside them on one line."""
        heads = [column[0].head_height for column in self.columns]
        halves = [(height - head) // 2 for height, head in zip(heights, heads, strict=True)]
        above = max(head + half for head, half in zip(heads, halves, strict=True))
        below = max(
            height - head - half for height, head, half in zip(heights, heads, halves, strict=True)
        )
        room = self.size.height()
        middle = min(max((room - above - below) // 2, 0) + above, room - below)
        tops = [max(middle - half - head, 0) for head, half in zip(heads, halves, strict=True)]
        level = [at for at, column in enumerate(self.columns) if column[0] in self.level]
        for at in level:
            tops[at] = min(tops[other] for other in level)
        return tops
