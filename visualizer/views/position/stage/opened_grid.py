"""OpenedGrid: patch × kernel = products of one input channel, to be read from afar."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import Mask
from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.position.stage.arrangement import HIGHEST
from visualizer.views.position.stage.cells import AIR, LINE, MIDDLE, cell_of, paint_cells
from visualizer.views.widgets.pixels import ColourScale

SIGN, GAP = 14, 3
LARGEST = 28  # pixels of type at zoom 1, where there is room
CELL_HEIGHT = 1.17  # over the smallest font size
WIDEST = 3.5  # greatest width over height of a cell, where a grid stands alone


@dataclass(frozen=True, slots=True, eq=False)
class FactorGrid:
    """A grid of numbers (rows, columns) on its scale, after the sign that stands before it.

    Attributes
    ----------
    places : int or None
        Digits after the point; None: as many as the scale needs.
    marked : (rows, columns) bool or None
        Cells to be framed in the palette's colour `mark`.
    """

    sign: str
    values: Array
    scale: ColourScale
    on_map: Mask | None = None
    places: int | None = None
    marked: Mask | None = None
    mark: str = "winner"

    @property
    def digits(self) -> Digits:
        """As many digits as the scale needs; thousandths for products, as on the whole stage."""
        top = max(abs(self.scale.low), abs(self.scale.high))
        usual = digits_for(top)
        if self.places is not None and not usual.power:
            return Digits(self.places, below_one=usual.below_one)
        in_thousandths = self.sign == "=" and not usual.power and top < 0.9995
        return Digits(3) if in_thousandths else usual

    def texts(self, bare: bool) -> list[list[str]]:
        """Return the numbers as texts; padding is 0."""
        known = np.ones(self.values.shape, bool) if self.on_map is None else self.on_map
        values = np.where(known, self.values, np.float32(0)).tolist()
        return [[self.digits.text(value, bare) for value in row] for row in values]


class OpenedGrid(Panel):
    """Grids one below the other, or beside each other, under a title."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._factors: tuple[FactorGrid, ...] = ()
        self._title: tuple[str, ...] = ("",)
        self.across = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_factors(self, title: tuple[str, ...], *factors: FactorGrid) -> None:
        """Show grids of one shape under the longest form of the title that fits."""
        self._title, self._factors = title, factors
        self.setAccessibleName(title[0])
        self.updateGeometry()
        self.update()

    def show_across(self, across: bool) -> None:
        """Place the grids beside each other, or one below the other."""
        self.across = across
        self.updateGeometry()
        self.update()

    @property
    def _rows(self) -> int:
        return 1 if self.across else max(len(self._factors), 1)

    @property
    def _head(self) -> int:
        return round(self.theme.px(FONT_SIZES["caption"]) * 1.3) if self._title[0] else 0

    @property
    def _sign(self) -> int:
        """The width before a grid, for its sign."""
        pixels = self.theme.px(FONT_SIZES["explained"])
        return max(self.theme.px(SIGN), ceil(max(text_width(sign, pixels) for sign in "×=")))

    def sizeHint(self) -> QSize:
        cells = self._factors[0].values.shape[0] if self._factors else 3
        cell = self.theme.px(FONT_SIZES["explained"]) * CELL_HEIGHT
        gaps = self.theme.px(GAP) * (self._rows - 1)
        return QSize(self.theme.px(120), round(self._head + self._rows * cells * cell + gaps))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(60))

    def places(self) -> list[QRectF]:
        """Return where each grid lies."""
        many, sign, gap = len(self._factors), self._sign, self.theme.px(GAP)
        columns = many if self.across else 1
        signs = sign if not self.across and many > 1 else 0
        width = (self.width() - 2 - sign * (columns - 1) - signs) / columns
        height = (self.height() - 2 - self._head - gap * (self._rows - 1)) / self._rows
        if self.across or many == 1:
            rows, across = self._factors[0].values.shape
            cell_width, cell_height = width / across, height / rows
            width = min(cell_width, cell_height * WIDEST) * across
            height = min(cell_height, cell_width * (1 if self.across else HIGHEST)) * rows
        made = []
        for at in range(many):
            left = 1 + signs + (at * (width + sign) if self.across else 0)
            top = 1 + self._head + (0 if self.across else at * (height + gap))
            made.append(QRectF(left, top, width, height))
        spare = self.height() - made[-1].bottom() - 1 if self.across else 0.0
        return [place.translated(0, spare / 2) for place in made]

    @property
    def form(self) -> tuple[int, bool] | None:
        """Font size of the numbers, and whether .04 stands for 0.04; None: colours alone."""
        least = self.theme.px(FONT_SIZES["explained"])
        room = self.places()[0]
        rows, columns = self._factors[0].values.shape
        for bare in (False, True):
            texts = {t for f in self._factors for row in f.texts(bare) for t in row}
            for pixels in range(self.theme.px(LARGEST), least - 1, -1):
                wide = max(text_width(text, pixels) for text in texts)
                tight = CELL_HEIGHT if pixels == least else LINE
                if (
                    wide + AIR <= room.width() / columns
                    and pixels * tight <= room.height() / rows + 0.5
                ):
                    return pixels, bare
        return None

    def paintEvent(self, event: object) -> None:
        if not self._factors:
            return
        painter = QPainter(self)
        self._paint_title(painter)
        form = self.form
        for factor, place in zip(self._factors, self.places(), strict=True):
            texts = None if form is None else factor.texts(form[1])
            pixels = 0 if form is None else form[0]
            paint_cells(
                painter,
                self.theme,
                place,
                factor.values,
                factor.scale,
                texts,
                pixels,
                on_map=factor.on_map,
                bold=True,
            )
            self._paint_marks(painter, factor, place)
            if factor.sign:
                sign = self._sign
                painter.setFont(self.theme.font("explained"))
                painter.setPen(self.theme.color("ink"))
                before = QRectF(place.left() - sign, place.top(), sign, place.height())
                painter.drawText(before, MIDDLE, factor.sign)

    def _paint_marks(self, painter: QPainter, factor: FactorGrid, place: QRectF) -> None:
        if factor.marked is None:
            return
        line = self.theme.line_width
        pen = QPen(self.theme.color(factor.mark), line)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row, column in np.argwhere(factor.marked).tolist():
            cell = cell_of(place, factor.values.shape, row, column)
            inner = min(line / 2, cell.width() / 4)
            painter.drawRect(cell.adjusted(inner, inner, -inner, -inner))

    def _paint_title(self, painter: QPainter) -> None:
        pixels = self.theme.px(FONT_SIZES["caption"])
        fits = [t for t in self._title if text_width(t, pixels, True) <= self.width()]
        if fits and self._head:
            painter.setFont(self.theme.font("caption", bold=True))
            painter.setPen(self.theme.color("selection"))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            top = self.places()[0].top() - 1 - self._head
            painter.drawText(QRectF(0, top, self.width(), self._head), left, fits[0])
