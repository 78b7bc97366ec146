"""ShiftView: one moved digit before two networks, and the accuracy of all on moved digits."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.compare.comparison import Comparison
from visualizer.compare.verdict import Known, verdict
from visualizer.scene.scene import Scene
from visualizer.text.numbers import as_tip
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.compare.nudge_view import NudgeView
from visualizer.views.compare.shift_curves import ShiftCurves
from visualizer.views.compare.side_answer import SideAnswer
from visualizer.views.compare.side_maps import SideMaps
from visualizer.views.widgets.controls import IconButton


class MovedDigit(ScenePanel):
    """The digit, two networks' answers, and their maps, which move along; on the stage, a verdict.

    The verdict says in words what both read, and from how many pixels on.
    """

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look, comparison.session.viewer)
        self._pair, self._on_stage = comparison.moved, on_stage
        pair = self._pair
        self.digit = NudgeView(look, pair.moved)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.where = Elided(name="heading" if on_stage else "caption")
        self.back = IconButton(look, "reset", "Back in its place (Home)", act=self._on_back)
        role = "explained" if on_stage else "caption"
        self.answers = [SideAnswer(look, comparison, pair, side, role) for side in (0, 1)]
        self.maps = [] if on_stage else [SideMaps(look, pair, side) for side in (0, 1)]
        self.verdict = Sentence("explained", lines=3)
        if not on_stage:
            self.verdict.hide()  # shown before it has a place, it would be a window of its own
        self._read: tuple[Known, Known] = {}, {}
        self._read_of: tuple[object, ...] = ()
        below = row(look, (self.where, 1), self.back)
        moved = column(look, (self.digit, 1), below, self.verdict, spacing=8)
        across = row(look, (moved, 1), spacing=20)
        for side, answer in enumerate(self.answers):
            maps = [(each, 1) for each in self.maps[side : side + 1]]
            across.add((column(look, (answer, 1 if on_stage else 0), *maps, spacing=8), 1))
        self.setLayout(across)
        self.digit.nudged.connect(self._on_nudged)
        self.digit.put_back.connect(self._on_back)
        pair.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pair.follow(self.scene)
        if not self._on_stage:  # on the stage the arrow keys belong to a remote control
            self.digit.setFocus()

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._pair.follow(new)
        if old.answer_hidden != new.answer_hidden:
            self._show()

    def _show(self) -> None:
        pair = self._pair
        self.digit.show_digit(pair.moved)
        moved = bool(pair.dy or pair.dx)
        words = moved_words(pair.dy, pair.dx)
        hint = () if moved or not self._on_stage else (f"{words}: drag the digit", "drag the digit")
        self.where.show_text(*hint, words)
        if self._on_stage:
            subject = (pair.digit, *pair.models)
            if subject != self._read_of:  # while it is dragged, each place is read once
                self._read, self._read_of = ({}, {}), subject
            self.verdict.show_text(as_tip(verdict(pair, self._read)))
        self.back.setEnabled(moved)

    def _on_nudged(self, dy: int, dx: int) -> None:
        self._pair.move_to(self._pair.dy + dy, self._pair.dx + dx)

    def _on_back(self) -> None:
        self._pair.move_to(0, 0)


class ShiftView(Panel):
    """The moved digit above the curves of all networks."""

    def __init__(self, look: Look, comparison: Comparison) -> None:
        super().__init__(look)
        self.moved = MovedDigit(look, comparison)
        self.curves = ShiftCurves(look, comparison)
        self.setLayout(column(look, (self.moved, 3), (self.curves, 1), spacing=10))


def moved_words(dy: int, dx: int) -> str:
    """Return how far a digit is moved, such as "moved 3 right, 2 up"."""
    if not (dy or dx):
        return "in its place"
    parts = []
    if dx:
        parts.append(f"{abs(dx)} {'right' if dx > 0 else 'left'}")
    if dy:
        parts.append(f"{abs(dy)} {'down' if dy > 0 else 'up'}")
    return f"moved {', '.join(parts)}"
