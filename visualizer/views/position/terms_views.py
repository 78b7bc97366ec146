"""The base of all views of terms, and the two smallest: a copied element, and a pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from visualizer.core.network.terms import CopyTerms, Terms
from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count, number
from visualizer.views.base.labels import Sentence, label
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme

Explained = TypeVar("Explained", bound=Terms)


class TermsView(Panel, Generic[Explained]):
    """A view of the terms of a number.

    Signals
    -------
    followed : Cell
        A term was double-clicked; this is the cell below that it came from.
    selected : Cell
        The user wants to select another cell, with a new trail.
    """

    followed = Signal(Cell)
    selected = Signal(Cell)

    def __init__(self, look: Look, lines: int = 1) -> None:
        """Make the view; its sentence has room for at least so many `lines`."""
        super().__init__(look)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.cell = Cell(0, 0, 0, 0)
        self.caption = label("", "caption")
        self.caption.setWordWrap(True)
        self.sentence = Sentence("sum", lines)
        self.column.addWidget(self.caption)
        self.column.addWidget(self.sentence)

    def apply_theme(self, theme: Theme) -> None:
        self.column.setSpacing(theme.px(6))

    def show_terms(self, scene: Scene, cell: Cell, terms: Explained) -> None:
        """Show the terms of a cell; emits nothing."""
        raise NotImplementedError

    def needs(self, width: int) -> tuple[object, ...]:
        """Return everything that the view's height depends on; equal values mean equal heights."""
        return width, self.sentence.sizeHint().height(), self.caption.text()

    def show_roomy(self) -> None:
        """Show everything, at its usual size."""
        self.caption.show()

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        """Return the actions that make room, in the order in which they are tried."""
        return [hide_slide, self.caption.hide]

    def ways_to_grow(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        """Return the actions that use spare room, step by step, each with its reverse."""
        return []

    def main_term(self, scene: Scene) -> Cell | None:
        """Return the cell below that contributes most to the shown number."""
        raise NotImplementedError

    def result(self, text: str) -> str:
        """Return a text in the selection's colour: the number that is explained."""
        return result(text, self.theme)

    def mark_result(self, sentence: str) -> str:
        """Return a sentence with the part after the last = in the selection's colour."""
        return mark_result(sentence, self.theme)


def below_name(scene: Scene, cell: Cell) -> str:
    """Return the name of the layer below a cell."""
    return scene.network.layers[cell.layer - 1].name if cell.layer else "the digit"


def windowed_layer(scene: Scene, cell: Cell) -> Windowed:
    """Return the layer of a cell, which slides a window.

    Raises
    ------
    TypeError
        The layer slides none.
    """
    layer = scene.network.layers[cell.layer]
    if not isinstance(layer, Windowed):
        raise TypeError(f"{layer.name} slides no window.")
    return layer


def result(text: str, theme: Theme) -> str:
    """Return a text in the selection's colour: the number that is explained."""
    return f'<span style="color:{theme.palette.selection}; font-weight:700">{text}</span>'


def mark_result(sentence: str, theme: Theme) -> str:
    """Return a sentence with the part after the last = in the selection's colour, not broken."""
    left, _, right = sentence.rpartition(" = ")
    marked = f"{left} = {result(right, theme)}"
    return marked.replace("max(0, ", "max(0,&nbsp;").replace(") = <", ")&nbsp;=&nbsp;<")


class CopyView(TermsView[CopyTerms]):
    """An element of a flattened vector, and the cell that it copies."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.formula = QLabel()
        self.formula.setWordWrap(True)
        self.column.addWidget(self.formula)
        self._source = (0, 0, 0)

    def show_terms(self, scene: Scene, cell: Cell, terms: CopyTerms) -> None:
        self.cell, self._source = cell, terms.source
        layer = scene.network.layers[cell.layer]
        shape, (row, column, channel) = layer.input_shape, terms.source
        below = below_name(scene, cell)
        self.caption.setText(
            f"Flatten writes the {shape} cells of {below} one after the other, in the order row, "
            f"column, channel: {count(layer.output_shape[0])} in all. Nothing is computed."
        )
        self.sentence.show_text(
            f"{below} [{row}, {column}, {channel}] → [{terms.index}] = "
            + self.result(number(terms.output)),
            cell,
        )
        self.formula.setText(
            f"(row × {shape[1]} + column) × {shape[2]} + channel<br>"
            f"= ({row} × {shape[1]} + {column}) × {shape[2]} + {channel} = <b>{terms.index}</b>"
            f"<br><br>{terms.index} ÷ {shape[2]} = {terms.index // shape[2]}, rest {channel}: "
            f"channel {channel}<br>{terms.index // shape[2]} ÷ {shape[1]} = {row}, rest {column}: "
            f"row {row}, column {column}"
        )

    def main_term(self, scene: Scene) -> Cell | None:
        return scene.below(self.cell, *self._source)


class PixelView(TermsView[Terms]):
    """A pixel of the digit, where every trail ends."""

    def show_pixel(self, scene: Scene, row: int, column: int) -> None:
        grey = int(scene.digit.pixels[row, column])
        self.caption.setText("A pixel of the digit, divided by 255. Here the trail ends.")
        self.sentence.show_text(f"{grey} / 255 = {self.result(number(grey / 255))}")
