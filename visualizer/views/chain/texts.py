"""What stands in a column of the chain under its map: the texts of one link, and its bar."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from visualizer.scene.chain import Chain
from visualizer.scene.link import Link
from visualizer.scene.trail import INPUT, Cell
from visualizer.text.chain import (
    PoolText,
    ProductText,
    SumText,
    pool_text,
    product_text,
    rank_forms,
    share_text,
    sum_text,
    value_text,
    way_sentence,
)
from visualizer.text.terms import HIDDEN
from visualizer.views.maps.captions import short_name

SEGMENTS = 6  # terms that can be clicked on a bar
NOTHING = "–"
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its share of all products, its side, and the term where it is one alone.

    Attributes
    ----------
    side : "for" or "against"
    own : bool
        Whether it is the term that the way takes.
    index : int or None
    """

    share: float
    side: str
    own: bool = False
    index: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnText:
    """The texts of a column.

    Attributes
    ----------
    name : str
        The layer's.
    foot : str
        The number of the way.
    place : tuple of str
        The cell's place in its layer, in ever shorter forms.
    product : ProductText or None
        The term that the way takes; at a pixel its ink.
    rank : tuple of str
        Which of the terms it is, in ever shorter forms.
    sum : SumText or None
    pool : PoolText or None
    winners, own : of (row, column)
        The winning cells of a pooling, and the one on the way.
    bar : tuple of Segment
    """

    name: str
    foot: str
    place: tuple[str, ...] = ("",)
    product: ProductText | None = None
    rank: tuple[str, ...] = ("",)
    sum: SumText | None = None
    pool: PoolText | None = None
    winners: frozenset[tuple[int, int]] = frozenset()
    own: tuple[int, int] | None = None
    bar: tuple[Segment, ...] = ()


class Texts:
    """The texts of chains; those of a link are kept while the network's numbers stay."""

    def __init__(self) -> None:
        self._known: dict[tuple[Cell, Cell | None], ColumnText] = {}
        self._trace: object = None

    def of(self, chain: Chain) -> list[ColumnText]:
        """Return the texts of every column."""
        if chain.scene.trace is not self._trace:
            self._known, self._trace = {}, chain.scene.trace
        links, made = chain.links, []
        for at, layer in enumerate(chain.layers):
            name = "digit" if layer == INPUT else chain.scene.network.layers[layer].name
            if at >= len(links):
                unseen = ("no cell sees it", "not seen", NOTHING)
                made.append(ColumnText(name, NOTHING, rank=unseen if at == len(links) else ("",)))
            elif layer == chain.layers[-1] and not chain.shows_answer:
                undrawn = chain.scene.digit.undrawn
                made.append(ColumnText(name, NOTHING if undrawn else HIDDEN))
            else:
                made.append(self._of_link(name, links[at]))
        return _with_question(made, chain)

    def _of_link(self, name: str, link: Link) -> ColumnText:
        key = link.cell, None if link.is_pixel else link.source
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = _text_of(name, link)
        return self._known[key]


def _with_question(texts: list[ColumnText], chain: Chain) -> list[ColumnText]:
    """Return the texts with ? for an asked sum, as far up the way as its number is passed on."""
    scene, made = chain.scene, list(texts)
    if scene.asked != "sum":
        return made
    asked = max(at for at, of in enumerate(chain.layers) if of <= scene.selected.layer)
    for at in range(asked, len(made)):
        one = made[at]
        if one.foot in (NOTHING, HIDDEN):
            break
        if at > asked:
            one = _with_term_asked(one)
        if at > asked and one.pool is None:
            made[at] = one
            break
        total = one.sum and replace(one.sum, results=(HIDDEN,))
        made[at] = replace(one, foot=HIDDEN, sum=total, winners=frozenset(), own=None)
    return made


def _with_term_asked(text: ColumnText) -> ColumnText:
    """Return a text with ? for the term that the way takes."""
    product, pool = text.product, text.pool
    if product is not None:
        product = ProductText(HIDDEN, product.weight, f"= {HIDDEN}")
    if pool is not None and text.own is not None:
        rows = [list(row) for row in pool.values]
        rows[text.own[0]][text.own[1]] = HIDDEN
        pool = replace(pool, values=tuple(map(tuple, rows)))
    return replace(text, product=product, pool=pool)


def _text_of(name: str, link: Link) -> ColumnText:
    foot = foot_text(link)
    place = place_forms(link)
    if link.is_pixel:
        grey = link.scene.digit.pixels[link.cell.row, link.cell.column]
        ink = ProductText(str(grey), "/ 255", f"= {foot}")
        return ColumnText(name, foot, place, ink)
    if link.pool is not None:
        shape = link.pool.window.shape
        row, column = np.unravel_index(link.index, shape)
        winners = frozenset((int(at[0]), int(at[1])) for at in np.argwhere(link.pool.winners))
        own = int(row), int(column)
        return ColumnText(name, foot, place, pool=pool_text(link.pool), winners=winners, own=own)
    if link.sum is None:
        return ColumnText(name, foot, place)
    term = link.term(link.index)
    return ColumnText(
        name,
        foot,
        place,
        product_text(term.value, term.weight, term.product),
        rank_forms(link.rank, link.count),
        sum_text(link.sum, *link.sides),
        bar=bar_of(link),
    )


def foot_text(link: Link) -> str:
    """Write the number of a link: a probability in percent, else as a value."""
    softmax = not link.is_pixel and link.layer.activation_name == "softmax"
    return share_text(link.value) if softmax else value_text(link.value)


def place_forms(link: Link) -> tuple[str, ...]:
    """Return the place of a link's cell in its layer, in ever shorter forms."""
    cell = link.cell
    if link.is_pixel:
        return (f"[{cell.row}, {cell.column}]", f"{cell.row}, {cell.column}")
    if link.layer.is_spatial:
        place = f"[{cell.row}, {cell.column}"
        return f"{place}] map {cell.channel}", f"{place}, {cell.channel}]", f"map {cell.channel}"
    what = "class" if link.layer.activation_name == "softmax" else "unit"
    return f"{what} {cell.channel}", str(cell.channel)


def bar_of(link: Link) -> tuple[Segment, ...]:
    """Return the parts of a sum: its largest terms each, the others for it and against together."""
    positive, negative = link.sides
    whole = positive - negative
    if not (np.isfinite(whole) and whole > 0):
        return ()
    alone = link.leading(SEGMENTS)
    if link.index not in alone:
        alone.append(link.index)
    products = {index: link.term(index).product for index in alone}
    made = []
    for side, total, sign in (("for", positive, 1), ("against", -negative, -1)):
        sizes = {index: sign * p for index, p in products.items() if sign * p > 0}
        for index, size in sizes.items():
            made.append(Segment(size / whole, side, index == link.index, index))
        made.append(Segment(max(total - sum(sizes.values()), 0.0) / whole, side))
    return tuple(made)


def sentence_of(chain: Chain, texts: list[ColumnText]) -> str:
    """Say the way in one sentence; a hidden answer is not said."""
    steps = []
    for text, link in zip(texts, chain.links, strict=False):
        if text.foot not in (HIDDEN, NOTHING):
            steps.append((short_name(chain.scene, link.cell), text.foot))
    return way_sentence(steps)
