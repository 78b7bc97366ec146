"""The list of stops, as a talk is prepared in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.views.asked import answer_save
from tests.views.conftest import stage_called
from tests.views.window.menus import action_named
from visualizer.core.talk.stop import Stop, Talk
from visualizer.session.session import Session
from visualizer.storage.talk_file import load_talk, save_talk
from visualizer.views.base.look import Look
from visualizer.views.talk.dialog import TalkDialog
from visualizer.views.talk.table import CHAPTER, STAGE, TITLE
from visualizer.views.window.window import MainWindow

Key, Control, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TALK = Talk(
    "By hand",
    stops=(
        Stop("The network", "One", "First words.", "Begin"),
        Stop("Feature maps", "Two", "", "Begin"),
        Stop("The sliding window", "Three", "", "End", network="dense", ask="sum"),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "by hand.talk"
    save_talk(path, TALK)
    return path


@pytest.fixture
def dialog(window: MainWindow, session: Session, path: Path) -> TalkDialog:
    """The list of a saved talk's three stops."""
    session.talk.show(TALK, path)
    action_named(window, "Stops").trigger()
    return window.talk_menu.dialog


def column(dialog: TalkDialog, at: int) -> list[str]:
    model = dialog.table.model()
    return [model.cell(model.index(row, at)).text for row in range(model.rowCount())]


