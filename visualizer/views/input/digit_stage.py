"""DigitStage: the digit and nothing else, in the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.choices import Choices, DigitShown
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.input.numbered_digit import NumberedDigit
from visualizer.views.widgets.buttons import Button


class DigitStage(ScenePanel):
    """The digit as large as its room; below it, what its pixels are, and the one pointed at."""

    def __init__(self, look: Look, viewer: Viewer, choices: Choices[DigitShown]) -> None:
        super().__init__(look, viewer)
        self._choices = choices
        self.digit = NumberedDigit(look, viewer.scene.digit)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.says = Elided(name="explained")
        self.pixel = Elided(name="explained", natural=True)
        self.numbers = Button("Numbers", "The numbers in the pixels (V)", self._on_numbers)
        self.numbers.setCheckable(True)
        below = row(look, (self.says, 1), self.pixel, self.numbers, spacing=16)
        self.setLayout(column(look, (self.digit, 1), below, spacing=6))
        self.digit.hovered.connect(viewer.point)
        choices.changed.connect(self._show_numbers)
        self._show_numbers()
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.digit is not new.digit or old.pointed != new.pointed:
            self._show(new)

    def _show(self, scene: Scene) -> None:
        rows, columns = scene.digit.pixels.shape
        size = f"{rows} × {columns} pixels"
        self.says.show_text(f"{size}, 0 (paper) to 255 (ink)", f"{size}, 0 to 255", size)
        self.digit.show_digit(scene.digit)
        self.digit.show_pixels(None, scene.pointed)
        at = scene.pointed
        value = "" if at is None else str(scene.digit.pixels[at])
        self.pixel.show_text(f"row {at[0]}, column {at[1]}: {value}" if at else "")

    def _show_numbers(self) -> None:
        self.numbers.setChecked(self._choices.now.numbers)
        self.digit.show_numbers(self._choices.now.numbers)

    def _on_numbers(self, wanted: bool) -> None:
        self._choices.choose(numbers=wanted)
