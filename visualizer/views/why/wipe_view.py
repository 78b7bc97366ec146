"""WipeView: the experiment that needs no theory: ink wiped out, and the answer then."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.parts.wipe import wipe
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.session.why import SIDES
from visualizer.text.numbers import percent
from visualizer.text.why import wiped_words
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.why.experiment import Experiment
from visualizer.views.why.parts_view import PartsView
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.controls import Segments

CHOICES = tuple(
    (str(side), f"{side} × {side}", f"Wipe out {side} × {side} pixels of ink") for side in SIDES
)


class WipePicture(PartsView):
    """The chance of a class over the places where ink is wiped out; a click shows that digit.

    Signals
    -------
    opened : (row, column)
    """

    opened = Signal(tuple)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.cells.cell_at(event.position())
        if place is not None:
            self.opened.emit(place)


class WipeView(Experiment):
    """The map of chances with its scale; it is found in the background while it is seen."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session, session.why.wipes)
        self.title = Elided(name="heading")
        self.side = Segments(CHOICES, "Size of the square that is wiped out")
        self.picture = WipePicture(
            look, viewer.scene.digit, "Chance with ink wiped out", ticks=False
        )
        policy = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(policy, policy)
        self.bar = ColourBar(look)
        self.words = Elided(name="caption")
        head = row(look, (self.title, 1), self.side, spacing=8)
        body = row(look, (self.picture, 1), self.bar, spacing=8)
        parts = (head, self.progress, (body, 1), self.words)
        self.setLayout(column(look, *parts, spacing=4))
        self.side.chosen.connect(lambda key: self.why.wipe_out(int(key)))
        self.picture.opened.connect(self._on_opened)
        self.picture.hovered.connect(self._on_hovered)

    def is_known(self) -> bool:
        return self.why.wiped(self.scene) is not None or self.scene.digit.undrawn

    def find_it(self) -> None:
        self.why.find_wiped(self.scene)

    @property
    def _label(self) -> int:
        return self.why.classes(self.scene)[0]

    def show_found(self) -> None:
        scene, label = self.scene, self._label
        found = self.why.wiped(scene)
        self.title.show_text("Ink wiped out at each place", "Ink wiped out", "Wiped out", "")
        self.side.show_choice(str(self.why.side))
        self.progress.setVisible(self.why.wipes.busy)
        self.picture.show_digit(scene.digit)
        chances = None if found is None else found.probabilities[:, :, label]
        self.picture.show_values(chances, 0.0, 1.0, self.theme.sequential)
        self.bar.show_scale(0.0, 1.0, self.theme.sequential)
        if chances is None or found is None:
            self.words.show_text("" if self.why.wipes.busy else f"chance of {label}: not known")
            return
        now = float(found.untouched[label])
        least, most = float(np.min(chances)), float(np.max(chances))
        self.words.show_text(*wiped_words(label, now, least, most))

    def _on_hovered(self, place: tuple[int, int] | None) -> None:
        found = self.why.wiped(self.scene)
        if place is None or found is None:
            self.show_found()
            return
        chance = percent(float(found.probabilities[(*place, self._label)]))
        row_, column_ = place
        said = f"without the ink around [{row_}, {column_}]: {chance} for {self._label}"
        self.words.show_text(said, f"[{row_}, {column_}]: {chance}")

    def _on_opened(self, place: tuple[int, int]) -> None:
        """Show the digit without the ink around a place."""
        digit, side = self.scene.digit, self.why.side
        pixels = wipe(digit.pixels, side, *place)
        where = f"{side} × {side} wiped out at [{place[0]}, {place[1]}]"
        self._session.show_image(pixels, f"{digit.source}, {where}")
