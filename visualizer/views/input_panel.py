"""InputPanel: the digit, where to pick another, and what the network takes it for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.scene import Scene
from visualizer.session import Session
from visualizer.views.controls import Elided, label
from visualizer.views.digit_view import DigitView
from visualizer.views.gallery import Gallery
from visualizer.views.look import Look, Panel
from visualizer.views.probabilities import Probabilities
from visualizer.views.text import number
from visualizer.views.theme import Theme


class InputPanel(Panel):
    """Left column of the Inspect page."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._session = session
        self._pixel: tuple[int, int] | None = None
        self.source = Elided(name="caption")
        self.digit = DigitView(look, session.scene.digit)
        self.caption = Elided(name="caption")
        self.gallery = Gallery(look, session)
        self.verdict = Elided(name="heading")
        self.probabilities = Probabilities(look, session)
        self._header = QHBoxLayout()
        self._header.addWidget(label("Input", "heading"))
        self._header.addWidget(self.source, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self.digit)
        self._column.addWidget(self.caption)
        self._column.addWidget(self.gallery, 1)
        self._answer = QHBoxLayout()
        self._answer.addWidget(self.verdict, 1)
        self._answer.addWidget(label("▢ true label", "caption"))
        self._column.addLayout(self._answer)
        self._column.addWidget(self.probabilities)
        self.digit.hovered.connect(self._on_pixel)
        session.sceneChanged.connect(self._on_scene)
        self._space()
        self._show(session.scene)

    def _space(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(16), px(10), px(12), px(8))
        self._column.setSpacing(px(6))
        self._header.setSpacing(px(8))

    def apply_theme(self, theme: Theme) -> None:
        self._space()
        super().apply_theme(theme)

    def _on_pixel(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        self._show_caption(self._session.scene)

    def _on_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        digit = scene.digit
        label = "" if digit.label is None else f" · label {digit.label}"
        self.source.show_text(f"{digit.source}{label}")
        self.digit.show_digit(digit)
        self.digit.show_field(scene.field(scene.hovered or scene.selected))
        self._show_caption(scene)
        verdict = f"Prediction {scene.prediction}"
        if digit.label is not None and scene.prediction != digit.label:
            verdict += f", but it is a {digit.label}"
        self.verdict.show_text(verdict)

    def _show_caption(self, scene: Scene) -> None:
        if self._pixel is not None:
            row, column = self._pixel
            grey = int(scene.digit.pixels[row, column])
            self.caption.show_text(f"[{row}, {column}] = {grey} / 255 = {number(grey / 255)}")
            return
        cell = scene.hovered or scene.selected
        layer, field = scene.network.layers[cell.layer], scene.field(cell)
        place = f"[{cell.row}, {cell.column}]" if layer.is_spatial else f"[{cell.channel}]"
        self.caption.show_text(f"{layer.name} {place} sees {field.height} × {field.width} pixels")
