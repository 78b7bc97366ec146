"""Viewer: holds one scene, takes the steps to the next, and reports at most one change a frame."""

from __future__ import annotations

import time
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from visualizer.core.edits import Edit, Rescale, SetKernel, altered
from visualizer.core.gradient_step import GradientStep
from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.core.talk.stop import Ask
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell, Trail
from visualizer.system.throttle import Throttle

MOST_MADE = 64
FRAME_SECONDS = 1 / 240  # of the fastest screens; a slower screen paints the newest of several
PAINTING = 2.0  # painting a scene takes so many times as long as emitting it


class Viewer(QObject):
    """Holds the scene of one model and one digit; several viewers can stand side by side.

    A digit or model that comes within a frame of the last one waits for the next frame, and only
    the newest is computed. Reading `scene` computes what waits at once.

    Attributes
    ----------
    lively : set of QObject
        Who is in sight and moves while a network trains: news are taken in ten times a second.

    Signals
    -------
    sceneChanged : (Scene, Scene)
        The old scene and the new.
    """

    sceneChanged = Signal(Scene, Scene)

    def __init__(self, scene: Scene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self.lively: WeakSet[QObject] = WeakSet()
        self._live = scene.model
        self._held: Model | None = None
        self._edits: dict[Network, tuple[Edit, ...]] = {}
        self._made_from: Model | None = None
        self._made: dict[tuple[Edit, ...], Model] = {}
        self._digit: Digit | None = None
        self._model: Model | None = None
        self._throttle = Throttle("viewer frame", self.settle, self)

    @property
    def scene(self) -> Scene:
        self.settle()
        return self._scene

    def settle(self) -> None:
        """Compute and emit at once the digit or model that waits for the next frame."""
        digit, model = self._digit, self._model
        if digit is None and model is None:
            return
        self._digit = self._model = None
        self._throttle.stop()
        self._set(self._scene.with_changes(model, digit))

    # The digit and the model

    def show_digit(self, digit: Digit) -> None:
        self._digit = digit
        self._throttle.request()

    def show_live(self, model: Model) -> None:
        """Show a trained or opened model; while a moment is held, it waits for `release`."""
        self._live = model
        if self._held is None:
            self._show_model(model)

    def hold(self, model: Model) -> None:
        """Show another moment of the model until `release`."""
        self._held = model
        self._show_model(model)

    def release(self) -> None:
        """Go back to the live model."""
        if self._held is not None:
            self._held = None
            self._show_model(self._live)

    def alter(self, edits: tuple[Edit, ...]) -> None:
        """Apply these edits to the models of this network, to coming ones too."""
        if edits != self.edits:
            self._edits[self.unaltered.network] = edits
            self._show_model(self.unaltered)

    def alter_network(self, network: Network, edits: tuple[Edit, ...]) -> None:
        """Apply these edits to the models of a network, in view or not."""
        if network == self.unaltered.network:
            self.alter(edits)
        else:
            self._edits[network] = edits

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the network in view."""
        return self._edits.get(self.unaltered.network, ())

    @property
    def unaltered(self) -> Model:
        """The model in view without the edits."""
        return self._held or self._live

    def _show_model(self, model: Model) -> None:
        self._model = self._altered(model, self._edits.get(model.network, ()))
        self._throttle.request()

    def _altered(self, model: Model, edits: tuple[Edit, ...]) -> Model:
        """Return the altered model: the same object for the same edits, so its results stay."""
        if model is not self._made_from:
            self._made_from, self._made = model, {}
        if edits not in self._made:
            if len(self._made) >= MOST_MADE:
                del self._made[next(iter(self._made))]
            self._made[edits] = model.altered(edits, self._one_step_on(edits))
        return self._made[edits]

    def _one_step_on(self, edits: tuple[Edit, ...]) -> Weights | None:
        """Return the weights where they are one step of learning from some that are known.

        So a step does not take longer for those before it. Where a class may be out of the
        softmax, all edits are made anew.
        """
        steps = (GradientStep, Rescale, SetKernel)
        before = self._made.get(edits[:-1])
        one = isinstance(edits[-1] if edits else None, GradientStep)
        if before is None or not one or not all(isinstance(edit, steps) for edit in edits):
            return None
        return altered(before.network, before.weights, edits[-1:])

    @property
    def live(self) -> bool:
        """Whether the newest model is shown, and no other moment is held."""
        return self._held is None

    def stop(self) -> None:
        """Drop what waits, and emit nothing more."""
        self._throttle.stop()
        self._digit = self._model = None

    # The selection

    def select(self, cell: Cell) -> None:
        self._set(self.scene.with_selection(cell))

    def select_layer(self, layer: int) -> None:
        """Select the cell of another layer that answers most to this digit."""
        scene = self.scene
        if layer != scene.selected.layer and 0 <= layer < len(scene.network.layers):
            self.select(scene.strongest(layer))

    def follow(self, cell: Cell) -> None:
        """Go one layer down to a term of the selected cell."""
        self._set(self.scene.with_step(cell))

    def back(self) -> None:
        """Go one step back up the trail, or to the way before the last other one."""
        self.take(self.scene.trail.back())

    def forward(self) -> None:
        """Go one step down the trail again, or to the way that was gone back from."""
        self.take(self.scene.trail.forward())

    def go_to_step(self, at: int) -> None:
        """Go to a step of the trail."""
        self.take(self.scene.trail.moved(at))

    def take(self, trail: Trail) -> None:
        """Stand where a trail stands."""
        self._set(self.scene.with_trail(trail))

    def go_up(self, cell: Cell) -> None:
        """Follow the trail up, to a cell that the current one feeds."""
        self.take(self.scene.trail.up_to(cell))

    def show_backward(self, wanted: bool, goal: int | None = None) -> None:
        """Show the gradients of the loss for a class, or for the digit's label; or none."""
        self._set(self.scene.with_backward(wanted, goal))

    def point(self, pixel: tuple[int, int] | None) -> None:
        """Set the pixel of the digit under the pointer."""
        self._set(self.scene.with_pointer(pixel))

    def hover(self, cell: Cell | None) -> None:
        """Set the cell under the pointer."""
        self._set(self.scene.with_hover(cell))

    def predict(self, on: bool) -> None:
        """Hide each digit's answer until `reveal`, or show all answers."""
        self._set(self.scene.with_predictions(on))

    def ask(self, what: Ask) -> None:
        """Hide what a stop of a talk asks for, until `reveal`; or, with "", nothing."""
        self._set(self.scene.with_question(what))

    def reveal(self) -> None:
        """Show the network's answer for this digit, or what is asked for."""
        self._set(self.scene.with_answer())

    def _set(self, scene: Scene) -> None:
        if scene is not self._scene:
            old, self._scene = self._scene, scene
            if old.trace is scene.trace:
                self.sceneChanged.emit(old, scene)
                return
            begun = time.monotonic()
            self._throttle.hold_off(FRAME_SECONDS)
            self.sceneChanged.emit(old, scene)
            # A busy machine gets fewer frames, each of the newest: none queues behind another.
            self._throttle.hold_off(PAINTING * (time.monotonic() - begun))


def first_scene(model: Model, digit: Digit) -> Scene:
    """Make a scene in which the strongest cell of the first layer is selected."""
    scene = Scene(model, digit, model.trace(digit.pixels), Trail((Cell(0, 0, 0, 0),)))
    return scene.with_selection(scene.strongest(0))
