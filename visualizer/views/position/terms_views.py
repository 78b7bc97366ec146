"""The base of all views of a sum, and the two smallest: a copied element, and a pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from visualizer.scene.chain import chain_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count, number
from visualizer.text.terms import HIDDEN
from visualizer.views.base.labels import Sentence, label
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.chain.picture import ChainPicture
from visualizer.views.chain.texts import Texts, sentence_of
from visualizer.views.position.sum import Sum
from visualizer.views.position.sums import CopySum
from visualizer.views.widgets.buttons import Button

Explained = TypeVar("Explained", bound=Sum[Any])
# What shows a part at a height, and the heights at zoom 1 that it can have, its own first.
Growth: TypeAlias = tuple[Callable[[int], None], Sequence[int]]


class SumPanel(Panel, Generic[Explained]):
    """A panel that draws where a number comes from.

    Attributes
    ----------
    sum : Sum or None
        What is drawn.

    Signals
    -------
    followed : Cell
        The user follows a term; this is the cell below that it came from.
    selected : Cell
        The user wants to select another cell, with a new trail.
    """

    followed = Signal(Cell)
    selected = Signal(Cell)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.sum: Explained | None = None

    def apply_theme(self, theme: Theme) -> None:
        self.redraw()

    def show_sum(self, shown: Explained) -> None:
        """Show where a number comes from; emits nothing."""
        self.sum = shown.like(self.sum)
        self.redraw()

    def redraw(self) -> None:
        """Draw the sum again, where there is one."""
        if self.sum is not None:
            self.draw(self.sum)

    def draw(self, shown: Explained) -> None:
        """Draw a sum."""
        raise NotImplementedError

    def follow(self, cell: Cell | None) -> None:
        """Emit that the user follows a term to a cell, if it is one."""
        if cell is not None:
            self.followed.emit(cell)


class TermsView(SumPanel[Explained]):
    """A view of the terms of a number in a panel."""

    def __init__(self, look: Look, lines: int = 1) -> None:
        """Make the view; its sentence has room for at least so many `lines`."""
        super().__init__(look)
        self.caption = label("", "caption")
        self.caption.setWordWrap(True)
        self.sentence = Sentence("sum", lines)
        self.column = column(look, self.caption, self.sentence, spacing=6)
        self.setLayout(self.column)

    def needs(self, width: int) -> tuple[object, ...]:
        """Return everything that the view's height depends on; equal values mean equal heights."""
        return width, self.sentence.sizeHint().height(), self.caption.text()

    def show_roomy(self, width: int) -> None:
        """Show everything, at the size that is usual at a width."""
        self.caption.show()

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        """Return the actions that make room, in the order in which they are tried."""
        return [hide_slide, self.caption.hide]

    def ways_to_grow(self) -> list[Growth]:
        """Return the parts that can use spare room, in the order in which they are tried."""
        return []

    def mark_result(self, sentence: str) -> str:
        """Return a sentence with the part after the last = in the selection's colour."""
        return mark_result(sentence, self.theme)


def mark_result(sentence: str, theme: Theme) -> str:
    """Return a sentence with the part after the last = in the selection's colour, not broken."""
    left, _, right = sentence.rpartition(" = ")
    result = f'<span style="color:{theme.palette.selection}; font-weight:700">{right}</span>'
    marked = f"{left} = {result}"
    return marked.replace("max(0, ", "max(0,&nbsp;").replace(") = <", ")&nbsp;=&nbsp;<")


class CopyView(TermsView[CopySum]):
    """An element of a flattened vector, and the cell that it copies."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.formula = QLabel()
        self.formula.setWordWrap(True)
        self.column.add(self.formula)

    def needs(self, width: int) -> tuple[object, ...]:
        return (*super().needs(width), self.formula.heightForWidth(width))

    def draw(self, shown: CopySum) -> None:
        index, (row, column, channel) = shown.terms.index, shown.terms.source
        shape, below = shown.layer.input_shape, shown.below_name
        self.caption.setText(
            f"Flatten writes the {shape} cells of {below} one after the other, in the order row, "
            f"column, channel: {count(shown.layer.output_shape[0])} in all. Nothing is computed."
        )
        copied = f"{below} [{row}, {column}, {channel}] → [{index}]"
        value = HIDDEN if shown.hidden else number(shown.terms.output)
        self.sentence.show_text(self.mark_result(f"{copied} = {value}"), shown.cell)
        cell = index // shape[2]
        self.formula.setText(
            f"(row × {shape[1]} + column) × {shape[2]} + channel<br>"
            f"= ({row} × {shape[1]} + {column}) × {shape[2]} + {channel} = <b>{index}</b>"
            f"<br><br>{index} ÷ {shape[2]} = {cell}, rest {channel}: channel {channel}<br>"
            f"{cell} ÷ {shape[1]} = {row}, rest {column}: row {row}, column {column}"
        )


class PixelView(TermsView[Sum[Any]]):
    """A pixel of the digit, where every trail ends, and the way from it to the answer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._texts = Texts()
        self.picture = ChainPicture(look)
        self.way = Sentence("explained")
        self.whole = Button("The whole way (W)", "From this pixel to the answer, in numbers")
        self.column.add(self.picture, self.way, (self.whole, Qt.AlignmentFlag.AlignLeft))

    def needs(self, width: int) -> tuple[object, ...]:
        return (*super().needs(width), self.way.heightForWidth(width))

    def show_pixel(self, scene: Scene, row: int, column: int) -> None:
        grey, chain = int(scene.digit.pixels[row, column]), chain_of(scene)
        self.caption.setText("A pixel of the digit, divided by 255. Here the trail ends.")
        self.sentence.show_text(self.mark_result(f"{grey} / 255 = {number(grey / 255)}"))
        texts = self._texts.of(chain)
        self.picture.show_chain(chain, sentence_of(chain, texts))
        self.way.show_text(" → ".join(text.foot for text in texts), scene.network)
