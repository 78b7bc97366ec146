"""Gradient flow: how large the gradient and the update of every layer are, while a network trains.

Karpathy (CS231n, "Babysitting the learning process") looks at |update| / |weights| of a layer and
takes about 0.001 for usual: a rule of thumb.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.network import Network

EACH, EVERY = 32, 16  # every batch up to EACH is measured, then one of EVERY
MOST = 1000  # measurements that are kept of a run
USUAL = (1e-4, 1e-2)  # |update| / |weights|, as a rule of thumb
EXPLODING, VANISHING = 0.1, 1e-6  # |update| / |weights|
BESIDE = 100  # so many times as large is another layer's where one's vanishes
TIMES = {"dead": 5, "exploding": 10, "vanishing": 5}  # measurements in a row
LOOKED_AT = max(TIMES.values())  # measurements that a diagnosis needs

Ill = Literal["broken", "exploding", "dead", "vanishing", "certain"]
Layers = tuple[Layer, ...]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


def is_measured(step: int) -> bool:
    """Return whether the flow of this batch is measured; batches count from 1."""
    return step <= EACH or step % EVERY == 0


def learning_layers(network: Network) -> Layers:
    """Return the layers that have weights, in order."""
    return tuple(layer for layer in network.layers if layer.parameters)


@dataclass(frozen=True, slots=True)
class LayerFlow:
    """What one batch did to every layer with weights, kernel and bias together.

    Attributes
    ----------
    step : int
        The batch, from 1.
    gradients : tuple of float
        The root mean square of the layer's gradient.
    ratios : tuple of float
        |update| / |weights|: the length of the change that the optimizer made, over the length of
        the weights before it.
    """

    step: int
    gradients: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def usual(self) -> bool:
        """Whether this one measurement rules out a broken, an exploding and a dead layer."""
        small = all(ratio <= EXPLODING for ratio in self.ratios)  # NaN is not
        return small and all(0 < gradient < math.inf for gradient in self.gradients)


class Flow:
    """The measurements of a run, in order, at most MOST: past that they lie farther apart.

    They are not kept with a stored run.
    """

    def __init__(self) -> None:
        self._apart = 0  # batches from one measurement to the next, at least; but for the last
        self._epochs: list[float] = []
        self._measured: list[LayerFlow] = []

    def __len__(self) -> int:
        return len(self._measured)

    def __getitem__(self, at: int) -> LayerFlow:
        return self._measured[at]

    def add(self, epoch: float, measured: LayerFlow) -> None:
        """Append the measurement of a batch, with the epochs done after it."""
        if len(self) > 1 and self._measured[-1].step - self._measured[-2].step < self._apart:
            self._epochs.pop()
            self._measured.pop()
        self._epochs.append(epoch)
        self._measured.append(measured)
        if len(self) > MOST:
            self._thin()

    def _thin(self) -> None:
        """Leave half of the measurements, evenly spread over the batches; the last stays."""
        self._apart = 2 * self._measured[-1].step // MOST + 1
        epochs, measured = self._epochs, self._measured
        self._epochs, self._measured = [], []
        for each in zip(epochs, measured, strict=True):
            self.add(*each)

    @property
    def epochs(self) -> Array:
        """Epochs done after each measurement, (n,)."""
        return np.array(self._epochs, np.float32)

    @property
    def gradients(self) -> Array:
        """Root mean squares of the gradients, (n, layers)."""
        return np.array([each.gradients for each in self._measured], np.float32)

    @property
    def ratios(self) -> Array:
        """|update| / |weights|, (n, layers)."""
        return np.array([each.ratios for each in self._measured], np.float32)

    def until(self, epoch: float) -> int:
        """Count the measurements up to a moment, in epochs."""
        return bisect_right(self._epochs, epoch + 1e-6)

    def last(self, count: int, end: int | None = None) -> list[LayerFlow]:
        """Return the last measurements, of all or of the first `end`."""
        end = len(self) if end is None else end
        return self._measured[max(end - count, 0) : end]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with some layers.

    Attributes
    ----------
    ill
        "broken": a gradient or an update is no finite number. "exploding": the weights change too
        much in each batch. "dead": the gradient is exactly 0. "vanishing": the weights hardly
        change. "certain": the gradient of every layer is 0, as the network is certain of every
        answer, and right.
    layers : tuple of str
        Of dead layers the highest alone.
    ratio : float
        The last |update| / |weights|, of several layers the largest.
    shut : bool
        Of a dead layer: whether it ends in a ReLU, which is then shut for every digit.
    below : tuple of str
        Of a dead layer: the layers below, which get no gradient through it.
    beside : tuple of str and float
        Of vanishing layers: the layer that changes most, and its ratio.
    """

    ill: Ill
    layers: tuple[str, ...]
    ratio: float = 0.0
    shut: bool = False
    below: tuple[str, ...] = ()
    beside: tuple[str, float] = ("", 0.0)


