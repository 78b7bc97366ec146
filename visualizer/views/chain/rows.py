"""Rows: how large the type under the maps is, which rows there are, and which form each text has.

Every column has the same rows, so that alike numbers stand side by side. What has no room gives
way in this order: the type, down to the last of `SIZES`; words that have a shorter form; the
factors, which then stand below each other; the rank; the sums; the place. A number is never cut: at
last it becomes smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visualizer.views.base.theme import FONT_SIZES, Theme, text_width
from visualizer.views.chain.texts import ColumnText

SIZES = (18.0, 16.0, 14.0, 13.0, 12.0, 11.5, 11.0, 10.5)  # of the type, at zoom 1
LEAST_PIXELS = 12
FEET = tuple(range(30, 17, -1))  # of the numbers at the foot
LINE = 1.24  # least height of a line over its font size
SPREAD = (1.5, 1.44, 1.38, 1.32, 1.28)  # where there is room
FOOT_LINE = 1.3
MAPS = 0.36  # least share of the height for the maps
SPARE = 0.46  # their share before lines stand farther apart
SWATCH = 0.9  # room of a colour beside a number, over the font size
BAR = 8.0  # pixels at zoom 1
SUMS = ("positive", "negative", "bias")
PRODUCT = ("factor", "value", "result")  # the first only where the factors are apart
BEFORE = {"value": 0.1, "bar": 0.15, "rank": 0.15, "out": 0.3}  # free above a row, of a line
ARROW = 0.8  # room for an arrow between two numbers of the foot, over their size
WORDS = {"positive": "for it", "negative": "against", "bias": "bias"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows under the maps.

    Attributes
    ----------
    pixels, foot : int
        Font sizes of the rows and of the numbers at the foot.
    line : float
        Height of a row.
    tops : dict of str → float
        Where each row begins, from the first one's beginning.
    height : float
        Of all rows, without the foot.
    apart : bool
        Whether each factor of a product has a line of its own.
    name_pixels, name_rows : int
        Font size of the names above the maps; and 2 rows where they need the width of two columns.
    """

    pixels: int
    foot: int
    line: float
    tops: dict[str, float]
    height: float
    apart: bool
    name_pixels: int
    name_rows: int

    @property
    def foot_height(self) -> float:
        return self.foot * FOOT_LINE

    @property
    def head(self) -> float:
        """The height of the names."""
        return self.name_rows * self.name_pixels * LINE * 1.1


def rows_for(texts: Sequence[ColumnText], theme: Theme, width: float, height: float) -> Rows:
    """Return the rows for columns of a width in a room of a height, both in pixels."""
    made = _Maker(texts, theme, width, height)
    for size in SIZES:
        rows = made.rows(size, apart=False)
        if made.leaves(rows, MAPS) and made.fits(rows):
            return made.spread(size, apart=False)
    left_out: list[str] = []
    for more in ((), ("rank",), SUMS, ("bar",), ("place",)):
        left_out += more
        if made.leaves(made.rows(SIZES[-1], True, left_out), MAPS):
            break
    return made.spread(SIZES[-1], True, left_out)


class _Maker:
    """Tries rows out."""

    def __init__(
        self, texts: Sequence[ColumnText], theme: Theme, width: float, height: float
    ) -> None:
        self.texts, self.theme, self.width, self.height = texts, theme, width, height
        self.foot = self._foot()

    def rows(
        self, size: float, apart: bool, left_out: Sequence[str] = (), spacing: float = LINE
    ) -> Rows:
        """Return rows of a size and of these forms."""
        pixels = max(self.theme.px(size), LEAST_PIXELS)
        line, tops, top = pixels * spacing, dict[str, float](), 0.0
        for name in ("place", *PRODUCT[0 if apart else 1 :], "bar", "rank", *SUMS, "out"):
            if name not in left_out:
                top += line * BEFORE.get(name, 0.0)
                tops[name] = top
                top += self.theme.px(BAR) if name == "bar" else line
        return Rows(pixels, self.foot, line, tops, top, apart, *self._names(pixels))

    def _names(self, pixels: int) -> tuple[int, int]:
        """Return font size and rows of the names: as large as the numbers, where they fit."""
        caption = self.theme.px(FONT_SIZES["caption"])
        for size in (pixels, caption):
            names = (text_width(short_form(text.name), size, True) for text in self.texts)
            if size >= caption and max(names, default=0.0) <= self.width:
                return size, 1
        return caption, 2

    def spread(self, size: float, apart: bool, left_out: Sequence[str] = ()) -> Rows:
        """Return the rows with lines as far apart as there is room to spare."""
        for spacing in SPREAD:
            rows = self.rows(size, apart, left_out, spacing)
            if self.leaves(rows, SPARE):
                return rows
        return self.rows(size, apart, left_out)

    def _foot(self) -> int:
        """Return the font size of the foot: the largest in which all numbers fit."""
        for size in FEET:
            pixels = self.theme.px(size)
            room = self.width - ARROW * pixels
            if all(text_width(text.foot, pixels, True) <= room for text in self.texts):
                return pixels
        return self.theme.px(FEET[-1])

    def fits(self, rows: Rows) -> bool:
        """Return whether every text fits its column in one of its forms."""
        return all(
            text_width(words, rows.pixels, bold) + beside * rows.pixels <= self.width
            for text in self.texts
            for words, bold, beside in _shortest(text, rows.apart)
        )

    def leaves(self, rows: Rows, share: float) -> bool:
        """Return whether the rows leave a share of the height to the maps."""
        rest = self.height - rows.height - rows.foot_height - rows.head
        return rest >= share * self.height


def short_form(name: str) -> str:
    """Return the short form of a layer's name."""
    return name.replace("average", "avg").replace("pooling", "pool")


def product_lines(text: ColumnText, apart: bool) -> list[str]:
    """Return a product and its result; with `apart`, each factor on a line of its own."""
    if text.product is None:
        return []
    value, weight, result = text.product.value, text.product.weight, text.product.result
    return [value, weight, result] if apart else [f"{value} {weight}", result]


def sum_lines(text: ColumnText) -> dict[str, str]:
    """Return the numbers of a sum by the names of their rows."""
    if text.sum is None:
        return {}
    parts = text.sum.positive, text.sum.negative, text.sum.bias
    return dict(zip(SUMS, parts, strict=True))


def _shortest(text: ColumnText, apart: bool) -> Iterator[tuple[str, bool, float]]:
    """Yield texts in their shortest forms, whether bold, and the room beside, over the type."""
    lines = product_lines(text, apart)
    for at, words in enumerate(lines):
        yield words, at == len(lines) - 1, 0.0
    for figure in sum_lines(text).values():
        yield figure, False, SWATCH
    if text.sum is not None:
        yield text.sum.results[-1], False, 0.0
    if text.pool is not None:
        yield text.pool.words[-1], False, 0.0
    yield text.place[-1], False, 0.0
    yield text.rank[-1], False, 0.0
