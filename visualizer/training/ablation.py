"""How right a network still is without each filter of a layer in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from visualizer.core.layer import Layer, Weights
from visualizer.core.network import Network
from visualizer.core.responses import check_filter
from visualizer.data.dataset import Images
from visualizer.training.settings import Settings
from visualizer.training.torch_network import activated, image_tensor, layer_modules

CHUNK = 250


@dataclass(frozen=True, slots=True, eq=False)
class Ablations:
    """Accuracy with all filters of a layer, and without each.

    Attributes
    ----------
    accuracy : share of right answers of the whole network, 0 to 1
    without : (channels,) float64
        The same with the output of one filter at 0 everywhere; of the last layer, its logit.
    """

    accuracy: float
    without: npt.NDArray[np.float64]


def ablations(
    network: Network,
    weights: Weights,
    images: Images,
    layer: str,
    settings: Settings | None = None,
) -> Iterator[float | Ablations]:
    """A generator that yields the share done as it goes on, and last the accuracies.

    The layers up to this one run once for each chunk of images, those above once for each
    filter.

    Raises
    ------
    ValueError
        No images, or a layer without filters.
    """
    check_filter(network, layer)
    if not len(images):
        raise ValueError("there are no images to answer to")
    if settings and settings.threads:
        torch.set_num_threads(settings.threads)
    pairs = list(zip(network.layers, layer_modules(network, weights), strict=True))
    above = network.index(layer) + 1
    channels = network[layer].map_shape[2]
    right = np.zeros(channels + 1, np.int64)  # last: with all
    for start in range(0, len(images), CHUNK):
        labels = torch.from_numpy(images.labels[start : start + CHUNK])
        with torch.inference_mode():
            outputs = _through(pairs[:above], image_tensor(images.pixels[start : start + CHUNK]))
            right[channels] += _right(_through(pairs[above:], outputs), labels)
        for channel in range(channels):
            with torch.inference_mode():
                own = outputs[:, channel].clone()
                outputs[:, channel] = 0
                right[channel] += _right(_through(pairs[above:], outputs), labels)
                outputs[:, channel] = own
            yield (start + len(labels) * (channel + 1) / channels) / len(images)
    accuracies = right / len(images)
    yield Ablations(float(accuracies[channels]), accuracies[:channels])


def _through(pairs: list[tuple[Layer, nn.Module]], values: Tensor) -> Tensor:
    """Outputs of the last of these layers; logits where that has softmax."""
    for layer, module in pairs:
        values = module(values)
        if layer.activation_name == "relu":
            values = activated(layer, values)
    return values


def _right(logits: Tensor, labels: Tensor) -> int:
    return int((logits.flatten(1).argmax(1) == labels).sum())
