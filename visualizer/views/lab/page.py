"""LabPage: the Convolution lab, where padding, strides, kernels and pooling are tried by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from visualizer.core.geometry import Pair
from visualizer.core.lab import (
    NETWORK,
    PRESETS,
    Edits,
    LabState,
    Operation,
    with_grid_cell,
    with_kernel_cell,
)
from visualizer.core.lab_response import (
    Response,
    is_changed,
    preset_state,
    refreshed,
    respond,
    side_by_side,
)
from visualizer.scene import Scene
from visualizer.session import Session
from visualizer.viewer import Viewer
from visualizer.views.lab.around import surroundings_of
from visualizer.views.lab.bar import LabBar
from visualizer.views.lab.layout import LabLayout
from visualizer.views.lab.marks import Focus, Part, has, held, marks_of
from visualizer.views.lab.readout import LabReadout
from visualizer.views.lab.settings import LabSettings
from visualizer.views.lab.stage import LabStage
from visualizer.views.lab.stage_area import StageArea
from visualizer.views.page import Action, Hint, Page
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.player import Player
from visualizer.views.widgets.theme import Theme


class LabPage(Page):
    """Settings at the left, the drawing beside them, and the arithmetic of one cell below."""

    title, icon = "Lab", "lab"
    hints = (
        Hint("click a cell and type", "another number; arrow keys move"),
        Hint("point at a cell", "what it is made of, and what it reaches"),
    )

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._around = surroundings_of(self.scene)
        self.edits = Edits(preset_state(self.preset_names()[0], self._around))
        self.response: Response = respond(self.edits.present, self._around)
        self.beside: tuple[Response, ...] = ()
        self.chosen = 0
        self.selected: Pair = (0, 0)
        self.hovered: Focus | None = None
        self._shown: int | None = None
        self.bar = LabBar(look, self.preset_names())
        self.settings = LabSettings(look)
        self.stage = LabStage(look)
        self.area = StageArea(self.stage)
        self.player = Player(look)
        self.readout = LabReadout(look)
        drawing = [self.area, self.player]
        self._layout = LabLayout(self, self.bar, self.settings, drawing, self.readout)
        self._connect()
        self._select_strongest()

    def _connect(self) -> None:
        self.bar.preset.textActivated.connect(self.show_preset)
        self.bar.reset.clicked.connect(self.reset)
        self.bar.undo.clicked.connect(self.undo)
        self.bar.redo.clicked.connect(self.redo)
        self.bar.operation.chosen.connect(self._on_operation)
        self.bar.view.chosen.connect(self.show_view)
        self.settings.changed.connect(self.change)
        self.player.moved.connect(self._on_moved)
        self.stage.input.grid.pointed.connect(self._on_input_pointed)
        self.stage.input.grid.edited.connect(self._on_input_edited)
        self.stage.kernel.grid.pointed.connect(self._on_kernel_pointed)
        self.stage.kernel.grid.edited.connect(self._on_kernel_edited)
        for block in (self.stage.input, self.stage.output, *self.stage.beside):
            block.grid.walked.connect(self.area.follow)
        for block in (self.stage.output, *self.stage.beside):
            block.grid.pointed.connect(self._on_output_pointed)
            block.grid.selected.connect(self._on_output_selected)

    def apply_theme(self, theme: Theme) -> None:
        self._layout.apply_theme(theme)
        self._draw()

    # A page

    def actions_here(self) -> Sequence[Action]:
        undo, redo = self.bar.undo, self.bar.redo
        return (
            Action("&Undo", self.undo, ("Ctrl+Z",), "&Edit", "undo the last change", undo),
            Action(
                *("&Redo", self.redo, ("Ctrl+Y", "Ctrl+Shift+Z"), "&Edit", "redo it"), button=redo
            ),
        )

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        for number, name in enumerate(self.preset_names(), start=1):
            self.show_preset(name)
            words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
            yield f"lab-{number}-{words}", self.window()
        self.show_view("beside")
        yield "lab-side-by-side", self.window()
        self.show_view("one")

    # What is shown

    @staticmethod
    def preset_names() -> list[str]:
        return list(PRESETS)

    def show_preset(self, name: str) -> None:
        """Set everything as a preset has it; it can be undone."""
        state = preset_state(name, self._around)
        self.show_view("one")
        self.selected = (0, 0)
        self.change(state)
        self._select_strongest()

    def reset(self) -> None:
        """The preset again, as it was before any edit."""
        self.show_preset(self.edits.present.preset)

    def show_view(self, key: str) -> None:
        """ "one" operation, or three "beside" each other."""
        self.bar.show_view(key)
        self.beside = side_by_side(self.edits.present, self._around) if key == "beside" else ()
        self.chosen = 0
        self._stop()
        self._draw()
        self._select_strongest()

    def change(self, state: LabState) -> None:
        """Go to another state; what was before can be had back."""
        self._go_to(self.edits.then(state))

    def undo(self) -> None:
        self._go_to(self.edits.undo())

    def redo(self) -> None:
        self._go_to(self.edits.redo())

    def _go_to(self, edits: Edits) -> None:
        self.edits = edits
        self._stop()
        self._respond()

    def _respond(self) -> None:
        """Compute anew and draw."""
        state = self.edits.present
        self.response = respond(state, self._around)
        if self.beside:
            self.beside = side_by_side(state, self._around)
        self._draw()

    @property
    def current(self) -> Response:
        """The response that the player and the arithmetic are about."""
        return self.beside[self.chosen] if self.beside else self.response

    @property
    def focus(self) -> Focus:
        """What is explained: the cell pointed at, else the selected output."""
        return self.hovered or Focus("output", *self.selected)

    def _draw(self) -> None:
        state = self.edits.present
        self.bar.show_state(self.edits, is_changed(state, self._around))
        self.settings.show_response(self.response, self._around, bool(self.beside))
        if self.beside:
            self.stage.show_side_by_side(self.beside, self._around)
        else:
            self.stage.show_response(self.response, self._around)
        self._hold_places()
        self._mark()

    def _hold_places(self) -> None:
        """Keep the selection and the pointer's cell on maps that have become smaller."""
        self.selected = held(self.current, self.selected)
        if self.hovered is not None and not has(self.current, self.hovered):
            self.hovered = None

    def _mark(self) -> None:
        """Light up what the focus concerns, and say it in numbers."""
        response, focus = self.current, self.focus
        output = response.output
        self.player.setEnabled(output is not None)
        if output is not None:
            row, column = self.selected
            self.player.show_place(row * output.shape[1] + column, output.size)
        if self.beside:
            self.stage.show_marks_beside(self.beside, focus, self.chosen, self.selected)
            self.stage.beside[self.chosen].grid.show_place(self.selected)
        else:
            marks = marks_of(response, focus, self.selected, self.theme, self._shown)
            self.stage.show_marks(marks)
            self.stage.output.grid.show_place(self.selected)
        if self.beside:
            self.readout.show_beside(self.beside, focus)
        else:
            self.readout.show_focus(response, focus)

    def _select_strongest(self) -> None:
        """Begin where something is to be seen: at the output that answers most."""
        output = self.current.output
        if output is not None:
            self.selected = divmod(int(np.abs(output).argmax()), output.shape[1])
            self._mark()
            self.area.follow(centred=True)

    # The user

    def _on_operation(self, key: str) -> None:
        self.change(replace(self.edits.present, operation=cast(Operation, key)))

    def _on_input_pointed(self, cell: Pair | None) -> None:
        self._point("input", cell)

    def _on_kernel_pointed(self, cell: Pair | None) -> None:
        self._point("kernel", cell)

    def _on_output_pointed(self, cell: Pair | None) -> None:
        self._choose_sender()
        self._point("output", cell)

    def _point(self, part: Part, cell: Pair | None) -> None:
        hovered = Focus(part, *cell) if cell is not None else None
        if hovered != self.hovered:
            self.hovered = hovered
            self._mark()

    def _on_output_selected(self, row: int, column: int) -> None:
        self._choose_sender()
        self._stop()
        self.selected = (row, column)
        self._mark()

    def _choose_sender(self) -> None:
        """Of three outputs, the one that the user is at."""
        sender = self.sender()
        grids = [block.grid for block in self.stage.beside]
        if self.beside and sender in grids:
            chosen = [grid is sender for grid in grids].index(True)
            if chosen != self.chosen:
                self.chosen = chosen
                self._hold_places()

    def _on_input_edited(self, row: int, column: int, value: float) -> None:
        self.change(with_grid_cell(self.edits.present, row, column, value))

    def _on_kernel_edited(self, row: int, column: int, value: float) -> None:
        self.change(with_kernel_cell(self.edits.present, row, column, value))

    def _on_moved(self, index: int) -> None:
        output = self.current.output
        if output is not None:
            self.selected = divmod(index, output.shape[1])
            self._shown = index + 1
            self.hovered = None
            self._mark()
            self.area.follow()

    def _stop(self) -> None:
        self.player.pause()
        self._shown = None

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace:
            self._take_scene(new)

    def _take_scene(self, scene: Scene) -> None:
        """Follow the digit and the weights."""
        self._around = surroundings_of(scene)
        state = self.edits.present
        if state.kernel_name == NETWORK:
            self.edits = replace(self.edits, present=refreshed(state, self._around))
        self._respond()
