"""SavePicture: the dialog that shows a picture to be saved, asks how, and then where."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from visualizer.session.session import Session
from visualizer.system.atomic import write_atomically
from visualizer.system.jobs import Job
from visualizer.system.notice import Notice
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.widgets.buttons import CheckBox
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.picture import (
    SCALES,
    Picture,
    PictureForm,
    file_of,
    image_of,
    size_of,
)
from visualizer.views.widgets.save_dialog import ask_where

PREVIEW = QSize(480, 320)  # at zoom 1
KINDS = (
    ("png", "PNG", "Pixels: for slides, mail and the web"),
    ("svg", "SVG", "Lines and words: for a drawing program; maps stay pictures"),
    ("pdf", "PDF", "Lines and words: for a paper; maps stay pictures"),
)
SIZES = tuple(
    (str(scale), f"{scale} ×", f"{scale} pixels to one on the screen") for scale in SCALES
)
KEY = "picture"


class SavePicture(Guarded, QDialog):
    """The picture as it will be, its format, its size, and whether it is light and has its title.

    Signals
    -------
    chosen : PictureForm
        How the picture was saved.
    """

    chosen = Signal(PictureForm)

    def __init__(
        self,
        look: Look,
        session: Session,
        picture: Picture,
        form: PictureForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._session, self._picture = look, session, picture
        self.form = form if form.format in picture.formats else replace(form, format="png")
        self.setWindowTitle(f"Save picture: {picture.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = sized(look, QLabel(), width=PREVIEW.width(), height=PREVIEW.height())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("The picture as it will be")
        self.kind = Segments(KINDS, "Kind of file")
        for key, _, tip in KINDS:
            there = key in picture.formats
            self.kind.show_enabled(key, there, tip if there else "A part is saved as PNG alone")
        self.kind.setVisible(len(picture.formats) > 1)
        self.scale = Segments(SIZES, "Size")
        self.pixels = label("", "caption")
        self.titled = CheckBox("With its title", "Title, network and digit above the picture")
        self.light = CheckBox("Light, as on paper", "Light colours, although the window is dark")
        self.light.setVisible(look.theme.palette.name.startswith("dark"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.where = self.buttons.addButton("Save as …", role)
        self.where.setDefault(True)
        choices = row(look, self.kind, self.scale, self.pixels, 1, spacing=12)
        checks = row(look, self.titled, self.light, 1, spacing=16)
        parts = (self.preview, choices, checks, self.buttons)
        self.setLayout(column(look, *parts, spacing=12, margins=(16, 16, 16, 12)))
        self._show()
        self._connect()
        picture.widget.destroyed.connect(self.reject)  # what it showed is there no more

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda key: self._change(format=key))
        self.scale.chosen.connect(lambda key: self._change(scale=int(key)))
        self.titled.toggled.connect(lambda on: self._change(titled=on))
        self.light.toggled.connect(lambda on: self._change(light=on))
        self.buttons.accepted.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)

    def _change(self, **changes: object) -> None:
        self.form = replace(self.form, **changes)  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        form = self.form
        self.kind.show_choice(form.format)
        self.scale.show_choice(str(form.scale))
        self.scale.setVisible(form.format == "png")
        self.titled.setChecked(form.titled)
        self.light.setChecked(form.light)
        self._data = file_of(self._picture, self._look, form)  # what is shown is what is saved
        size = size_of(self._picture, form)
        unit = " pixels" if form.format == "png" else ""
        self.pixels.setText(f"{size.width()} × {size.height()}{unit}")
        image = image_of(self._picture, self._look, replace(form, scale=SCALES[1]))
        room = self.preview.size() * self.devicePixelRatioF()
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown = QPixmap.fromImage(image.scaled(room.boundedTo(image.size()), keep, smooth))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.preview.setPixmap(shown)

    def _ask_where(self) -> None:
        """Ask for the file; stay open where none was chosen."""
        suffix = self.form.format
        kind = f"{suffix.upper()} (*.{suffix})"
        start = f"{self._picture.name}.{suffix}"
        path = ask_where(self, "Save picture", start, kind, suffix)
        if path is None:
            return
        session, data = self._session, self._data

        def write(job: Job) -> None:
            write_atomically(path, data)

        done = partial(_tell_saved, session, path)
        failed = partial(_tell_failed, session)
        session.jobs.start(KEY, f"Saving {path.name}", write, done, failed, must_end=True)
        self.chosen.emit(self.form)
        self.accept()


def _tell_saved(session: Session, path: Path, result: None = None) -> None:
    session.noticed.emit(Notice(f"Picture saved as {path}."))


def _tell_failed(session: Session, why: str) -> None:
    session.noticed.emit(Notice(f"The picture was not saved. {why}", "error"))