def diagnoses(network: Network, measured: Sequence[LayerFlow]) -> tuple[Diagnosis, ...]:
    """Return what is wrong with the layers after these measurements, which are in order.

    The worst comes first; of a layer that is dead it is not said, too, that it hardly changes.
    """
    layers, rows = learning_layers(network), measured[-LOOKED_AT:]
    if not rows or len(rows[-1].ratios) != len(layers):
        return ()
    gradients = np.array([row.gradients for row in rows])
    ratios = np.array([row.ratios for row in rows])
    dead = _dead(layers, gradients)
    gone = {name for each in dead for name in (*each.layers, *each.below)}
    found = (*_exploding(layers, gradients, ratios), *dead, *_vanishing(layers, ratios, gone))
    return tuple(found)


def _exploding(layers: Layers, gradients: Float64, ratios: Float64) -> list[Diagnosis]:
    last = ratios[-1]
    broken = np.array(
        [not np.isfinite(each).all() for each in zip(gradients[-1], last, strict=True)]
    )
    large = _in_a_row(ratios > EXPLODING, TIMES["exploding"])
    found = []
    if names := _named(layers, broken):
        found.append(Diagnosis("broken", names))
    if names := _named(layers, large & ~broken):
        found.append(Diagnosis("exploding", names, float(last[large & np.isfinite(last)].max())))
    return found


def _dead(layers: Layers, gradients: Float64) -> list[Diagnosis]:
    """Find the highest dead layer; those below it get nothing through it."""
    dead = _in_a_row(gradients == 0, TIMES["dead"])
    names = _named(layers, dead)
    if len(names) == len(layers):
        return [Diagnosis("certain", names)]
    if not names:
        return []
    *below, top = names
    shut = any(layer.activation_name == "relu" for layer in layers if layer.name == top)
    return [Diagnosis("dead", (top,), shut=shut, below=tuple(below))]


def _vanishing(layers: Layers, ratios: Float64, gone: set[str]) -> list[Diagnosis]:
    """Find layers that hardly change while another one does: at a small rate all hardly change."""
    most = int(np.nan_to_num(ratios[-1]).argmax())
    behind = ratios * BESIDE < ratios.max(axis=1, keepdims=True)
    faint = _in_a_row((ratios < VANISHING) & behind, TIMES["vanishing"])
    faint &= [layer.name not in gone for layer in layers]
    if not faint.any():
        return []
    beside = (layers[most].name, float(ratios[-1, most]))
    largest = float(ratios[-1, faint].max())
    return [Diagnosis("vanishing", _named(layers, faint), largest, beside=beside)]


def _in_a_row(so: Bool, times: int) -> Bool:
    """Return of which layers it is so in each of the last measurements, so many at least."""
    enough = len(so) >= times
    return np.array([enough and bool(column.all()) for column in so[-times:].T], np.bool_)


def _named(layers: Layers, chosen: Bool) -> tuple[str, ...]:
    return tuple(layer.name for layer, of in zip(layers, chosen, strict=True) if of)
