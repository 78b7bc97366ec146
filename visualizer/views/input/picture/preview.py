"""Preview: one step from a picture to the input."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualizer.data.input.drawing import Float32
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Lut
from visualizer.views.widgets.pixels import to_image

GREYS: Lut = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
SMOOTH_FROM = 64  # pixels per side; smaller pictures are drawn as squares


class Preview(Panel):
    """A picture of values (h, w) from 0 to 1: black to white, or in a look-up table."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_values(self, values: Float32, lut: Lut = GREYS) -> None:
        """Show values; emits nothing."""
        self._image = to_image(values, 0, 1, lut)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(48), self.theme.px(48))

    def paintEvent(self, event: object) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        width, height = self._image.width(), self._image.height()
        scale = min((self.width() - 2) / width, (self.height() - 2) / height)
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveTop((self.height() - place.height()) / 2)
        place.moveLeft(1)
        smooth = max(width, height) >= SMOOTH_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, self._image)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.drawRect(place)


class StepView(Panel):
    """A step: its title, its result as a picture, and below it its control."""

    def __init__(
        self, look: Look, names: tuple[str, ...], control: QWidget, wide: bool = False
    ) -> None:
        """Show the longest of `names` that fits; a `wide` control takes the whole width."""
        super().__init__(look)
        self.title = Elided(name="caption")
        self.title.show_text(*names)
        self.preview = Preview(look, names[0])
        self.control = control
        sized(look, self.preview, height=128)
        sized(look, control, height=28)
        below = control if wide else (control, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(column(look, self.title, (self.preview, 1), below, spacing=4))
