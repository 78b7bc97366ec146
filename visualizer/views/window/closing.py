"""Closing: keeps the runs when a window closes, and asks once about those that cannot be kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from visualizer.session.session import Session

MOST_NAMED = 6
PATIENCE_SECONDS = 0.7  # wait for the training to end, and then for the jobs


class Closing:
    """The closing of a window; afterwards nothing runs any more.

    Attributes
    ----------
    asks : bool
        Whether a user is there to be asked about runs that would be lost.
    """

    def __init__(self, window: QWidget, session: Session) -> None:
        self.asks = True
        self._window, self._session = window, session

    def go(self, set_present: Callable[[bool], None]) -> bool:
        """Keep the runs and end all work; return False if the user would rather stay."""
        self._window.setCursor(Qt.CursorShape.WaitCursor)
        keeper = self._session.library.keeper
        lost = keeper.finish()
        if lost and self.asks and not _ask(self._window, lost):
            self._window.unsetCursor()
            return False
        keeper.end()
        set_present(False)  # the next start has the window as it was before
        self._session.close(PATIENCE_SECONDS)
        return True


def _ask(window: QWidget, lost: list[str]) -> bool:
    """Ask whether to close although runs will be lost; return whether to close."""
    what = "A run" if len(lost) == 1 else f"{len(lost)} runs"
    box = QMessageBox(QMessageBox.Icon.Warning, "Close without a run?", "", parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{what} cannot be kept for the next start. File → Save run puts one elsewhere.")
    more = [f"and {len(lost) - MOST_NAMED} more"] if len(lost) > MOST_NAMED else []
    box.setInformativeText("\n".join([*lost[:MOST_NAMED], *more]))
    close = box.addButton("Close without it", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton() is close
    box.deleteLater()
    return chosen
