"""Reach: the cells of a layer that one cell of the layer below feeds, each with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from visualizer.core.network.geometry import Rect

Array = npt.NDArray[np.float32]
Factor = Literal["kernel", "weight", "winner", "share", "copy"]


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The cells of a layer that one cell of the layer below feeds.

    Attributes
    ----------
    cells : Rect
        Their rows and columns; empty where a pooling or a stride drops the cell below.
    first : int
        Their first channel; the others follow it.
    weights : (rows, columns, channels)
        How much each rises when the cell below rises by one.
    factor : str
        What these weights are: cells of a "kernel"; a "weight" of a dense layer; for a "winner" of
        a max pooling 1 and else 0; the "share" in a mean; 1 for a "copy".
    """

    cells: Rect
    first: int
    weights: Array
    factor: Factor
