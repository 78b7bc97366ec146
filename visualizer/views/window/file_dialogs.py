"""FileDialogs: the dialogs to open and save weights, runs, curves and folders of digits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow

from visualizer.session.session import Session
from visualizer.views.widgets.save_dialog import ask_where

WEIGHTS, RUNS = "Weights (*.safetensors)", "Runs (*.safetensors)"


class FileDialogs(QObject):
    """The dialogs that ask for a file and hand it to the session."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session

    def choose_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open weights", filter=WEIGHTS)
        if name:
            self._session.files.open(Path(name))

    def save_weights(self) -> None:
        altered = "-altered" if self._session.what_if.edits else ""
        start = f"{self._session.network.name}{altered}.safetensors"
        path = ask_where(self._window, "Save weights", start, WEIGHTS, "safetensors")
        if path is not None:
            self._session.files.save(path)

    def choose_run(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a run", filter=RUNS)
        if name:
            self._session.library.open(Path(name))

    def save_run(self) -> None:
        path = self._ask_where("Save the run", "run", "safetensors", RUNS)
        if path is not None:
            self._session.library.save(path)

    def export_curves(self) -> None:
        path = self._ask_where("Export the curves", "curves", "csv", "Curves (*.csv)")
        if path is not None:
            self._session.library.export_curves(path)

    def _ask_where(self, title: str, what: str, suffix: str, kind: str) -> Path | None:
        start = f"{self._session.network.name}-{what}.{suffix}"
        return ask_where(self._window, title, start, kind, suffix)

    def choose_folder(self) -> None:
        what = "Open a folder of IDX files"
        name = QFileDialog.getExistingDirectory(self._window, what)
        if name:
            self._session.source.open(folder=Path(name))
