"""The gradients of one number of a network by every number below it, and by the weights.

The number is the cross-entropy of one image, or what one cell holds. A softmax with its loss is
taken as one: the gradient by a logit is its probability, minus 1 for the label. A max pooling
hands its gradient to its winner, of equal ones to the first in row order, and a ReLU at 0 is
closed, both as in torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.core.network.layer import Array, Place, Weights, through_activation
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.terms import unbounded


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """How much one number would rise for each unit that another number rises by.

    Attributes
    ----------
    inputs : (height, width, channels)
        By each pixel.
    pre_activations, outputs : one array a layer, in the layer's shape
        By the layer's sums and by what it gives, up to the layer that the number is in.
    label : int or None
        The class whose loss the number is; None if it is the number at a cell.
    """

    inputs: Array
    pre_activations: tuple[Array, ...]
    outputs: tuple[Array, ...]
    label: int | None = None

    def below(self, layer: int) -> Array:
        """Return the gradient by the input of a layer: the output below, or the image."""
        return self.outputs[layer - 1] if layer else self.inputs

    @unbounded
    def parameters(self, network: Network, trace: Trace) -> dict[str, Array]:
        """Compute the gradient by each weight tensor, by "<layer>.kernel" and "<layer>.bias".

        Those of layers above the number are left out: it does not depend on them.
        """
        return {
            f"{layer.name}.{key}": found
            for at, (layer, gradient) in enumerate(
                zip(network.layers, self.pre_activations, strict=False)
            )
            for key, found in layer.parameter_gradients(trace.below(at), gradient).items()
        }


@unbounded
def loss_of(trace: Trace, label: int) -> float:
    """Compute the cross-entropy in nats: −log of the label's probability."""
    logits = trace.pre_activations[-1].astype(np.float64)
    largest = logits.max()
    return float(np.log(np.exp(logits - largest).sum()) + largest - logits[label])


@unbounded
def loss_gradients(network: Network, weights: Weights, trace: Trace, label: int) -> Gradients:
    """Compute the gradients of one image's cross-entropy for a label.

    Raises
    ------
    ValueError
        The network does not end with a softmax, or has no such class.
    """
    check_class(network, label)
    by_logits = _by_logits(trace, label)
    by_probabilities = np.zeros_like(by_logits)
    by_probabilities[label] = -np.exp(np.float32(loss_of(trace, label)))
    return _backward(
        network, weights, trace, len(network.layers) - 1, by_logits, by_probabilities, label
    )


@unbounded
def cell_gradients(
    network: Network,
    weights: Weights,
    trace: Trace,
    layer: int,
    place: Place,
    *,
    pre_activation: bool = False,
) -> Gradients:
    """Compute the gradients of the number at a cell: its output, or its pre-activation.

    Raises
    ------
    ValueError
        The output of a softmax is asked for: only its logit has gradients here.
    """
    own = network.layers[layer]
    if own.activation_name == "softmax" and not pre_activation:
        raise ValueError(f"{own.name}: a probability is no sum; its logit is")
    one = np.zeros(own.map_shape, np.float32)
    one[place] = 1
    one = one.reshape(own.output_shape)
    if pre_activation:
        return _backward(network, weights, trace, layer, one, np.zeros_like(one))
    gated = through_activation(trace.pre_activations[layer], one, own.activation_name)
    return _backward(network, weights, trace, layer, gated, one)


def _by_logits(trace: Trace, label: int) -> Array:
    """Compute probability − 1 for the label, probability for the others.

    Where the label is almost sure, 1 minus its probability has lost its digits; the probabilities
    of the others have not, and add up to it.
    """
    logits = trace.pre_activations[-1].astype(np.float64)
    powers = np.exp(logits - logits.max())
    by_logits = powers / powers.sum()
    by_logits[label] = 0
    by_logits[label] = -by_logits.sum()
    return np.asarray(by_logits, np.float32)


def _backward(
    network: Network,
    weights: Weights,
    trace: Trace,
    top: int,
    by_sums: Array,
    by_outputs: Array,
    label: int | None = None,
) -> Gradients:
    """Go down from the gradients by the sums and outputs of layer `top`."""
    sums, outputs = [by_sums], [by_outputs]
    for at in range(top, 0, -1):
        below = network.layers[at - 1]
        outputs.append(network.layers[at].backward(trace.below(at), weights, sums[-1]))
        before = trace.pre_activations[at - 1]
        sums.append(through_activation(before, outputs[-1], below.activation_name))
    inputs = network.layers[0].backward(trace.inputs, weights, sums[-1])
    return Gradients(inputs, tuple(reversed(sums)), tuple(reversed(outputs)), label)


def check_class(network: Network, label: int) -> None:
    """Raise a ValueError unless the network ends with a softmax that has this class."""
    last = network.layers[-1]
    if last.activation_name != "softmax":
        raise ValueError(f"{last.name}: only a last layer with softmax has a loss")
    if not 0 <= label < last.map_shape[2]:
        raise ValueError(f"there is no class {label}: there are 0 to {last.map_shape[2] - 1}")