def click_row(dialog: TalkDialog, row: int, at: int = TITLE, double: bool = False) -> None:
    table = dialog.table
    place = table.visualRect(table.model().index(row, at)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if double:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(dialog: TalkDialog, key: Qt.Key, how: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(dialog.table, key, how or Qt.KeyboardModifier.NoModifier)


def retype(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)


def test_it_shows_every_stop_with_its_number_chapter_title_and_stage(dialog: TalkDialog) -> None:
    assert column(dialog, 0) == ["1", "2", "3"]
    assert column(dialog, CHAPTER) == ["Begin", "", "End"]  # where it begins
    assert column(dialog, TITLE) == ["One", "Two", "Three"]
    assert column(dialog, STAGE) == ["The network", "Feature maps", "The sliding window"]
    assert dialog.facts.whole.startswith("3 stops, 2 chapters")


def test_the_selected_row_stands_out_however_long_the_talk_is(
    dialog: TalkDialog, session: Session, path: Path
) -> None:
    session.talk.show(Talk("Long", stops=TALK.stops * 100), path)
    for at in (3, 280):
        dialog.editing.select(at)
        assert dialog.table.marked is dialog.table.model().keys[at]
        assert dialog.table.currentIndex().row() == at


def test_the_form_has_what_is_said_at_the_selected_stop(dialog: TalkDialog) -> None:
    form = dialog.form
    assert (form.title.text(), form.words.toPlainText()) == ("One", "First words.")
    click_row(dialog, 2)
    assert (form.title.text(), form.chapter.currentText()) == ("Three", "End")
    assert form.ask.currentText() == "The sum" and "Network: dense" in form.shows.text()
    press(dialog, Key.Key_Up)
    assert (form.title.text(), form.words.toPlainText()) == ("Two", "")


def test_the_title_bar_has_the_file_and_a_mark_while_it_is_not_saved(
    dialog: TalkDialog, session: Session, path: Path, qtbot: QtBot
) -> None:
    assert dialog.windowTitle().startswith("by hand.talk[*]") and not dialog.isWindowModified()
    retype(dialog.form.title, "Another")
    assert dialog.isWindowModified() and "not saved" in dialog.facts.whole
    dialog.files.save()
    qtbot.waitUntil(lambda: not dialog.isWindowModified())
    assert load_talk(path).stops[0].title == "Another"


def test_what_is_typed_is_in_the_list_and_one_undo_takes_it_back(
    dialog: TalkDialog, session: Session
) -> None:
    click_row(dialog, 1)
    retype(dialog.form.title, "Maps of  features ")
    assert column(dialog, TITLE)[1] == "Maps of features"
    assert dialog.form.title.text() == "Maps of  features "  # as it was typed
    QTest.keyClicks(dialog.form.words, "Two words.")
    assert session.talk.talk.stops[1].words == "Two words."
    QTest.keyClick(dialog.form.title, Key.Key_Z, Control)
    assert session.talk.talk.stops[1].words == "" == dialog.form.words.toPlainText()
    QTest.keyClick(dialog.form.words, Key.Key_Z, Control)
    assert session.talk.talk == TALK and dialog.form.title.text() == "Two"
    press(dialog, Key.Key_Y, Control)
    assert column(dialog, TITLE)[1] == "Maps of features"


def test_a_third_sentence_is_told_beside_the_words_which_stay(
    dialog: TalkDialog, session: Session
) -> None:
    form = dialog.form
    form.words.setPlainText("One. Two.")
    assert form.counted.text() == "2 of 2 sentences · 9 of 400 signs"
    form.words.setPlainText("One. Two. Three.")
    assert form.counted.text().startswith("A stop has at most two sentences, not 3.")
    assert session.talk.talk.stops[0].words == "One. Two."
    click_row(dialog, 1)
    assert form.words.toPlainText() == "" and "sentences ·" in form.counted.text()
    click_row(dialog, 0)
    assert form.words.toPlainText() == "One. Two. Three."
    assert form.counted.text().startswith("A stop has at most two sentences, not 3.")
    form.words.setPlainText("One, two, three.")
    assert form.counted.text() == "1 of 2 sentences · 16 of 400 signs"
    assert session.talk.talk.stops[0].words == "One, two, three."


def test_a_talk_without_a_title_is_told_above(dialog: TalkDialog, session: Session) -> None:
    retype(dialog.title, "Lecture 3")
    assert session.talk.talk.title == "Lecture 3" and not dialog.why.isVisible()
    retype(dialog.title, "")
    assert (dialog.why.text(), dialog.title.text()) == ("A talk needs a title.", "")
    assert session.talk.talk.title == "Lecture 3" and dialog.why.isVisible()


def test_keys_move_copy_and_delete_a_stop(dialog: TalkDialog, session: Session) -> None:
    press(dialog, Key.Key_Down, Alt)
    assert column(dialog, TITLE) == ["Two", "One", "Three"]
    press(dialog, Key.Key_Up, Alt)
    assert column(dialog, TITLE) == ["One", "Two", "Three"]
    press(dialog, Key.Key_D, Control | Qt.KeyboardModifier.ShiftModifier)
    assert column(dialog, TITLE) == ["One", "One", "Two", "Three"] and dialog.editing.at == 1
    press(dialog, Key.Key_Delete)
    press(dialog, Key.Key_Delete)
    assert column(dialog, TITLE) == ["One", "Three"]
    press(dialog, Key.Key_Z, Control)
    assert column(dialog, TITLE) == ["One", "Two", "Three"]


def test_buttons_do_the_same_and_are_off_where_they_can_do_nothing(dialog: TalkDialog) -> None:
    assert not dialog.up.isEnabled() and dialog.down.isEnabled()
    dialog.down.click()
    dialog.down.click()
    assert column(dialog, TITLE) == ["Two", "Three", "One"] and not dialog.down.isEnabled()
    dialog.copy.click()
    dialog.remove.click()
    dialog.undo.click()
    assert column(dialog, TITLE) == ["Two", "Three", "One", "One"]
    dialog.redo.click()
    for _ in range(3):
        dialog.remove.click()
    assert column(dialog, TITLE) == []
    assert not any(it.isEnabled() for it in (dialog.copy, dialog.remove, dialog.up, dialog.down))
    assert dialog.form.none.isVisible() and not dialog.form.title.isVisible()


def test_enter_or_a_double_click_shows_the_stop_in_the_window(
    dialog: TalkDialog, window: MainWindow
) -> None:
    press(dialog, Key.Key_Down)
    press(dialog, Key.Key_Return)
    assert window.deck.on and window.deck.at == 1
    assert window.stage.stage is not None and window.stage.stage.title == "Feature maps"
    assert window.talking.strip.isVisible()
    click_row(dialog, 2, double=True)
    assert window.deck.at == 2 and window.session.network.name == "dense"


def test_words_that_are_typed_while_the_stop_is_shown_change_its_words_alone(
    dialog: TalkDialog, window: MainWindow
) -> None:
    dialog.form.go.click()
    content, turned = window.stage.content, []
    window.deck.turned.connect(lambda: turned.append(1))
    dialog.form.words.setPlainText("Other words.")
    assert window.talking.strip.words.text() == "Other words."
    assert (window.stage.content, turned) == (content, [])
    dialog.form.ask.setCurrentText("The answer")
    dialog.form.ask.activated.emit(1)
    assert turned == [1]


def test_another_view_takes_the_place_of_what_the_stop_shows_and_its_words_stay(
    dialog: TalkDialog, window: MainWindow, session: Session
) -> None:
    session.viewer.select_layer(2)
    session.viewer.settle()
    window.open_stage(stage_called(window, "One number, whole"))
    dialog.form.take.click()
    stop = session.talk.talk.stops[0]
    assert (stop.stage, stop.title, stop.words) == ("One number, whole", "One", "First words.")
    assert stop.way[0].layer == "conv2d_2"


def test_a_view_is_kept_behind_the_selected_stop(dialog: TalkDialog, session: Session) -> None:
    click_row(dialog, 1)
    dialog.add.click()
    assert len(session.talk.talk.stops) == 4 and dialog.editing.at == 2 == session.talk.at
    assert column(dialog, TITLE)[3] == "Three"


def test_a_chapter_gets_another_name_in_all_its_stops(dialog: TalkDialog, session: Session) -> None:
    click_row(dialog, 0, CHAPTER)
    (field,) = dialog.table.findChildren(QLineEdit)
    retype(field, "The beginning")
    QTest.keyClick(field, Key.Key_Return)
    QApplication.processEvents()
    assert column(dialog, CHAPTER) == ["The beginning", "", "End"]
    assert session.talk.talk.stops[1].chapter == "The beginning"


def test_one_stop_goes_to_another_chapter_by_its_form(dialog: TalkDialog) -> None:
    click_row(dialog, 1)
    edit = dialog.form.chapter.lineEdit()
    assert edit is not None
    retype(edit, "Middle")
    assert column(dialog, CHAPTER) == ["Begin", "Middle", "End"]


def test_an_empty_talk_says_how_there_come_to_be_stops(
    window: MainWindow, session: Session
) -> None:
    window.talk_menu.show_stops()
    dialog = window.talk_menu.dialog
    assert "press K" in dialog.form.none.text() and dialog.form.none.isVisible()
    window.talk_menu.keep()
    assert not dialog.form.none.isVisible() and column(dialog, 0) == ["1"]


def test_a_new_talk_is_saved_where_one_says(
    dialog: TalkDialog,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    press(dialog, Key.Key_N, Control)
    assert session.talk.talk.stops == ()
    dialog.add.click()
    retype(dialog.title, "Lecture 3: nets")
    proposed = answer_save(monkeypatch, tmp_path / "own.talk")
    press(dialog, Key.Key_S, Control)
    assert [Path(name).name for name in proposed] == ["lecture-3-nets.talk"]
    qtbot.waitUntil(lambda: not session.talk.unsaved)
    assert load_talk(tmp_path / "own.talk").title == "Lecture 3: nets"
    dialog.add.click()
    press(dialog, Key.Key_S, Control)  # it has its file now
    qtbot.waitUntil(lambda: not session.talk.unsaved)
    assert len(load_talk(tmp_path / "own.talk").stops) == 2 and len(proposed) == 1


def test_tab_goes_from_the_talk_to_its_stops_and_to_the_form(dialog: TalkDialog) -> None:
    dialog.activateWindow()
    dialog.title.setFocus()
    order: list[QWidget | None] = []
    for _ in range(16):
        order.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget() or dialog, Key.Key_Tab)
    form = dialog.form
    fields = (dialog.title, dialog.table, form.title, form.words, form.ask, form.begin, form.go)
    places = [order.index(field) for field in fields]
    assert places == sorted(places)
    assert all(it is None or it.accessibleName() or isinstance(it, QPushButton) for it in order)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("wide", "high", "zoom"), [(1024, 700, 1.0), (1366, 768, 1.5), (1920, 1080, 2.0)]
)
def test_nothing_is_cut(
    wide: int, high: int, zoom: float, dark: bool, dialog: TalkDialog, look: Look
) -> None:
    look.set_zoom(zoom)
    look.set_dark(dark)
    dialog.form.words.setPlainText("One. Two. Three.")
    dialog.resize(min(wide, round(1020 * zoom)), min(high, round(620 * zoom)))
    QApplication.processEvents()
    inside = dialog.rect()
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible() or dialog.table.isAncestorOf(widget):
            continue
        if isinstance(widget, QPushButton):
            assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
            assert inside.contains(widget.mapTo(dialog, widget.rect().bottomRight()))
        if isinstance(widget, QLabel) and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
            assert inside.contains(widget.mapTo(dialog, QPoint(0, widget.height() - 1)))
    for at in (CHAPTER, TITLE, STAGE):
        assert not dialog.table.isColumnHidden(at)


def test_it_stays_open_beside_the_window_and_follows_what_happens_there(
    dialog: TalkDialog, session: Session, window: MainWindow
) -> None:
    assert not dialog.isModal()
    window.talk_menu.keep()
    assert len(column(dialog, 0)) == 4
    session.talk.undo()
    assert len(column(dialog, 0)) == 3
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible() and window.isVisible()
