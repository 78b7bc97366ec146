"""LayerWords: name, shape and parameters of every column, in a size in which they all fit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from visualizer.core.network.network import Network
from visualizer.scene.trail import INPUT
from visualizer.text.numbers import count
from visualizer.views.base.theme import FONT_SIZES, Theme, font_of, longest_fitting, text_width
from visualizer.views.chain.paint import MIDDLE, write
from visualizer.views.chain.rows import short_form
from visualizer.views.maps.layer_card import fitted, parameters_text, shape_text

SIZES = (15.0, 14.0, 13.0, 12.0, 11.2, 10.5)  # of the type, at zoom 1
LEAST = 12  # pixels
LINE = 1.3  # height of a line over its font size
FULL = 0.94  # of a column's width, so that words do not touch


def forms_of(network: Network, layer: int, hidden: bool = False) -> list[tuple[str, ...]]:
    """Return the lines under a layer's maps in ever shorter forms; with ? for `hidden` shapes.

    A layer that only copies has no column; its line stands with the layer that it copies.
    """
    own = str(network.input_shape) if layer == INPUT else shape_text(network.layers[layer], hidden)
    lines: list[tuple[str, ...]] = [(own, own.replace(" ", ""))]
    if layer != INPUT:
        number = parameters_text(network.layers[layer])
        lines.append((f"{number} parameters", number) if number != "\u2013" else (number,))
    else:
        lines.append(("",))
    above = layer + 1
    last = len(network.layers) - 1
    while above < last and network.layers[above].source(0) is not None:
        copied = shape_text(network.layers[above], hidden)
        lines.append((f"{network.layers[above].name} {copied}", f"\u2192 {copied}"))
        above += 1
    return lines


@dataclass(frozen=True, slots=True)
class LayerWords:
    """The words of the columns, and the room that they take.

    Attributes
    ----------
    names : tuple of str
    lines : tuple of tuple of str
        What stands under each column's maps.
    pixels, name_pixels : int
        Font sizes.
    staggered, names_staggered : bool
        Whether every other column's words stand lower, so that they may be two columns wide.
    """

    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    pixels: int
    name_pixels: int
    staggered: bool
    names_staggered: bool

    @classmethod
    def fitting(
        cls,
        network: Network,
        layers: tuple[int, ...],
        theme: Theme,
        width: float,
        hidden: bool = False,
    ) -> LayerWords:
        """Choose size and arrangement for columns of a width; shapes may be `hidden`."""
        names = tuple("digit" if at == INPUT else network.layers[at].name for at in layers)
        short, room = [short_form(name) for name in names], FULL * width
        sizes = [max(theme.px(size), LEAST) for size in SIZES]
        caption = max(theme.px(FONT_SIZES["caption"]), LEAST)
        in_one_row = [size for size in sizes if _all_fit(short, size, room, bold=True)]
        named = max([caption, *in_one_row])
        forms = [forms_of(network, at, hidden) for at in layers]
        shortest = [each[-1] for column in forms for each in column]
        sizes = [size for size in sizes if size <= named]
        fitting = [size for size in sizes if _all_fit(shortest, size, room)]
        staggered = not fitting
        if staggered:
            room *= 2
            fitting = [size for size in sizes if _all_fit(shortest, size, room)]
        pixels = max(fitting, default=sizes[-1])
        two_rows = caption not in in_one_row
        return cls(names, _alike(forms, pixels, room), pixels, named, staggered, two_rows)

    @property
    def head(self) -> float:
        """The height of the names."""
        return self.name_pixels * LINE * (2 if self.names_staggered else 1)

    @property
    def foot(self) -> float:
        """The height of the lines under the maps, that of the maps without room among them."""
        return self.pixels * LINE * (1 + self._most * (2 if self.staggered else 1))

    @property
    def _most(self) -> int:
        return max(len(each) for each in self.lines)

    def paint(
        self, painter: QPainter, theme: Theme, at: int, room: QRectF, more: int, selected: bool
    ) -> None:
        """Write the words of a column above and below its maps' room.

        Parameters
        ----------
        more : int
            Number of maps that have no room.
        """
        edges, odd = QRectF(painter.viewport()), at % 2
        height, line = self.name_pixels * LINE, self.pixels * LINE
        wide = room.width() * (2.0 if self.names_staggered else FULL)
        name, font = fitted(self.names[at], font_of(self.name_pixels, selected), wide)
        top = height if odd and self.names_staggered else 0.0
        painter.setFont(font)
        painter.setPen(theme.color("selection" if selected else "ink"))
        width = QFontMetricsF(font).horizontalAdvance(name) + 2
        painter.drawText(_held(room, width, top, height, edges), MIDDLE, name)
        if more:
            forms = (f"+ {count(more)} more", f"+ {count(more)}")
            words = longest_fitting(forms, self.pixels, room.width()) or forms[-1]
            box = QRectF(room.left(), room.bottom(), room.width(), line)
            write(painter, theme, words, box, self.pixels, "soft_ink")
        top = room.bottom() + line * (1 + (self._most if self.staggered and odd else 0))
        wide = room.width() * (2.0 if self.staggered else 1.0)
        for row, words in enumerate(self.lines[at]):
            width = min(text_width(words, self.pixels) + 2, wide)
            box = _held(room, width, top + row * line, line, edges)
            write(painter, theme, words, box, self.pixels, "soft_ink" if row else "ink")


def _all_fit(words: list[str], pixels: int, width: float, bold: bool = False) -> bool:
    return all(text_width(each, pixels, bold) <= width for each in words)


def _alike(
    forms: list[list[tuple[str, ...]]], pixels: int, width: float
) -> tuple[tuple[str, ...], ...]:
    """Return every column's lines; what stands in a row has the same form in all of them."""
    rows = []
    for row in range(max(map(len, forms))):
        each = [column[row] if row < len(column) else ("",) for column in forms]
        for form in range(max(map(len, each))):
            words = [of[min(form, len(of) - 1)] for of in each]
            if _all_fit(words, pixels, width):
                break
        rows.append(words)
    return tuple(zip(*rows, strict=True))


def _held(room: QRectF, width: float, top: float, height: float, edges: QRectF) -> QRectF:
    """Return a box of a width in the middle of a column, moved from the edges."""
    left = min(max(room.center().x() - width / 2, edges.left()), edges.right() - width)
    return QRectF(left, top, width, height)
