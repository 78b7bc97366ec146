"""Answers to the dialog that asks where to save, as a user would type them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog


def answer_save(monkeypatch: pytest.MonkeyPatch, *answers: object) -> list[str]:
    """Have the next save dialogs answered by these paths, each; None and all others give up.

    Returns
    -------
    list of str
        The paths that were proposed, as they come.
    """
    left: list[object] = list(answers)
    proposed: list[str] = []
    chosen: list[str] = []
    selected = QFileDialog.selectedFiles

    def answered(dialog: QFileDialog) -> int:
        proposed.append(selected(dialog)[0])
        answer = left.pop(0) if left else None
        chosen[:] = [] if answer is None else [str(answer)]
        return int(QDialog.DialogCode.Rejected if answer is None else QDialog.DialogCode.Accepted)

    def names(dialog: QFileDialog) -> Sequence[str]:
        return list(chosen)

    monkeypatch.setattr(QFileDialog, "exec", answered)
    monkeypatch.setattr(QFileDialog, "selectedFiles", names)
    return proposed
