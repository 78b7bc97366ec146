"""An edit of a filter's output, written as weights, is that edit and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from visualizer.core.edits import (
    Edit,
    KeepOnly,
    Rescale,
    SetKernel,
    SwitchOff,
    altered,
    edit_of,
)
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.network.networks import named

RNG = np.random.default_rng(8)


def weights_of(network: Network) -> dict[str, Array]:
    return {
        key: RNG.normal(0, 0.2, shape).astype(np.float32)
        for key, shape in network.parameters.items()
    }


def outputs(network: Network, weights: dict[str, Array], name: str) -> Array:
    """What the layer gives; of the last, its logits."""
    trace = network.forward(np.random.default_rng(1).random((28, 28, 1), np.float32), weights)
    at = network.index(name)
    last = at == len(network.layers) - 1
    return (trace.pre_activations if last else trace.outputs)[at]


CASES: list[tuple[Callable[[str], Edit], Callable[[Array], Array]]] = [
    (lambda name: SwitchOff(name, 3), lambda out: out * (np.arange(out.shape[-1]) != 3)),
    (lambda name: KeepOnly(name, 3), lambda out: out * (np.arange(out.shape[-1]) == 3)),
    (
        lambda name: Rescale(name, 3, 2.0),
        lambda out: out * np.where(np.arange(out.shape[-1]) == 3, 2, 1),
    ),
    (lambda name: Rescale(name, 3, 0.0), lambda out: out * (np.arange(out.shape[-1]) != 3)),
]


@pytest.mark.parametrize(
    ("network", "layer"),
    [
        ("book", "conv2d_1"),
        ("book", "maxpooling2d_1"),
        ("book", "conv2d_3"),
        ("book", "dense_1"),
        ("average-pool", "averagepooling2d_2"),
        ("same-padding", "maxpooling2d_2"),
    ],
)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_the_layers_output_is_edited(network: str, layer: str, case: int) -> None:
    make, expected = CASES[case]
    chosen = named(network)
    weights = weights_of(chosen)
    after = altered(chosen, weights, [make(layer)])
    chosen.check_weights(after)
    before = outputs(chosen, weights, layer)
    np.testing.assert_array_equal(outputs(chosen, after, layer), expected(before).astype("f4"))


def test_what_was_given_stays_as_it_was_and_the_rest_is_shared() -> None:
    network = named("book")
    weights = weights_of(network)
    kept = {key: value.copy() for key, value in weights.items()}
    after = altered(network, weights, [SwitchOff("conv2d_2", 1)])
    for key, value in kept.items():
        np.testing.assert_array_equal(weights[key], value)
        assert (after[key] is weights[key]) == ("conv2d_2" not in key)
    assert altered(network, weights, []) == weights


def test_edits_follow_each_other() -> None:
    network = named("book")
    weights = weights_of(network)
    edits = [
        Rescale("conv2d_1", 0, 4.0),
        Rescale("conv2d_1", 0, 0.25),
        SwitchOff("conv2d_1", 5),
    ]
    after = altered(network, weights, edits)
    np.testing.assert_array_equal(
        after["conv2d_1.kernel"], altered(network, weights, edits[2:])["conv2d_1.kernel"]
    )


def test_one_cell_of_a_kernel_on_the_image_is_set() -> None:
    network = named("book")
    weights = weights_of(network)
    after = altered(network, weights, [SetKernel("conv2d_1", 7, 2, 1, -1.5)])
    expected = weights["conv2d_1.kernel"].copy()
    expected[2, 1, 0, 7] = -1.5
    np.testing.assert_array_equal(after["conv2d_1.kernel"], expected)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (SwitchOff("conv2d_9", 0), "no layer 'conv2d_9'; there are conv2d_1, "),
        (SwitchOff("conv2d_2", 64), "conv2d_2 has no filter 64: there are 0 to 63"),
        (KeepOnly("dense_2", -1), "dense_2 has no filter -1"),
        (SwitchOff("flatten_1", 0), "flatten_1 has no filters: it only repeats"),
        (
            Rescale("conv2d_1", 0, -1.0),
            "conv2d_1: a filter can be scaled by 0 or more, not by -1",
        ),
        (Rescale("conv2d_1", 0, float("nan")), "not by nan"),
        (Rescale("conv2d_1", 0, float("inf")), "not by inf"),
        (SetKernel("conv2d_2", 0, 0, 0, 1.0), "conv2d_2 is no convolution on the image"),
        (SetKernel("maxpooling2d_1", 0, 0, 0, 1.0), "maxpooling2d_1 is no convolution"),
        (SetKernel("conv2d_1", 0, 3, 0, 1.0), "has no row 3: there are 0 to 2"),
        (SetKernel("conv2d_1", 0, 0, -1, 1.0), "has no column -1"),
        (SetKernel("conv2d_1", 0, 0, 0, float("inf")), "a finite number"),
    ],
)
def test_what_cannot_be_is_refused_by_name(edit: Edit, told: str) -> None:
    network = named("book")
    with pytest.raises(ValueError, match=told):
        altered(network, weights_of(network), [edit])


@pytest.mark.parametrize(
    "edit",
    [
        SwitchOff("conv2d_2", 38),
        KeepOnly("dense_1", 7),
        Rescale("conv2d_1", 3, 0.5),
        Rescale("conv2d_1", 3, 1e6),
        Rescale("conv2d_1", 3, 1e-05),
        SetKernel("conv2d_1", 3, 0, 2, -0.25),
    ],
)
def test_an_edit_is_read_as_it_is_written(edit: Edit) -> None:
    assert edit_of(str(edit)) == edit


@pytest.mark.parametrize(
    "text", ["", "conv2d_2", "conv2d_2 · 3", "conv2d_2 · -3 off", "conv2d_2 · 3 × .", "a · b off"]
)
def test_other_words_are_no_edit(text: str) -> None:
    with pytest.raises(ValueError, match="is no edit; one is written like conv2d_2 · 38 off"):
        edit_of(text)
