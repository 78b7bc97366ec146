"""TalkStrip: the words of a stop below the stage; outside Present mode also the way through."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel

from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme
from visualizer.views.present.deck import Deck
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton


class TalkStrip(Panel):
    """The words of the present stop, as large as for the back row; they cover nothing.

    Outside Present mode the talk is read alone: then the strip also has the number of the stop,
    Back and Next, and the way back after one has wandered off.

    Signals
    -------
    back_to_stop, closed
        The reader wants to see the stop again; wants to leave the talk.
    """

    back_to_stop = Signal()
    closed = Signal()

    def __init__(self, look: Look, deck: Deck) -> None:
        super().__init__(look)
        self.setObjectName("status")
        self.setAccessibleName("Words of the talk")
        self._deck = deck
        self.captions, self._wandered = True, False
        self.number = Elided(name="caption")
        self.title = Elided(name="heading", natural=True)
        self.words: QLabel = label("", "spoken", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.remark = label("", "told", wraps=True)
        self.back = IconButton(look, "step-back", "The stop before", act=lambda: deck.go(-1))
        self.next = IconButton(look, "step", "The next stop", act=lambda: deck.go(1))
        self.again = Button("Back to this stop", "Show what this stop shows", act=self.back_to_stop)
        self.leave = IconButton(look, "close", "Leave the talk", act=self.closed)
        for button, keys in ((self.back, "Page ↑"), (self.next, "Page ↓")):
            button.show_keys(keys)
        controls = (self.again, self.back, self.next, self.leave)
        self._head = held(row(look, self.title, (self.number, 1), *controls, spacing=8))
        words = column(look, self._head, self.words, self.remark, spacing=2)
        self.setLayout(row(look, (words, 1), margins=(12, 4)))
        for news in (deck.turned, deck.changed):
            news.connect(self.show_stop)
        self.show_stop()

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.show_stop()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_captions(self, on: bool) -> None:
        """Show the words in Present mode, or leave them out."""
        self.captions = on
        self.show_stop()

    def show_wandered(self, wandered: bool) -> None:
        """Show whether something else than the stop is in view."""
        self._wandered = wandered
        self.again.setVisible(wandered)

    def show_stop(self) -> None:
        """Show the words of the stop where the talk is."""
        deck, present = self._deck, self.theme.present
        said = self.captions and bool(deck.on and (deck.stop.words or deck.remark))
        self.setVisible(deck.on and (said or not present))
        if not deck.on:
            return
        self._head.setVisible(not present)
        self.title.show_text(deck.stop.title or deck.stop.stage)
        self.number.show_text(*deck.numbers)
        self.back.setEnabled(not deck.first)
        self.next.setEnabled(not deck.last)
        self.again.setVisible(self._wandered)
        self.words.setText(deck.stop.words)
        self.remark.setText(deck.remark)
        self.remark.setVisible(bool(deck.remark))
