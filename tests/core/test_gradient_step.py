"""One step of gradient descent on one digit, as an edit; torch's SGD is the judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.edits import Edit, KeepOnly, Rescale, SwitchOff, altered, edit_of
from visualizer.core.gradient_step import GradientStep, stepped
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.terms import OUT
from visualizer.training.initial import initial_weights
from visualizer.training.torch_network import TorchNetwork

NUMBERS = np.random.default_rng(5)
PIXELS = NUMBERS.integers(0, 256, (28, 28), dtype=np.uint8)
STEP = GradientStep("test digit 7", PIXELS.tobytes(), 4, 0.01)


def by_torch(network: Network, weights: dict[str, Array], steps: Sequence[GradientStep]) -> dict:
    """The weights after steps of torch's own SGD."""
    model = TorchNetwork(network, weights)
    for step in steps:
        optimizer = torch.optim.SGD(model.chain.parameters(), lr=step.rate)
        model.gradients.zero_()
        pixels = np.frombuffer(step.pixels, np.uint8).reshape(1, 28, 28).copy()
        logits = model.logits(torch.from_numpy(pixels))
        F.cross_entropy(logits, torch.tensor([step.label])).backward()
        optimizer.step()
    return model.weights()


def assert_alike(ours: dict[str, Array], theirs: dict[str, Array], before: dict) -> None:
    """Each tensor has moved as torch's has, to 1e-4 of the largest move."""
    for key, expected in theirs.items():
        moved = np.abs(expected - before[key]).max()
        np.testing.assert_allclose(ours[key], expected, rtol=1e-6, atol=1e-4 * moved + 1e-9)
        assert ours[key].dtype == np.float32 and ours[key].shape == expected.shape


@pytest.mark.parametrize("name", NETWORKS)
def test_it_is_a_step_of_torchs_sgd(name: str) -> None:
    network, weights = named(name), initial_weights(named(name), 1)
    kept = {key: array.copy() for key, array in weights.items()}
    for rate in (0.001, 0.01, 0.5):
        step = replace(STEP, rate=rate)
        ours = altered(network, weights, [step])
        assert_alike(ours, by_torch(network, weights, [step]), weights)
        assert any((ours[key] != weights[key]).any() for key in ours)
    for key, array in kept.items():
        np.testing.assert_array_equal(weights[key], array)


def test_the_next_step_begins_where_the_last_ended() -> None:
    network, weights = named("book"), initial_weights(named("book"), 1)
    steps = [STEP, replace(STEP, label=7), STEP]
    ours = altered(network, weights, steps)
    assert_alike(ours, by_torch(network, weights, steps), weights)
    one_by_one = weights
    for step in steps:
        one_by_one = altered(network, one_by_one, [step])
    for key, array in ours.items():
        np.testing.assert_array_equal(array, one_by_one[key])


def test_it_learns_in_the_network_as_it_was_altered_before() -> None:
    network, weights = named("book"), initial_weights(named("book"), 1)
    edits: list[Edit] = [SwitchOff("conv2d_2", 3), Rescale("conv2d_1", 5, 0.5)]
    before = altered(network, weights, edits)
    ours = altered(network, weights, [*edits, STEP])
    assert_alike(ours, by_torch(network, before, [STEP]), before)


def test_a_class_out_of_the_softmax_stays_out() -> None:
    network, weights = named("book"), initial_weights(named("book"), 1)
    last = network.layers[-1].name
    for edits in (
        [SwitchOff(last, 2), STEP],
        [KeepOnly(last, 4), STEP],
        [STEP, SwitchOff(last, 4)],
    ):
        after = altered(network, weights, edits)
        out = after[f"{last}.bias"] == OUT
        assert out.sum() == (9 if isinstance(edits[0], KeepOnly) else 1)
        trace = network.forward(STEP.image(network), after)
        assert not trace.probabilities[out].any()
        assert not after[f"{last}.kernel"][:, out].any()


def test_the_digits_loss_falls() -> None:
    network, weights = named("book"), initial_weights(named("book"), 1)
    image = STEP.image(network)
    before = network.forward(image, weights).probabilities[4]
    assert network.forward(image, altered(network, weights, [STEP])).probabilities[4] > before


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (replace(STEP, label=10), "there is no class 10: there are 0 to 9"),
        (replace(STEP, label=-1), "there is no class -1: there are 0 to 9"),
        (replace(STEP, rate=0.0), "a learning rate is above 0 and at most 10, not 0"),
        (replace(STEP, rate=-0.1), "a learning rate is above 0 and at most 10, not -0.1"),
        (replace(STEP, rate=float("nan")), "not nan"),
        (replace(STEP, rate=float("inf")), "not inf"),
        (replace(STEP, rate=11.0), "not 11"),
        (replace(STEP, pixels=b"123"), "test digit 7 is not of 28 × 28 pixels"),
    ],
)
def test_what_cannot_be_is_refused(step: GradientStep, said: str) -> None:
    network, weights = named("dense"), initial_weights(named("dense"), 1)
    with pytest.raises(ValueError, match=said):
        altered(network, weights, [step])
    with pytest.raises(ValueError, match=said):
        stepped(network, weights, step)


def test_it_is_written_in_words_that_are_no_line_of_a_talk() -> None:
    assert str(STEP) == "a gradient step on test digit 7 as a 4, rate 0.01"
    assert str(replace(STEP, label=8)) == "a gradient step on test digit 7 as an 8, rate 0.01"
    assert "x00" not in repr(STEP) and "pixels" not in repr(STEP)
    with pytest.raises(ValueError, match="is no edit"):
        edit_of(str(STEP))


def test_equal_steps_are_one_value() -> None:
    assert replace(STEP) == STEP and hash(replace(STEP)) == hash(STEP)
    assert replace(STEP, pixels=bytes(784)) != STEP
