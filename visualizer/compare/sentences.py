"""Results of the comparison, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from visualizer.compare.measurements import ShiftCurve
from visualizer.core.network.measures import BOOKS_UNITS, Measures, measures
from visualizer.core.network.networks import named
from visualizer.core.trained import Trained, comparable, not_compared
from visualizer.core.words import listed
from visualizer.text.numbers import percent

FAR = 4  # pixels: at this shift networks differ most
ALIKE = 0.01


def objections() -> str:
    """Give the book's two objections to a convnet without pooling, in numbers."""
    without, book = measures(named("no-max-pool")), measures(named("book"))
    return (
        f"Why pool? Without it (no-max-pool) the last convolution sees {_field(without)} of the "
        f"digit, with it (book) {_field(book)}; and {without.coefficients:,} coefficients instead "
        f"of {book.coefficients:,} would give a Dense({BOOKS_UNITS}) "
        f"{without.dense_parameters:,} parameters instead of {book.dense_parameters:,}."
    )


def _field(of: Measures) -> str:
    assert of.field is not None
    return f"{of.field[0]} × {of.field[1]} pixels"


def about_shifts(curves: Mapping[str, ShiftCurve], of: str, trained: Mapping[str, Trained]) -> str:
    """Say which network reads moved digits best and which worst; empty while no curve is whole.

    Only networks that finished training on the same data set are ranked; the sentence names the
    others.

    Parameters
    ----------
    curves, trained
        By the network's name.
    of : str
        What was moved, in the window's words.
    """
    far = {name: curve.mean_at(FAR) for name, curve in curves.items() if curve.whole}
    known = {name: trained[name] for name in far}
    ranked = sorted(far if len(far) == 1 else comparable(known), key=lambda name: -far[name])
    apart = not_compared(known)
    if len(ranked) < min(len(far), 2) or not far:
        return apart
    return " ".join(filter(None, (_ranking(ranked, far, curves, of), apart)))


def _ranking(
    ranked: Sequence[str], far: Mapping[str, float], curves: Mapping[str, ShiftCurve], of: str
) -> str:
    """Name the best and the worst of networks that may be ranked, best first."""
    best, least = ranked[0], ranked[-1]
    moved = (
        f"Moved by {FAR} pixels, on average of the four directions, {of} are still read right "
        f"by {best}: {_share(far[best])}"
    )
    in_place = {name: curves[name].mean_at(0) for name in (best, least)}
    if len(ranked) == 1:
        return f"{moved} (in place: {_share(in_place[best])})."
    if far[best] - far[least] < ALIKE:
        return f"{moved}; {listed(ranked[1:])} alike."
    return (
        f"{moved} (in place {_share(in_place[best])}); least by {least}: {_share(far[least])} "
        f"(in place {_share(in_place[least])})."
    )


def _share(value: float) -> str:
    return percent(value, 1)
