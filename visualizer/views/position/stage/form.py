"""TermsForm: what the forms for all types of terms have in common."""

from __future__ import annotations

from typing import Generic

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Signal

from visualizer.core.network.layer import Array
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.views.base.look import Look, Panel
from visualizer.views.position.terms_views import Explained

ASIDE = 224  # width at zoom 1 of the column with what is explained
BESIDE = 16  # between the columns


class TermsForm(Panel, Generic[Explained]):
    """One way to show all terms of a number in the whole window.

    Attributes
    ----------
    note : tuple of str
        What is shown, in ever shorter words.
    several : bool
        Whether there are channels that can be put in order.

    Signals
    -------
    followed : Cell
        A term is to be followed: the cell that it came from.
    selected : Cell
        Another cell is to be selected, with a new trail.
    noted
        The note has changed.
    """

    followed = Signal(Cell)
    selected = Signal(Cell)
    noted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.note: tuple[str, ...] = ("",)
        self.several = False

    def show_terms(self, scene: Scene, cell: Cell, terms: Explained, by_size: bool) -> None:
        """Show a cell's terms, the channels by size or by number; emits nothing."""
        raise NotImplementedError


def ordered(subtotals: Array, by_size: bool) -> npt.NDArray[np.intp]:
    """The channels, the largest subtotal first or as they are numbered."""
    if by_size:
        return np.argsort(-np.abs(subtotals), kind="stable")
    return np.arange(len(subtotals))


def largest_of(subtotals: Array) -> int:
    """The channel with the largest subtotal, whatever its sign; the first."""
    return int(np.nan_to_num(np.abs(subtotals), nan=0.0, posinf=np.inf).argmax())
