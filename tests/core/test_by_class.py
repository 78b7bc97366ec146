"""What a change did to the answers, class by class."""

from __future__ import annotations

import numpy as np

from visualizer.core.by_class import ByClass

LABELS = np.array([0, 0, 1, 1, 1, 1, 2], np.uint8)


def test_right_answers_are_counted_by_class() -> None:
    before = np.array([0, 1, 1, 1, 1, 0, 2], np.uint8)
    after = np.array([0, 0, 1, 0, 0, 0, 2], np.uint8)
    found = ByClass.of(LABELS, before, after, 4)
    assert found.counts.tolist() == [2, 4, 1, 0] and found.digits == 7
    assert found.right_before.tolist() == [1, 3, 1, 0]
    assert found.right_after.tolist() == [2, 1, 1, 0]
    assert found.accuracies == (5 / 7, 4 / 7)
    assert found.accuracies_of(1) == (0.75, 0.25) and found.accuracies_of(3) == (0, 0)
    assert found.changes.tolist() == [0.5, -0.5, 0, 0]
    assert (found.most_lost, found.most_gained) == (1, 0)


def test_where_nothing_changed_no_class_lost() -> None:
    answers = np.array([0, 1, 1, 1, 1, 0, 2], np.uint8)
    found = ByClass.of(LABELS, answers, answers, 3)
    assert (found.most_lost, found.most_gained) == (None, None)
    assert not found.changes.any()
