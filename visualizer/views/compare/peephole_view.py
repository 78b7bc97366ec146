"""PeepholeView: how much of a digit one cell sees; guess the digit through its field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from visualizer.compare.comparison import Comparison
from visualizer.compare.peephole import Peephole, area_of, shape_text
from visualizer.core.words import listed
from visualizer.data.dataset import CLASSES
from visualizer.text.numbers import percent
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.compare.hole_view import HoleView
from visualizer.views.widgets.buttons import Button, ComboBox

BUTTONS_ACROSS = 5


class PeepholeView(Panel):
    """The covered digit at the left; the hole's size, the guess and the score beside it."""

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look)
        self._comparison, self._on_stage = comparison, on_stage
        self._peephole: Peephole = comparison.peephole
        explained = "explained" if on_stage else ""
        self.digit = HoleView(look, self._peephole)
        self.sizes = ComboBox("Size of the hole")
        self.asks = label("What is it?", "heading")
        self.says = label("", explained, wraps=True)
        self.score = label("", "caption", wraps=True)
        self.guesses = [Button(str(number)) for number in range(CLASSES)]
        self.reveal = Button(
            "Reveal", "Show the digit without a guess (Enter)", self._peephole.reveal
        )
        self.next = Button(
            "Next digit", "Cover another digit (Enter, once this one is revealed)", self._on_next
        )
        self._lay_out()
        for number, button in enumerate(self.guesses):
            button.setAccessibleName(f"It is a {number}")
            button.clicked.connect(partial(self._peephole.take_for, number))
        self.sizes.activated.connect(self._on_size)
        self._peephole.changed.connect(self._show)
        comparison.networks.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        look, across = self.look, BUTTONS_ACROSS
        keys = Grid(look, self.guesses[:across], self.guesses[across:], across=8, down=8)
        beside = column(
            look,
            label("Seen through the field of one cell of", "caption"),
            (self.sizes, Qt.AlignmentFlag.AlignLeft),
            self.asks,
            keys,
            row(look, self.reveal, self.next, 1),
            self.says,
            1,
            self.score,
            spacing=8,
        )
        self.setLayout(row(look, (self.digit, 3), (beside, 2), spacing=24))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
        if not self._on_stage:  # on the stage the arrow keys belong to a remote control
            self.digit.setFocus()

    def _show(self) -> None:
        peephole = self._peephole
        shapes = peephole.shapes
        entries = [f"{shape_text(shape)}  ({listed(names)})" for shape, names in shapes.items()]
        if [self.sizes.itemText(at) for at in range(self.sizes.count())] != entries:
            self.sizes.clear()
            self.sizes.addItems(entries)
        if peephole.shape in shapes:
            self.sizes.setCurrentIndex(list(shapes).index(peephole.shape))
        for button in (*self.guesses, self.reveal):
            button.setEnabled(not peephole.revealed)
        self.says.setText(self._verdict() if peephole.revealed else "Move the hole, then guess.")
        told = [
            f"through {shape_text(shape)}: {of.right} of {of.all}"
            for shape, of in sorted(peephole.score.items(), key=lambda each: area_of(each[0]))
        ]
        self.score.setText(f"Guessed right {', '.join(told)}" if told else "")

    def _verdict(self) -> str:
        """Return the guess, the label, and what a network reads from the whole digit."""
        peephole = self._peephole
        if peephole.index is None:
            return ""
        told = f"t is a {peephole.label}."
        told = f"I{told}" if peephole.guess is None else f"{('No', 'Right')[self._right]}: i{told}"
        named = peephole.shapes.get(peephole.shape, [])
        trained = self._comparison.networks.trained
        model = next((each.model for each in trained if each.name in named), None)
        if model is None:
            return told
        found = model.trace(peephole.images.pixels[peephole.index]).probabilities
        best = percent(float(found.max()), 1)
        reads = f"{model.network.name} reads {int(found.argmax())} ({best})"
        return f"{told} {reads}: its head puts all such views together."

    @property
    def _right(self) -> bool:
        return self._peephole.guess == self._peephole.label

    def _on_size(self, row: int) -> None:
        self._peephole.show_shape(list(self._peephole.shapes)[row])
        self.digit.setFocus()

    def _on_next(self) -> None:
        self._peephole.next_digit()
        self.digit.setFocus()
