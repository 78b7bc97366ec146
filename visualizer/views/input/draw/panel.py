"""DrawPanel: the pad with its tools, and the steps from the strokes to the network's input."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication

from visualizer.data.dataset import CLASSES
from visualizer.data.input.sketch import Drawing
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.easel import images_of
from visualizer.session.session import Session
from visualizer.storage.digits import save_digits
from visualizer.system.errors import reason
from visualizer.system.notice import Notice
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.input.draw.pad import COMFORTABLE, DrawingPad
from visualizer.views.input.draw.steps_to_input import StepsToInput
from visualizer.views.input.draw.strip import DrawingStrip
from visualizer.views.input.draw.tools import Centring, DrawTools, SizeSlider
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.save_dialog import ask_where


class DrawPanel(ScenePanel):
    """A panel to draw on; the drawing is the network's input while the pen moves.

    Signals
    -------
    picked_wanted
        The user wants to draw over the picked digit.
    """

    picked_wanted = Signal()

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setAccessibleName("Draw")
        self._session = session
        self._last_here = False
        self.easel, self.recent = session.easel, session.recent
        self.tools = DrawTools(look, self.easel)
        self.pad = DrawingPad(look, self.easel)
        self.size_slider = SizeSlider(look, self.easel)
        start = "Start from the picked digit"
        self.from_digit = IconButton(look, "from-digit", start, act=self.picked_wanted)
        self.centring = Centring(self.easel)
        self.strip = DrawingStrip(look, self.recent)
        tip = "Say which digit the drawing is meant to be"
        labels = ["no label", *(f"label {number}" for number in range(CLASSES))]
        self.label = ComboBox("Label of the drawing", tip, labels, small=True)
        self.save = IconButton(look, "save", "Save the labelled drawings as a data set")
        self.way = StepsToInput(look, self.easel, viewer.scene.digit)
        options = ((self.size_slider, 1), self.from_digit, self.centring)
        self._options = row(look, *options, spacing=6)
        parts = (self.tools, (self.pad, 1), self._options, self.way, self.strip, 0)
        self._column = column(look, *parts, spacing=6)
        self.setLayout(self._column)
        self.easel.changed.connect(self._on_drawn)
        self.easel.redrawn.connect(self._show_label)
        self.label.activated.connect(self._on_label)
        self.easel.left.connect(self._on_left)
        self.strip.chosen.connect(self.easel.show_drawing)
        session.what_if.changed.connect(self._on_what_if)
        self._show_label()
        self._show(self.scene)

    def show_input(self) -> None:
        """Make the drawing on the pad the network's input."""
        easel = self.easel
        self._session.show(easel.digit)

    @property
    def labelled(self) -> list[Drawing]:
        """The drawings with a label; the one on the pad comes first."""
        self.recent.read()
        here = [self.easel.drawing] if self.easel.pixels.any() else []
        others = [known for known in self.recent.drawings if known not in here]
        return [drawing for drawing in (*here, *others) if drawing.label is not None]

    def choose_folder(self) -> None:
        """Ask for a folder, and save the labelled drawings there."""
        what, start = "Save the labelled drawings as a new folder", "my-digits"
        folder = ask_where(self.window(), what, start)
        if folder is not None:
            self.save_as(folder)

    def save_as(self, folder: Path) -> None:
        """Write the labelled drawings as a data set: every second one for training."""
        drawings = self.labelled
        try:
            save_digits(folder, *images_of(drawings, self.easel.centring))
        except (ValueError, OSError) as error:
            self._on_failed(f"{folder} was not saved: {reason(error)}")
            return
        source = self._session.source
        source.remember_folders([folder, *(known for known in source.folders if known != folder)])
        self._session.noticed.emit(
            Notice(f"{len(drawings)} drawings saved as {folder}: half to train on, half to test.")
        )

    @property
    def takes_undo(self) -> bool:
        """Whether undo belongs to the pad: it has the keyboard, or a stroke was the last step."""
        if not self.viewer.scene.digit.drawn:
            return False
        focus = QApplication.focusWidget()
        here = isinstance(focus, DrawingPad) or (focus is not None and self.isAncestorOf(focus))
        return here or self._last_here

    def undo(self) -> None:
        self.easel.undo()

    def redo(self) -> None:
        self.easel.redo()

    def _on_drawn(self) -> None:
        self._last_here = True
        self.show_input()

    def _on_left(self, drawing: Drawing) -> None:
        self.recent.keep(drawing, done=True)

    def _on_label(self, row: int) -> None:
        self.easel.label(row - 1 if row > 0 else None)

    def _on_failed(self, sentence: str) -> None:
        self._session.noticed.emit(Notice(sentence, "error"))

    def _on_what_if(self) -> None:
        self._last_here = False

    def _show_label(self) -> None:
        label = self.easel.drawing.label
        self.label.setCurrentIndex(0 if label is None else label + 1)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        self.way.digit.show_digit(scene.digit)
        self.way.digit.show_field(scene.pixels(scene.shown))
        self.way.digit.show_pixels(scene.pixel, scene.pointed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.recent.read()
        self._give_way()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the drawing on the pad when the panel is left."""
        if self.easel.pixels.any():
            self.recent.keep(self.easel.drawing, done=False)

    # Room

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._give_way()

    def minimumSizeHint(self) -> QSize:
        least = self.pad.minimumSizeHint().height()
        return QSize(self.theme.px(150), self._rows_height() + least)

    def wanted_height(self) -> int:
        """Return the height of a square pad across the whole width, with all texts."""
        rows = self._rows_height() + self._column.spacing()
        strip = self.strip.height() + self._column.spacing()
        return rows + self.way.height_of(self.width(), 2) + self.width() + strip

    def resizeEvent(self, event: object) -> None:
        self._give_way()

    def _rows_height(self) -> int:
        """Return the height of the tools and options."""
        rows = (self.tools, self._options)
        return sum(row.sizeHint().height() + self._column.spacing() for row in rows)

    def _give_way(self) -> None:
        """Fit the height: texts under the small pictures go first, then the pictures."""
        self.pad.setMaximumHeight(max(self.width(), self.theme.px(COMFORTABLE)))
        room = self.height() - self._rows_height() - self._column.spacing()
        strip = self.strip.height() + self._column.spacing()
        least = self.theme.px(COMFORTABLE) + self.way.height_of(self.width(), 2) + strip
        self.strip.setVisible(room >= least)
        if not self.strip.isHidden():
            room -= strip
        most = min(self.width(), self.theme.px(COMFORTABLE) + self.theme.px(30))
        for lines, pad in ((2, most), (1, self.theme.px(COMFORTABLE)), (0, self.theme.px(96))):
            if room - self.way.height_of(self.width(), lines) >= pad:
                break
        else:
            self.way.hide()
            return
        self.way.fit(self.width(), lines)
        self.way.show()
