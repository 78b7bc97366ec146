"""GradientStep: one step of plain gradient descent on one digit, as an edit of the network."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from visualizer.core.backward.gradients import check_class, loss_gradients
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network
from visualizer.core.words import a_digit

LARGEST_RATE = 10.0


@dataclass(frozen=True, slots=True)
class GradientStep:
    """Moves every weight by −rate times the gradient of one digit's loss, at the weights so far.

    Attributes
    ----------
    digit : str
        What the window calls the digit.
    pixels : bytes
        The digit, uint8 in row order.
    label : int
        The class that it is to be.
    rate : float
        The learning rate.
    """

    digit: str
    pixels: bytes = field(repr=False)
    label: int
    rate: float

    def __str__(self) -> str:
        return f"a gradient step on {self.digit} as {a_digit(self.label)}, rate {self.rate:g}"

    def image(self, network: Network) -> Array:
        """Return the digit as the network's input, 0 to 1.

        Raises
        ------
        ValueError
            It is not of this network's size.
        """
        if len(self.pixels) != math.prod(network.input_shape):
            size = " × ".join(map(str, network.input_shape[:2]))
            raise ValueError(f"{self.digit} is not of {size} pixels")
        pixels = np.frombuffer(self.pixels, np.uint8).reshape(network.input_shape)
        return pixels.astype(np.float32) / np.float32(255)


def stepped(network: Network, weights: Weights, step: GradientStep) -> dict[str, Array]:
    """Return the weights after a step, w − rate · ∂loss/∂w; the given weights stay unchanged.

    Raises
    ------
    ValueError
        The network has no such class, or the digit or the rate cannot be; one sentence.
    """
    check_class(network, step.label)
    if not 0 < step.rate <= LARGEST_RATE:
        raise ValueError(
            f"a learning rate is above 0 and at most {LARGEST_RATE:g}, not {step.rate:g}"
        )
    trace = network.forward(step.image(network), weights)
    gradients = loss_gradients(network, weights, trace, step.label).parameters(network, trace)
    rate = np.float32(step.rate)
    with np.errstate(all="ignore"):
        return {key: weights[key] - rate * gradients[key] for key in network.parameters}
