"""TalkFiles: asks for the file of a talk, to open it or to save the one in hand."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from visualizer.session.talk import TalkModel
from visualizer.views.widgets.save_dialog import ask_where

KIND = "Talks (*.talk *.md)"


class TalkFiles:
    """The dialogs of a talk's file, in front of a window."""

    def __init__(self, window: QWidget, talk: TalkModel) -> None:
        self._window, self._talk = window, talk

    def choose(self) -> None:
        """Ask for a talk's file, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a talk", filter=KIND)
        if name:
            self._talk.open(Path(name))

    def save(self) -> None:
        """Save the talk to its file; without one, ask where."""
        if self._talk.path is None:
            self.save_as()
        else:
            self._talk.save(self._talk.path)

    def save_as(self) -> None:
        """Ask where to save the talk."""
        path = self._talk.path
        name = path.stem if path is not None else _file_name(self._talk.talk.title)
        where = ask_where(self._window, "Save the talk", f"{name}.talk", KIND, "talk")
        if where is not None:
            self._talk.save(where)


def _file_name(title: str) -> str:
    """Make a file's name of a title."""
    return "-".join(re.findall(r"\w+", title.lower()))[:60] or "talk"
