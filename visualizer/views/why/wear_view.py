"""WearView: a digit worn down by a slider, and the answer at every strength as curves."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker

from visualizer.data.wear import WEARS
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.choices import MOST_SEED
from visualizer.session.session import Session
from visualizer.text.wear import NO_INK, WEAR_WORDS, answer_forms, flip_sentence, worn_words
from visualizer.views.base.labels import Elided, Sentence, label
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.why.experiment import Experiment
from visualizer.views.why.wear_plot import WearPlot
from visualizer.views.why.wear_slider import WearSlider
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import IconButton, stage_button
from visualizer.views.widgets.spin import WholeSpin

NAMES = tuple(WEARS)
MOVING = "The curves are found while no training is under way."


class WearView(Experiment):
    """What wears the digit down, how far, the curves, and the flips in one sentence.

    Each step of the slider is a digit that all panels show; at 0 it is the original.
    """

    def __init__(
        self, look: Look, viewer: Viewer, session: Session, on_stage: bool = False
    ) -> None:
        """Make the view; on the stage the sentence is left to that, which tells the answer, too."""
        super().__init__(look, viewer, session, session.wearing.curves)
        self.wearing, self._shown = session.wearing, session.experiment_shown
        titles = [WEAR_WORDS[name].title for name in NAMES]
        self.kind = ComboBox("What wears the digit down", "How the digit is worn", titles)
        self.seed_name = label("seed", "caption")
        self.seed = WholeSpin("Seed of the noise or the blot")
        self.seed.setRange(0, MOST_SEED)
        self.seed.setToolTip("Another seed: other noise, a blot elsewhere")
        self.back = IconButton(look, "reset", "The digit as it was", act=self._on_back)
        self.to_stage = stage_button(look)
        self.told = Elided(name="heading")
        self.plot = sized(look, WearPlot(look), least_height=0 if on_stage else 190)
        self.slider = WearSlider()
        self.plot.setFocusProxy(self.slider)
        self.sentence = Sentence("explained" if on_stage else "", lines=1 if on_stage else 2)
        self._under_plot = row(look, self.slider)
        curves = (self.progress, (self.plot, 1), self._under_plot)
        if on_stage:
            head = row(look, self.kind, self.seed_name, self.seed, 1, self.back, spacing=6)
            self.setLayout(column(look, head, *curves, spacing=4))
        else:
            head = row(look, self.kind, 1, self.back, self.to_stage, spacing=6)
            seed = row(look, self.seed_name, self.seed, 1, spacing=6)
            words = (self.told, self.sentence)
            self.setLayout(column(look, head, seed, *curves, *words, spacing=4))
        self.kind.activated.connect(self._on_kind)
        self.seed.valueChanged.connect(self._on_seed)
        self.slider.chosen.connect(self._on_strength)
        self.plot.picked.connect(self.slider.setValue)
        self.plot.placed.connect(self._align)
        self._shown.changed.connect(self.ask)

    # What is found

    def is_known(self) -> bool:
        known = self.wearing.curve(self.scene) is not None
        return known or not self.wearing.can_wear(self.scene)

    def find_it(self) -> None:
        self.wearing.find_curve(self.scene)

    # What is shown

    def show_found(self) -> None:
        scene, wear = self.scene, self.wearing.wear
        has_ink, strength = self.wearing.can_wear(scene), self.wearing.strength(scene)
        self.kind.setCurrentIndex(NAMES.index(wear.name))
        with QSignalBlocker(self.seed):
            self.seed.setValue(self._shown.now.seed)
        self.seed_name.setVisible(wear.seeded)
        self.seed.setVisible(wear.seeded)
        self.seed.setEnabled(has_ink)
        self.kind.setEnabled(has_ink)
        self.slider.setEnabled(has_ink)
        self.back.setEnabled(bool(strength))
        self.progress.setVisible(self.wearing.curves.busy)
        self.slider.show_strength(wear.strengths, strength, worn_words(wear.name, strength))
        self._show_told(scene)
        self._show_curve(scene)
        self.plot.show_strength(strength)

    def _show_told(self, scene: Scene) -> None:
        if scene.digit.undrawn:
            self.told.show_text("")
            return
        strength, name = self.wearing.strength(scene), self.wearing.wear.name
        chance = float(scene.trace.probabilities[scene.prediction])
        self.told.show_text(*answer_forms(name, strength, scene.prediction, chance))

    def _show_curve(self, scene: Scene) -> None:
        wear, curve = self.wearing.wear, self.wearing.curve(scene)
        words = WEAR_WORDS[wear.name]
        if not self.wearing.can_wear(scene) or curve is None:
            moving = self._session.runs.moving
            self.plot.show_curve(None, words, empty=MOVING if moving else "")
            said = "" if self.wearing.can_wear(scene) else NO_INK
        else:
            self.plot.show_curve(curve, words, self.why.compared(scene, curve.untouched))
            said = flip_sentence(wear.name, curve)
        self.sentence.show_text(said)
        self.plot.setAccessibleDescription(said)
        self._align()

    def _align(self) -> None:
        """Let the middle of the slider's knob stand under the mark in the plot."""
        if self.plot.has_curves:
            area, half = self.plot.area, self.slider.half_knob
            right = self.plot.width() - round(area.right())
            edges = (round(area.left()) - half, right - half)
            self._under_plot.setContentsMargins(max(edges[0], 0), 0, max(edges[1], 0), 0)

    # What is chosen

    def _on_kind(self, place: int) -> None:
        self._shown.choose(wear=NAMES[place])

    def _on_seed(self, seed: int) -> None:
        self._shown.choose(seed=seed)

    def _on_strength(self, strength: float) -> None:
        self.wearing.wear_to(self.scene, strength)

    def _on_back(self) -> None:
        self.wearing.wear_to(self.scene, 0.0)
