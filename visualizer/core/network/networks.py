"""The named networks: the book's convnet and the variants that the book discusses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network

INPUT_SHAPE = (28, 28, 1)
CLASSES = 10


def _convnet(
    name: str,
    pooling: Callable[[], Sequence[Layer]] = lambda: (MaxPool2D(),),
    stride: RowsColumns = (1, 1),
    padding: Padding = "valid",
) -> Network:
    """Build three convolutions of 32, 64 and 64 filters, with the book's dense head on top."""
    return Network.build(
        name,
        INPUT_SHAPE,
        (
            Conv2D(32, stride=stride, padding=padding),
            *pooling(),
            Conv2D(64, stride=stride, padding=padding),
            *pooling(),
            Conv2D(64, padding=padding),
            Flatten(),
            Dense(64),
            Dense(CLASSES, "softmax"),
        ),
    )


def _book() -> Network:
    return _convnet("book")


def _no_max_pool() -> Network:
    return _convnet("no-max-pool", pooling=tuple)


def _strided() -> Network:
    return _convnet("strided", pooling=tuple, stride=(2, 2))


def _average_pool() -> Network:
    return _convnet("average-pool", pooling=lambda: (AveragePool2D(),))


def _same_padding() -> Network:
    return _convnet("same-padding", padding="same")


def _dense() -> Network:
    return Network.build("dense", INPUT_SHAPE, (Flatten(), Dense(512), Dense(CLASSES, "softmax")))


NETWORKS: dict[str, Callable[[], Network]] = {
    "book": _book,
    "no-max-pool": _no_max_pool,
    "strided": _strided,
    "average-pool": _average_pool,
    "same-padding": _same_padding,
    "dense": _dense,
}


def named(name: str) -> Network:
    """Return one of the six networks by its name.

    Raises
    ------
    ValueError
        The name is unknown; the message lists the known ones.
    """
    if name not in NETWORKS:
        raise ValueError(f"no network named {name!r}; there are {', '.join(NETWORKS)}")
    return NETWORKS[name]()
