"""Limits of a network's size, so that it fits in a laptop's memory and answers at once."""

from __future__ import annotations

from visualizer.core.network.layer import Layer

MOST = {
    "layers": 64,
    "parameters": 50_000_000,  # 200 MB, and as much again for each of an optimizer's averages
    "values in its maps": 1_000_000,  # a batch of 64 keeps 256 MB of them
    "values in its windows": 20_000_000,  # one image's patches, 80 MB
    "products an image": 1_000_000_000,
}


class Sizes:
    """The sizes of a network, added up layer by layer."""

    def __init__(self) -> None:
        self._sizes = dict.fromkeys(MOST, 0)

    def add(self, layer: Layer) -> None:
        """Add the sizes of one more layer.

        Raises
        ------
        ValueError
            With this layer the network is too large.
        """
        counted = (1, *layer.sizes)
        for (what, most), number in zip(MOST.items(), counted, strict=True):
            self._sizes[what] += number
            if self._sizes[what] > most:
                size = self._sizes[what]
                raise ValueError(f"with it there are {size:,} {what}, and {most:,} is the most")
