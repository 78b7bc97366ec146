"""DrawTools: pen, eraser and single pixels, with undo, redo and clear."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QSlider

from visualizer.session.easel import ERASER, PEN, PIXEL, SIZES, Easel
from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton

TOOLS = {
    PEN: "Pen",
    ERASER: "Eraser",
    PIXEL: "Single pixels of the input: a click fills one or empties it",
}


class DrawTools(Panel):
    """Three tools, one of them in hand, and buttons to undo, redo and clear."""

    def __init__(self, look: Look, easel: Easel) -> None:
        super().__init__(look)
        self._easel = easel
        group = QButtonGroup(self)
        self.tools: dict[str, IconButton] = {}
        for name, tip in TOOLS.items():
            button = self.tools[name] = IconButton(look, name, tip)
            button.setCheckable(True)
            group.addButton(button)
        self.undo = IconButton(look, "undo", "Undo the last stroke", act=easel.undo)
        self.redo = IconButton(look, "redo", "Draw it again", act=easel.redo)
        self.clear = IconButton(look, "clear", "Clear the pad", act=easel.clear)
        tools = self.tools.values()
        self.setLayout(row(look, *tools, 1, self.undo, self.redo, self.clear, spacing=0))
        group.buttonClicked.connect(self._on_tool)
        easel.changed.connect(self._show)
        easel.equipped.connect(self._show)
        self._show()

    def _on_tool(self, button: IconButton) -> None:
        self._easel.choose_tool(next(name for name, known in self.tools.items() if known is button))

    def _show(self) -> None:
        easel = self._easel
        self.tools[easel.tool].setChecked(True)
        for button, possible in (
            (self.undo, bool(easel.sketch.past)),
            (self.redo, bool(easel.sketch.future)),
            (self.clear, not easel.blank),
        ):
            if button.isEnabled() != possible:
                button.setEnabled(possible)


class Centring(Button):
    """A switch for the centring of the ink; off where ink always stays."""

    def __init__(self, easel: Easel) -> None:
        super().__init__("Centring")
        self._easel = easel
        self.setCheckable(True)
        self.clicked.connect(easel.set_centring)
        easel.redrawn.connect(self._show)
        easel.equipped.connect(self._show)
        self._show()

    def _show(self) -> None:
        stays = bool(self._easel.drawing.ground)
        self.setEnabled(not stays)
        self.setChecked(self._easel.centres)
        self.setToolTip(
            "On a digit or on single pixels all ink stays where it lies"
            if stays
            else "Crop the ink and centre it, as MNIST was made; off: it stays where it was drawn"
        )


class SizeSlider(Guarded, QSlider):
    """The width of pen and eraser, in pixels of the input."""

    def __init__(self, look: Look, easel: Easel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._easel = easel
        self.setRange(*(round(100 * size) for size in SIZES))
        self.setAccessibleName("Width of the pen")
        self.valueChanged.connect(self._on_value)
        easel.equipped.connect(self._show)
        sized(look, self, least_width=40)
        self._show()

    def _on_value(self, value: int) -> None:
        self._easel.set_size(value / 100)

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setValue(round(100 * self._easel.size))
        self.setToolTip(f"Width of the pen: {28 * self._easel.size:.1f} pixels of the input")
