"""Gradient flow: which batches are measured, how much is kept, and what is wrong with a layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from visualizer.core.flow import (
    EACH,
    EVERY,
    MOST,
    Diagnosis,
    Flow,
    LayerFlow,
    diagnoses,
    is_measured,
    learning_layers,
)
from visualizer.core.history import History
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.core.network.networks import named

BOOK = named("book")
NAMES = ("conv2d_1", "conv2d_2", "conv2d_3", "dense_1", "dense_2")
WELL = (0.01, 0.01, 0.01, 0.01, 0.01)


def rows(gradients: Sequence[float], ratios: Sequence[float], times: int) -> list[LayerFlow]:
    """The same measurement so many times."""
    return [LayerFlow(step, tuple(gradients), tuple(ratios)) for step in range(1, times + 1)]


def test_each_early_batch_is_measured_then_one_of_several() -> None:
    assert all(is_measured(step) for step in range(1, EACH + 1))
    later = [step for step in range(EACH + 1, 200) if is_measured(step)]
    assert set(np.diff(later)) == {EVERY}
    assert sum(map(is_measured, range(1, 4691))) < 0.07 * 4690


def test_the_layers_that_learn_are_those_with_weights() -> None:
    assert tuple(layer.name for layer in learning_layers(BOOK)) == NAMES


def test_the_measurements_are_bounded_and_stay_spread() -> None:
    flow = Flow()
    for step in filter(is_measured, range(1, 100 * MOST + 1)):
        flow.add(step / 100, LayerFlow(step, (1.0,), (0.5,)))
        assert len(flow) <= MOST and flow[len(flow) - 1].step == step
    epochs = flow.epochs
    apart = np.diff(epochs)[:-1]
    assert len(epochs) > MOST / 4 and apart.min() > 0 and apart.max() < 1.5 * np.median(apart)
    assert flow.gradients.shape == flow.ratios.shape == (len(epochs), 1)


def test_a_moment_counts_what_was_measured_until_then() -> None:
    flow = Flow()
    for step in (1, 2, 3, 8):
        flow.add(step / 10, LayerFlow(step, (1.0,), (0.5,)))
    assert [flow.until(epoch) for epoch in (0.0, 0.1, 0.25, 0.3, 0.79, 2.0)] == [0, 1, 2, 3, 3, 4]
    assert [each.step for each in flow.last(2)] == [3, 8]
    assert [each.step for each in flow.last(2, flow.until(0.3))] == [2, 3]
    assert [each.step for each in flow.last(9, 1)] == [1]


def test_a_history_has_the_flow_of_batches_that_were_measured() -> None:
    history, measured = History(2), LayerFlow(2, WELL, WELL)
    history.add_batch(0.1, 2.3, 0.1)
    history.add_batch(0.2, 2.2, 0.2, measured)
    assert (len(history), len(history.flow)) == (2, 1)
    assert history.flow[0] is measured and history.flow.epochs[0] == np.float32(0.2)


def test_a_network_that_learns_is_well() -> None:
    assert diagnoses(BOOK, []) == ()
    assert diagnoses(BOOK, rows(WELL, WELL, 40)) == ()


@pytest.mark.parametrize(
    ("gradients", "ratios", "enough", "found"),
    [
        # The highest layer of those without a gradient is the one that is shut.
        ((0, 0, 0.1, 0.1, 0.1), WELL, 5, Diagnosis("dead", NAMES[1:2], shut=True, below=NAMES[:1])),
        ((0, 0, 0, 0, 0.1), WELL, 5, Diagnosis("dead", ("dense_1",), shut=True, below=NAMES[:3])),
        ((0, 0.1, 0.1, 0.1, 0.1), WELL, 5, Diagnosis("dead", ("conv2d_1",), shut=True)),
        ((0, 0, 0, 0, 0), WELL, 5, Diagnosis("certain", NAMES)),
        (WELL, (0.01, 0.2, 0.01, 0.3, 0.01), 10, Diagnosis("exploding", (NAMES[1], NAMES[3]), 0.3)),
        (WELL, (0.01, 0.01, 0.1, 0.1, 0.01), 99, None),
        (WELL, (0.01, math.inf, 0.01, 0.01, 0.01), 1, Diagnosis("broken", ("conv2d_2",))),
        ((math.nan, 1, 1, 1, math.inf), WELL, 1, Diagnosis("broken", (NAMES[0], NAMES[4]))),
        (
            WELL, (1e-8, 1e-7, 0.01, 0.02, 0.01), 5,
            Diagnosis("vanishing", NAMES[:2], 1e-7, beside=("dense_1", 0.02)),
        ),
        (WELL, (1e-8, 1e-8, 2e-8, 2e-8, 1e-8), 99, None),  # the rate is small: all hardly change
        (WELL, (2e-6, 0.01, 0.01, 0.01, 0.01), 99, None),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_layer(
    gradients: Sequence[float], ratios: Sequence[float], enough: int, found: Diagnosis | None
) -> None:
    assert diagnoses(BOOK, rows(gradients, ratios, enough - 1)) == ()
    assert diagnoses(BOOK, rows(gradients, ratios, enough)) == (() if found is None else (found,))


def test_one_batch_that_is_well_ends_it() -> None:
    dead = rows((0, 0.1, 0.1, 0.1, 0.1), WELL, 30)
    assert diagnoses(BOOK, dead)
    assert diagnoses(BOOK, [*dead, *rows(WELL, WELL, 1)]) == ()
    assert diagnoses(BOOK, [*dead, *rows(WELL, WELL, 1), *dead[:4]]) == ()
    assert diagnoses(BOOK, [*dead, *rows(WELL, WELL, 1), *dead[:5]])


def test_a_dead_layer_is_not_said_to_vanish_too() -> None:
    ratios = (1e-9, 1e-9, 0.01, 0.01, 0.01)
    found = diagnoses(BOOK, rows((0, 0, 0.1, 0.1, 0.1), ratios, 9))
    assert [each.ill for each in found] == ["dead"]
    both = diagnoses(BOOK, rows((0, 0.1, 0.1, 0.1, 0.1), ratios, 9))
    assert [(each.ill, each.layers) for each in both] == [
        ("dead", ("conv2d_1",)),
        ("vanishing", ("conv2d_2",)),
    ]


def test_only_a_relu_is_said_to_be_shut() -> None:
    layers = (Conv2D(4, activation="linear"), Flatten(), Dense(10, "softmax"))
    network = Network.build("linear", (28, 28, 1), layers)
    found = diagnoses(network, rows((0, 0.1), (0.0, 0.01), 5))
    assert found == (Diagnosis("dead", ("conv2d_1",)),)


def test_measurements_of_another_network_tell_nothing() -> None:
    assert diagnoses(named("dense"), rows((0, 0, 0, 0, 0.1), WELL, 9)) == ()


def test_a_usual_measurement_ends_whatever_would_be_told() -> None:
    rng, seen = np.random.default_rng(0), set[bool]()
    sizes = np.array([0.0, 1e-9, 0.01, 0.2, math.inf, math.nan])
    for _ in range(400):
        likely = rng.dirichlet(np.full(len(sizes), 0.3))
        drawn = rng.choice(sizes, (2, 12, len(NAMES)), p=likely)
        each = zip(*(rows.tolist() for rows in drawn), strict=True)
        measured = [LayerFlow(at, tuple(g), tuple(r)) for at, (g, r) in enumerate(each)]
        told = [each for each in diagnoses(BOOK, measured) if each.ill != "vanishing"]
        seen.add(measured[-1].usual)
        assert not (measured[-1].usual and told), (measured, told)
    assert seen == {True, False}
