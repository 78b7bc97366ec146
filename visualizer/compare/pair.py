"""Pair: two networks at one digit; what is selected in the one is selected in the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from visualizer.compare.linked import counterpart
from visualizer.compare.networks import Contender, Contenders
from visualizer.data.shift import MOST, shifted
from visualizer.scene.scene import Digit, Model, Scene, first_scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer


class Pair(QObject):
    """Two viewers side by side, at the same digit, moved by the same pixels.

    Signals
    -------
    changed
        Another network, digit or shift. What follows from it in each viewer is told by that one.
    """

    changed = Signal()

    def __init__(
        self,
        contenders: Contenders,
        digit: Digit,
        names: tuple[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._contenders = contenders
        self.names = names
        self.digit, self.dy, self.dx = digit, 0, 0
        self._following = False
        self.viewers = tuple(Viewer(first_scene(self._model(name), digit), self) for name in names)
        for side, viewer in enumerate(self.viewers):
            viewer.sceneChanged.connect(lambda old, new, at=side: self._on_scene(at, old, new))
        contenders.changed.connect(self._on_contenders)
        self._follow(0)

    def _model(self, name: str) -> Model:
        contender = self._contenders.of(name)
        assert contender is not None and contender.model is not None, name
        return contender.model

    @property
    def contenders(self) -> tuple[Contender, Contender]:
        """The two that are compared."""
        first, second = (self._contenders.of(name) for name in self.names)
        assert first is not None and second is not None
        return first, second

    @property
    def models(self) -> tuple[Model, Model]:
        first, second = map(self._model, self.names)
        return first, second

    def choose(self, side: int, name: str) -> None:
        """Compare another network; chosen on both sides, they change places."""
        first, second = self.names
        if name == self.names[side]:
            return
        if name == self.names[1 - side]:
            self.names = second, first
        else:
            self.names = (name, second) if side == 0 else (first, name)
        self._show_models()
        self.changed.emit()

    def show_digit(self, digit: Digit) -> None:
        """Show a digit, as far moved as the one before."""
        self.digit = digit
        self._show_digit()

    def follow(self, scene: Scene) -> None:
        """Show the digit of the window's scene, and hide the answers where it does."""
        if scene.digit is not self.digit:
            self.show_digit(scene.digit)
        for viewer in self.viewers:
            if viewer.scene.answer_hidden != scene.answer_hidden:
                viewer.predict(scene.answer_hidden)

    def move_to(self, dy: int, dx: int) -> None:
        """Move the digit down by dy and right by dx pixels, at most 8 each way."""
        dy, dx = (min(max(steps, -MOST), MOST) for steps in (dy, dx))
        if (dy, dx) != (self.dy, self.dx):
            self.dy, self.dx = dy, dx
            self._show_digit()

    @property
    def moved(self) -> Digit:
        """The digit as the networks get it."""
        if not (self.dy or self.dx):
            return self.digit
        pixels = shifted(self.digit.pixels[None], self.dy, self.dx)[0]
        source = f"{self.digit.source}, moved"
        return Digit(pixels, self.digit.label, source, drawn=self.digit.drawn)

    def select(self, side: int, cell: Cell) -> None:
        """Select a cell of one network; the other's nearest follows."""
        self.viewers[side].select(cell)

    def stop(self) -> None:
        """Tell nothing any more."""
        for viewer in self.viewers:
            viewer.stop()

    def _show_digit(self) -> None:
        moved = self.moved
        for viewer in self.viewers:
            viewer.show_digit(moved)
        self.changed.emit()

    def _show_models(self) -> None:
        self._following = True
        for viewer, model in zip(self.viewers, self.models, strict=True):
            if viewer.scene.model is not model:
                viewer.show_live(model)
                viewer.settle()
        self._following = False
        self._follow(0)

    def _on_scene(self, side: int, old: Scene, new: Scene) -> None:
        if old.selected != new.selected and not self._following:
            self._follow(side)

    def _follow(self, side: int) -> None:
        """Select in the other network what is nearest to this one's selection."""
        scene, other = self.viewers[side].scene, self.viewers[1 - side]
        self._following = True
        other.select(counterpart(scene, scene.selected, other.scene))
        self._following = False

    def _on_contenders(self) -> None:
        self._show_models()
        self.changed.emit()
