"""SideAnswer: one of two networks: its name, its answer, and its ten probabilities."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent

from visualizer.compare.comparison import Comparison
from visualizer.compare.pair import Pair
from visualizer.scene.scene import Scene
from visualizer.text.numbers import as_tip, percent, shortened
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.probabilities import Probabilities

LETTERS = 16


class SideAnswer(ScenePanel):
    """A box to choose the network, its verdict, and the probabilities below."""

    def __init__(
        self,
        look: Look,
        comparison: Comparison,
        pair: Pair,
        side: int,
        role: str = "caption",
        bars: bool = True,
    ) -> None:
        """Make the panel in the font of a role; without `bars`, with the verdict alone."""
        super().__init__(look, pair.viewers[side])
        self._comparison, self._pair, self._side = comparison, pair, side
        self.network = ComboBox(f"{('First', 'Second')[side]} network", small=True)
        self.verdict = Elided(name="heading")
        self.probabilities = Probabilities(look, self.viewer, role)
        head = row(look, self.network, (self.verdict, 1), spacing=8)
        self.setLayout(column(look, head, self.probabilities, spacing=4))
        self.probabilities.setVisible(bars)
        self.network.activated.connect(self._on_chosen)
        pair.changed.connect(self._show)
        comparison.networks.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.trace, old.answer_hidden) != (new.trace, new.answer_hidden):
            self._show_verdict()

    def _show(self) -> None:
        names = [each.name for each in self._comparison.networks.trained]
        with QSignalBlocker(self.network):
            if [self.network.itemData(at) for at in range(self.network.count())] != names:
                self.network.clear()
                for name in names:
                    self.network.addItem(shortened(name, LETTERS), name)
            self.network.setCurrentIndex(names.index(self._pair.names[self._side]))
        chosen = self._pair.compared[self._side]
        tip = f"{chosen.name}: {chosen.weights}, {chosen.trained}"
        self.network.setToolTip(as_tip(tip))
        self._show_verdict()

    def _show_verdict(self) -> None:
        scene = self.viewer.scene
        if scene.digit.undrawn or scene.answer_hidden:
            self.verdict.show_text("no ink" if scene.digit.undrawn else "reads ?")
            return
        best = percent(float(scene.trace.probabilities.max()), 1)
        label, says = scene.digit.label, scene.prediction
        right = "" if label is None else ": right" if says == label else ": wrong"
        self.verdict.show_text(f"reads {says}, {best}{right}", f"{says}, {best}{right}", f"{says}")

    def _on_chosen(self, row: int) -> None:
        self._pair.choose(self._side, self.network.itemData(row))
