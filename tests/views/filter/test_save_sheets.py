"""Sheets of filters saved from the window: those of the command, in the background, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.filter import save_sheets
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.filter.save_sheets import KEY
from visualizer.views.filter.sheet import DENSITY, HEIGHT, WIDTH
from visualizer.views.window.window import MainWindow


@pytest.fixture
def panel(window: MainWindow) -> FilterPanel:
    made = window.pages[0].side.filter  # type: ignore[attr-defined]
    assert isinstance(made, FilterPanel)
    return made


def rests(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.jobs.rests(KEY), timeout=120_000)


def test_the_sheet_of_the_selected_filter_is_light_and_whole(
    window: MainWindow,
    panel: FilterPanel,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    notices: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def ask(parent: object, title: str, start: str, kind: str, suffix: str) -> Path:
        asked.append(start)
        return tmp_path / start

    monkeypatch.setattr(save_sheets, "ask_where", ask)
    window.look.set_dark(True)
    session.viewer.select_layer(0)
    channel = session.viewer.scene.selected.channel
    panel.sheets.save_one()
    rests(session, qtbot)
    assert asked == [f"conv2d_1-filter-{channel:02}.png"]
    sheet = QImage(str(tmp_path / asked[0]))
    assert (sheet.width(), sheet.height()) == (WIDTH * DENSITY, HEIGHT * DENSITY)
    assert sheet.pixelColor(2, 2).lightness() > 250
    assert notices[-1].kind == "info" and str(tmp_path) in notices[-1].text


@pytest.mark.slow
def test_all_filters_of_a_layer_have_a_sheet_each(
    panel: FilterPanel,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: str(tmp_path))
    session.viewer.select_layer(0)
    panel.sheets.save_all()
    rests(session, qtbot)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"conv2d_1-filter-{channel:02}.png" for channel in range(32)]


def test_sheets_that_are_there_are_asked_about_first(
    panel: FilterPanel,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions: list[str] = []

    def no(parent: object, title: str, text: str) -> QMessageBox.StandardButton:
        questions.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: str(tmp_path))
    monkeypatch.setattr(QMessageBox, "question", no)
    session.viewer.select_layer(0)
    for channel in (0, 3):
        (tmp_path / f"conv2d_1-filter-{channel:02}.png").write_bytes(b"old")
    panel.sheets.save_all()
    assert "conv2d_1-filter-00.png and 1 more are there already" in questions[0]
    assert session.jobs.rests(KEY)
    assert (tmp_path / "conv2d_1-filter-00.png").read_bytes() == b"old"


def test_cancelled_sheets_leave_no_file(
    panel: FilterPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.viewer.select_layer(0)
    panel.sheets.save({channel: tmp_path / f"{channel}.png" for channel in range(32)})
    qtbot.waitUntil(lambda: any(p.key == KEY and p.done for p in session.jobs.progress))
    session.jobs.cancel(KEY)
    assert session.jobs.close(30.0)
    assert not list(tmp_path.iterdir())
