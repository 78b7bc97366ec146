"""The backward pass of several images, one by one, and the mean of their gradients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.core.backward.gradients import Gradients, loss_gradients, loss_of
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network, Trace


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One image of a batch: its values, its loss in nats, and the loss's gradients."""

    trace: Trace
    loss: float
    gradients: Gradients


@dataclass(frozen=True, slots=True, eq=False)
class MeanGradients:
    """The mean over a batch.

    Attributes
    ----------
    loss : float
        Mean cross-entropy in nats.
    weights : dict of "<layer>.kernel" and "<layer>.bias"
        Its gradient by each weight tensor, in the tensor's shape.
    """

    loss: float
    weights: dict[str, Array]


def examples(
    network: Network, weights: Weights, images: Iterable[Array], labels: Iterable[int]
) -> Iterator[Example]:
    """Run images (height, width, channels), 0 to 1, through the network and back, one by one."""
    for image, label in zip(images, labels, strict=True):
        trace = network.forward(image, weights)
        gradients = loss_gradients(network, weights, trace, int(label))
        yield Example(trace, loss_of(trace, int(label)), gradients)


class GradientSums:
    """Adds up the losses of images and their gradients by the weights, in double precision."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._loss, self._count = 0.0, 0
        self._sums: dict[str, npt.NDArray[np.float64]] = {
            key: np.zeros(shape) for key, shape in network.parameters.items()
        }

    def add(self, example: Example) -> None:
        """Add one image."""
        self._loss, self._count = self._loss + example.loss, self._count + 1
        gradients = example.gradients.parameters(self._network, example.trace)
        for key, gradient in gradients.items():
            self._sums[key] += gradient

    def mean(self) -> MeanGradients:
        """Return the mean over the images so far.

        Raises
        ------
        ValueError
            There are none.
        """
        count = self._count
        if not count:
            raise ValueError("a batch needs at least one image")
        means = {key: np.asarray(total / count, np.float32) for key, total in self._sums.items()}
        return MeanGradients(self._loss / count, means)


def mean_gradients(network: Network, batch: Iterable[Example]) -> MeanGradients:
    """Compute the mean loss and the mean gradients by the weights, added up in double precision.

    Raises
    ------
    ValueError
        The batch is empty.
    """
    sums = GradientSums(network)
    for example in batch:
        sums.add(example)
    return sums.mean()
