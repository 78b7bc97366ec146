"""Backward: the gradients of the loss for the digit in view, and the class whose loss it is."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.core.backward.gradients import Gradients, loss_gradients, loss_of
from visualizer.core.backward.terms import GradientTerms, LossTerms, gradient_terms
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network, Trace
from visualizer.scene.trail import INPUT, Cell


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """The gradients of one digit's loss: what would change it, and by how much.

    Attributes
    ----------
    label : int
        The class whose loss it is.
    goal : int or None
        That class, if it was chosen; None: it is the digit's label, else the answer.
    """

    network: Network
    weights: Weights
    trace: Trace
    gradients: Gradients
    label: int
    goal: int | None = None

    @classmethod
    def of(
        cls, network: Network, weights: Weights, trace: Trace, label: int | None, goal: int | None
    ) -> Backward:
        """Compute the gradients of the loss for the goal, else the label, else the answer."""
        known = label if goal is None else goal
        answer = int(trace.probabilities.argmax())
        taken = answer if known is None or known >= len(trace.probabilities) else known
        found = loss_gradients(network, weights, trace, taken)
        return cls(network, weights, trace, found, taken, goal)

    @property
    def loss(self) -> float:
        """The cross-entropy for the class, in nats."""
        return loss_of(self.trace, self.label)

    def layer(self, at: int, pre_activation: bool = False) -> Array:
        """Return the gradients by a layer's output or pre-activation, in its shape.

        A softmax and its loss are taken as one: there it is always those by the logits.
        """
        found, joined = self.gradients, at == len(self.network.layers) - 1
        return (found.pre_activations if pre_activation or joined else found.outputs)[at]

    def value(self, cell: Cell, pre_activation: bool = False) -> float:
        """Return how much the loss would rise, were it as steep, if a number rose by one."""
        if cell.layer == INPUT:
            return float(self.gradients.inputs[cell.row, cell.column, cell.channel])
        shape = self.network.layers[cell.layer].map_shape
        values = self.layer(cell.layer, pre_activation).reshape(shape)
        return float(values[cell.row, cell.column, cell.channel])

    def terms(self, cell: Cell) -> GradientTerms | LossTerms:
        """Return every term of the gradient by a cell or a pixel."""
        place = (cell.row, cell.column, cell.channel)
        of = self.network, self.weights, self.trace, self.gradients
        return gradient_terms(*of, cell.layer, place)
