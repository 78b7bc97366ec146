"""Parts of a layer's card: its name in a font that fits, its parameters, its tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from visualizer.core.network.layer import Layer
from visualizer.scene.scene import Scene
from visualizer.text.numbers import apart, count, sees_text
from visualizer.text.terms import HIDDEN


def fitted(text: str, font: QFont, width: float) -> tuple[str, QFont]:
    """Return a text, or a shorter form, in the widest font in which it fits; else its two ends."""
    font = QFont(font)
    for form in dict.fromkeys((text, text.replace("average", "avg").replace("pooling", "pool"))):
        for bold, stretch in ((font.bold(), 100), (False, 100), (False, 84)):
            font.setBold(bold)
            font.setStretch(stretch)
            if QFontMetricsF(font).horizontalAdvance(form) <= width:
                return form, font
    middle = Qt.TextElideMode.ElideMiddle
    return QFontMetricsF(font).elidedText(form, middle, width), font


def parameters_text(layer: Layer) -> str:
    """Return the number of parameters, or a dash."""
    return count(layer.parameter_count) if layer.parameter_count else "–"


def parameters_sum(layer: Layer) -> str:
    """Return the arithmetic of the number of parameters: 3×3×32×64 + 64 = 18,496."""
    shapes = ("×".join(str(size) for size in shape) for shape in layer.parameters.values())
    return f"{' + '.join(shapes)} = {count(layer.parameter_count)}"


def shape_text(layer: Layer, hidden: bool) -> str:
    """Return a layer's output shape; ? while sizes are asked for."""
    return HIDDEN if hidden else str(layer.output_shape)


def told(scene: Scene, position: int) -> list[str]:
    """Return a layer's tool tip in lines: shape, parameters, and receptive field."""
    network = scene.network
    layer = network.layers[position]
    lines = [f"{layer.name} {shape_text(layer, scene.asked == 'size')}"]
    if layer.parameter_count:
        lines.append(f"parameters: {parameters_sum(layer)}")
    field = network.receptive_field(position)
    if field:
        pixels = network.seen_in_the_middle(position)
        seen = f"{field.size[0]} × {field.size[1]} pixels"
        if pixels.has_gaps:
            seen = sees_text(pixels)[0].removeprefix("sees ")
        lines.append(f"receptive field {seen}, {apart(field.jump)} apart")
    return lines
