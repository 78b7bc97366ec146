"""TeachView: one step of learning from the digit in view, and what it did to all other digits."""

from __future__ import annotations

import html

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from visualizer.core.by_class import ByClass
from visualizer.core.gradient_step import LARGEST_RATE
from visualizer.data.dataset import CLASSES
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.session.teaching import TAUGHT, USUAL_RATE
from visualizer.system.jobs import JobProgress
from visualizer.system.notice import Notice
from visualizer.text.numbers import count
from visualizer.text.teaching import (
    HINT,
    NO_DIGITS,
    class_words,
    effect_sentence,
    taught_sentence,
)
from visualizer.views.base.labels import Elided, Sentence, label
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button, ComboBox
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.progress_line import ProgressLine
from visualizer.views.widgets.spin import RealSpin

BARS = 84
LEAST_RATE, DIGITS = 0.0001, 4  # of the field, and after its point
IN_POINTS = 100  # a share of 1 in percentage points


class TeachView(ScenePanel):
    """The class, the rate and the button; what the step did, in words and as bars of ten classes.

    A step is an edit of the network: it is undone like any, and no run knows of it.

    Signals
    -------
    grown
        What it did has come, or has gone: the view has another height.
    """

    grown = Signal()

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self._session, self.teaching = session, session.teaching
        tip = "The class that the digit in view is to be"
        self.label = ComboBox("Class to be taught", tip, map(str, range(CLASSES)))
        self.rate = RealSpin("Learning rate of the step")
        self.rate.setDecimals(DIGITS)
        self.rate.setRange(LEAST_RATE, LARGEST_RATE)
        self.rate.setSingleStep(USUAL_RATE)
        self.rate.setToolTip("How far the weights move: times the gradient")
        self.teach = Button("Teach", act=self._on_teach)
        self.undo = IconButton(look, "undo", "Undo the last change", act=session.what_if.undo)
        self.sentence = Sentence(lines=2)
        self.stop = Button("Cancel", act=self.teaching.evaluations.cancel)
        self.ask = Button("Test accuracy with this step", act=self._on_ask)
        self.progress = ProgressLine(look)
        self.bars = sized(look, BarsView(look, compact=True), height=BARS)
        self.bars.setAccessibleName("Change of each class's accuracy")
        self.words = Elided(name="caption")
        this = (label("This is a", "caption"), self.label, label("rate", "caption"), self.rate)
        head = row(look, *this, self.teach, 1, self.undo, spacing=6)
        under_way = row(look, self.stop, (self.progress, 1), self.ask, 1, spacing=8)
        parts = (head, self.sentence, under_way, self.bars, self.words)
        self.setLayout(column(look, *parts, spacing=4))
        self._effect: ByClass | None = None
        self._hovered: int | None = None
        self.bars.hide()
        self.words.hide()
        self.label.activated.connect(self._on_label)
        self.rate.valueChanged.connect(self.teaching.set_rate)
        self.bars.hovered.connect(self._on_hovered)
        self.teaching.changed.connect(self._on_news)
        self.teaching.evaluations.changed.connect(self._on_news)
        session.runs.stateChanged.connect(self._on_news)
        session.what_if.changed.connect(self._on_news)
        session.jobsChanged.connect(self._on_jobs)

    def apply_theme(self, theme: object) -> None:
        self._on_news()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, TAUGHT)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace:
            self._show()

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self.catch_up()
            self._show()

    # What is shown

    def _show(self) -> None:
        scene, teaching = self.scene, self.teaching
        with QSignalBlocker(self.label), QSignalBlocker(self.rate):
            self.label.setCurrentIndex(teaching.label(scene))
            self.rate.setValue(teaching.rate)
        why = teaching.why_not(scene)
        self.teach.setEnabled(not why)
        self.teach.setToolTip(f"{why}." if why else HINT)
        self.undo.setEnabled(self._session.what_if.can_undo)
        self._show_lesson(scene)

    def _show_lesson(self, scene: Scene) -> None:
        lesson, busy = self.teaching.lesson(scene), self.teaching.evaluations.busy
        digits = len(self._session.dataset.test)
        self._effect = None if lesson is None else self.teaching.effect(lesson)
        told = HINT
        if lesson is not None:
            told = taught_sentence(lesson.step, lesson.chances)
            if self._effect is not None:
                told = f"{told} {effect_sentence(self._effect)}"
            elif busy:
                told = f"{told} Running all {count(digits)} test digits."
            elif not digits:
                told = f"{told} {NO_DIGITS}"
        self.sentence.show_text(html.escape(told, quote=False))
        missing = lesson is not None and self._effect is None and bool(digits)
        for part in (self.stop, self.progress):
            part.setVisible(busy)
        self.ask.setVisible(missing and not busy)
        if (self._effect is not None) == self.bars.isHidden():
            self.bars.setVisible(self._effect is not None)
            self.words.setVisible(self._effect is not None)
            self.grown.emit()
        self._show_bars()

    def _show_bars(self) -> None:
        effect = self._effect
        if effect is None:
            return
        changes = np.asarray(effect.changes * IN_POINTS, np.float32)
        self.bars.show_values(changes, max(float(np.abs(changes).max()), 1e-6))
        hovered = self._hovered
        self.bars.show_selection(-1, -1 if hovered is None else hovered)
        if hovered is not None and hovered < len(changes):
            self.words.show_text(class_words(effect, hovered))
        else:
            self.words.show_text(
                "Change of each class's accuracy, in percentage points", "Change of each class"
            )

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        for job in jobs:
            if job.key == TAUGHT and self.isVisible():
                self.progress.show_progress(job.done, job.total)

    # The user

    def _on_label(self, label: int) -> None:
        self.teaching.choose(self.scene, label)

    def _on_hovered(self, unit: int | None) -> None:
        self._hovered = unit
        self._show_bars()

    def _on_ask(self) -> None:
        self.teaching.find_effect(self.scene)

    def _on_teach(self) -> None:
        try:
            self.teaching.teach(self.viewer.scene)
        except ValueError as error:
            text = str(error)
            self._session.noticed.emit(Notice(f"{text[0].upper()}{text[1:]}.", "error"))
