"""NumberStage: the selected number whole, in the whole window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.choices import Choices, SumsShown
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.position.stage.conv_form import ConvForm
from visualizer.views.position.stage.copy_form import CopyForm
from visualizer.views.position.stage.dense_form import DenseForm
from visualizer.views.position.stage.form import TermsForm
from visualizer.views.position.stage.pool_form import PoolForm
from visualizer.views.position.sums import sum_of
from visualizer.views.position.titles import title_of
from visualizer.views.widgets.controls import Segments

ORDERS = (
    ("channel", "by channel", "In the order of the channels (C)"),
    ("size", "by size", "Largest subtotal first (C)"),
)
FORMS: dict[type, type[TermsForm[Any]]] = {
    ConvTerms: ConvForm,
    PoolTerms: PoolForm,
    CopyTerms: CopyForm,
    DenseTerms: DenseForm,
}


class NumberStage(ScenePanel):
    """The title of the selected number, its place, and all its terms.

    The key C switches the order of the channels.
    """

    def __init__(
        self, look: Look, viewer: Viewer, choices: Choices[SumsShown] | None = None
    ) -> None:
        super().__init__(look, viewer)
        self._choices = choices or Choices(SumsShown(), self)
        self.setAccessibleName("One number, whole")
        self.title = Elided(name="heading", natural=True)
        self.note = Elided(name="caption")
        self.orders = Segments(ORDERS, "Order of the channels")
        self.forms = {terms: form(look) for terms, form in FORMS.items()}
        header = row(look, self.title, (self.note, 1), self.orders, spacing=8)
        forms = [(form, 1) for form in self.forms.values()]
        self.setLayout(column(look, header, *forms, spacing=4))
        for form in self.forms.values():
            form.hide()
            form.followed.connect(viewer.follow)
            form.selected.connect(viewer.select)
            form.noted.connect(self._show_note)
        choose = self._choices.choose
        self.orders.chosen.connect(lambda order: choose(order=order))
        self._choices.changed.connect(self._on_order)
        QShortcut(QKeySequence(Qt.Key.Key_C), self).activated.connect(self.switch_order)
        self._show(self.scene)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.selected, old.trace) != (new.selected, new.trace):
            self._show(new)

    def switch_order(self) -> None:
        """Switch the order of the channels between size and number."""
        if not self.orders.isHidden():
            self._choices.choose(order="channel" if self._choices.now.order == "size" else "size")

    def _on_order(self) -> None:
        self._show(self.scene)

    def _show(self, scene: Scene) -> None:
        cell = scene.selected
        explained = sum_of(scene, cell)
        title, place = title_of(scene, cell)
        self.title.show_text(f"{title[0]} · {place[0]}", f"{title[0]} · {place[-1]}", *title)
        self._shown = shown = self.forms[type(explained.terms)]
        for form in self.forms.values():
            form.setVisible(form is shown)
        self.orders.show_choice(self._choices.now.order)
        shown.by_size = self._choices.now.order == "size"
        shown.show_sum(explained)
        self.orders.setVisible(shown.several)
        self._show_note()

    def _show_note(self) -> None:
        self.note.show_text(*self._shown.note)
