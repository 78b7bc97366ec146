"""Painting over maps: the number of every cell where numbers fit, names, frames, outlines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.theme import FONT_SIZES, Theme
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import NumberForm, fitting_form, paint_around, paint_texts
from visualizer.views.widgets.pixels import ColourScale, inks, symmetric_top

AIR, LEAST = 6, 16  # pixels at zoom 1 beside a number, and the least width of its cell


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline around cells of one map: its place, palette colour and width."""

    rect: Rect
    channel: int
    color: str
    width: float = 2.0
    fill: float = 0.0


def number_form(theme: Theme, maps: Array, cell: QSizeF) -> NumberForm | None:
    """Return how all numbers are written in cells of this size; None where they do not fit."""
    if cell.width() < theme.px(LEAST):
        return None
    digits, signed = digits_of(maps), bool((maps < 0).any())
    caption, width = theme.px(FONT_SIZES["caption"]), cell.width() - theme.px(AIR)
    return fitting_form(
        (caption,), lambda bare: (digits.widest(signed, bare),), width, cell.height()
    )


def digits_of(maps: Array) -> Digits:
    """Return the digits in which the numbers of maps are written."""
    return digits_for(symmetric_top(maps))


def paint_numbers(
    painter: QPainter,
    theme: Theme,
    form: NumberForm,
    values: tuple[Array, Array, ColourScale],
    mosaic: Mosaic,
    cells: CellLayout,
    visible: QRectF,
) -> None:
    """Write the number of every visible cell.

    Parameters
    ----------
    values : (maps, colored, scale)
        The numbers (h, w, c), the numbers behind the colours, and the scale of the colours.
    """
    maps, colored, scale = values
    digits = digits_of(maps)
    for channel, frame in enumerate(frames(mosaic, cells)):
        if frame.intersects(visible):
            own = CellLayout.filling(frame, (maps.shape[0], maps.shape[1]))
            texts = [
                [
                    digits.text(value, form.bare) if own.cell(y, x).intersects(visible) else ""
                    for x, value in enumerate(line)
                ]
                for y, line in enumerate(maps[:, :, channel].tolist())
            ]
            colors = inks(colored[:, :, channel], scale.low, scale.high, scale.lut)
            paint_texts(painter, theme, own, texts, form.pixels, colors)


def tag_box(theme: Theme, text: str, over: QRectF, inside: QRectF) -> QRectF:
    """Return where a map's name is written: above the map, or below it for want of room."""
    metrics = QFontMetricsF(theme.font("caption", bold=True))
    width, height = metrics.horizontalAdvance(text) + theme.px(10), metrics.height() + theme.px(2)
    top = over.top() - height - theme.px(2)
    if top < inside.top():
        below = over.bottom() + theme.px(2)
        top = below if below + height <= inside.bottom() else inside.top()
    left = min(max(over.left(), inside.left()), inside.right() - width)
    return QRectF(left, top, width, height)


def paint_tag(painter: QPainter, theme: Theme, text: str, over: QRectF, inside: QRectF) -> QRectF:
    """Write a map's name at its `tag_box`; return the box."""
    box = tag_box(theme, text, over, inside)
    painter.setFont(theme.font("caption", bold=True))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("ink", 0.85))
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))
    painter.setPen(theme.color("panel"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def enlarged(
    mosaic: Mosaic, cells: CellLayout, visible: QRectF, least: float, pointed: int | None
) -> dict[int, QRectF]:
    """Return the maps in view that show a name: maps of `least` pixels, and the one pointed at."""
    every = frames(mosaic, cells)
    if mosaic.width * cells.width >= least:
        return {n: at for n, at in enumerate(every) if n == pointed or at.intersects(visible)}
    return {} if pointed is None else {pointed: every[pointed]}


@lru_cache(maxsize=16)
def frames(mosaic: Mosaic, cells: CellLayout) -> list[QRectF]:
    """Return where each map lies."""
    return [cells.on_screen(mosaic.map_rect(n)) for n in range(mosaic.channels)]


@lru_cache(maxsize=16)
def _edges(mosaic: Mosaic, cells: CellLayout) -> list[QRectF]:
    """Return the four edges around each map, a pixel wide: filled four times as fast as stroked."""
    edges = []
    for at in frames(mosaic, cells):
        left, top, width, height = at.left() - 1, at.top() - 1, at.width() + 2, at.height() + 2
        edges += [QRectF(left, top, width, 1), QRectF(left, at.bottom(), width, 1)]
        edges += [QRectF(left, top, 1, height), QRectF(at.right(), top, 1, height)]
    return edges


def paint_frames(painter: QPainter, theme: Theme, mosaic: Mosaic, cells: CellLayout) -> None:
    """Paint a line around every map."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRects(_edges(mosaic, cells))


def paint_outline(
    painter: QPainter, theme: Theme, outline: Outline, mosaic: Mosaic, cells: CellLayout
) -> None:
    """Outline cells of one map; around small cells, so that they stay visible."""
    at = mosaic.map_rect(outline.channel)
    rect = outline.rect
    box = cells.on_screen(
        Rect(at.top + rect.top, at.left + rect.left, at.top + rect.bottom, at.left + rect.right)
    )
    width = outline.width * theme.zoom
    fill = theme.color(outline.color, outline.fill) if outline.fill else None
    paint_around(painter, box, theme.color(outline.color), width, fill)
