"""How large a network may be: what fits in the memory of a laptop, and answers at once."""

from __future__ import annotations

import math

from visualizer.core.layer import Layer
from visualizer.core.windowed import Windowed

MOST = {
    "layers": 64,
    "parameters": 50_000_000,  # 200 MB, and as much again for each of an optimizer's averages
    "values in its maps": 1_000_000,  # a batch of 64 keeps 256 MB of them
    "values in its windows": 20_000_000,  # one image's patches, 80 MB
    "products an image": 1_000_000_000,
}


def multiply_adds(layer: Layer) -> int:
    """Products of an input and a weight that one image takes; each is added to a sum."""
    kernel = math.prod(layer.parameters.get("kernel", (0,)))
    return math.prod(layer.map_shape[:2]) * kernel


class Sizes:
    """The sizes of a network, added up layer by layer."""

    def __init__(self) -> None:
        self._sizes = dict.fromkeys(MOST, 0)

    def add(self, layer: Layer) -> None:
        """Count one layer more.

        Raises
        ------
        ValueError
            With it the network is larger than it may be.
        """
        places = math.prod(layer.map_shape[:2])
        patches = 0
        if isinstance(layer, Windowed):
            patches = places * math.prod(layer.sliding.kernel) * layer.input_shape[2]
        values = math.prod(layer.output_shape)
        counted = (1, layer.parameter_count, values, patches, multiply_adds(layer))
        for (what, most), number in zip(MOST.items(), counted, strict=True):
            self._sizes[what] += number
            if self._sizes[what] > most:
                size = self._sizes[what]
                raise ValueError(f"with it there are {size:,} {what}, and {most:,} is the most")
