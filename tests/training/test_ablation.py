"""Accuracy without a filter is that of the network whose weights have it off."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.edits import SwitchOff, altered
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights
from visualizer.training.ablation import CHUNK, Ablations, ablations
from visualizer.training.evaluate import evaluate
from visualizer.training.initial import initial_weights
from visualizer.training.settings import Settings


def repeated(dataset: Dataset, count: int) -> Images:
    which = np.arange(count) % len(dataset.test)
    return Images(dataset.test.pixels[which], dataset.test.labels[which])


@pytest.mark.parametrize("layer", ["conv2d_1", "maxpooling2d_2", "conv2d_3", "dense_1", "dense_2"])
def test_it_agrees_with_the_weights_that_have_the_filter_off(layer: str, pinned: Settings) -> None:
    stored = load_weights(resource("pretrained", "book.safetensors"))
    images = synthetic_digits(train=0, test=300).test
    *shares, result = ablations(stored.network, stored.weights, images, layer, pinned)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    assert isinstance(result, Ablations)
    whole = evaluate(stored.network, stored.weights, images, pinned)
    assert result.accuracy == whole.accuracy
    for channel in range(0, len(result.without), 3):
        weights = altered(stored.network, stored.weights, [SwitchOff(layer, channel)])
        assert result.without[channel] == evaluate(stored.network, weights, images, pinned).accuracy
    assert len(set(result.without)) > 1


def test_every_chunk_counts(small_dataset: Dataset, pinned: Settings) -> None:
    network = named("dense")
    weights = initial_weights(network, 1)
    images = repeated(small_dataset, 2 * CHUNK + 10)
    *_, result = ablations(network, weights, images, "dense_2", pinned)
    assert isinstance(result, Ablations)
    for channel, accuracy in enumerate(result.without):
        off = altered(network, weights, [SwitchOff("dense_2", channel)])
        assert accuracy == evaluate(network, off, images, pinned).accuracy


def test_only_the_filters_asked_for(small_dataset: Dataset, pinned: Settings) -> None:
    subject = (named("dense"), initial_weights(named("dense"), 1), small_dataset.test, "dense_2")
    *_, whole = ablations(*subject, pinned)
    *shares, some = ablations(*subject, pinned, channels=[7, 2])
    assert isinstance(whole, Ablations)
    assert isinstance(some, Ablations)
    assert shares == pytest.approx([0.5, 1])
    assert some.accuracy == whole.accuracy
    assert some.without.tolist() == whole.without[[7, 2]].tolist()
    with pytest.raises(ValueError, match="dense_2 has no filter 10"):
        list(ablations(*subject, pinned, channels=[10]))


def test_an_element_of_a_flatten_counts_no_longer(small_dataset: Dataset, pinned: Settings) -> None:
    network = named("dense")
    weights = initial_weights(network, 1)
    images, elements = small_dataset.test, [300, 406, 470]
    *_, result = ablations(network, weights, images, "flatten_1", pinned, elements)
    assert isinstance(result, Ablations)
    for element, accuracy in zip(elements, result.without, strict=True):
        kernel = weights["dense_1.kernel"].copy()
        kernel[element] = 0
        off = {**weights, "dense_1.kernel": kernel}
        assert accuracy == evaluate(network, off, images, pinned).accuracy


def test_it_can_be_left_at_any_filter(small_dataset: Dataset, pinned: Settings) -> None:
    network = named("dense")
    steps = ablations(network, initial_weights(network, 1), small_dataset.test, "dense_2", pinned)
    assert next(steps) == pytest.approx(0.1)
    steps.close()
    assert list(steps) == []


def test_a_layer_without_filters_and_no_images_are_errors(
    small_dataset: Dataset, pinned: Settings
) -> None:
    wide = named("no-max-pool")
    with pytest.raises(ValueError, match="flatten_1"):
        list(ablations(wide, initial_weights(wide, 1), small_dataset.test, "flatten_1", pinned))
    network = named("dense")
    weights = initial_weights(network, 1)
    empty = Images(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))
    with pytest.raises(ValueError, match="no images"):
        list(ablations(network, weights, empty, "dense_1", pinned))
