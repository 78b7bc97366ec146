"""The parts of a number: what each pixel and each bias adds to it, so that they sum up to it.

A network of convolutions, dense layers, ReLU and pooling is linear as long as no ReLU opens or
closes and no pooling changes its winner. So every number before the softmax is, exactly, the sum
of pixel × gradient over all pixels and of bias × gradient over all places of all biases below it
(Srinivas & Fleuret, *Full-gradient representation for neural network visualization*, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.core.backward.gradients import Gradients, cell_gradients, check_class
from visualizer.core.network.layer import Array, Place, Weights
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.terms import unbounded

PIXELS = "pixels"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of one number, or of the difference of two.

    Attributes
    ----------
    ink : (height, width) float32, 0 to 1
        The image, which has one channel.
    gradient : (height, width)
        How much the number rises for each unit of ink at a pixel.
    pixels : (height, width)
        Ink × gradient; 0 on white paper.
    biases : dict of the layers' names
        Bias × gradient at each place, in the shape of the layer's output.
    value : float
        The network's own number.
    """

    ink: Array
    gradient: Array
    pixels: Array
    biases: dict[str, Array]
    value: float

    @property
    @unbounded
    def sums(self) -> dict[str, float]:
        """The sum of the parts of "pixels", and of each layer's bias by the layer's name."""
        maps = {PIXELS: self.pixels, **self.biases}
        return {name: float(parts.sum(dtype=np.float64)) for name, parts in maps.items()}

    @property
    @unbounded
    def total(self) -> float:
        """The sum of all parts, in double precision: the number."""
        return float(np.sum(list(self.sums.values())))

    @unbounded
    def minus(self, other: Parts) -> Parts:
        """Return the parts of the difference to another number in the same layer."""
        gradient = self.gradient - other.gradient
        return Parts(
            self.ink,
            gradient,
            self.ink * gradient,
            {name: parts - other.biases[name] for name, parts in self.biases.items()},
            self.value - other.value,
        )


def parts_of_class(
    network: Network, weights: Weights, trace: Trace, label: int, against: int | None = None
) -> Parts:
    """Compute the parts of a class's logit, or of what it is above another class's.

    Raises
    ------
    ValueError
        There is no such class, or it is set against itself.
    """
    for each in (label,) if against is None else (label, against):
        check_class(network, each)
    if label == against:
        raise ValueError(f"class {label} cannot be set against itself: there is no difference")
    last = len(network.layers) - 1
    own = parts_of_cell(network, weights, trace, last, (0, 0, label), pre_activation=True)
    if against is None:
        return own
    return own.minus(
        parts_of_cell(network, weights, trace, last, (0, 0, against), pre_activation=True)
    )


def parts_of_cell(
    network: Network,
    weights: Weights,
    trace: Trace,
    layer: int,
    place: Place,
    *,
    pre_activation: bool = False,
) -> Parts:
    """Compute the parts of a cell's output, or of its pre-activation.

    Raises
    ------
    ValueError
        The output of a softmax is asked for, which is no sum.
    """
    gradients = cell_gradients(network, weights, trace, layer, place, pre_activation=pre_activation)
    values = (trace.pre_activations if pre_activation else trace.outputs)[layer]
    value = values.reshape(network.layers[layer].map_shape)[place]
    return _parts(network, weights, trace, gradients, float(value))


@unbounded
def _parts(
    network: Network, weights: Weights, trace: Trace, gradients: Gradients, value: float
) -> Parts:
    biases = {
        layer.name: weights[f"{layer.name}.bias"] * by_sums
        for layer, by_sums in zip(network.layers, gradients.pre_activations, strict=False)
        if "bias" in layer.parameters
    }
    ink, gradient = trace.inputs.sum(axis=2), gradients.inputs.sum(axis=2)
    return Parts(ink, gradient, ink * gradient, biases, value)
