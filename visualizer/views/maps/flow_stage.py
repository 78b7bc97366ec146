"""FlowStage: the network as a flow, in the whole window: maps shrink, channels grow."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPen, QPolygonF

from visualizer.core.network.layer import Array
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import count
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import text_width
from visualizer.views.maps.layer_card import parameters_text
from visualizer.views.widgets.pixels import draw_image, output_top, to_image

# Sizes in pixels at zoom 1.
LINE = 17.0
ARROW = 5.0
# Sizes in cells of a map.
SHEET = 0.22  # how far each channel lies behind the one before
UNIT = 3.0  # height of a vector over the square root of its length
BAR = 7.0


class FlowStage(ScenePanel):
    """A block per layer: as high as its map, as deep as its channels, the strongest in front.

    A vector is a bar, as high as the square root of its length. A click selects a layer. Names
    stand in two rows, so that they fit.
    """

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.setAccessibleName("The network from input to output")
        self._images: list[QImage] = []

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.trace, old.answer_hidden) != (new.trace, new.answer_hidden):
            self._draw()
        self.update()

    def apply_theme(self, theme: object) -> None:
        self._draw()
        self.update()

    def _draw(self) -> None:
        scene, lut = self.scene, self.theme.sequential
        self._images = [to_image(scene.digit.pixels, 0, 255, self.theme.digit)]
        layers = scene.network.layers
        for at, (layer, output) in enumerate(zip(layers, scene.trace.outputs, strict=True)):
            front = strongest_map(output) if layer.is_spatial else output.reshape(-1, 1)
            if scene.hides(at):
                front = np.zeros_like(front)
            self._images.append(to_image(front, 0, output_top(layer, output), lut))

    # Room

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """Shapes of the digit and of every layer's output."""
        network = self.scene.network
        return [network.input_shape, *(layer.output_shape for layer in network.layers)]

    def column(self, index: int) -> QRectF:
        """Return the column of the digit (0) or of a layer, counted from 1."""
        width = self.width() / len(self.shapes)
        return QRectF(index * width, 0, width, self.height())

    def block(self, index: int) -> QRectF:
        """Return where the front of a block lies; all blocks have one scale."""
        width, height, depth = (self.scale * side for side in size_of(self.shapes[index]))
        left = self.column(index).center().x() - (width + depth) / 2
        return QRectF(left, self._middle - (height - depth) / 2, width, height)

    def depth_of(self, index: int) -> float:
        """Return how far the last channel of a block lies behind the first, to the right and up."""
        return self.scale * size_of(self.shapes[index])[2]

    @property
    def scale(self) -> float:
        """The largest scale at which every block fits into its column."""
        across = self.column(0).width() - self.theme.px(ARROW) * 3
        upright = self.height() - self.theme.px(LINE) * 8
        sizes = [size_of(shape) for shape in self.shapes]
        widest = max(width + depth for width, _, depth in sizes)
        highest = max(height + depth for _, height, depth in sizes)
        return max(min(across / widest, upright / highest), 0.01)

    @property
    def _middle(self) -> float:
        """The vertical middle of the flow, between the names and the numbers."""
        return (self.theme.px(LINE) * 2 + self.height() - self.theme.px(LINE) * 4.4) / 2

    def layer_at(self, point: QPointF) -> int | None:
        """Return the layer at a point; None on the digit's column."""
        index = int(point.x() / self.column(0).width())
        return index - 1 if 0 < index < len(self.shapes) else None

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self.shapes)):
            self._paint_block(painter, index)
            self._paint_words(painter, index)
            if index:
                self._paint_arrow(painter, index)
        painter.setFont(self.theme.font("explained", bold=True))
        painter.setPen(self.theme.color("ink"))
        foot = self.rect().adjusted(0, self.height() - self.theme.px(LINE * 1.6), 0, 0)
        total = f"{count(self.scene.network.parameter_count)} parameters"
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, total)

    def _paint_block(self, painter: QPainter, index: int) -> None:
        theme, front, depth = self.theme, self.block(index), self.depth_of(index)
        selected = index - 1 == self.scene.selected.layer
        if depth:
            back = front.translated(depth, -depth)
            outline = QPolygonF(
                [
                    front.topLeft(),
                    back.topLeft(),
                    back.topRight(),
                    back.bottomRight(),
                    front.bottomRight(),
                ]
            )
            painter.setPen(QPen(theme.color("soft_ink"), theme.zoom))
            painter.setBrush(theme.color("control"))
            painter.drawPolygon(outline)
            painter.drawLine(front.topRight(), back.topRight())
        painter.fillRect(front, theme.color("panel"))
        draw_image(painter, front, self._images[index])
        color = theme.color("selection" if selected else "soft_ink")
        painter.setPen(QPen(color, theme.line_width if selected else theme.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(front)

    def _paint_words(self, painter: QPainter, index: int) -> None:
        theme, column, line = self.theme, self.column(index), self.theme.px(LINE)
        layers = self.scene.network.layers
        name = "digit" if index == 0 else layers[index - 1].name
        selected = index - 1 == self.scene.selected.layer
        painter.setPen(theme.color("selection" if selected else "ink"))
        painter.setFont(theme.font("caption", bold=True))
        width = text_width(name, theme.px(12), bold=True) + 4
        left = min(max(column.center().x() - width / 2, 0.0), self.width() - width)
        at = QRectF(left, line * (index % 2), width, line)
        painter.drawText(at, Qt.AlignmentFlag.AlignCenter, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink"))
        lines = [str(self.shapes[index])]
        if index:
            lines.append(parameters_text(layers[index - 1]))
        top = self.height() - line * 4.4
        for row, words in enumerate(lines):
            place = QRectF(column.left(), top + row * line, column.width(), line)
            if text_width(words, theme.px(12)) <= column.width():
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
            painter.setPen(theme.color("soft_ink"))

    def _paint_arrow(self, painter: QPainter, index: int) -> None:
        size = self.theme.px(ARROW)
        tip = QPointF(self.column(index).left() + size / 2, self._middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("soft_ink"))
        up, down = QPointF(-size, -size * 0.7), QPointF(-size, size * 0.7)
        painter.drawPolygon(QPolygonF([tip, tip + up, tip + down]))

    # The user

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer = self.layer_at(event.position())
        if layer is not None:
            self.viewer.select_layer(layer)


def size_of(shape: tuple[int, ...]) -> tuple[float, float, float]:
    """Return width, height and depth of the block for an output shape, in cells of a map."""
    if len(shape) == 1:
        return BAR, UNIT * math.sqrt(shape[0]), 0.0
    return shape[1], shape[0], SHEET * (shape[2] - 1)


def strongest_map(output: Array) -> Array:
    """Return the channel (h, w) of an output (h, w, channels) with the largest sum."""
    return output[:, :, int(np.nansum(output, axis=(0, 1)).argmax())]
