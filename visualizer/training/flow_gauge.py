"""FlowGauge: how large the gradient and the update of every layer are in one step of training."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.linalg import vector_norm

from visualizer.core.flow import LayerFlow, learning_layers
from visualizer.training.torch_network import TorchNetwork


class FlowGauge:
    """Measures a step from the flat vectors of a network: a copy, and three norms a layer."""

    def __init__(self, model: TorchNetwork) -> None:
        self._model = model
        self._sizes = [
            sum(math.prod(shape) for shape in layer.parameters.values())
            for layer in learning_layers(model.network)
        ]
        self._before = model.values

    def begin(self) -> None:
        """Note the weights before a step."""
        self._before = self._model.values.clone()

    def read(self, step: int) -> LayerFlow:
        """Measure the step that was taken since: its gradient, and its change of the weights."""
        model = self._model
        before, self._before = self._before, model.values  # the copy is needed no more
        vectors = (model.gradients.float(), model.values - before, before)
        norms = torch.stack([self._norms(vector) for vector in vectors]).tolist()
        sizes = [math.sqrt(size) for size in self._sizes]
        gradients = [norm / size for norm, size in zip(norms[0], sizes, strict=True)]
        ratios = [_ratio(*lengths) for lengths in zip(norms[1], norms[2], strict=True)]
        return LayerFlow(step, tuple(gradients), tuple(ratios))

    def _norms(self, vector: Tensor) -> Tensor:
        parts = vector.split(self._sizes)  # type: ignore[no-untyped-call]
        return torch.stack([vector_norm(part) for part in parts])


def _ratio(update: float, weights: float) -> float:
    """Divide two lengths; of weights that are all 0, any change is infinitely large."""
    return update / weights if weights else math.inf if update else 0.0
