"""LabPage: the Convolution lab, where padding, strides, kernels and pooling are tried by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from visualizer.core.lab.lab import Operation, with_operation
from visualizer.scene.viewer import Viewer
from visualizer.session.lab import LabModel
from visualizer.session.lab_settings import show_settings, shown_settings
from visualizer.session.session import Session
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.lab.bar import LabBar
from visualizer.views.lab.settings import LabSettings
from visualizer.views.lab.view import LabView
from visualizer.views.page import Action, Hint, Page, Stage
from visualizer.views.widgets.scroll_when_small import ScrollWhenSmall

LEAST = (880, 496)


class LabPage(Page):
    """The Lab page: settings at the left, the board beside them, a cell's arithmetic below."""

    title, icon = "Lab", "lab"
    hints = (
        Hint("click a cell and type", "another number; arrow keys move"),
        Hint("point at a cell", "what it is made of, and what it reaches"),
    )

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        self.model = LabModel(self.scene, self)
        self.bar = LabBar(look, self.model.preset_names())
        self.settings = LabSettings(look)
        self.view = LabView(look, viewer, self.model)
        beside = column(look, self.view, margins=12)
        inner = held(row(look, self.settings, (beside, 1), spacing=0), "page")
        whole = column(look, self.bar, (inner, 1), spacing=0)
        scroll = ScrollWhenSmall(look, held(whole), LEAST)
        scroll.setAccessibleName("Convolution lab")
        self.setLayout(row(look, scroll))
        self._stages = (
            Stage(
                "The convolution lab",
                self.view,
                heading=self.view.readout.heading,
                button=self.bar.to_stage,
                make=lambda look: LabView(look, viewer, self.model, on_stage=True),
            ),
        )
        model = self.model
        self.bar.preset.textActivated.connect(model.show_preset)
        self.bar.reset.clicked.connect(model.reset)
        self.bar.undo.clicked.connect(model.undo)
        self.bar.redo.clicked.connect(model.redo)
        self.bar.operation.chosen.connect(self._on_operation)
        self.bar.view.chosen.connect(model.show_view)
        self.settings.changed.connect(model.change)
        model.changed.connect(self._show)

    def apply_theme(self, theme: Theme) -> None:
        self._show()

    def _show(self) -> None:
        model, beside = self.model, bool(self.model.beside)
        asked = self.viewer.scene.asked == "size"
        self.bar.show_view("beside" if beside else "one")
        self.bar.show_state(model.states, model.altered, asked)
        self.settings.show_response(model.response, model.surroundings, beside, asked)

    def _on_operation(self, key: str) -> None:
        self.model.change(with_operation(self.model.states.present, cast(Operation, key)))

    # A page

    def actions_here(self) -> Sequence[Action]:
        undo, redo, model = self.bar.undo, self.bar.redo, self.model
        in_edit = partial(Action, menu="&Edit")
        return (
            in_edit(
                "&Undo", model.undo, keys=("Ctrl+Z",), explain="undo the last change", button=undo
            ),
            in_edit(
                "&Redo", model.redo, keys=("Ctrl+Y", "Ctrl+Shift+Z"), explain="redo it", button=redo
            ),
        )

    def stages(self) -> Sequence[Stage]:
        return self._stages

    def shown_settings(self) -> dict[str, str]:
        return shown_settings(self.model)

    def show_settings(self, settings: Mapping[str, str]) -> None:
        self.model.take_scene(self.viewer.scene)
        show_settings(self.model, settings)

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        for number, name in enumerate(self.model.preset_names(), start=1):
            self.model.show_preset(name)
            words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
            yield f"lab-{number}-{words}", self.window()
        self.model.show_view("beside")
        yield "lab-side-by-side", self.window()
        self.model.show_view("one")
