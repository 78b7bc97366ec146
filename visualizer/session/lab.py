"""LabModel: the lab's state and its response, shown by the page and by the stage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.core.lab.lab import NETWORK, PRESETS, LabState, LabStates
from visualizer.core.lab.response import (
    MAP_SIZE,
    Response,
    Surroundings,
    is_changed,
    preset_state,
    refreshed,
    respond,
    side_by_side,
)
from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.terms import unbounded
from visualizer.scene.scene import Scene


@unbounded
def surroundings_of(scene: Scene) -> Surroundings:
    """Collect the digit, the first 11×11 layer's strongest map, and the first layer's filters."""
    found, map_name = None, ""
    for layer, outputs in zip(scene.network.layers, scene.trace.outputs, strict=True):
        if layer.is_spatial and layer.map_shape[:2] == MAP_SIZE:
            channel = int(outputs.sum(axis=(0, 1), dtype=np.float64).argmax())
            found = np.ascontiguousarray(outputs[:, :, channel])
            map_name = f"{layer.name}, map {channel}"
            break
    digit = scene.digit.pixels.astype(np.float32) / np.float32(255)
    first = scene.network.layers[0]
    if not isinstance(first, Conv2D) or first.input_shape[2] != 1:
        return Surroundings(digit, scene.digit.source, found, map_name)
    return Surroundings(
        digit,
        scene.digit.source,
        found,
        map_name,
        scene.weights[f"{first.name}.kernel"][:, :, 0, :],
        scene.weights[f"{first.name}.bias"],
        first.name,
        int(scene.trace.outputs[0].sum(axis=(0, 1), dtype=np.float64).argmax()),
    )


class LabModel(QObject):
    """The state set by hand, its response, and the selected output.

    Attributes
    ----------
    states : LabStates
        The present state, with the states before and after it.
    response : Response
    beside : tuple of Response
        Three operations on the same map while they are shown side by side; else empty.
    chosen : int
        The operation of the three whose arithmetic is shown.
    selected : (row, column)
        The selected output.

    Signals
    -------
    changed
        Another state or response.
    marked
        Another output is selected.
    """

    changed = Signal()
    marked = Signal()

    def __init__(self, scene: Scene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace = scene.trace
        self.surroundings = surroundings_of(scene)
        self.states = LabStates(preset_state(self.preset_names()[0], self.surroundings))
        self.response: Response = respond(self.states.present, self.surroundings)
        self.beside: tuple[Response, ...] = ()
        self.chosen = 0
        self.selected: RowsColumns = (0, 0)
        self._select_strongest()

    @staticmethod
    def preset_names() -> list[str]:
        return list(PRESETS)

    @property
    def current(self) -> Response:
        """The response whose arithmetic is shown."""
        return self.beside[self.chosen] if self.beside else self.response

    @property
    def altered(self) -> bool:
        """Whether the state differs from its preset."""
        return is_changed(self.states.present, self.surroundings)

    # Steps

    def show_preset(self, name: str) -> None:
        """Set everything as in a preset; this can be undone."""
        self.show_view("one")
        self.selected = (0, 0)
        self.change(preset_state(name, self.surroundings))
        self._select_strongest()

    def reset(self) -> None:
        """Return to the preset, as it was before any change."""
        self.show_preset(self.states.present.preset)

    def show_view(self, key: str) -> None:
        """Show "one" operation, or three "beside" each other."""
        self.beside = (
            side_by_side(self.states.present, self.surroundings) if key == "beside" else ()
        )
        self.chosen = 0
        self._tell()
        self._select_strongest()

    def show(
        self, state: LabState, beside: bool, chosen: int, selected: RowsColumns | None
    ) -> None:
        """Go to a state in a view, and select an output; None: the one that answers most."""
        self.states = self.states.then(state)
        self.response = respond(state, self.surroundings)
        self.beside = side_by_side(state, self.surroundings) if beside else ()
        self.chosen = chosen if beside else 0
        self.selected = strongest_in(self.current) if selected is None else selected
        self._tell()
        self.marked.emit()

    def change(self, state: LabState) -> None:
        """Go to another state; the present one can be undone to."""
        self._go_to(self.states.then(state))

    def undo(self) -> None:
        self._go_to(self.states.undo())

    def redo(self) -> None:
        self._go_to(self.states.redo())

    def select(self, row: int, column: int) -> None:
        """Select an output."""
        self.selected = (row, column)
        self.marked.emit()

    def choose(self, at: int) -> None:
        """Choose which of three responses is explained."""
        if at != self.chosen:
            self.chosen = at
            self.selected = held(self.current, self.selected)

    def take_scene(self, scene: Scene) -> None:
        """Take over the digit and the weights of a scene."""
        if scene.trace is self._trace:
            return
        self._trace = scene.trace
        self.surroundings = surroundings_of(scene)
        state = self.states.present
        if state.kernel_name == NETWORK:
            self.states = replace(self.states, present=refreshed(state, self.surroundings))
        self._respond()

    def _go_to(self, states: LabStates) -> None:
        self.states = states
        self._respond()

    def _respond(self) -> None:
        state = self.states.present
        self.response = respond(state, self.surroundings)
        if self.beside:
            self.beside = side_by_side(state, self.surroundings)
        self._tell()

    def _tell(self) -> None:
        self.selected = held(self.current, self.selected)
        self.changed.emit()

    def _select_strongest(self) -> None:
        """Select the output that answers most, where something can be seen."""
        if self.current.output is not None:
            self.select(*strongest_in(self.current))


def strongest_in(response: Response) -> RowsColumns:
    """Return the output that answers most; the first where there is none."""
    if response.output is None:
        return 0, 0
    row, column = divmod(int(np.abs(response.output).argmax()), response.output.shape[1])
    return row, column


def held(response: Response, cell: RowsColumns) -> RowsColumns:
    """Return the existing output cell that is nearest to this one; the first without an output."""
    rows, columns = (1, 1) if response.output is None else response.output.shape
    return min(cell[0], rows - 1), min(cell[1], columns - 1)
