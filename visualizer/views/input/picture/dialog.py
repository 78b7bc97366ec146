"""PictureDialog: the steps from a picture to the network's input, each visible and adjustable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QSlider,
    QWidget,
)

from visualizer.data.dataset import UInt8
from visualizer.data.input.picture import (
    LEAST_THRESHOLD,
    MOST_THRESHOLD,
    Box,
    PictureSettings,
    PictureSteps,
)
from visualizer.digits.pictures import Picture
from visualizer.scene.viewer import Viewer
from visualizer.system.throttle import single_shot
from visualizer.text.numbers import percent, shortened
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.input.picture.box_view import BoxView
from visualizer.views.input.picture.preview import Preview, StepView
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.cover import WORDS

WIDTH, HEIGHT, SIDE = 1000, 680, 236  # at zoom 1
SHARE = 0.94  # of the window, at most
INVERT = (
    ("auto", "automatic", "Invert where the paper, by the picture's border, is light"),
    ("yes", "yes", "Dark ink on light paper"),
    ("no", "no", "Light ink on dark paper"),
)
PLACE = (
    ("centred", "centred", "The ink 20 pixels long, its centre of mass in the middle: as MNIST"),
    ("lies", "as it lies", "The whole box made smaller, nothing cropped or moved"),
)
INVERTED = {"auto": None, "yes": True, "no": False}
NOTHING = "There is no ink in the box."


class PictureDialog(Guarded, QDialog):
    """The picture with its box, the steps in a row, and the network's answer to the result.

    The digit in view changes only if the dialog is accepted.
    """

    def __init__(self, look: Look, viewer: Viewer, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Picture as input: {shortened(picture.source, 60)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._viewer, self._picture = look, viewer, picture
        self.settings = PictureSettings()
        self.steps = PictureSteps.of(picture.grey)
        self.box = BoxView(look, picture.grey)
        self.whole = Button("Whole picture", act=self._on_whole)
        self.inverted = Segments(INVERT, "Invert")
        self.threshold = QSlider(Qt.Orientation.Horizontal)
        self.threshold.setRange(round(LEAST_THRESHOLD * 100), round(MOST_THRESHOLD * 100))
        self.threshold.setAccessibleName("Threshold")
        self.threshold.setToolTip("From which share of the strongest ink on it is ink")
        best = "The threshold that parts ink from paper best"
        self.automatic = Button("Auto", best, self._on_automatic)
        self.placed = Segments(PLACE, "Place")
        self.row = self._make_row(look)
        self.input = sized(look, Preview(look, "The input, 28 × 28"), width=SIDE)
        self.says = label("", "counter")
        self.sure = sized(look, Elided(name="caption"), width=SIDE)
        self.bars = sized(look, BarsView(look, compact=True), width=SIDE, height=72)
        self.bars.setAccessibleName("Probabilities")
        self.bars.setAccessibleName("Probabilities of the ten digits")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = self.buttons.addButton("Use as input", QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self.whole, self.automatic):
            button.setAutoDefault(False)  # Enter is for the picture as it is
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.box.setFocus()
        self._soon = single_shot(self, "picture steps", self.settle)
        self._lay_out()
        self.use.setDefault(True)  # only now: before, the dialog would choose another default
        self._connect()
        self._show()
        room = QSize(round(parent.width() * SHARE), round(parent.height() * SHARE))
        self.resize(QSize(look.theme.px(WIDTH), look.theme.px(HEIGHT)).boundedTo(room))

    def _make_row(self, look: Look) -> tuple[StepView, ...]:
        threshold = held(row(look, (self.threshold, 1), self.automatic))
        return (
            StepView(look, ("1  In the box, grey", "1  Grey"), self.whole),
            StepView(look, ("2  Ink bright",), self.inverted),
            StepView(look, ("3  Ink",), threshold, wide=True),
            StepView(look, ("4  Cropped, 20 × 20", "4  20 × 20"), QWidget()),
            StepView(look, ("5  Placed, 28 × 28", "5  28 × 28"), self.placed),
        )

    def _lay_out(self) -> None:
        look, heading = self._look, label("What the network sees", "heading")
        answer = (heading, (self.input, 1), self.says, self.sure, self.bars)
        above = row(look, (self.box, 1), column(look, *answer, spacing=4), spacing=16)
        steps = row(look, *((step, 1) for step in self.row), spacing=16)
        whole = column(look, (above, 1), steps, self.buttons, spacing=12, margins=(16, 12))
        self.setLayout(whole)

    def _connect(self) -> None:
        self.box.changed.connect(self._on_box)
        self.inverted.chosen.connect(self._on_inverted)
        self.threshold.valueChanged.connect(self._on_threshold)
        self.placed.chosen.connect(self._on_placed)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look.changed.connect(self._show)
        self._viewer.sceneChanged.connect(self._on_scene)

    # What is shown

    @property
    def source(self) -> str:
        """The name of the picture in the window's words."""
        return self._picture.source

    @property
    def digit(self) -> UInt8:
        """The input as it is now, (28, 28)."""
        self.settle()
        return self.steps.digit

    def settle(self) -> None:
        """Compute waiting steps now, without the event loop."""
        if self._soon.isActive():
            self._soon.stop()
            self.steps = PictureSteps.of(self._picture.grey, self.settings)
            self._show()

    def _show(self) -> None:
        steps = self.steps
        grey, bright, ink, cropped, placed = self.row
        grey.preview.show_values(steps.grey)
        bright.preview.show_values(steps.bright)
        ink.preview.show_values(steps.ink)
        cropped.preview.show_values(steps.drawing.box)
        as_input = np.asarray(steps.digit / 255, np.float32)
        placed.preview.show_values(as_input)
        said = percent(steps.threshold, 0)
        ink.title.show_text(f"3  Ink: from {said} on", f"3  From {said}")
        turned = "Inverted" if steps.inverted else "Not inverted"
        bright.title.show_text(f"2  {turned}: ink bright", f"2  {turned}")
        with QSignalBlocker(self.threshold):
            self.threshold.setValue(round(steps.threshold * 100))
        self.automatic.setEnabled(self.settings.threshold is not None)
        self.whole.setEnabled(self.box.box != self.box.whole)
        self.input.show_values(as_input, self._look.theme.digit)
        self.use.setEnabled(not steps.empty)
        self._show_answer()

    def _show_answer(self) -> None:
        guessed = self._viewer.scene.predicts
        if self.steps.empty or guessed:
            self.says.setText("?" if guessed else "–")
            self.sure.show_text(WORDS["answer"] if guessed else NOTHING)
            self.bars.show_values(np.zeros(10, np.float32), 1.0)
            self.bars.show_selection(-1, -1)
            return
        shares = self._viewer.scene.model.trace(self.steps.digit).probabilities
        answer = int(shares.argmax())
        self.says.setText(str(answer))
        share = percent(float(shares[answer]))
        self.sure.show_text(f"The network reads a {answer}: {share}", share)
        self.bars.show_values(shares, 1.0)
        self.bars.show_selection(answer, -1)

    def _on_scene(self, old: object, new: object) -> None:
        """Show the answer anew if the network has changed."""
        if getattr(old, "model", None) is not getattr(new, "model", None):
            self._show_answer()

    # The user

    def _set(self, **changes: object) -> None:
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        self._soon.start()

    def set_box(self, box: Box) -> None:
        """Move the box, as if it had been dragged."""
        self.box.show_box(box)
        self._on_box(box)
        self.settle()

    def _on_box(self, box: Box) -> None:
        self._set(box=None if box == self.box.whole else box)

    def _on_whole(self) -> None:
        self.box.show_box(self.box.whole)
        self._set(box=None)

    def _on_inverted(self, key: str) -> None:
        self._set(inverted=INVERTED[key])

    def _on_threshold(self, value: int) -> None:
        self._set(threshold=value / 100)

    def _on_automatic(self) -> None:
        self._set(threshold=None)

    def _on_placed(self, key: str) -> None:
        self._set(centring=key == "centred")
