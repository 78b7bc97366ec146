"""RecentDrawings: the drawings that were left, kept across launches."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing
from visualizer.storage.drawings import MOST_KEPT, load_drawings, save_drawings
from visualizer.system.errors import sentence
from visualizer.system.notice import Notice


class RecentDrawings(QObject):
    """The newest drawings first; read when first asked for, written at every new drawing.

    Signals
    -------
    changed
    noticed : Notice
        What could not be read or written.
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawings: tuple[Drawing, ...] = ()
        self._read = False
        self._current: Drawing | None = None
        self._unsaved: tuple[Drawing, ...] = ()

    def read(self) -> None:
        """Read the drawings of earlier launches, once."""
        if not self._read:
            self._read = True
            try:
                self.drawings = load_drawings()
            except DataError as error:
                self._fail(str(error))
                with suppress(ValueError, OSError):  # what could be read of it
                    self.drawings = load_drawings()
            except OSError as error:
                self._fail(f"The recent drawings could not be read: {sentence(error)}")
            self.changed.emit()

    def keep(self, drawing: Drawing, done: bool) -> None:
        """Put a drawing first; a newer state of the same drawing replaces the older state.

        `done` says that the next drawing is another one.
        """
        self.read()
        gone = () if self._current is None else (self._current,)
        kept = _first(drawing, gone, self.drawings)
        self._current = None if done else drawing
        if kept != self.drawings:
            self.drawings = kept
            self._save(_first(drawing, gone, self._unsaved), gone)
            self.changed.emit()

    def _save(self, drawings: tuple[Drawing, ...], gone: tuple[Drawing, ...]) -> None:
        """Write the unsaved drawings; drawings kept by another window come into view too."""
        try:
            self.drawings = save_drawings(drawings, gone)
            self._unsaved = ()
        except OSError as error:
            self._unsaved = drawings
            self._fail(f"The drawing was not kept for the next start: {sentence(error)}")

    def _fail(self, text: str) -> None:
        self.noticed.emit(Notice(text, "error"))


def _first(
    drawing: Drawing, gone: tuple[Drawing, ...], drawings: tuple[Drawing, ...]
) -> tuple[Drawing, ...]:
    """Return a drawing followed by others, without earlier states of it."""
    same = [one.unlabelled for one in (drawing, *gone)]
    others = (known for known in drawings if known.unlabelled not in same)
    return (drawing, *others)[:MOST_KEPT]
