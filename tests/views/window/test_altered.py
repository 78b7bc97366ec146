"""While edits are in force the window says so, and which edits they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.asked import answer_save
from tests.views.painted import unreadable_in
from tests.views.window.menus import action_named
from visualizer.core.edits import Rescale, SwitchOff
from visualizer.session.session import Session
from visualizer.views.window.window import MainWindow


def test_the_network_chip_counts_the_edits_and_lists_them(
    window: MainWindow, session: Session
) -> None:
    chip = window.run_bar.network
    plain = (chip.value.text(), chip.toolTip())
    assert "altered" not in " ".join(plain)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    session.what_if.add(Rescale("conv2d_2", 7, 1.5))
    assert chip.value.text() == "book · altered (2) ▾"
    assert chip.toolTip().splitlines()[1:] == ["conv2d_1 · 3 off", "conv2d_2 · 7 × 1.5"]
    chip.show_short(True)
    assert chip.value.text() == "book · altered ▾"
    chip.show_short(False)
    session.what_if.undo()
    assert chip.value.text() == "book · altered (1) ▾"
    session.what_if.clear()
    assert (chip.value.text(), chip.toolTip()) == plain


def test_many_edits_are_counted(window: MainWindow, session: Session) -> None:
    for channel in range(13):
        session.what_if.add(SwitchOff("conv2d_1", channel))
    lines = window.run_bar.network.toolTip().splitlines()
    assert (lines[10], lines[11:]) == ("conv2d_1 · 9 off", ["and 3 more"])


def test_the_edits_named_are_those_of_the_network_in_view(
    window: MainWindow, session: Session
) -> None:
    session.what_if.add(SwitchOff("conv2d_1", 3))
    for name, altered in (("strided", False), ("book", True)):
        session.choose_network(name)
        session.viewer.settle()
        assert ("altered" in window.run_bar.network.value.text()) == altered


def test_the_counters_make_room_for_the_word(window: MainWindow, session: Session) -> None:
    """At every width, and they come back when the network is as it was."""
    bar = window.run_bar
    for width in range(700, 1300, 40):
        window.resize(width, 700)
        QApplication.processEvents()
        before = [counter.isVisible() for counter in bar._counters]
        session.what_if.add(SwitchOff("conv2d_1", 3))
        session.viewer.settle()
        for _ in range(3):
            QApplication.processEvents()
        assert bar._row.minimumSize().width() <= bar.width()
        assert "altered" in bar.network.value.text()
        session.what_if.clear()
        session.viewer.settle()
        for _ in range(3):
            QApplication.processEvents()
        assert [counter.isVisible() for counter in bar._counters] == before
    assert unreadable_in(window) == []


@pytest.mark.parametrize("altered", [False, True])
def test_an_altered_network_is_saved_under_another_name(
    altered: bool,
    window: MainWindow,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    name = "book-altered.safetensors" if altered else "book.safetensors"
    offered = answer_save(monkeypatch, tmp_path / name)
    if altered:
        session.what_if.add(SwitchOff("conv2d_1", 3))
    action_named(window, "Save weights …").trigger()
    assert [Path(each).name for each in offered] == [name]
    assert (tmp_path / name).exists()
