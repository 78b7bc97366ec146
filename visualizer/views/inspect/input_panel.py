"""InputPanel: the digit, where to pick another, and what the network takes it for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.core.geometry import Rect
from visualizer.core.layer import Layer
from visualizer.scene import Scene
from visualizer.session import Session
from visualizer.viewer import Viewer
from visualizer.views.inspect.digit_view import DigitView
from visualizer.views.inspect.gallery import Gallery
from visualizer.views.inspect.probabilities import Probabilities
from visualizer.views.widgets.controls import Elided, IconButton, label
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.scene_panel import ScenePanel
from visualizer.views.widgets.text import number
from visualizer.views.widgets.theme import Theme


class InputPanel(ScenePanel):
    """Left column of the Inspect page."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self.source = Elided(name="caption")
        self.digit = DigitView(look, viewer.scene.digit)
        self.caption = Elided(name="caption")
        self.blind = IconButton(look, "blind", "Show the pixels that no output sees")
        self.blind.setCheckable(True)
        self.reason = label("", "caption")
        self.reason.setWordWrap(True)
        self.reason.hide()
        self.gallery = Gallery(look, viewer, session)
        self.verdict = Elided(name="heading")
        self.probabilities = Probabilities(look, viewer)
        self._header = QHBoxLayout()
        self._header.addWidget(label("Input", "heading"))
        self._header.addWidget(self.source, 1)
        self._header.addWidget(self.blind)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self.digit)
        self._column.addWidget(self.caption)
        self._column.addWidget(self.reason)
        self._column.addWidget(self.gallery, 1)
        self._answer = QHBoxLayout()
        self._answer.addWidget(self.verdict, 1)
        self._answer.addWidget(label("▢ true label", "caption"))
        self._column.addLayout(self._answer)
        self._column.addWidget(self.probabilities)
        self.digit.hovered.connect(viewer.point)
        self.blind.toggled.connect(self._on_blind)
        self._show(self.scene)
        self._show_blind(self.scene)

    def _space(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(16), px(10), px(12), px(8))
        self._column.setSpacing(px(6))
        self._header.setSpacing(px(8))

    def apply_theme(self, theme: Theme) -> None:
        self._space()
        super().apply_theme(theme)

    def _on_blind(self, on: bool) -> None:
        self._show_blind(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)
        if old.network is not new.network:
            self._show_blind(new)

    def _show_blind(self, scene: Scene) -> None:
        rows, columns = scene.network.blind_lines()
        layer = scene.network.blinding_layer()
        self.blind.setVisible(layer is not None)
        shown = layer is not None and self.blind.isChecked()
        height, width, _ = scene.network.input_shape
        lines = [Rect(row, 0, row + 1, width) for row in rows]
        lines += [Rect(0, column, height, column + 1) for column in columns]
        self.digit.show_blind(tuple(lines) if shown else ())
        self.reason.setVisible(shown)
        if layer is not None:
            self.reason.setText(blind_sentence(layer, rows, columns))

    def _show(self, scene: Scene) -> None:
        digit = scene.digit
        label = "" if digit.label is None else f" · label {digit.label}"
        self.source.show_text(f"{digit.source}{label}")
        self.digit.show_digit(digit)
        self.digit.show_field(scene.field(scene.shown))
        self.digit.show_pixels(scene.pixel, scene.pointed)
        self._show_caption(scene)
        verdict = f"Prediction {scene.prediction}"
        if digit.label is not None and scene.prediction != digit.label:
            verdict += f", but it is a {digit.label}"
        self.verdict.show_text(verdict)

    def _show_caption(self, scene: Scene) -> None:
        pixel = scene.pointed or scene.pixel
        if pixel is not None:
            row, column = pixel
            grey = int(scene.digit.pixels[row, column])
            self.caption.show_text(f"[{row}, {column}] = {grey} / 255 = {number(grey / 255)}")
            return
        cell = scene.shown
        layer, field = scene.network.layers[cell.layer], scene.field(cell)
        place = f"[{cell.row}, {cell.column}]" if layer.is_spatial else f"[{cell.channel}]"
        self.caption.show_text(f"{layer.name} {place} sees {field.height} × {field.width} pixels")


def blind_sentence(layer: Layer, rows: tuple[int, ...], columns: tuple[int, ...]) -> str:
    """Why some pixels of the digit change nothing."""
    height, width, _ = layer.input_shape
    seen = layer.seen_by(Rect.whole(*layer.map_shape[:2]))
    lines = " and ".join(
        f"{many} {name}{'' if many == 1 else 's'}"
        for many, name in ((height - seen.bottom, "row"), (width - seen.right, "column"))
        if many
    )
    where = (
        f"rows {_span(rows)} and columns {_span(columns)}"
        if rows != columns
        else (f"rows and columns {_span(rows)}")
    )
    return (
        f"The windows of {layer.name} do not reach the last {lines} of its {height} × {width} "
        f"input: {where} of the digit change no output."
    )


def _span(lines: tuple[int, ...]) -> str:
    return str(lines[0]) if len(lines) == 1 else f"{lines[0]}–{lines[-1]}"
