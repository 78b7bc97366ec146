"""The responses of a network's filters to a whole set of labelled images; pure statistics.

A *response* is a layer's pre-activation: the sum before ReLU, the logit before softmax, and the
output of a layer without activation; the response of an element of a Flatten is the output that
the element repeats. A digit's *strongest response* to a filter is the largest over all places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.network import Network
from visualizer.core.network.terms import OUT

CLASSES = 10
BINS = 64
RARE = 0.001  # share of all responses above 0 below which a filter is rare
TWIN = 0.95  # cosine of two filters' outputs from which they are twins
TWIN_DIGITS = 1_000  # twins are sought with the first so many digits
MOST_CHANNELS = 2_048  # of a layer: each channel is compared with each other

Counts = npt.NDArray[np.int64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Patch:
    """The place where one digit gives a filter its strongest response.

    Attributes
    ----------
    digit : index of the image
    row, column : place on the layer's map
    value : the response there
    """

    digit: int
    row: int
    column: int
    value: float


@dataclass(frozen=True, eq=False)
class LayerResponses:
    """All responses of one layer's filters.

    Attributes
    ----------
    name : str
        The layer's name.
    map_shape : (height, width, channels) of its output
    labels : (images,) uint8
        Class of each image.
    strongest : (images, channels) float32
        Strongest response of each image; ties go to the first place in row order.
    place : (images, channels) uint16
        Place of that response: row · width + column; 0 for a vector.
    counts : (channels, 64) int64
        Histogram of all responses; np.histogram with these edges gives the same counts.
    edges : (channels, 65) float32
        Bounds of the bins, from the least response to the largest; the bounds between divide the
        range evenly to a twentieth of a bin. A constant channel has a range around its value.
    least, most : (channels,) float32
        Smallest and largest of all responses.
    above_zero : (channels,) int64
        Number of responses above 0.
    cosine : (channels, channels) float32
        Likeness of two filters: a·b / (|a| |b|) of their outputs (after the activation) at all
        places of the first 1,000 images; 0 for an output that is 0 everywhere.
    """

    name: str
    map_shape: tuple[int, int, int]
    labels: npt.NDArray[np.uint8] = field(repr=False)
    strongest: Array = field(repr=False)
    place: npt.NDArray[np.uint16] = field(repr=False)
    counts: Counts = field(repr=False)
    edges: Array = field(repr=False)
    least: Array = field(repr=False)
    most: Array = field(repr=False)
    above_zero: Counts = field(repr=False)
    cosine: Array = field(repr=False)

    @property
    def channels(self) -> int:
        return self.map_shape[2]

    def prepare(self) -> None:
        """Compute what all channels share, so that any channel can be shown at once."""
        _ = self.waking, self.class_means, self.class_quartiles, self.selectivity, self.by_likeness

    @property
    def total(self) -> int:
        """Number of responses of each channel."""
        return len(self.labels) * self.map_shape[0] * self.map_shape[1]

    def is_out(self, channel: int) -> bool:
        """Return whether a channel is a class that was taken out of the softmax."""
        return bool(self.least[channel] == self.most[channel] == np.float32(OUT))

    @cached_property
    def waking(self) -> npt.NDArray[np.float64]:
        """Share of images with a response above 0, (channels,), 0 to 1."""
        return np.asarray((self.strongest > 0).mean(axis=0), np.float64)

    @cached_property
    def class_means(self) -> Array:
        """Mean of the strongest response over each class, (channels, 10); NaN without images."""
        return self._by_class(lambda values: values.mean(axis=0, dtype=np.float64)[:, None])[..., 0]

    @cached_property
    def class_quartiles(self) -> Array:
        """Quartiles of the strongest response in each class, (channels, 10, 3), linear between."""
        return self._by_class(lambda values: np.percentile(values, (25, 50, 75), axis=0).T, 3)

    @cached_property
    def selectivity(self) -> Array:
        """How much a filter prefers one class, (channels,), 0 (none) to 1 (that class alone).

        (μ_max − μ_others) / (μ_max + μ_others) of the class means of the rectified strongest
        response, μ_others the mean over all classes but the largest (Morcos et al., *On the
        importance of single directions for generalization*, 2018); 0 for a dead filter, NaN
        when only one class has images.
        """
        means = np.sort(self._by_class(_rectified_mean)[..., 0], axis=1)  # NaN goes last
        present = int(np.isfinite(means[0]).sum())
        if present < 2:
            return np.full(self.channels, np.nan, np.float32)
        largest, others = means[:, present - 1], means[:, : present - 1].mean(axis=1)
        total = largest + others
        return np.asarray((largest - others) / np.where(total > 0, total, 1), np.float32)

    @cached_property
    def by_likeness(self) -> Indices:
        """The channels in an order that puts similar ones side by side.

        Single linkage: the two most similar channels are joined first; a group of twins is never
        parted, and each group is turned so that the two channels that joined it are close.
        """
        rows, columns = np.triu_indices(self.channels, 1)
        likest_first = np.argsort(-self.cosine[rows, columns], kind="stable")
        groups = [[channel] for channel in range(self.channels)]
        for one, other in zip(rows[likest_first], columns[likest_first], strict=True):
            before, after = groups[one], groups[other]
            if before is after:
                continue
            if 2 * before.index(one) < len(before) - 1:
                before.reverse()
            if 2 * after.index(other) > len(after) - 1:
                after.reverse()
            before += after
            for channel in after:
                groups[channel] = before
        return np.array(groups[0], np.intp)

    def badges(self, channel: int) -> tuple[str, ...]:
        """Return the badges of a channel: "dead", "rare", "always on", "twin"."""
        return self.every_badge[channel]

    @cached_property
    def every_badge(self) -> tuple[tuple[str, ...], ...]:
        """The badges of each channel."""
        alike = self.cosine >= np.float32(TWIN)
        np.fill_diagonal(alike, False)
        told = {
            "dead": self.above_zero == 0,
            "rare": (self.above_zero > 0) & (self.above_zero < RARE * self.total),
            "always on": self.above_zero == self.total,
            "twin": alike.any(axis=1),
        }
        return tuple(
            tuple(name for name, holds in told.items() if holds[channel])
            for channel in range(self.channels)
        )

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The badges that any channel has."""
        return frozenset().union(*self.every_badge)

    def twins(self, channel: int) -> tuple[tuple[int, float], ...]:
        """Return the channels whose outputs have a cosine of 0.95 or more with it, likest first."""
        likeness = self.cosine[channel]
        likest_first = np.argsort(-likeness, kind="stable")
        return tuple(
            (int(other), float(likeness[other]))
            for other in likest_first
            if other != channel and likeness[other] >= np.float32(TWIN)
        )

    def top(self, channel: int, count: int) -> tuple[Patch, ...]:
        """Return the digits with the largest strongest response, the largest first."""
        return self._patches(channel, descending(self.strongest[:, channel])[:count])

    def bottom(self, channel: int, count: int) -> tuple[Patch, ...]:
        """Return the digits with the smallest strongest response, the smallest first."""
        order = np.argsort(self.strongest[:, channel], kind="stable")
        return self._patches(channel, order[:count])

    def of_class(self, channel: int, label: int) -> Indices:
        """Return the indices of a class's images, the largest strongest response first."""
        images = np.flatnonzero(self.labels == label)
        return images[descending(self.strongest[images, channel])]

    def _patches(self, channel: int, digits: Indices) -> tuple[Patch, ...]:
        rows, columns = np.divmod(self.place[digits, channel], self.map_shape[1])
        values = self.strongest[digits, channel]
        return tuple(
            Patch(int(digit), int(row), int(column), float(value))
            for digit, row, column, value in zip(digits, rows, columns, values, strict=True)
        )

    def _by_class(self, statistic: Callable[[Array], npt.ArrayLike], count: int = 1) -> Array:
        """Compute a statistic of each class's strongest response, (channels, 10, count) float32."""
        result = np.full((self.channels, CLASSES, count), np.nan, np.float32)
        for label in np.unique(self.labels):
            result[:, label] = statistic(self.strongest[self.labels == label])
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The responses of a network's filters over one set of images.

    Attributes
    ----------
    layers : tuple of LayerResponses
        In the network's order: the layers for which `has_responses` is true.
    labels : (images,) uint8
    accuracy : share of right answers, 0 to 1
    """

    layers: tuple[LayerResponses, ...]
    labels: npt.NDArray[np.uint8] = field(repr=False)
    accuracy: float

    @property
    def images(self) -> int:
        return len(self.labels)

    def __getitem__(self, name: str) -> LayerResponses:
        """Return the responses of a layer by its name; KeyError if it has none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)


