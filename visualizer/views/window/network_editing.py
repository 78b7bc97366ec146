"""NetworkEditing: the window's network editor, made when it is first opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.page import Action


class NetworkEditing(QObject):
    """The one editor of a window; it keeps what was typed when it is closed."""

    def __init__(self, window: QMainWindow, look: Look, session: Session) -> None:
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._dialog: EditorDialog | None = None
        self.action = Action(
            "&Edit network …",
            self.show,
            keys=("Ctrl+E",),
            menu="&Train",
            explain="edit a network: layers, their settings, and what follows from them",
            separated=True,
        )

    @property
    def dialog(self) -> EditorDialog:
        if self._dialog is None:
            self._dialog = EditorDialog(self._look, self._session, self._window)
        return self._dialog

    def show(self) -> None:
        self.dialog.open_for(self._session.network)

    def open(self, path: Path) -> None:
        """Open a file's network in the editor, even one with problems."""
        if self.dialog.files.open(path):
            self.show()
