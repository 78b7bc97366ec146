"""Probabilities: the ten outputs of the network as bars, with the true label marked."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import percent
from visualizer.views.base.constants import RIGHT
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import FONT_SIZES

ROW, LEAST_ROW = 19, 15


class Probabilities(ScenePanel):
    """Ten bars, the largest in bold, and a frame around the number of the true class.

    Signals
    -------
    chosen : int
        The class whose bar was clicked.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, viewer: Viewer, role: str = "caption") -> None:
        """Use the font of a role; in a larger font everything is larger, and fills its room."""
        super().__init__(look, viewer)
        self._role, self._share = role, FONT_SIZES[role] / FONT_SIZES["caption"]
        upright = QSizePolicy.Policy.Fixed if self._share == 1 else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        self._describe()

    def sizeHint(self) -> QSize:
        classes = len(self.scene.trace.probabilities)
        return QSize(self._px(200), self._px(ROW) * classes)

    def minimumSizeHint(self) -> QSize:
        classes = len(self.scene.trace.probabilities)
        return QSize(self._px(120), self._px(LEAST_ROW) * classes)

    def _px(self, size: float) -> int:
        """Return a length in pixels, enlarged like the font against "caption"."""
        return self.theme.px(size * self._share)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.trace, old.answer_hidden) != (new.trace, new.answer_hidden):
            self._describe()
            self.update()

    def _describe(self) -> None:
        scene = self.scene
        if scene.digit.undrawn:
            self.setAccessibleName("No ink, no prediction")
            return
        best = float(scene.trace.probabilities.max())
        said = f"Prediction {scene.prediction} with {percent(best)}"
        said = said if math.isfinite(best) else "No prediction"
        self.setAccessibleName("The answer is hidden" if scene.answer_hidden else said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() * len(self.scene.trace.probabilities) // self.height())
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.chosen.emit(row)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = None if self.scene.digit.undrawn else self.scene.prediction
        plain, bold = (self.theme.font(self._role, bold) for bold in (False, True))
        for row, value in enumerate(self.scene.trace.probabilities.tolist()):
            painter.setFont(bold if row == best and not self.scene.answer_hidden else plain)
            self._paint_row(painter, row, value)

    def _paint_row(self, painter: QPainter, row: int, value: float) -> None:
        theme, scene = self.theme, self.scene
        height = self.height() / len(scene.trace.probabilities)
        top = row * height
        side = min(height, self._px(ROW))
        number = QRectF(1, top + (height - side) / 2 + 1, self._px(18), side - 2)
        figure = QRectF(self.width() - self._px(64), top, self._px(64), height)
        painter.setPen(theme.color("ink"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row))
        nothing = "–" if scene.digit.undrawn else "?" if scene.answer_hidden else ""
        bar = QRectF(number.right() + self._px(8), top + height * 0.26, 0, height * 0.48)
        bar.setRight(figure.left() - self._px(2))
        if nothing or math.isfinite(value):
            self._paint_bar(painter, bar, 0.0 if nothing else value)
        else:  # words, in the room of a bar that there is not
            figure.setLeft(bar.left())
        painter.setPen(theme.color("ink"))
        painter.drawText(figure, RIGHT, nothing or percent(value))
        if row == scene.digit.label and not scene.answer_hidden:
            painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(number, self._px(3), self._px(3))

    def _paint_bar(self, painter: QPainter, bar: QRectF, share: float) -> None:
        rounding = self._px(2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("control"))
        painter.drawRoundedRect(bar, rounding, rounding)
        bar.setWidth(bar.width() * share)
        if bar.width() >= 0.5:
            painter.setBrush(self.theme.color("train"))
            painter.drawRoundedRect(bar, rounding, rounding)
