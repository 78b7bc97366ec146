"""What is selected in one network is followed, in another, by the cell that sees nearest to it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from visualizer.compare.pair import counterpart, counterpart_layer
from visualizer.core.network.geometry import Rect
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import first_scene
from visualizer.training.initial import initial_weights

PIXELS = np.random.default_rng(1).integers(0, 256, (28, 28), np.uint8)
SPATIAL = [name for name in NETWORKS if name != "dense"]


def scene_of(name: str) -> Scene:
    network = named(name)
    model = Model(network, initial_weights(network, 0), "untrained")
    return first_scene(model, Digit(PIXELS, None, "noise"))


def middle(rect: Rect) -> tuple[float, float]:
    return (rect.top + rect.bottom) / 2, (rect.left + rect.right) / 2


@pytest.mark.parametrize("first", SPATIAL)
@pytest.mark.parametrize("second", SPATIAL)
def test_no_cell_of_the_layer_sees_nearer_and_the_channel_answers_most(
    first: str, second: str
) -> None:
    one, other = scene_of(first), scene_of(second)
    numbers = np.random.default_rng(2)
    for layer, of in enumerate(one.network.layers):
        if not of.is_spatial:
            continue
        height, width, channels = of.map_shape
        row, column, channel = (int(numbers.integers(n)) for n in (height, width, channels))
        cell = Cell(layer, row, column, channel)
        found = counterpart(one, cell, other)
        rows, columns, _ = other.network.layers[found.layer].map_shape
        wanted = middle(one.field(cell))
        apart = {
            (r, c): math.dist(wanted, middle(other.field(Cell(found.layer, r, c, 0))))
            for r in range(rows)
            for c in range(columns)
        }
        assert apart[found.row, found.column] == pytest.approx(min(apart.values()))
        there = other.trace.outputs[found.layer][found.row, found.column]
        assert there[found.channel] == there.max()


@pytest.mark.parametrize(
    ("first", "layer", "second", "same"),
    [
        ("book", "conv2d_2", "strided", "conv2d_2"),
        ("book", "maxpooling2d_2", "strided", "conv2d_2"),
        ("book", "maxpooling2d_2", "average-pool", "averagepooling2d_2"),
        ("strided", "conv2d_3", "book", "conv2d_3"),
        ("book", "dense_2", "dense", "dense_2"),
        ("book", "dense_1", "dense", "dense_1"),
        ("book", "conv2d_3", "dense", "flatten_1"),
        ("dense", "flatten_1", "book", "flatten_1"),
        ("dense", "dense_2", "no-max-pool", "dense_2"),
    ],
)
def test_the_layer_is_the_one_that_does_the_same_work(
    first: str, layer: str, second: str, same: str
) -> None:
    one, other = named(first), named(second)
    assert other.layers[counterpart_layer(one, one.index(layer), other)].name == same


def test_a_logit_is_followed_by_the_logit_of_the_same_class() -> None:
    one, other = scene_of("book"), scene_of("dense")
    last = len(one.network.layers) - 1
    assert counterpart(one, Cell(last, 0, 0, 7), other).channel == 7
