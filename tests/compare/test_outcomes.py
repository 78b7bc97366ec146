"""Digits sorted by which of two networks reads them right."""

from __future__ import annotations

import numpy as np

from visualizer.compare.outcomes import outcomes


def test_every_digit_is_in_the_one_group_that_its_answers_say() -> None:
    numbers = np.random.default_rng(0)
    labels, first, second = (numbers.integers(0, 3, 500, np.uint8) for _ in range(3))
    found = outcomes(labels, first, second)
    for at in range(500):
        one, other = first[at] == labels[at], second[at] == labels[at]
        group = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[one, other]
        assert [at in indices for indices in found.groups] == [n == group for n in range(4)]
