"""Probabilities: the ten answers of the network as bars, with the true label marked."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.scene import Scene
from visualizer.viewer import Viewer
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.scene_panel import ScenePanel
from visualizer.views.widgets.text import percent

ROW, LEAST_ROW = 19, 15
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Probabilities(ScenePanel):
    """Ten bars, the strongest in bold; a frame around the number of the true class."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def sizeHint(self) -> QSize:
        classes = len(self.scene.trace.probabilities)
        return QSize(self.theme.px(200), self.theme.px(ROW) * classes)

    def minimumSizeHint(self) -> QSize:
        classes = len(self.scene.trace.probabilities)
        return QSize(self.theme.px(120), self.theme.px(LEAST_ROW) * classes)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace:
            self._describe()
            self.update()

    def _describe(self) -> None:
        scene = self.scene
        best = float(scene.trace.probabilities.max())
        said = f"Prediction {scene.prediction} with {percent(best)}"
        self.setAccessibleName(said if math.isfinite(best) else "No prediction")

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = self.scene.prediction
        plain, bold = (self.theme.font("caption", bold) for bold in (False, True))
        for row, value in enumerate(self.scene.trace.probabilities.tolist()):
            painter.setFont(bold if row == best else plain)
            self._paint_row(painter, row, value)

    def _paint_row(self, painter: QPainter, row: int, value: float) -> None:
        theme, scene = self.theme, self.scene
        height = self.height() / len(scene.trace.probabilities)
        top = row * height
        number = QRectF(1, top + 1, theme.px(18), min(height, theme.px(ROW)) - 2)
        figure = QRectF(self.width() - theme.px(64), top, theme.px(64), height)
        painter.setPen(theme.color("ink"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row))
        painter.drawText(figure, RIGHT, percent(value))
        bar = QRectF(number.right() + theme.px(8), top + height * 0.26, 0, height * 0.48)
        bar.setRight(figure.left() - theme.px(2))
        rounding = theme.px(2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("control"))
        painter.drawRoundedRect(bar, rounding, rounding)
        bar.setWidth(bar.width() * value if math.isfinite(value) else 0)
        if bar.width() >= 0.5:
            painter.setBrush(theme.color("train"))
            painter.drawRoundedRect(bar, rounding, rounding)
        if row == scene.digit.label:
            painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(number, theme.px(3), theme.px(3))
