"""The shift curve equals testing each moved image by itself, in numpy."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.data.shift import axes
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights
from visualizer.training.evaluate import shift_accuracies
from visualizer.training.initial import initial_weights
from visualizer.training.settings import Settings


@pytest.mark.parametrize("name", ["book", "no-max-pool", "strided", "average-pool", "dense"])
def test_it_is_what_core_says_of_each_moved_digit(name: str, pinned: Settings) -> None:
    stored = load_weights(resource("pretrained", f"{name}.safetensors"))
    images = synthetic_digits(train=0, test=25).test
    shifts = [(0, -8), (0, 0), (0, 3), (-5, 0), (8, 8)]
    found = list(shift_accuracies(stored.network, stored.weights, images, shifts, pinned))

    expected = []
    for dy, dx in shifts:
        right = 0
        for pixels, label in zip(images.pixels, images.labels, strict=True):
            padded = np.pad(pixels, 8)
            moved = padded[8 - dy : 36 - dy, 8 - dx : 36 - dx, None] / np.float32(255)
            right += stored.network.forward(moved, stored.weights).probabilities.argmax() == label
        expected.append(right / len(images))
    assert found == pytest.approx(expected, abs=1e-4)
    assert found[1] > found[0]


def test_pooling_stands_a_step_aside_better_than_dense_layers(mnist: Dataset) -> None:
    images = Images(mnist.test.pixels[:1000], mnist.test.labels[:1000])
    steps = [shift for shift in axes() if abs(sum(shift)) == 3]

    def mean(name: str) -> float:
        stored = load_weights(resource("pretrained", f"{name}.safetensors"))
        return float(np.mean([*shift_accuracies(stored.network, stored.weights, images, steps)]))

    assert mean("book") > mean("dense") + 0.1


def test_no_images_is_an_error(pinned: Settings) -> None:
    empty = Images(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))
    network = named("dense")
    with pytest.raises(ValueError, match="no images"):
        list(shift_accuracies(network, initial_weights(network, 0), empty, [(0, 0)], pinned))
