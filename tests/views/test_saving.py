"""What is saved never writes over what the user was not asked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox

from tests.views.window.menus import action_named
from visualizer.core.editing.draft import Draft
from visualizer.core.network.networks import named
from visualizer.core.network.spec import to_spec
from visualizer.views.widgets.save_dialog import ask_where, with_suffix
from visualizer.views.window.window import MainWindow

SOURCE = Path(__file__).resolve().parents[2] / "visualizer"


def test_a_suffix_is_added_and_never_takes_the_place_of_another() -> None:
    cases = {
        "book": "book.safetensors",
        "book.v2": "book.v2.safetensors",
        "book.txt": "book.txt.safetensors",
        "book.safetensors": "book.safetensors",
        "book.SafeTensors": "book.SafeTensors",
        "book.": "book..safetensors",
        "a.b/book": "a.b/book.safetensors",
    }
    for typed, saved in cases.items():
        assert with_suffix(Path(typed), "safetensors") == Path(saved)
        assert with_suffix(Path(typed), "") == Path(typed)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[str]]:
    """A function that has the next dialogs filled in with these names; then they are left.

    What the dialog itself asks is answered by No; the texts of these questions come back.
    """

    def type_names(*names: str) -> list[str]:
        left, asked = list(names), []

        def answer() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                asked.append(box.text())
                box.button(QMessageBox.StandardButton.No).click()

        def run(dialog: QFileDialog) -> int:
            if not left:
                return int(QDialog.DialogCode.Rejected)
            dialog.setDirectory(str(tmp_path))
            dialog.findChild(QLineEdit).setText(left.pop(0))
            QTimer.singleShot(0, answer)
            dialog.accept()
            QApplication.processEvents()
            return dialog.result()

        monkeypatch.setattr(QFileDialog, "exec", run)
        return asked

    return type_names


def test_a_file_is_replaced_only_if_the_user_says_so(
    typed: Callable[..., list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_leaks: None,
) -> None:
    replaces = QMessageBox.StandardButton.No
    asked: list[str] = []

    def question(parent: object, title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return replaces

    monkeypatch.setattr(QMessageBox, "question", question)

    def ask() -> Path | None:
        return ask_where(None, "Save", "start.csv", "Curves (*.csv)", "csv")

    for name in ("new", "new.v2", "new.csv"):
        typed(name)
        assert ask() == tmp_path / {"new": "new.csv", "new.v2": "new.v2.csv"}.get(name, name)
    assert asked == []
    for name in ("book.csv", "book.v2.csv"):
        (tmp_path / name).write_text("precious")
    for name in ("book", "book.csv"):
        by_the_dialog = typed(name)
        assert ask() is None
        assert len(by_the_dialog) == 1 and "book.csv already exists" in by_the_dialog[0]
    typed("book.v2")
    assert ask() is None
    assert asked == ["book.v2.csv is there already. Is it to be replaced?"]
    replaces = QMessageBox.StandardButton.Yes
    typed("book.v2")
    assert ask() == tmp_path / "book.v2.csv"


def test_every_save_dialog_knows_its_suffix(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffixes: list[str] = []

    def give_up(dialog: QFileDialog) -> int:
        assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        suffixes.append(dialog.defaultSuffix())
        return int(QDialog.DialogCode.Rejected)

    monkeypatch.setattr(QFileDialog, "exec", give_up)
    for entry in ("Save weights …", "Save run …", "Export curves …"):
        action_named(window, entry).trigger()
    window.commands.editing.show()
    editor = window.commands.editing.dialog
    editor.model.begin(Draft.of_spec(to_spec(named("dense")), "dense"))
    editor.files.save_action.trigger()
    editor.close()
    window.pages[0].input.draw.choose_folder()
    assert suffixes == ["safetensors", "safetensors", "csv", "json", ""]


def test_there_is_one_way_to_ask_where() -> None:
    """Path.with_suffix would put one suffix in the place of another; Qt's own call adds none."""
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "getSaveFileName" not in text and ".with_suffix(" not in text, path
