"""The accuracy of a network without each filter of a layer in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from visualizer.core.network.layer import Layer, Weights
from visualizer.core.network.network import Network
from visualizer.core.responses import check_filter
from visualizer.data.dataset import Images
from visualizer.training.settings import Settings
from visualizer.training.torch_network import activated, image_tensor, layer_modules

CHUNK = 100  # images at a time: their values in the largest network fit into memory


@dataclass(frozen=True, slots=True, eq=False)
class Ablations:
    """The accuracy with all filters of a layer, and without each filter.

    Attributes
    ----------
    accuracy : share of right answers of the whole network, 0 to 1
    without : (channels,) float64
        The accuracy with the output of one filter at 0 everywhere (in the last layer, with its
        class taken out of the softmax), in the order of `channels`.
    """

    accuracy: float
    without: npt.NDArray[np.float64]


def ablations(
    network: Network,
    weights: Weights,
    images: Images,
    layer: str,
    settings: Settings | None = None,
    channels: Sequence[int] | None = None,
) -> Iterator[float | Ablations]:
    """Yield the share done after each step, and finally the accuracies.

    The layers up to this one run once for each chunk of images, the layers above once for each
    filter.

    Parameters
    ----------
    channels
        The filters to switch off in turn (default: all).

    Raises
    ------
    ValueError
        There are no images, or the layer has no such filter.
    """
    check_filter(network, layer)
    turns = range(network[layer].map_shape[2]) if channels is None else channels
    for channel in turns:
        check_filter(network, layer, channel)
    if not len(images):
        raise ValueError("there are no images to answer to")
    if settings and settings.threads:
        torch.set_num_threads(settings.threads)
    pairs = list(zip(network.layers, layer_modules(network, weights), strict=True))
    above = network.index(layer) + 1
    off = -torch.inf if network[layer].activation_name == "softmax" else 0.0
    right_with_all, right = 0, np.zeros(len(turns), np.int64)
    for start in range(0, len(images), CHUNK):
        labels = torch.from_numpy(images.labels[start : start + CHUNK])
        with torch.inference_mode():
            outputs = _through(pairs[:above], image_tensor(images.pixels[start : start + CHUNK]))
            right_with_all += _right(_through(pairs[above:], outputs), labels)
        for turn, channel in enumerate(turns):
            with torch.inference_mode():
                own = outputs[:, channel].clone()
                outputs[:, channel] = off
                right[turn] += _right(_through(pairs[above:], outputs), labels)
                outputs[:, channel] = own
            yield (start + len(labels) * (turn + 1) / len(turns)) / len(images)
    yield Ablations(right_with_all / len(images), right / len(images))


def _through(pairs: list[tuple[Layer, nn.Module]], values: Tensor) -> Tensor:
    """Compute the outputs of the last of these layers; logits if it has softmax."""
    for layer, module in pairs:
        values = module(values)
        if layer.activation_name == "relu":
            values = activated(layer, values)
    return values


def _right(logits: Tensor, labels: Tensor) -> int:
    return int((logits.flatten(1).argmax(1) == labels).sum())
