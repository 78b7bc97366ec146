"""Closing: what was trained is kept first, and what cannot be is asked about, once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from visualizer.session import Session

MOST_NAMED = 6
PATIENCE_SECONDS = 1.0  # for work in the background that is to end


def may_close(window: QWidget, session: Session, asks: bool) -> bool:
    """Keep the runs; whether the window may close, by the user's leave where one cannot be kept."""
    keeper = session.shelf.keeper
    lost = keeper.finish()
    may = not lost or not asks or _ask(window, lost)
    if may:
        keeper.end()
    return may


def _ask(window: QWidget, lost: list[str]) -> bool:
    """Whether to close though runs will be gone."""
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
