"""Gradient flow in sentences."""

from __future__ import annotations

import pytest

from visualizer.core.flow import Diagnosis, LayerFlow
from visualizer.text.flow import diagnosis_sentence, flow_sentence


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Diagnosis("dead", ("conv2d_2",), shut=True, below=("conv2d_1",)),
            "conv2d_2 is dead: its gradient is exactly 0, so it learns nothing. All its units are "
            "shut for every digit of these batches. Nothing gets through it to conv2d_1. A lower "
            "learning rate, or another seed, may help.",
        ),
        (
            Diagnosis("dead", ("conv2d_1",)),
            "conv2d_1 is dead: its gradient is exactly 0, so it learns nothing. A lower learning "
            "rate, or another seed, may help.",
        ),
        (
            Diagnosis("exploding", ("conv2d_2", "dense_1"), 0.314),
            "conv2d_2 and dense_1 explode: each of the last 10 batches measured changed their "
            "weights by more than 0.1 of their size, the last by up to 0.31. A lower learning rate "
            "may help.",
        ),
        (
            Diagnosis("exploding", ("dense_1",), 2.04),
            "dense_1 explodes: each of the last 10 batches measured changed its weights by more "
            "than 0.1 of their size, the last by 2.0. A lower learning rate may help.",
        ),
        (
            Diagnosis("broken", ("dense_1",)),
            "dense_1 explodes: its gradient or its change is no finite number. A lower learning "
            "rate may help.",
        ),
        (
            Diagnosis("broken", ("dense_1", "dense_2")),
            "dense_1 and dense_2 explode: their gradient or their change is no finite number. A "
            "lower learning rate may help.",
        ),
        (
            Diagnosis("vanishing", ("conv2d_1",), 3.21e-8, beside=("dense_2", 0.0044)),
            "conv2d_1 hardly learns: a batch changes its weights by 3.2 · 10⁻⁸ of their size, "
            "those of dense_2 by 0.0044.",
        ),
        (
            Diagnosis("certain", ("dense_1", "dense_2")),
            "Every gradient is exactly 0: the network is certain of every digit of these batches, "
            "and right, so there is nothing left to learn from them.",
        ),
    ],
)
def test_what_is_wrong_is_said(found: Diagnosis, said: str) -> None:
    assert diagnosis_sentence(found) == said


def test_what_a_batch_changed_is_said() -> None:
    names = ("conv2d_1", "dense_1", "dense_2")
    measured = LayerFlow(1240, (1.0, 1.0, 1.0), (0.0042, 0.0161, 0.01))
    assert flow_sentence(measured, names) == (
        "Batch 1,240 changed the weights by 0.0042 (conv2d_1) to 0.016 (dense_1) of their size."
    )
    alone = LayerFlow(3, (1.0,), (0.0,))
    assert flow_sentence(alone, ("dense_1",)) == "Batch 3 changed the weights by 0 of their size."
