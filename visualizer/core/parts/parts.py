"""Parts: stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.layers import Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network, Trace


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    pixels: Array
    biases: Mapping[str, Array]
    total: float

    def less(self, other: Parts) -> Parts:
        biases = {name: value - other.biases[name] for name, value in self.biases.items()}
        return Parts(self.pixels - other.pixels, biases, self.total - other.total)


def parts_of(network: Network, weights: Weights, trace: Trace, cell: object) -> Parts:
    g = np.zeros(network.layers[cell.layer].map_shape, np.float64)
    g[cell.row, cell.column, cell.channel] = 1
    g = g.reshape(trace.outputs[cell.layer].shape)
    biases = {}
    for at in range(cell.layer, -1, -1):
        layer = network.layers[at]
        x = trace.below(at)
        if at != cell.layer and getattr(layer, "activation_name", "linear") == "relu":
            g = g * (trace.pre_activations[at] > 0)
        if isinstance(layer, Dense):
            biases[layer.name] = g * weights[f"{layer.name}.bias"]
            g = (weights[f"{layer.name}.kernel"].astype(np.float64) @ g).reshape(x.shape)
        elif isinstance(layer, Flatten):
            g = g.reshape(x.shape)
        else:
            s = layer.sliding
            (pt, pb), (pl, pr) = s.margins if s.padding == "same" else ((0, 0), (0, 0))
            h, w, c = x.shape
            out = np.zeros((h + pt + pb, w + pl + pr, c))
            kh, kw = s.kernel
            sh, sw = s.stride
            rows, cols = s.places
            if isinstance(layer, Conv2D):
                biases[layer.name] = g * weights[f"{layer.name}.bias"]
                k = weights[f"{layer.name}.kernel"].astype(np.float64)
            elif isinstance(layer, MaxPool2D):
                p = layer.patches(x, -np.inf).reshape(rows, cols, kh * kw, c)
                win = p.argmax(axis=2)
            for i in range(kh):
                for j in range(kw):
                    view = out[i : i + sh * (rows - 1) + 1 : sh, j : j + sw * (cols - 1) + 1 : sw]
                    if isinstance(layer, Conv2D):
                        view += g @ k[i, j].T
                    elif isinstance(layer, MaxPool2D):
                        view += g * (win == i * kw + j)
                    else:
                        view += g / layer.window_counts[:, :, None]
            g = out[pt : pt + h, pl : pl + w]
    pixels = (g * trace.inputs)[:, :, 0].astype(np.float32)
    order = [layer.name for layer in network.layers if layer.name in biases]
    total = float(
        trace.pre_activations[cell.layer].reshape(-1)[
            np.ravel_multi_index(
                (cell.row, cell.column, cell.channel), network.layers[cell.layer].map_shape
            )
        ]
    )
    return Parts(pixels, {name: biases[name] for name in order}, total)
