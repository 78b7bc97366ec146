"""Loss, accuracy and predictions against core's forward pass."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights
from visualizer.training.evaluate import CHUNK, evaluate
from visualizer.training.initial import initial_weights
from visualizer.training.settings import Settings


@pytest.mark.parametrize("count", [1, 59, CHUNK, CHUNK + 1])
def test_it_is_what_core_says_of_each_image(
    count: int, small_dataset: Dataset, pinned: Settings
) -> None:
    network = named("strided")
    weights = initial_weights(network, 3)
    wanted = np.arange(count) % len(small_dataset.test)
    images = Images(small_dataset.test.pixels[wanted], small_dataset.test.labels[wanted])
    result = evaluate(network, weights, images, pinned)

    losses, predictions = [], []
    for pixels, label in zip(images.pixels, images.labels, strict=True):
        trace = network.forward(pixels[:, :, None] / np.float32(255), weights)
        losses.append(-np.log(trace.probabilities[label]))
        predictions.append(trace.probabilities.argmax())
    assert result.loss == pytest.approx(np.mean(losses), rel=1e-4)
    assert result.accuracy == np.mean(np.array(predictions) == images.labels)
    np.testing.assert_array_equal(result.predictions, predictions)


def test_no_images_is_an_error(pinned: Settings) -> None:
    empty = Images(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))
    with pytest.raises(ValueError, match="no images"):
        evaluate(named("dense"), initial_weights(named("dense"), 0), empty, pinned)


def test_the_bundled_network_reaches_its_accuracy_in_torch_too(mnist: Dataset) -> None:
    stored = load_weights(resource("pretrained", "book.safetensors"))
    result = evaluate(stored.network, stored.weights, mnist.test)
    assert result.accuracy == pytest.approx(float(stored.metadata["test_accuracy"]), abs=2e-4)
