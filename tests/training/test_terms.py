"""The terms that the window shows add up to torch's own values, for every kind of layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms
from visualizer.training.torch_network import TorchNetwork

from .test_torch_network import random_weights

DRAWS = 200


def shown_sum(terms: ConvTerms | PoolTerms | CopyTerms | DenseTerms) -> float:
    """What a reader gets who adds up the terms, after the activation."""
    match terms:
        case ConvTerms():
            return max(0.0, float(terms.subtotals.sum(dtype=np.float64)) + terms.bias)
        case PoolTerms(reduction="max"):
            return float(terms.counted.max())
        case PoolTerms():
            return float(terms.counted.mean())
        case CopyTerms():
            return terms.output
        case DenseTerms(softmax=True):
            own = np.exp(np.float64(terms.total + terms.bias))
            return float(own / terms.exponentials.sum())
        case _:
            return max(0.0, terms.total + terms.bias)


@pytest.mark.parametrize("name", NETWORKS)
def test_terms_add_up_to_torchs_values(name: str) -> None:
    network = named(name)
    weights = random_weights(network)
    rng = np.random.default_rng(7)
    images = rng.random((4, 28, 28, 1), dtype=np.float32)
    traces = [network.forward(image, weights) for image in images]
    for depth, layer in enumerate(network.layers):
        part = replace(network, layers=network.layers[: depth + 1])
        own = {key: weights[key] for key in part.parameters}
        with torch.no_grad():
            values = TorchNetwork(part, own).chain(torch.from_numpy(images).permute(0, 3, 1, 2))
            if layer.activation_name == "softmax":
                values = F.softmax(values, dim=1)
        values = values.permute(0, 2, 3, 1) if values.dim() == 4 else values[:, None, None]
        for _ in range(DRAWS):
            digit = int(rng.integers(4))
            row, column, channel = (int(rng.integers(size)) for size in layer.map_shape)
            terms = layer.terms(traces[digit].below(depth), weights, (row, column, channel))
            expected = float(values[digit, row, column, channel])
            assert shown_sum(terms) == pytest.approx(expected, rel=1e-4, abs=1e-5)
