"""The dialog that asks for a file to save to; no file is overwritten without a question."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget


def ask_where(
    parent: QWidget | None, title: str, start: str, kind: str = "", suffix: str = ""
) -> Path | None:
    """Ask for a file to save to, and whether an existing file may be replaced.

    Parameters
    ----------
    start
        The proposed name.
    kind
        The filter of the dialog, such as "Curves (*.csv)".
    suffix
        The suffix without its point; it is added where it is missing.

    Returns
    -------
    Path or None
        None if the user has cancelled.
    """
    dialog = QFileDialog(parent, title)  # no class of our own: then it would not be the system's
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    if kind:
        dialog.setNameFilter(kind)
    dialog.selectFile(start)
    try:
        while dialog.exec() == QDialog.DialogCode.Accepted:
            chosen = Path(dialog.selectedFiles()[0])
            path = with_suffix(chosen, suffix)
            # The dialog has asked about the name that was chosen, and adds no second suffix.
            if path == chosen or not path.exists() or _may_replace(parent, title, path):
                return path
            dialog.selectFile(path.name)
        return None
    finally:
        dialog.deleteLater()


def with_suffix(path: Path, suffix: str) -> Path:
    """Return a path whose name ends with a suffix, added if it is missing."""
    if not suffix or path.name.lower().endswith(f".{suffix}"):
        return path
    return path.with_name(f"{path.name}.{suffix}")


def _may_replace(parent: QWidget | None, title: str, path: Path) -> bool:
    text = f"{path.name} is there already. Is it to be replaced?"
    answer = QMessageBox.question(parent, title, text)
    return answer == QMessageBox.StandardButton.Yes
