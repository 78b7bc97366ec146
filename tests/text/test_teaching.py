"""One step of learning in sentences."""

from __future__ import annotations

import numpy as np

from visualizer.core.by_class import ByClass
from visualizer.core.gradient_step import GradientStep
from visualizer.text.numbers import THIN_SPACE
from visualizer.text.teaching import class_words, effect_sentence, taught_sentence


def plain(text: str) -> str:
    return text.replace(THIN_SPACE, " ")


def effect(before: list[int], after: list[int]) -> ByClass:
    return ByClass(np.array([1000, 500, 500]), np.array(before), np.array(after))


def test_what_the_digit_has_become_is_said() -> None:
    step = GradientStep("test digit 740", bytes(784), 4, 0.01)
    said = plain(taught_sentence(step, (0.431, 0.6103)))
    assert said == "Taught: test digit 740 as a 4, 43.10 % → 61.03 %."


def test_what_became_of_the_others_is_said() -> None:
    found = effect([990, 490, 450], [980, 440, 460])
    assert plain(effect_sentence(found)) == (
        "Test accuracy 96.50 % → 94.00 % (2,000 digits); most lost: 1, 98.00 % → 88.00 %; "
        "most gained: 2, 90.00 % → 92.00 %."
    )
    assert plain(class_words(found, 1)) == "1: 98.00 % → 88.00 % of 500 digits"


def test_where_no_class_lost_or_gained_none_is_named() -> None:
    same = effect([990, 490, 450], [990, 490, 450])
    assert plain(effect_sentence(same)) == (
        "Test accuracy 96.50 % → 96.50 % (2,000 digits); no class changed."
    )
    assert "most gained" not in effect_sentence(effect([990, 490, 450], [990, 480, 450]))
    assert "most lost" not in effect_sentence(effect([990, 490, 450], [990, 495, 450]))
