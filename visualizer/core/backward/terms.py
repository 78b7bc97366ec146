"""The terms of one gradient: every cell above that a cell feeds, ready to be added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.core.backward.gradients import Gradients, loss_of
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Place, Weights
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.reach import Factor
from visualizer.core.network.terms import unbounded


@dataclass(frozen=True, slots=True, eq=False)
class GradientTerms:
    """The gradient by one cell: weight × gradient above, summed, times the slope of its ReLU.

    Attributes
    ----------
    cells : Rect
        Rows and columns of the cells above that it feeds; empty where it feeds none.
    first : int
        Their first channel; the others follow it.
    weights, gradients, products : (rows, columns, channels)
        What each cell above rises by with this one, the gradient by its pre-activation, and their
        product.
    factor : str
        What the weights are, as of `Reach`.
    slope : 1.0, 0.0 or None
        Of the cell's own ReLU: open, closed; None where it has none.
    by_output, by_pre_activation : float
        The sum; and the sum times the slope.
    """

    cells: Rect
    first: int
    weights: Array
    gradients: Array
    products: Array
    factor: Factor
    slope: float | None
    by_output: float
    by_pre_activation: float

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))

    @property
    def largest(self) -> Place | None:
        """The cell above with the product of largest size, of equal ones the first, if any."""
        if not self.products.size:
            return None
        sizes = np.nan_to_num(np.abs(self.products), nan=0.0, posinf=np.inf)
        row, column, channel = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return self.cells.top + int(row), self.cells.left + int(column), self.first + int(channel)


@dataclass(frozen=True, slots=True, eq=False)
class LossTerms:
    """The gradient of the loss by one logit: the probability, minus 1 for the label.

    Attributes
    ----------
    probability : float
        Near 1 with more digits than float32 has.
    target : 1.0 or 0.0
        What the probability should be.
    loss : float
        −log of the label's probability, in nats.
    by_pre_activation : float
        The difference of the first two.
    """

    probability: float
    target: float
    loss: float
    by_pre_activation: float


@unbounded
def gradient_terms(
    network: Network,
    weights: Weights,
    trace: Trace,
    gradients: Gradients,
    layer: int,
    place: Place,
) -> GradientTerms | LossTerms:
    """Return every term of the gradient by a cell; of layer −1 it is a pixel.

    Raises
    ------
    ValueError
        The cell is in the layer, or above the layer, whose number the gradients are of.
    """
    above = layer + 1
    if above >= len(gradients.pre_activations):
        if above == len(network.layers) and gradients.label is not None:
            target = float(place[2] == gradients.label)
            gradient = float(gradients.pre_activations[layer][place[2]])
            loss = loss_of(trace, gradients.label)
            return LossTerms(gradient + target, target, loss, gradient)
        raise ValueError(f"no cell above {network.layers[layer].name} has a gradient")
    upper = network.layers[above]
    reach = upper.reach(trace.below(above), weights, place)
    cells, last = reach.cells, reach.first + reach.weights.shape[2]
    of_layer = gradients.pre_activations[above].reshape(upper.map_shape)
    fed = of_layer[cells.top : cells.bottom, cells.left : cells.right, reach.first : last]
    products = reach.weights * fed
    total = float(products.sum(dtype=np.float64))
    slope = None
    if layer >= 0 and network.layers[layer].activation_name == "relu":
        sums = trace.pre_activations[layer].reshape(network.layers[layer].map_shape)
        slope = float(sums[place] > 0)
    return GradientTerms(
        cells,
        reach.first,
        reach.weights,
        fed,
        products,
        reach.factor,
        slope,
        by_output=total,
        by_pre_activation=0.0 if slope == 0 else total,
    )
