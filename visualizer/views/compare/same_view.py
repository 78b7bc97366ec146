"""SameView: the same digits through two networks: which network reads them right."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy

from visualizer.compare.comparison import Comparison
from visualizer.compare.outcomes import Indices, outcomes
from visualizer.core.trained import not_compared
from visualizer.scene.scene import Scene
from visualizer.text.numbers import count, shortened
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.compare.side_answer import SideAnswer
from visualizer.views.compare.side_maps import SideMaps
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.digit_list import DigitList
from visualizer.views.widgets.digit_view import DigitView

LETTERS = 16
IN_ORDER = ("both", "only first", "only second", "neither")


class SideDigit(ScenePanel):
    """The digit as one of two networks gets it, with the receptive field of the selected cell."""

    def __init__(self, look: Look, comparison: Comparison, side: int) -> None:
        pair = comparison.same
        super().__init__(look, pair.viewers[side])
        self.view = DigitView(look, self.scene.digit, ticks=False)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayout(column(look, self.view))
        self._show()

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show()

    def _show(self) -> None:
        self.view.show_digit(self.scene.digit)
        self.view.show_field(self.scene.pixels(self.scene.selected))


class SameView(ScenePanel):
    """Four counts, the digits of the chosen count, and one digit through both networks."""

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look, comparison.session.viewer)
        self._comparison, self._session = comparison, comparison.session
        self._pair = comparison.same
        self._sorted: tuple[object, ...] = ()
        self._groups: tuple[Indices, ...] = (np.zeros(0, np.intp),) * 4
        self._sought: object = None
        self.of = Elided(name="caption")
        self.counts = [Button() for _ in range(4)]
        group = QButtonGroup(self)
        for at, button in enumerate(self.counts):
            button.setObjectName("left")
            button.setCheckable(True)
            button.clicked.connect(partial(self.show_group, at))
            group.addButton(button)
        self.apart = label("", "caption", wraps=True)
        self.list = DigitList(look, comparison.measurements.digits, "Digits of this group")
        pair, sides = self._pair, (0, 1)
        self.answers = [SideAnswer(look, comparison, pair, side, bars=False) for side in sides]
        self.digits = [SideDigit(look, comparison, side) for side in sides]
        self.maps = [] if on_stage else [SideMaps(look, pair, side) for side in sides]
        self._lay_out()
        self.list.picked.connect(self._session.show_digit)
        self._pair.changed.connect(self._on_news)
        comparison.shown.changed.connect(self._on_news)
        comparison.measurements.changed.connect(self._on_news)
        self._session.source.changed.connect(self._on_news)

    def _lay_out(self) -> None:
        look = self.look
        left = column(look, *self.counts, self.of, self.apart, (self.list, 1), spacing=8)
        across = row(look, (left, 2), spacing=20)
        for side in range(len(self.answers)):
            below = [(panels[side], 1) for panels in (self.digits, self.maps) if panels]
            across.add((column(look, self.answers[side], *below, spacing=8), 3))
        self.setLayout(across)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sought = None
        self._find()
        self._show()
        self._pair.follow(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._pair.follow(new)

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self._find()
            self._show()

    def _find(self) -> None:
        """Compute the answers of both networks, once."""
        measurements, models = self._comparison.measurements, self._pair.models
        if (models, measurements.digits) != self._sought:
            self._sought = models, measurements.digits
            measurements.measure_answers(models)

    @property
    def known(self) -> bool:
        """Whether both networks' answers are known."""
        return bool(self._sorted)

    def show_group(self, at: int, checked: bool = True) -> Indices:
        """Show a group of digits, and return it.

        Group 0: both networks read them right; 1: only the first; 2: only the second; 3: neither.
        """
        self._comparison.shown.choose(group=IN_ORDER[at])
        self._show()
        return self._groups[at]

    def _show(self) -> None:
        known = self._sort()
        first, second = (shortened(name, LETTERS) for name in self._pair.names)
        chosen = IN_ORDER.index(self._comparison.shown.now.group)
        names = ("both right", f"only {first} right", f"only {second} right", "neither right")
        for at, (button, name) in enumerate(zip(self.counts, names, strict=True)):
            button.setText(f"{count(len(self._groups[at]))}   {name}" if known else f"–   {name}")
            button.setEnabled(known)
            button.setChecked(at == chosen)
        data = self._comparison.dataset
        told = f"of {len(data.test):,} test digits of {data.name}"
        self.of.show_text(told if known else "Reading all test digits …", f"of {len(data.test):,}")
        trained = {each.name: each.trained for each in self._pair.compared}
        self.apart.setText(not_compared(trained))
        self.apart.setVisible(bool(self.apart.text()))
        indices = self._groups[chosen]
        if self.list.digits.indices is not indices:
            self.list.show_images(data.test, indices, self.scene.digit.index)

    def _sort(self) -> bool:
        """Sort the digits if both networks' answers are known; return whether they are."""
        measurements = self._comparison.measurements
        answers = [measurements.answers(model) for model in self._pair.models]
        one, other = answers
        if one is None or other is None:
            self._sorted, self._groups = (), (np.zeros(0, np.intp),) * 4
        elif self._sorted != (one, other):
            self._sorted = one, other
            labels = measurements.digits.labels
            self._groups = outcomes(labels, one.predictions, other.predictions).groups
        return self.known
