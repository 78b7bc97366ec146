"""ChainStage: one way from a pixel to the answer, in the whole window."""

from __future__ import annotations

import numpy as np

from visualizer.scene.chain import Chain, chain_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.chain.legend import Legend
from visualizer.views.chain.view import ChainView
from visualizer.views.maps.captions import describe

HINT = (
    "click a cell or a part of a bar to lead the way through it",
    "click a cell to lead the way through it",
    "click a cell",
)


class ChainStage(ScenePanel):
    """The way through the selected number: what it leads to, the columns, and the keys."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.setAccessibleName("From a pixel to the answer")
        self.title = Elided(name="heading", natural=True)
        self.note = Elided(name="caption")
        self.view = ChainView(look, chain_of(self.scene))
        header = row(look, self.title, (self.note, 1), Legend(look), spacing=12)
        self.setLayout(column(look, header, (self.view, 1), spacing=4))
        self.view.asked.connect(viewer.take)
        self.view.hovered.connect(self._on_hovered)
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        before = old.trace, old.trail, old.answer_hidden, old.asked
        if before != (new.trace, new.trail, new.answer_hidden, new.asked):
            self._show(new)

    def _show(self, scene: Scene) -> None:
        chain = chain_of(scene, self.view.chain)
        self.view.show_chain(chain)
        self.title.show_text(*title_forms(chain))
        self.note.show_text(*HINT)

    def _on_hovered(self, cell: Cell | None) -> None:
        if cell is None or self.scene.asked == "sum":
            self.note.show_text(*HINT)
        else:
            self.note.show_text(*describe(self.scene, cell))


def title_forms(chain: Chain) -> tuple[str, ...]:
    """Return what the way leads to, in ever shorter forms; a hidden answer is not said."""
    scene = chain.scene
    if scene.digit.undrawn:
        return ("No ink, no prediction: draw a digit", "No ink, no prediction")
    if not chain.shows_answer:
        return ("One way to the answer. Which digit is it?", "Which digit is it?")
    if not chain.whole:
        name = scene.network.layers[chain.cells[-1].layer + 1].name
        return (f"The way ends here: no cell of {name} sees this one", "The way ends here")
    if not np.isfinite(scene.trace.probabilities).all():
        return ("No prediction: not a number", "No prediction")
    own, answer = chain.cells[-1].channel, scene.prediction
    if own == answer:
        return (f"One way to the answer: {answer}",)
    return (f"One way to class {own}; the answer is {answer}", f"One way to class {own}")
