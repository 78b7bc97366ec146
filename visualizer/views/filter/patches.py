"""PatchesView: the patches of digits that a filter answers to, with response and class."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.network.geometry import Lines, Rect
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.responses import Patch
from visualizer.data.dataset import Images
from visualizer.text.numbers import exact
from visualizer.views.base.constants import ENTER
from visualizer.views.base.look import Look
from visualizer.views.filter.section import RowFormat, row_format
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.picture import Picture
from visualizer.views.widgets.pixels import draw_image, paint_gaps, to_image

COLUMNS = 9
WORDS, GAP = 16, 4
LARGEST = 72


class PatchesView(KeyPanel):
    """Rows of nine patches, cut to a cell's receptive field; a click opens the digit there.

    Signals
    -------
    opened : Patch
    """

    opened = Signal(Patch)

    def __init__(self, look: Look, name: str, largest: float = LARGEST) -> None:
        """Make a view; a patch has at most `largest` pixels per side at zoom 1."""
        super().__init__(look)
        self._largest = largest
        self.setAccessibleName(name)
        self._patches: tuple[Patch, ...] = ()
        self._labels: list[int] = []
        self._pictures: list[QImage] = []
        self._cut: list[Array] = []
        self._written: RowFormat | None = None
        self._at = 0

    @property
    def patches(self) -> tuple[Patch, ...]:
        return self._patches

    def show_patches(
        self, network: Network, layer: int, channel: int, images: Images, patches: Sequence[Patch]
    ) -> None:
        """Show `patches` of digits, for one channel of a layer."""
        self._patches = tuple(patches)
        self._labels = [int(images.labels[patch.digit]) for patch in patches]
        self._cut = [cut(network, layer, channel, images, patch) for patch in patches]
        self._at = min(self._at, max(len(patches) - 1, 0))
        self.fit()
        self._draw()

    def apply_theme(self, theme: object) -> None:
        self.fit()
        self._draw()

    def show_at_most(self, largest: float) -> None:
        """Limit the side of a patch, in pixels at zoom 1."""
        if largest != self._largest:
            self._largest = largest
            self.fit()
            self.update()

    def fit(self) -> None:
        """Choose the format of the numbers, and take the height of all rows."""
        room = self._tile_width(self.width()) + 2 * self._gap
        self._written = row_format([patch.value for patch in self._patches], room, self.theme)
        self.setFixedHeight(self._height(self.width()))
        self.updateGeometry()

    def _draw(self) -> None:
        self._pictures = [to_image(pixels, 0, 255, self.theme.digit) for pixels in self._cut]
        self.update()

    # Where things are

    @property
    def _rows(self) -> int:
        return max(math.ceil(len(self._patches) / COLUMNS), 1)

    def _tile_width(self, width: float) -> float:
        return min((width - (COLUMNS - 1) * self._gap) / COLUMNS, self.theme.px(self._largest))

    @property
    def _gap(self) -> int:
        return self.theme.px(GAP)

    def _row_height(self, width: float) -> float:
        return self._tile_width(width) + 2 * self.theme.px(WORDS) + self._gap

    def sizeHint(self) -> QSize:
        width = self.theme.px(360)
        return QSize(width, self._height(self.width() or width))

    def _height(self, width: float) -> int:
        unit = self.theme.px(WORDS) if self._unit else 0
        return round(self._row_height(width) * self._rows) + unit

    @property
    def _unit(self) -> str:
        return self._written.unit if self._written else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.fit()

    def tile(self, at: int) -> QRectF:
        """Return where a patch lies, without its text."""
        row, column = divmod(at, COLUMNS)
        side = self._tile_width(self.width())
        left = column * (side + self._gap)
        return QRectF(left, row * self._row_height(self.width()), side, side)

    def patch_at(self, point: QPointF) -> int | None:
        words = 2 * self.theme.px(WORDS)
        for at in range(len(self._patches)):
            if self.tile(at).adjusted(0, 0, 0, words).contains(point):
                return at
        return None

    # Painting

    def paintEvent(self, event: object) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setFont(theme.font("caption"))
        middle, words = Qt.AlignmentFlag.AlignCenter, theme.px(WORDS)
        for at, (patch, picture) in enumerate(zip(self._patches, self._pictures, strict=True)):
            tile = self.tile(at)
            paint_gaps(painter, theme, tile)
            draw_image(painter, tile.adjusted(1, 1, -1, -1), picture)
            chosen = self.shows_focus and at == self._at
            painter.setPen(
                QPen(theme.color("accent"), theme.line_width)
                if chosen
                else QPen(theme.color("line"), 1)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(tile.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(theme.color("ink"))
            below = QRectF(
                tile.left() - self._gap, tile.bottom(), tile.width() + 2 * self._gap, words
            )
            if self._written is not None:
                painter.drawText(below, middle, self._written.text(patch.value))
            painter.setPen(theme.color("soft_ink"))
            painter.drawText(below.translated(0, words), middle, f"a {self._labels[at]}")
        if self._unit:
            row = QRectF(0, self.height() - words, self.width(), words)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, f"responses {self._unit}")

    def picture_at(self, point: QPoint) -> Picture | None:
        """Return the patch at a point, with its response and class."""
        at = self.patch_at(QPointF(point))
        if at is None:
            return None
        box = self.tile(at).adjusted(-self._gap, 0, self._gap, 2 * self.theme.px(WORDS))
        part = box.toAlignedRect().intersected(self.rect())
        return Picture(f"patch of test digit {self._patches[at].digit}", self, part)

    # The pointer and the keys

    def tip_at(self, point: QPointF) -> str:
        at = self.patch_at(point)
        if at is None:
            return ""
        patch = self._patches[at]
        place = f"[{patch.row}, {patch.column}]"
        return f"test digit {patch.digit}, a {self._labels[at]}, at {place}: {exact(patch.value)}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.patch_at(event.position())
        if at is not None:
            self._at = at
            self.opened.emit(self._patches[at])

    def takes_enter(self) -> bool:
        return True

    def press_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -COLUMNS,
            Qt.Key.Key_Down: COLUMNS,
        }
        key = Qt.Key(event.key())
        if key in ENTER and self._patches:
            self.opened.emit(self._patches[self._at])
        elif key in steps and 0 <= self._at + steps[key] < len(self._patches):
            self._at += steps[key]
            self.update()
        else:
            return False
        return True


def cut(network: Network, layer: int, channel: int, images: Images, patch: Patch) -> Array:
    """Return the pixels (h, w) that a patch's cell sees; NaN in gaps, 0 off the image."""
    pixels = images.pixels[patch.digit]
    seen, whole = _whole_field(network, layer, patch.row, patch.column, channel)
    piece = np.zeros((whole.height, whole.width), np.float32)
    box = seen.box
    top, left = box.top - whole.top, box.left - whole.left
    piece[top : top + box.height, left : left + box.width] = np.nan
    rows, columns = np.array(seen.rows, np.intp), np.array(seen.columns, np.intp)
    shown = np.ix_(rows - whole.top, columns - whole.left)
    piece[shown] = pixels[np.ix_(rows, columns)]
    return piece


def _whole_field(
    network: Network, layer: int, row: int, column: int, channel: int
) -> tuple[Lines, Rect]:
    """Return what a cell sees of the image, and its whole field, parts off the image included."""
    source = network.layers[layer].source(channel)
    if source is not None:
        cell = Rect.cell(*source[:2])
        return _whole_field(network, layer - 1, *source) if layer else (Lines.within(cell), cell)
    field = network.receptive_field(layer)
    if field is None:
        whole = Rect.whole(*network.input_shape[:2])
        return Lines.within(whole), whole
    seen = network.lines(layer, row, column, channel)[0]
    top = field.start[0] + row * field.jump[0]
    left = field.start[1] + column * field.jump[1]
    return seen, Rect(top, left, top + field.size[0], left + field.size[1])
