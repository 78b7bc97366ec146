"""TermsForm: the base of the forms for all kinds of sums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualizer.views.base.layouts import Part, column, row
from visualizer.views.base.look import Look
from visualizer.views.position.terms_views import Explained, SumPanel

BESIDE = 16  # between the columns


class TermsForm(SumPanel[Explained]):
    """A form that shows all terms of a number in the whole window, in two columns.

    Attributes
    ----------
    note : tuple of str
        What the form shows, in ever shorter forms.
    several : bool
        Whether there are several channels, which can be sorted.
    by_size : bool
        Whether channels are sorted by size, not by number.

    Signals
    -------
    noted
        The note has changed.
    """

    noted = Signal()
    several = False
    by_size = True

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.note: tuple[str, ...] = ("",)

    def lay_out(self, main: QWidget, *aside: Part, spacing: float = 2) -> None:
        """Place the `main` part beside a second column, whose parts are `spacing` apart."""
        self.aside = column(self.look, *aside, spacing=spacing)
        self.row = row(self.look, (main, 1), self.aside, spacing=BESIDE)
        self.setLayout(self.row)

    def show_note(self, *note: str) -> None:
        """Say what the form shows, in ever shorter forms."""
        self.note = note
        self.noted.emit()
