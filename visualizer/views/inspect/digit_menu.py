"""The entries of the Digit menu: which digit is shown, and what is hidden of its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from visualizer.session.choices import DigitShown
from visualizer.session.session import Session
from visualizer.views.input.gallery import Gallery
from visualizer.views.page import Action


def digit_actions(
    session: Session, gallery: Gallery, draw: Callable[[bool], None], teach: Callable[[], None]
) -> Sequence[Action]:
    """Return what the Digit menu offers, in its order.

    `draw` begins to draw, or ends it; `teach` shows where a digit is taught.
    """
    viewer, digit = session.viewer, session.digit_shown
    in_digit = partial(Action, menu="&Digit")
    return (
        in_digit("&Next", session.next_digit, keys=("N",), explain="the next digit"),
        in_digit("&Previous", session.previous_digit, keys=("P",), explain="the digit before"),
        in_digit(
            "&Random",
            session.random_digit,
            keys=("R",),
            explain="a random digit",
            button=gallery.random,
        ),
        in_digit(
            "Next &misclassified",
            session.next_misclassified,
            keys=("M",),
            explain="the next digit that the network gets wrong",
            button=gallery.wrong,
        ),
        in_digit(
            "&Draw",
            draw,
            keys=("D",),
            explain="draw a digit; again: back to the picked one",
            checked=lambda: viewer.scene.digit.drawn,
            separated=True,
        ),
        in_digit("&Teach it this one", teach),
        in_digit(
            "Pre&dict, then reveal",
            viewer.predict,
            keys=("Shift+A",),
            explain="hide the answers, so that they can be guessed; or show them again",
            checked=lambda: viewer.scene.predicts,
            separated=True,
        ),
        in_digit(
            "N&umbers in the pixels",
            lambda on: digit.show(DigitShown(numbers=on)),
            keys=("V",),
            explain="on the stage of the digit alone, the numbers in its pixels",
            checked=lambda: digit.now.numbers,
            separated=True,
        ),
    )
