"""PictureReader: reads pictures from files and the clipboard in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from visualizer.digits.pictures import Picture, picture_of, read_picture
from visualizer.system.jobs import Jobs, Work
from visualizer.system.notice import Notice

READING = "picture"


class PictureReader(QObject):
    """Reads the newest requested picture; an older one that is still being read is dropped.

    Signals
    -------
    read : Picture
    noticed : Notice
        The reason why a picture cannot be used.
    """

    read = Signal(Picture)
    noticed = Signal(Notice)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open(self, path: Path) -> None:
        """Read a picture file."""
        self._begin(f"Reading {path.name}", lambda job: read_picture(path))

    def take(self, image: QImage, source: str) -> None:
        """Read a picture in memory, which the window calls `source`."""
        self._begin(f"Reading the {source}", lambda job: picture_of(image, source))

    def _begin(self, name: str, work: Work[Picture]) -> None:
        self._jobs.start(READING, name, work, self._on_read, self._on_failed)

    def _on_read(self, picture: Picture) -> None:
        self.read.emit(picture)

    def _on_failed(self, message: str) -> None:
        holds = partial(self._jobs.rests, READING)
        self.noticed.emit(Notice(message, "error", holds=holds))
