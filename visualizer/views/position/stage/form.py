"""TermsForm: the base of the forms for all kinds of terms."""

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

ASIDE = 224  # width at zoom 1 of the column beside the grids
BESIDE = 16  # between the columns


class TermsForm(Panel, Generic[Explained]):
    """A form that shows all terms of a number in the whole window.

    Attributes
    ----------
    note : tuple of str
        What the form shows, in ever shorter forms.
    several : bool
        Whether there are several channels, which can be sorted.

    Signals
    -------
    followed : Cell
        The user follows a term; this is the cell below that it came from.
    selected : Cell
        The user wants to select another cell, with a new trail.
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
    """Return the channels, the largest subtotal first, or in the order of their numbers."""
    if by_size:
        return np.argsort(-np.abs(subtotals), kind="stable")
    return np.arange(len(subtotals))


def largest_of(subtotals: Array) -> int:
    """Return the first channel with the largest absolute subtotal."""
    return int(np.nan_to_num(np.abs(subtotals), nan=0.0, posinf=np.inf).argmax())
