"""Collect all responses of all filters over a set of images, in one pass.

The maps are whole, also where a pooling drops their edge, and before ReLU; see
`core.responses` for the words. On the CPU, and in float32, whatever the training uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor, nn

from visualizer.core.network.layer import Array, Layer, Weights
from visualizer.core.network.layers import Conv2D, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.responses import TWIN_DIGITS, LayerResponses, Responses, has_responses
from visualizer.data.dataset import Images
from visualizer.training.histogram import ChannelHistograms
from visualizer.training.settings import Settings
from visualizer.training.torch_network import activated, image_tensor, layer_modules, operation

CHUNK = 100


def collect(
    network: Network, weights: Weights, images: Images, settings: Settings | None = None
) -> Iterator[float | Responses]:
    """Yield the share done after each chunk, and finally the responses.

    Parameters
    ----------
    settings
        Only the number of threads is used (default: as many as torch uses here).

    Raises
    ------
    ValueError
        There are no images, or responses are not finite.
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
            blanks = _blanks(network, chain, values)
            for layer, module, collector in zip(network.layers, chain, collectors, strict=True):
                values, blank = module(values), next(blanks, None)
                if collector:
                    collector.add(start, values, blank)
                if layer is network.layers[-1]:
                    answers = values.flatten(1).argmax(1).numpy()
                values = activated(layer, values)
                if collector and start < TWIN_DIGITS:
                    collector.compare(values[: TWIN_DIGITS - start])
            right += int((answers == images.labels[start : start + CHUNK]).sum())
        yield min((start + CHUNK) / len(images), 1.0)
    layers = tuple(each.result(images.labels) for each in collectors if each)
    yield Responses(layers, images.labels, right / len(images))


@dataclass(frozen=True, slots=True)
class Blank:
    """The places whose windows see paper only, and every filter's response there.

    Most of an image is paper: two thirds of the windows of a 3 × 3 convolution of MNIST. Their
    sum is the bias, exactly, so they need not be counted one by one.

    Attributes
    ----------
    ink : (1, n, height, width)
        Largest pixel that each place sees, 0 on paper alone; the images lie side by side like
        channels, which makes pooling them fast.
    response : (1, channels, 1, 1)
    """

    ink: Tensor
    response: Tensor


def _blanks(network: Network, chain: list[nn.Module], images: Tensor) -> Iterator[Blank]:
    """Yield the blank places of a first convolution and of each max pooling right above it."""
    first = network.layers[0]
    if not isinstance(first, Conv2D):
        return
    windows = MaxPool2D(first.kernel_size, first.stride, first.padding)
    pages = images.transpose(0, 1).contiguous(memory_format=torch.channels_last)
    ink = operation(windows.bind("ink", first.input_shape))(pages)
    *_, bias = chain[0].parameters()
    response = bias[:, None, None][None].clone()
    yield Blank(ink, response)
    response = activated(first, response)
    for layer, module in zip(network.layers[1:], chain[1:], strict=True):
        if not isinstance(layer, MaxPool2D):
            return
        ink = module(ink)
        yield Blank(ink, response)


class _Collector:
    """The statistics of one layer's responses, collected while the images go by."""

    def __init__(self, layer: Layer, images: int) -> None:
        channels = layer.map_shape[2]
        self._layer = layer
        self._histograms = ChannelHistograms(channels)
        self._strongest = np.empty((images, channels), np.float32)
        self._place = (
            np.empty((images, channels), np.uint16)
            if layer.is_spatial
            else np.broadcast_to(np.uint16(0), (images, channels))
        )
        self._products = torch.zeros((channels, channels), dtype=torch.float64)

    def add(self, start: int, responses: Tensor, blank: Blank | None) -> None:
        """Add the responses of the images from `start` on; at blank places they are known.

        One pooling window as large as the map finds the largest and its first place in row order.
        """
        strongest, these = responses, slice(start, start + len(responses))
        if self._layer.is_spatial:
            found = F.max_pool2d(responses, self._layer.map_shape[:2], return_indices=True)
            strongest, place = (each.flatten(1) for each in found)
            self._place[these] = place.numpy()
        self._strongest[these] = strongest.numpy()
        rows = _rows(responses)
        if blank:
            inked = (blank.ink > 0).flatten().nonzero().flatten()
            self._histograms.add_constant(blank.response.flatten().numpy(), len(rows) - len(inked))
            rows = rows.index_select(0, inked)
        self._histograms.add(rows, strongest.amax(0))

    def compare(self, outputs: Tensor) -> None:
        """Add outputs, to find out which filters are alike.

        Each image gives one product, summed in float64: all rows at once would be summed in
        float32 one after the other, and a filter's likeness to itself would pass 1.
        """
        maps = outputs.flatten(2) if outputs.dim() == 4 else outputs.t()[None]
        self._products += (maps @ maps.transpose(1, 2)).sum(0, dtype=torch.float64)

    def result(self, labels: np.ndarray) -> LayerResponses:
        counts, edges = self._histograms.histogram()
        return LayerResponses(
            self._layer.name,
            self._layer.map_shape,
            labels,
            self._strongest,
            self._place,
            counts,
            edges,
            self._histograms.least.astype(np.float32),
            self._histograms.most.astype(np.float32),
            self._histograms.above_zero(),
            _cosine(self._products),
        )


def _rows(values: Tensor) -> Tensor:
    """Reshape (n, channels, height, width) or (n, units) to (n · places, channels)."""
    return values.permute(0, 2, 3, 1).flatten(0, 2) if values.dim() == 4 else values


def _cosine(products: Tensor) -> Array:
    """Compute cosines (channels, channels) from sums of products of outputs; 0 for zero outputs."""
    lengths = products.diagonal().sqrt()
    divisor = lengths[:, None] * lengths
    cosine = torch.where(divisor > 0, products / divisor, torch.zeros(()))
    return cosine.clamp(-1, 1).float().numpy()
