"""One step of training taken apart: what it began from, and what each of its digits asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.core.backward.batch import Example, GradientSums, examples
from visualizer.core.backward.weight_terms import WeightTerms, layer_terms
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network
from visualizer.core.network.terms import unbounded

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class StepState:
    """What a step of training begins from.

    Attributes
    ----------
    step : int
        Its number, from 1.
    rate : float
        The learning rate of this step.
    pixels : (n, height, width) uint8
        The digits of the batch.
    labels : (n,)
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
        Before the step.
    squares : mapping, with the same keys
        The moving means of squared gradients before the step.
    means : mapping or None
        The moving means of gradients before it; None where the optimizer has none.
    exact : bool
        Whether the run computes in float32, as the sums shown here do.
    """

    step: int
    rate: float
    pixels: Pixels
    labels: npt.NDArray[np.uint8]
    weights: Weights
    squares: Weights
    means: Weights | None
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class DigitGradients:
    """What is kept of a digit's way forward and back, for its gradients by the weights.

    Attributes
    ----------
    loss : float
        In nats.
    answer : int
    below, gradients : dict of array
        By the name of each layer with weights: what it reads, and the gradients by its sums.
    """

    loss: float
    answer: int
    below: dict[str, Array]
    gradients: dict[str, Array]

    @classmethod
    def of(cls, network: Network, example: Example) -> DigitGradients:
        """Keep what is needed of an example: a quarter of its numbers."""
        learnt = [(at, of.name) for at, of in enumerate(network.layers) if of.parameters]
        trace, found = example.trace, example.gradients.pre_activations
        below = {name: trace.below(at) for at, name in learnt}
        answer = int(trace.probabilities.argmax())
        return cls(example.loss, answer, below, {name: found[at] for at, name in learnt})


@dataclass(frozen=True, slots=True, eq=False)
class StepGradients:
    """The gradients of every digit of a batch, in float32, one by one.

    Attributes
    ----------
    network : Network
    state : StepState
    digits : tuple of DigitGradients
        In the batch's order.
    means : dict of "<layer>.kernel" and "<layer>.bias"
        The mean over the batch: the gradient that the optimizer takes.
    """

    network: Network
    state: StepState
    digits: tuple[DigitGradients, ...]
    means: dict[str, Array]

    @property
    def losses(self) -> Array:
        """The loss of each digit, in nats, (n,)."""
        return np.array([digit.loss for digit in self.digits], np.float32)

    @property
    def answers(self) -> npt.NDArray[np.intp]:
        """What the network answered to each digit, (n,)."""
        return np.array([digit.answer for digit in self.digits], np.intp)

    def terms(self, digit: int, tensor: str, index: tuple[int, ...]) -> WeightTerms:
        """Return every term of one digit's gradient by a weight: a product for each place."""
        name, _, parameter = tensor.rpartition(".")
        layer, of = self.network.layers[self.network.index(name)], self.digits[digit]
        return layer_terms(layer, of.below[name], of.gradients[name], parameter, index)

    @unbounded
    def of_digits(self, tensor: str, index: tuple[int, ...]) -> Array:
        """Compute each digit's gradient by a weight, (n,); their mean is the batch's."""
        totals = [self.terms(at, tensor, index).total for at in range(len(self.digits))]
        return np.array(totals, np.float32)

    def largest(self, tensor: str, unit: int) -> tuple[int, ...]:
        """Find the weight of one filter or unit whose gradient is largest, of equal ones the first.

        `unit` is the last number of the index.
        """
        own = np.abs(self.means[tensor][..., unit])
        at = np.unravel_index(int(np.nan_to_num(own).argmax()), own.shape)
        return (*(int(place) for place in at), unit)


def taking_apart(network: Network, state: StepState) -> Iterator[float | StepGradients]:
    """Run each digit of a batch forward and back: yield the share done, and finally all gradients.

    Raises
    ------
    ValueError
        The batch is empty, or the network has no such classes.
    """
    count = len(state.labels)
    images = state.pixels.reshape(count, *network.input_shape).astype(np.float32) / np.float32(255)
    found, sums = list[DigitGradients](), GradientSums(network)
    labels = state.labels.tolist()
    for done, example in enumerate(examples(network, state.weights, images, labels), start=1):
        found.append(DigitGradients.of(network, example))
        sums.add(example)
        yield done / count
    yield StepGradients(network, state, tuple(found), sums.mean().weights)
