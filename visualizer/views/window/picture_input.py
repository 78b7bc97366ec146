"""PictureInput: the ways in which a picture becomes the input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow

from visualizer.digits.pictures import Picture
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.input.picture.dialog import PictureDialog
from visualizer.views.widgets.widget_ref import WidgetRef

IMAGES = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)"


class PictureInput(QObject):
    """Takes chosen, dropped and pasted pictures, and asks how they become the input."""

    def __init__(
        self, window: QMainWindow, look: Look, session: Session, open_path: Callable[[str], None]
    ) -> None:
        """Make it; `open_path` opens a dropped or pasted file of any kind."""
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._open_path = open_path
        self._asking: WidgetRef[PictureDialog] = (
            WidgetRef()
        )  # the dialog deletes itself when closed
        session.pictures.read.connect(self._on_picture)

    @property
    def asking(self) -> PictureDialog | None:
        """The open picture dialog."""
        return self._asking.widget

    def choose(self) -> None:
        """Let the user choose a file."""
        what = "Open a picture as digit"
        name, _ = QFileDialog.getOpenFileName(self._window, what, filter=IMAGES)
        if name:
            self._session.pictures.open(Path(name))

    def paste(self) -> None:
        """Use the clipboard's picture, or its file as if it were dropped."""
        if not self.take(QGuiApplication.clipboard().mimeData(), "pasted picture"):
            self._session.noticed.emit(Notice("The clipboard holds no picture.", "error"))

    def take(self, data: QMimeData | None, source: str) -> bool:
        """Use dropped or pasted data; return whether there was a file or a picture."""
        if data is None:  # an empty clipboard
            return False
        path = next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
        image = data.imageData() if data.hasImage() else None
        if path:
            self._open_path(path)
        elif isinstance(image, QImage) and not image.isNull():
            self._session.pictures.take(image, source)
        else:
            return False
        return True

    def _on_picture(self, picture: Picture) -> None:
        """Use a picture of MNIST's size as it is; open the dialog for all others."""
        if self.asking is not None:
            self.asking.reject()
        if picture.is_digit:
            self._session.show_image(picture.digit, picture.source)
            return
        dialog = PictureDialog(self._look, self._session.viewer, picture, self._window)
        self._asking.keep(dialog)
        dialog.finished.connect(self._on_asked)
        dialog.open()

    def _on_asked(self, result: int) -> None:
        dialog = self._asking.take()
        if dialog is not None and result == QDialog.DialogCode.Accepted:
            self._session.show_image(dialog.digit, dialog.source)
