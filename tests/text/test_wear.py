"""How far a digit is worn, and where the answer flips, in words."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.parts.wearing import WearCurve
from visualizer.data.wear import WEARS
from visualizer.text.wear import NO_NUMBER, WEAR_WORDS, answer_forms, flip_sentence, worn_words


def flips(wear: str, curve: WearCurve) -> str:
    """The sentence, whose articles stay with their digits."""
    said = flip_sentence(wear, curve)
    assert not any(said.endswith(f" {label}") or f"a {label}" in said for label in range(10))
    return said.replace("\u00a0", " ")


def curve_of(answers: list[int], strengths: tuple[float, ...]) -> WearCurve:
    return WearCurve(strengths, np.eye(10, dtype=np.float32)[answers])


@pytest.mark.parametrize("name", WEARS)
def test_every_strength_of_every_wear_has_words_of_its_own(name: str) -> None:
    assert set(WEAR_WORDS) == set(WEARS)
    strengths, words = WEARS[name].strengths, WEAR_WORDS[name]
    assert worn_words(name, 0) == "as it was"
    for told in (lambda s: worn_words(name, s), words.short):
        assert len({told(s) for s in strengths if s}) == len(strengths) - 1


def test_how_far() -> None:
    assert worn_words("turn", 24) == "turned by 24°"
    assert worn_words("turn", -24) == "turned by \u221224°"
    assert worn_words("noise", 0.34) == "with 34\u2009% noise"
    assert worn_words("blot", 0.5) == "with a blot of 50\u2009%"
    assert worn_words("strokes", -0.8) == "with strokes 0.8 pixels thinner at each side"
    assert worn_words("right", -1) == "moved 1 pixel left"
    assert worn_words("down", 3) == "moved 3 pixels down"


def test_where_the_answer_flips_on_one_side() -> None:
    curve = curve_of([9, 9, 8], (0.0, 0.5, 1.0))
    said = "With a blot of 100\u2009%, it is an 8 for the network: until then a 9."
    assert flips("blot", curve) == said
    curve = curve_of([9, 9, 4], (-3.0, 0.0, 3.0))
    assert flips("turn", curve) == (
        "Turned by 3°, it is a 4 for the network: until then a 9. The other way it stays a 9."
    )
    curve = curve_of([4, 9, 9], (-1.0, 0.0, 1.0))
    assert flips("down", curve) == (
        "Moved 1 pixel up, it is a 4 for the network: until then a 9. The other way it stays a 9."
    )


def test_where_it_flips_on_both_sides() -> None:
    curve = curve_of([7, 9, 4], (-3.0, 0.0, 3.0))
    assert flips("turn", curve) == (
        "Turned by 3°, it is a 4 for the network, and turned by \u22123° a 7: between them a 9."
    )
    curve = curve_of([7, 9, 9, 9, 4], (-3.0, 0.0, 3.0, 6.0, 9.0))  # the nearer one comes first
    assert flips("turn", curve) == (
        "Turned by \u22123°, it is a 7 for the network, and turned by 9° a 4: between them a 9."
    )
    curve = curve_of([4, 9, 4], (-3.0, 0.0, 3.0))
    assert "and turned by \u22123°, too: between them a 9." in flips("turn", curve)


def test_where_it_does_not_flip() -> None:
    curve = curve_of([9, 9, 9], (-3.0, 0.0, 3.0))
    assert flips("turn", curve) == "It stays a 9 at every strength."


def test_no_number_is_no_answer() -> None:
    curve = WearCurve((0.0, 1.0), np.full((2, 10), np.nan, np.float32))
    assert flips("noise", curve) == NO_NUMBER
    assert answer_forms("noise", 1.0, 0, float("nan")) == ("With 100\u2009% noise",)


def test_what_the_worn_digit_is() -> None:
    assert answer_forms("turn", 24, 8, 0.5813) == (
        "Turned by 24°: an 8 with 58.13\u2009%",
        "Turned 24°: an 8 with 58.13\u2009%",
        "an 8 with 58.13\u2009%",
    )
    assert answer_forms("turn", 0, 9, 0.5676)[0] == "As it was: a 9 with 56.76\u2009%"
