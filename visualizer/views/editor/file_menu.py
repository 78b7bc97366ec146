"""FileMenu: opens and saves the editor's network, and copies it as code."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from visualizer.core.editing.draft import Draft
from visualizer.core.network.listing import FRAMEWORKS
from visualizer.core.network.network import Network
from visualizer.session.editor import EditorModel
from visualizer.session.session import Session
from visualizer.storage.network_file import read_spec, save_network
from visualizer.system.errors import reason
from visualizer.system.notice import Notice
from visualizer.views.widgets.save_dialog import ask_where

KIND = "Networks (*.json)"
CODE = (("keras", "Copy as Keras code"), ("torch", "Copy as PyTorch code"))


class FileMenu(QMenu):
    """A menu to open, save, and copy as code; entries are off while there is no valid network.

    Signals
    -------
    told : str
        What was done, or why it was not; the window shows this as a notice, too.
    """

    told = Signal(str)

    def __init__(self, model: EditorModel, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._session = model, session
        self.addAction("&Open …").triggered.connect(self._on_open)
        self.save_action = self.addAction("&Save as …")
        self.save_action.triggered.connect(self._on_save)
        self.addSeparator()
        self.code_actions = [self.addAction(text) for _, text in CODE]
        for (framework, _), action in zip(CODE, self.code_actions, strict=True):
            action.triggered.connect(partial(self.copy_code, framework))
        model.changed.connect(self._show)

    def _show(self) -> None:
        for action in (self.save_action, *self.code_actions):
            action.setEnabled(self._model.draft.network is not None)

    def copy_code(self, framework: str, checked: bool = False) -> None:
        """Copy code that builds the network to the clipboard."""
        network = self._model.draft.network
        if network is not None:
            QGuiApplication.clipboard().setText(FRAMEWORKS[framework](network))
            name = {"keras": "Keras", "torch": "PyTorch"}[framework]
            self._tell(f"Copied {network.name} as {name} code.")

    def _on_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.parentWidget(), "Open a network", filter=KIND)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Begin from a file's network, problems included; return whether the file could be read."""
        try:
            draft = Draft.of_spec(read_spec(path), str(path))
        except ValueError as error:
            self._tell(str(error), "error")
            return False
        self._model.begin(draft)
        return True

    def _on_save(self) -> None:
        network = self._model.draft.network
        start = f"{self._model.draft.name or 'network'}.json"
        path = ask_where(self.parentWidget(), "Save the network", start, KIND, "json")
        if path is not None and network is not None:
            self.save(path, network)

    def save(self, path: Path, network: Network) -> None:
        """Save the network as JSON."""
        try:
            save_network(path, network)
        except OSError as error:
            what = f"{path} was not saved: {reason(error)}"
            self._tell(what, "error")
            return
        self._tell(f"Network saved as {path}.")

    def _tell(self, text: str, kind: Literal["info", "error"] = "info") -> None:
        self._session.noticed.emit(Notice(text, kind))
        self.told.emit(text)
