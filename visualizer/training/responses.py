"""All responses of all filters over a set of images, in one pass.

The maps are whole, also where a pooling drops their edge, and before ReLU; see
`core.responses` for the words. On the CPU, and in float32, whatever the training uses.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from visualizer.core.layer import Array, Layer, Weights
from visualizer.core.network import Network
from visualizer.core.responses import TWIN_DIGITS, LayerResponses, Responses, has_responses
from visualizer.data.dataset import Images
from visualizer.training.settings import Settings
from visualizer.training.tally import Tally
from visualizer.training.torch_network import activated, image_tensor, layer_modules

CHUNK = 100


def collect(
    network: Network, weights: Weights, images: Images, settings: Settings | None = None
) -> Iterator[float | Responses]:
    """A generator that yields the share done after each chunk, and last the responses.

    Parameters
    ----------
    settings
        Of these, the number of threads (open: as many as torch uses here).

    Raises
    ------
    ValueError
        No images, or responses that are not finite.
    """
    if not len(images):
        raise ValueError("there are no images to answer to")
    if settings and settings.threads:
        torch.set_num_threads(settings.threads)
    chain = layer_modules(network, weights)
    collectors = [
        _Collector(layer, len(images)) if has_responses(layer) else None for layer in network.layers
    ]
    right = 0
    for start in range(0, len(images), CHUNK):
        with torch.inference_mode():
            values = image_tensor(images.pixels[start : start + CHUNK])
            for layer, module, collector in zip(network.layers, chain, collectors, strict=True):
                values = module(values)
                if collector:
                    collector.add(start, values)
                if layer is network.layers[-1]:
                    answers = values.flatten(1).argmax(1).numpy()
                values = activated(layer, values)
                if collector and start < TWIN_DIGITS:
                    collector.compare(values[: TWIN_DIGITS - start])
            right += int((answers == images.labels[start : start + CHUNK]).sum())
        yield min((start + CHUNK) / len(images), 1.0)
    layers = tuple(each.result(images.labels) for each in collectors if each)
    yield Responses(layers, images.labels, right / len(images))


class _Collector:
    """What is kept of one layer's responses while the images go by."""

    def __init__(self, layer: Layer, images: int) -> None:
        channels = layer.map_shape[2]
        self._layer = layer
        self._tally = Tally(channels)
        self._strongest = np.empty((images, channels), np.float32)
        self._place = np.empty((images, channels), np.uint16)
        self._products = torch.zeros((channels, channels), dtype=torch.float64)

    def add(self, start: int, responses: Tensor) -> None:
        """Take the responses of the images from `start` on."""
        maps = _rows(responses)
        strongest, place = strongest_places(maps)
        these = slice(start, start + len(maps))
        self._strongest[these], self._place[these] = strongest.numpy(), place.numpy()
        self._tally.add(maps.flatten(0, 2), strongest.amax(0))

    def compare(self, outputs: Tensor) -> None:
        """Take outputs, to see which filters are alike."""
        rows = _rows(outputs).flatten(0, 2)
        self._products += rows.t() @ rows

    def result(self, labels: np.ndarray) -> LayerResponses:
        counts, edges = self._tally.histogram()
        return LayerResponses(
            self._layer.name,
            self._layer.map_shape,
            labels,
            self._strongest,
            self._place,
            counts,
            edges,
            self._tally.least.astype(np.float32),
            self._tally.most.astype(np.float32),
            self._tally.above_zero(),
            _cosine(self._products),
        )


def strongest_places(maps: Tensor) -> tuple[Tensor, Tensor]:
    """The largest value of each map and its first place in row order.

    Each map's rows come first: their maxima need no places, which makes them fast, and only
    the row of the largest is looked at again.

    Parameters
    ----------
    maps : (n, height, width, channels)

    Returns
    -------
    largest : (n, channels)
    places : (n, channels) int64, row · width + column
    """
    images, _, width, channels = maps.shape
    strongest, row = maps.amax(2).max(1)
    each, channel = torch.arange(images)[:, None], torch.arange(channels)
    column = maps.movedim(2, 3)[each, row, channel].max(2).indices
    return strongest, row * width + column


def _rows(values: Tensor) -> Tensor:
    """(n, channels, height, width) or (n, units) as (n, height, width, channels)."""
    return values.permute(0, 2, 3, 1) if values.dim() == 4 else values[:, None, None]


def _cosine(products: Tensor) -> Array:
    """Cosines (channels, channels) from the sums of the outputs' products; 0 where one is 0."""
    lengths = products.diagonal().sqrt()
    divisor = lengths[:, None] * lengths
    cosine = torch.where(divisor > 0, products / divisor, torch.zeros(()))
    return cosine.float().numpy()