def has_responses(layer: Layer) -> bool:
    """Return whether responses are collected: not of layers with too many channels."""
    return layer.map_shape[2] <= MOST_CHANNELS


def check_filter(network: Network, name: str, channel: int | None = None) -> None:
    """Check that a layer has responses, and this filter.

    Raises
    ------
    ValueError
        It has not; the sentence says what there is instead.
    """
    widths = {layer.name: layer.map_shape[2] for layer in network.layers}
    answering = [layer.name for layer in network.layers if has_responses(layer)]
    if name not in answering:
        wide = f": {widths[name]:,} are more than {MOST_CHANNELS:,}" if name in widths else ""
        raise ValueError(
            f"there are no filter responses of {name!r}{wide}; "
            f"there are those of {', '.join(answering)}"
        )
    channels = widths[name]
    if channel is not None and not 0 <= channel < channels:
        raise ValueError(f"{name} has no filter {channel}: it has 0 to {channels - 1}")


def _rectified_mean(values: Array) -> npt.NDArray[np.float64]:
    return np.asarray(np.maximum(values, 0).mean(axis=0, dtype=np.float64)[:, None], np.float64)


def descending(values: Array) -> Indices:
    """Return indices from largest to smallest value; ties keep their order, NaN goes last."""
    return np.argsort(-values, kind="stable")
