"""The terms of the gradient by one weight: a product for each place that uses the weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.core.backward.gradients import Gradients
from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.terms import unbounded


@dataclass(frozen=True, slots=True, eq=False)
class WeightTerms:
    """The gradient by one weight: what it meets × the gradient there, summed over all places.

    Attributes
    ----------
    values, gradients, products : (rows, columns)
        What the weight is multiplied with at each place (1 for a bias), the gradient by the
        pre-activation there, and their product.
    """

    values: Array
    gradients: Array
    products: Array

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))

    def largest(self, count: int) -> list[tuple[int, int]]:
        """Return the places of the products of largest size, the largest first, none that is 0."""
        sizes = np.nan_to_num(np.abs(self.products), nan=0.0, posinf=np.inf).reshape(-1)
        order = np.argsort(-sizes, kind="stable")[:count]
        columns = self.products.shape[1]
        return [divmod(int(at), columns) for at in order if sizes[at] > 0]

    @unbounded
    def rest(self, count: int) -> float:
        """Add up the products that are not among the largest."""
        others = self.products.astype(np.float64)
        for place in self.largest(count):
            others[place] = 0
        return float(others.sum())


@unbounded
def weight_terms(
    network: Network, trace: Trace, gradients: Gradients, tensor: str, index: tuple[int, ...]
) -> WeightTerms:
    """Return every term of the gradient by one weight, for one image.

    Parameters
    ----------
    tensor : str
        "<layer>.kernel" or "<layer>.bias".
    index : tuple of int
        The weight's place in it: (row, column, in_channel, filter), (input, unit) or (filter,).

    Raises
    ------
    ValueError
        There is no such tensor or weight, or the gradients are of a number below it.
    """
    shape = network.parameters.get(tensor)
    if shape is None:
        raise ValueError(
            f"there is no tensor {tensor!r}; there are {', '.join(network.parameters)}"
        )
    if len(index) != len(shape) or not all(
        0 <= at < size for at, size in zip(index, shape, strict=True)
    ):
        raise ValueError(f"{tensor} has shape {shape}: it has no weight {list(index)}")
    name, _, parameter = tensor.rpartition(".")
    at = network.index(name)
    if at >= len(gradients.pre_activations):
        raise ValueError(f"{name} is above the number whose gradients these are")
    of = network.layers[at], trace.below(at), gradients.pre_activations[at]
    return layer_terms(*of, parameter, index)


@unbounded
def layer_terms(
    layer: Layer, below: Array, gradients: Array, parameter: str, index: tuple[int, ...]
) -> WeightTerms:
    """Return every term of the gradient by one weight of a layer.

    Parameters
    ----------
    below, gradients
        What the layer reads, and the gradients by its pre-activations, in its shapes.
    parameter : "kernel" or "bias"
    """
    values = layer.met(below, parameter, index)
    of_layer = gradients.reshape(layer.map_shape)[:, :, index[-1]]
    return WeightTerms(values, of_layer, values * of_layer)


def _outside(at: int, size: int) -> bool:
    return not 0 <= at < size
