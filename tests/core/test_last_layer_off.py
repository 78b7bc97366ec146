"""A class that is switched off in the last layer is gone; what a filter answers to is not cut."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.test_responses import by_class
from visualizer.core.edits import KeepOnly, Rescale, SwitchOff, altered
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.networks import named
from visualizer.core.snapshots import DENSE, MOST
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.scene import Model
from visualizer.text.filters import sentence
from visualizer.training.ablation import Ablations, ablations
from visualizer.training.initial import initial_weights

LAST = "dense_2"
IMAGES = synthetic_digits(train=0, test=60).test


def run(network: Network, weights: dict[str, Array], digit: int) -> Trace:
    return network.forward(IMAGES.pixels[digit][:, :, None] / np.float32(255), weights)


def test_a_class_that_is_off_has_no_probability_and_the_others_share_it(bundled: Model) -> None:
    """Whatever the logits are: with 0 it would be the likeliest where the others are negative."""
    network, weights = bundled.network, dict(bundled.weights)
    weights[f"{LAST}.bias"] = weights[f"{LAST}.bias"] - np.float32(200)  # softmax is the same
    for digit in range(0, 60, 6):
        before = run(network, weights, digit).probabilities
        off = int(before.argmax())
        after = run(network, altered(network, weights, [SwitchOff(LAST, off)]), digit)
        assert after.probabilities[off] == 0
        rest = np.delete(before, off)
        np.testing.assert_allclose(
            np.delete(after.probabilities, off), rest / rest.sum(), rtol=2e-3, atol=1e-6
        )


def test_only_one_class_on_is_certain_and_a_factor_scales_the_logit(bundled: Model) -> None:
    network, weights = bundled.network, dict(bundled.weights)
    only = run(network, altered(network, weights, [KeepOnly(LAST, 4)]), 0)
    assert only.probabilities[4] == 1
    before = run(network, weights, 0).pre_activations[-1]
    half = run(network, altered(network, weights, [Rescale(LAST, 4, 0.5)]), 0).pre_activations[-1]
    np.testing.assert_allclose(half, np.where(np.arange(10) == 4, before / 2, before), rtol=1e-5)
    for edits in (
        [SwitchOff(LAST, 4), Rescale(LAST, 4, 0.0)],
        [Rescale(LAST, 4, 3), SwitchOff(LAST, 4)],
    ):
        assert run(network, altered(network, weights, edits), 0).probabilities[4] == 0
    assert all(np.array_equal(bundled.weights[key], weights[key]) for key in weights)


def test_the_ranking_takes_the_class_out_too(bundled: Model) -> None:
    """Without a class its own digits are wrong, and no other digit becomes it."""
    *_, found = ablations(bundled.network, bundled.weights, IMAGES, LAST)
    assert isinstance(found, Ablations)
    shifted = dict(bundled.weights)
    shifted[f"{LAST}.bias"] = shifted[f"{LAST}.bias"] - np.float32(200)
    *_, same = ablations(bundled.network, shifted, IMAGES, LAST)
    assert isinstance(same, Ablations)
    np.testing.assert_array_equal(found.without, same.without)
    answers = np.array([run(bundled.network, shifted, digit).probabilities for digit in range(60)])
    for label in range(10):
        others = np.where(np.arange(10) == label, -1, answers).argmax(axis=1)
        assert found.without[label] == pytest.approx((others == IMAGES.labels).mean())


def test_a_network_without_training_loses_the_class_too() -> None:
    network = named("dense")
    weights = altered(network, initial_weights(network, 2), [SwitchOff(LAST, 7)])
    network.check_weights(weights)
    assert run(network, weights, 3).probabilities[7] == 0


def test_eight_classes_alike_are_most_classes_and_none_is_left_out_of_a_few() -> None:
    cases = {
        (9.5, 9.6, 9.7, 10, 9.8, 9.9, 9.4, 9.3, 4, 3): "to most classes alike, least to 9.",
        (9.5, 9.6, 9.7, 10, 9.8, 9.9, 9.4, 9.3, 0, 0): "to most classes alike, hardly to 8 and 9.",
        (9.5, 9.6, 9.7, 10, 9.8, 3, 3, 3, 3, 2): "most to 3, 4, 2, 1 and 0, least to 9.",
        (9.5, 9.6, 9.7, 10, 0, 0, 0, 0, 0, 0): "to 3, 2, 1 and 0, hardly to the others.",
    }
    for means, words in cases.items():
        assert sentence(by_class(*means), 0) == f"Answers {words}"


def test_however_long_a_run_is_its_first_batches_stay() -> None:
    from tests.core.test_snapshots import STEPS_PER_EPOCH, a_run

    for epochs in (5, 6, 20, 200):
        steps = [kept.step for kept in a_run(epochs * STEPS_PER_EPOCH)]
        assert steps[: DENSE + 1] == list(range(DENSE + 1)) and len(steps) <= MOST
        assert steps[-1] == epochs * STEPS_PER_EPOCH
