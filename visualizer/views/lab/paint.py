"""Painting of a map of the lab: numbers on colours if they fit, else colours alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QPainter

from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Array
from visualizer.text.terms import HIDDEN
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import paint_cells, paint_frame
from visualizer.views.widgets.pixels import ColourScale, color_at

NUMBER_SHARE = 0.55
MOST_RINGS = 49
WASH = 150  # of 255
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class GridMarks:
    """The marks over a map.

    Attributes
    ----------
    tints : colour of cells by place; places on padding are negative or beyond the map
    outlines : rectangles of cells, each with a palette colour
    unseen : (rows, columns) bool or None
        Cells that no window sees; they are hatched.
    shown : int or None
        Number of cells drawn, row by row, while the map fills in; None draws all.
    asked : (row, column) or None
        The cell whose number is asked for, and is written as ?.
    """

    tints: Mapping[RowsColumns, QColor] = field(default_factory=dict)
    outlines: Sequence[tuple[Rect, str]] = ()
    unseen: Mask | None = None
    shown: int | None = None
    asked: RowsColumns | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GridPicture:
    """Everything that is painted of a map.

    Attributes
    ----------
    values : (rows, columns)
    texts : the numbers as texts
    scale : ColourScale
    pixels : font size of the numbers; 0 paints colours alone
    cursor : the keyboard's cell, if the map has the keyboard
    """

    values: Array
    texts: Sequence[Sequence[str]]
    scale: ColourScale
    cells: CellLayout
    marks: GridMarks
    theme: Theme
    pixels: int
    cursor: RowsColumns | None

    def paint(self, painter: QPainter) -> None:
        """Paint the map with everything over it."""
        padded = self.cells.padded
        painter.fillRect(padded, self.theme.color("panel"))
        around = CellLayout.filling(padded, self.cells.extent)
        values, unseen = self.drawn_values(), self.marks.unseen
        hatched = np.zeros(values.shape, bool) if unseen is None else unseen
        texts, tints = None, self.tints() if self.pixels else {}
        if self.pixels:
            texts = self.padded_texts()
            # A paler part of the scale lets marks stand out; ink stays ink.
            share = 1.0 if self.scale.lut is self.theme.digit else NUMBER_SHARE
            values = np.where(hatched, np.nan, values * np.float32(share))
        values = np.pad(values, self.cells.margins, constant_values=np.nan)
        hatched = np.pad(hatched, self.cells.margins, constant_values=True)
        paint_cells(
            painter,
            self.theme,
            around,
            values,
            self.scale,
            texts,
            self.pixels,
            hatched=hatched,
            tints=tints,
        )
        if not self.pixels:
            self._paint_tints(painter, around, values)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.theme.line_width
        for rect, name in self.marks.outlines:
            box = self.cells.on_screen(rect)
            paint_frame(painter, box, self.theme.color(name), line * 1.25)
        if self.cursor is not None:
            box, accent = self.cells.cell(*self.cursor), self.theme.color("accent")
            paint_frame(painter, box, accent, line * 0.75, dashed=True)

    def drawn_values(self) -> Array:
        """Return the values (rows, columns), NaN where a map that fills in is not filled in yet."""
        values = self.values.copy()
        if self.marks.shown is not None:
            values.reshape(-1)[self.marks.shown :] = np.nan
        if self._asks(values.shape):
            values[self.marks.asked] = np.nan
        return values

    def _asks(self, shape: tuple[int, ...]) -> bool:
        asked = self.marks.asked
        return asked is not None and asked[0] < shape[0] and asked[1] < shape[1]

    def padded_texts(self) -> list[list[str]]:
        """Return the texts of all cells: 0 on padding, none where no value is drawn."""
        texts = np.array(self.texts, object)
        if self.marks.shown is not None:
            texts.reshape(-1)[self.marks.shown :] = ""
        if self._asks(texts.shape):
            texts[self.marks.asked] = HIDDEN
        padded: list[list[str]] = np.pad(texts, self.cells.margins, constant_values="0").tolist()
        return padded

    def tints(self) -> dict[RowsColumns, QColor]:
        """Return the tints by row and column counted with the padding."""
        (above, _), (before, _) = self.cells.margins
        rows, columns = self.cells.extent
        placed = {(r + above, c + before): color for (r, c), color in self.marks.tints.items()}
        return {(r, c): x for (r, c), x in placed.items() if 0 <= r < rows and 0 <= c < columns}

    def _paint_tints(self, painter: QPainter, around: CellLayout, values: Array) -> None:
        """Paint hues as rings around a few cells, or over many, where rings would be too much."""
        tints = self.tints()
        if len(tints) > MOST_RINGS:
            for place, color in tints.items():
                washed = QColor(color)
                washed.setAlpha(WASH)
                painter.fillRect(around.cell(*place), washed)
            return
        width = max(around.width * 0.24, 2.0)
        for place, color in tints.items():
            box, value, scale = around.cell(*place), float(values[place]), self.scale
            shown = color_at(value, scale.low, scale.high, scale.lut)
            painter.fillRect(box, color)
            inner = box.adjusted(width, width, -width, -width)
            painter.fillRect(inner, self.theme.color("panel") if np.isnan(value) else shown)
