"""The window closes when its runs are kept; what cannot be kept is asked about, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.runs.test_run_keeper import BATCHES, learn, trained
from visualizer.views.window.window import MainWindow


def test_closing_asks_once_about_what_would_be_lost(
    window: MainWindow, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stay, and look after it; then close without a question, kept or not."""
    asked: list[QMessageBox] = []
    answers: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box)
        choice = answers.pop()
        (button,) = (button for button in box.buttons() if button.text() == choice)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    window.session.library.keeper.begin()
    runs_folder.parent.mkdir(parents=True, exist_ok=True)
    runs_folder.write_text("a file where the folder is to be")
    run = trained(window.session, 1)
    answers.append("Stay")
    assert not window.close() and window.isVisible()
    (box,) = asked
    assert box.text().startswith("A run cannot be kept for the next start.")
    assert box.informativeText().startswith("run 1: ") and str(runs_folder) in box.informativeText()
    learn(run, BATCHES + 1, BATCHES + 1)
    trained(window.session, 2)
    answers.append("Close without it")
    assert window.close() and not window.isVisible()
    assert asked[-1].informativeText().startswith("run 2: ")
    runs_folder.unlink()


def test_a_request_to_end_is_not_asked_back(
    window: MainWindow, runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal, as at the end of the desktop's session: nobody is there to answer."""
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail("it asked"))
    window.session.library.keeper.begin()
    runs_folder.parent.mkdir(parents=True, exist_ok=True)
    runs_folder.write_text("a file where the folder is to be")
    trained(window.session, 1)
    window.closing.asks = False
    assert window.close()
