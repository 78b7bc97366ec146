"""Sentences from the numbers."""

from __future__ import annotations

from visualizer.compare.measurements import ShiftCurve
from visualizer.compare.sentences import about_shifts, objections
from visualizer.core.trained import Trained
from visualizer.data.shift import axes

WHOLE = Trained(5, 5, "MNIST")


def flat(in_place: float, moved: float) -> ShiftCurve:
    return ShiftCurve(tuple(in_place if place == (0, 0) else moved for place in axes()))


def test_the_books_objections_are_told_in_its_numbers() -> None:
    said = objections()
    for number in ("7 × 7", "18 × 18", "30,976", "15,860,224"):
        assert number in said


def test_the_best_and_the_least_are_named_with_their_shares() -> None:
    curves = {"book": flat(0.99, 0.6), "dense": flat(0.97, 0.3), "strided": flat(0.98, 0.5)}
    assert about_shifts(curves, "all 100 digits", dict.fromkeys(curves, WHOLE)) == (
        "Moved by 4 pixels, on average of the four directions, all 100 digits are still read "
        "right by book: 60.0\u2009% (in place 99.0\u2009%); "
        "least by dense: 30.0\u2009% (in place 97.0\u2009%)."
    )


def test_curves_that_are_not_whole_say_nothing() -> None:
    assert about_shifts({"book": ShiftCurve((0.5,))}, "all digits", {"book": WHOLE}) == ""
    both = {"book": flat(0.9, 0.5), "dense": ShiftCurve((0.5,))}
    assert about_shifts(both, "all", dict.fromkeys(both, WHOLE)) == (
        "Moved by 4 pixels, on average of the four directions, all are still read right by book: "
        "50.0\u2009% (in place: 90.0\u2009%)."
    )
