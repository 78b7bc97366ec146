"""The network editor, as one types in it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from tests.views.asked import answer_save
from tests.views.editor.hand import (
    DOWN,
    REMOVE,
    UP,
    box,
    cell,
    click,
    column_of,
    fact_cells,
    facts,
    field,
    has_problem,
    remedy,
    retype,
    take,
    why,
)
from visualizer.core.editing.draft import Draft, new_row
from visualizer.core.network.networks import named
from visualizer.session.epoch_trial import KEY
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.training import speed
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.window.window import MainWindow

FIVE = (
    *(new_row("Conv2D"), new_row("MaxPool2D"), new_row("Conv2D"), new_row("Flatten")),
    {"type": "Dense", "units": 10, "activation": "softmax"},
)


@pytest.fixture
def editor(window: MainWindow) -> EditorDialog:
    window.commands.editing.show()
    dialog = window.commands.editing.dialog
    dialog.activateWindow()
    return dialog


def test_it_opens_with_the_network_in_view_and_its_numbers(
    editor: EditorDialog, session: Session
) -> None:
    assert editor.draft.network == session.viewer.scene.network
    assert facts(editor, 0) == ["26 × 26 × 32", "320", "194,688", "3", "1"]
    assert facts(editor, 4) == ["3 × 3 × 64", "36,928", "331,776", "18", "4"]
    assert editor.totals.whole.startswith("93,322 parameters (0.37 MB) · 2,794,240 multiply-adds")


def test_everything_follows_as_one_types(editor: EditorDialog, qtbot: QtBot) -> None:
    retype(qtbot, field(editor, 0, "filters"), "16")
    retype(qtbot, field(editor, 0, "kernel_size"), "5 x 5")
    assert facts(editor, 0) == ["24 × 24 × 16", "416", "230,400", "5", "1"]
    assert field(editor, 0, "kernel_size").text() == "5 x 5"  # as it was typed, until it is left
    field(editor, 0, "kernel_size").editingFinished.emit()
    assert field(editor, 0, "kernel_size").text() == "5 × 5"
    qtbot.keyClick(field(editor, 0, "filters"), Qt.Key.Key_Up)
    assert editor.draft.rows[0]["filters"] == 17 and field(editor, 0, "filters").text() == "17"


def test_what_cannot_be_is_explained_on_its_row_and_train_is_off(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    retype(qtbot, field(editor, 2, "kernel_size"), "15")
    assert why(editor, 2) == "A 15 × 15 window has no place on a 13 × 13 map"
    assert remedy(editor, 2) == "Use 13 × 13"
    assert not editor.train.isEnabled() and not editor.use.isEnabled()
    assert "15 × 15" in editor.train.toolTip() and editor.speed.whole.startswith("Train is off")
    take(editor, 2)
    assert editor.draft.rows[2]["kernel_size"] == [13, 13]
    assert not has_problem(editor, 2)


CHANGES: dict[str, Callable[[EditorDialog], object]] = {
    "a setting": lambda editor: editor.model.type_setting(0, "filters", 8),
    "one that cannot be": lambda editor: editor.model.type_setting(0, "filters", "eight"),
    "a type": lambda editor: editor.model.choose_kind(1, "AveragePool2D"),
    "a place": lambda editor: editor.model.move(0, 1),
    "a layer more": lambda editor: editor.add_layer("Dense"),
    "a layer less": lambda editor: editor.model.remove(3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_change_to_a_named_network_renames_it_and_undo_brings_the_name_back(
    change: str, editor: EditorDialog
) -> None:
    assert editor.name.text() == "book"
    CHANGES[change](editor)
    assert editor.name.text() == "my book"
    editor.model.undo()
    assert editor.name.text() == "book" and editor.train.isEnabled()
    editor.model.redo()
    assert editor.name.text() == "my book"


def test_a_name_that_was_typed_is_kept(editor: EditorDialog, qtbot: QtBot) -> None:
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "small")
    retype(qtbot, field(editor, 0, "filters"), "8")
    assert editor.name.text() == "small" and editor.train.isEnabled()
    retype(qtbot, field(editor, 0, "filters"), "9")
    assert editor.name.text() == "small"


def test_a_changed_network_cannot_be_named_as_one_of_the_six(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    retype(qtbot, field(editor, 0, "filters"), "8")
    editor.model.type_name("book")
    assert "name book" in editor.why.text() and editor.take.text() == "Use “my book”"
    editor.take.click()
    assert editor.name.text() == "my book" and editor.train.isEnabled()


def test_a_name_that_another_network_has_is_refused_with_another(
    editor: EditorDialog, session: Session, qtbot: QtBot
) -> None:
    editor.model.begin(Draft("five", FIVE))
    editor.use.click()
    editor.show()
    assert editor.use.isEnabled()  # the same network may be used again
    retype(qtbot, field(editor, 0, "filters"), "9")
    assert editor.name.text() == "five 2" and editor.use.isEnabled()
    editor.model.type_name("five")
    assert "another network with the name five" in editor.why.text()
    assert not editor.use.isEnabled() and "name five" in editor.train.toolTip()
    assert editor.take.text() == "Use “five 2”"
    editor.take.click()
    editor.use.click()
    assert [network.name for network in session.own.all] == ["five", "five 2"]


def test_a_network_needs_a_name(editor: EditorDialog, qtbot: QtBot) -> None:
    editor.model.begin(Draft("five", FIVE))
    editor.name.selectAll()
    qtbot.keyClick(editor.name, Qt.Key.Key_Delete)
    assert "needs a name" in editor.why.text() and not editor.train.isEnabled()
    editor.take.click()
    assert editor.name.text() == "mine" and editor.train.isEnabled()


def test_the_row_that_is_missing_at_the_end_is_added(editor: EditorDialog) -> None:
    editor.model.type_name("mine")
    click(editor, 7, REMOVE)
    click(editor, 6, REMOVE)
    assert "one for each class" in editor.why.text() and editor.take.text() == "Add that row"
    editor.take.click()
    assert editor.draft.network is not None
    assert editor.draft.rows[-1]["type"] == "Dense"


def test_what_follows_from_something_wrong_is_said_as_if_it_were_right(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    retype(qtbot, field(editor, 4, "kernel_size"), "9 × 3")
    assert facts(editor, 4)[0] == "1 × 3 × 64"  # with 5 × 3, the nearest
    soft = [fact_cells(editor, row)[0].role == "soft" for row in range(8)]
    assert soft == [False] * 4 + [True] * 4
    assert "nearest" in fact_cells(editor, 5)[0].tip and fact_cells(editor, 3)[0].tip == ""
    take(editor, 4)
    assert not any(fact_cells(editor, row)[0].role for row in range(8))
    assert facts(editor, 4)[3:] == ["26 × 18", "4"]


def test_a_dense_layer_before_the_flatten_is_one_click(editor: EditorDialog) -> None:
    editor.model.type_name("mine")
    click(editor, 5, REMOVE)  # the Flatten
    assert why(editor, 5) == "It needs a vector below it, and there is a map"
    assert remedy(editor, 5) == "Put a Flatten before it"
    take(editor, 5)
    assert [each["type"] for each in editor.draft.rows[5:]] == ["Flatten", "Dense", "Dense"]
    assert editor.train.isEnabled()


def test_what_another_row_makes_too_large_names_that_row(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    rows = (new_row("Conv2D"), *Draft.of(named("dense")).rows)
    editor.model.begin(Draft("mine", rows))
    retype(qtbot, field(editor, 0, "filters"), "1200")
    assert why(editor, 0).startswith("Row 2 (Flatten): with it")
    assert remedy(editor, 0).startswith("Use ")


def test_every_step_is_taken_back_and_made_again(editor: EditorDialog, qtbot: QtBot) -> None:
    before = editor.draft
    retype(qtbot, field(editor, 0, "filters"), "128")
    typed = editor.draft
    editor.add_layer("Conv2D")
    click(editor, 0, DOWN)
    box(editor, 1, "type").textActivated.emit("AveragePool2D")
    last = editor.draft
    for _ in range(3):
        editor.undo_button.click()
    assert editor.draft == typed
    editor.undo_button.click()  # all that was typed into the field is one step
    assert editor.draft == before and not editor.undo_button.isEnabled()
    for _ in range(4):
        qtbot.keyClick(editor, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    if editor.draft != last:  # a window that is not active has no shortcuts
        for _ in range(4):
            editor.redo_button.click()
    assert editor.draft == last


def test_a_row_is_moved_by_its_button_and_the_keyboard_goes_with_it(
    editor: EditorDialog,
) -> None:
    first = editor.draft.rows[0]
    click(editor, 0, DOWN)
    assert editor.draft.rows[1] == first
    click(editor, 1, UP)
    assert editor.draft.rows[0] == first and not cell(editor, 0, UP).enabled


def test_a_new_layer_stands_above_the_last_or_below_the_one_in_hand(
    editor: EditorDialog,
) -> None:
    editor.name.setFocus()
    editor.add_layer("Dense")
    assert editor.draft.rows[7] == new_row("Dense")


def test_a_preset_takes_the_place_and_comes_back_by_undo(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    retype(qtbot, field(editor, 0, "filters"), "8")
    typed = editor.draft
    editor._on_preset("strided")
    assert editor.draft.network == named("strided")
    editor.undo_button.click()
    assert editor.draft == typed


def test_what_was_typed_is_there_again_after_esc(
    editor: EditorDialog, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    retype(qtbot, field(editor, 0, "filters"), "8")
    typed = editor.draft
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    session.choose_network("strided")
    window.commands.editing.show()
    assert editor.isVisible() and editor.draft == typed


def test_without_edits_it_follows_the_network_in_view(
    editor: EditorDialog, window: MainWindow, session: Session
) -> None:
    editor.close()
    session.choose_network("strided")
    window.commands.editing.show()
    assert editor.draft.network == named("strided")


def test_a_network_is_saved_and_opened_again(
    editor: EditorDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.model.begin(Draft("five", FIVE))
    path = tmp_path / "five.json"
    answer_save(monkeypatch, path)
    editor.files._on_save()
    assert json.loads(path.read_text())["name"] == "five"
    editor._on_preset("dense")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    editor.files._on_open()
    assert editor.draft == Draft("five", FIVE) or editor.draft.network is not None
    assert editor.draft.name == "five" and len(editor.draft.rows) == 5


def test_a_dropped_file_with_something_wrong_opens_with_its_reasons(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"name": "w", "layers": [{"type": "Conv2D", "filters": 0}]}))
    window.commands.open_path(str(path))
    dialog = window.commands.editing.dialog
    assert dialog.isVisible() and dialog.draft.name == "w"
    assert "whole number from 1" in why(dialog, 0)


@pytest.mark.parametrize(("text", "said"), [("{", "it is not JSON"), ("[1]", "no list of layers")])
def test_a_file_that_is_none_changes_nothing(
    text: str, said: str, editor: EditorDialog, tmp_path: Path, notices: list[Notice]
) -> None:
    before = editor.draft
    path = tmp_path / "none.json"
    path.write_text(text)
    assert not editor.files.open(path)
    assert editor.draft == before and said in notices[-1].text and "none.json" in notices[-1].text


def test_the_listings_are_copied_and_build_the_network(editor: EditorDialog) -> None:
    editor.model.begin(Draft("five", FIVE))
    editor.files.copy_code("keras")
    assert "layers.Conv2D(32, (3, 3)" in QGuiApplication.clipboard().text()
    editor.files.copy_code("torch")
    import torch

    space: dict[str, object] = {}
    exec(QGuiApplication.clipboard().text(), space)
    model = space["model"]
    assert isinstance(model, torch.nn.Module)
    assert model(torch.zeros(2, 1, 28, 28)).shape == (2, 10)
    assert (
        sum(p.numel() for p in model.parameters()) == editor.draft.examined.network.parameter_count
    )


def test_an_edited_network_trains_explains_its_sums_and_shows_its_fields(
    editor: EditorDialog, window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    editor.model.begin(Draft("five", FIVE))
    editor.train.click()
    assert not editor.isVisible()
    until(qtbot, short, "finished")
    scene = short.viewer.scene
    assert scene.network.name == "five" and scene.model.moment is not None
    assert [network.name for network in short.own.all] == ["five"]
    for layer in range(len(scene.network.layers)):
        cell = scene.strongest(layer)
        terms = scene.terms(cell)
        assert np.isclose(terms.output, scene.value(cell), rtol=1e-4, atol=1e-5)
    cell = scene.strongest(2)
    field_of_cell = scene.field(cell)
    assert (field_of_cell.height, field_of_cell.width) == (8, 8)
    short.viewer.select(cell)
    assert window.pages[0].input.digit._field.parts == (field_of_cell,)


def test_own_networks_stand_in_the_chips_menu(
    editor: EditorDialog, window: MainWindow, session: Session
) -> None:
    editor.model.begin(Draft("five", FIVE))
    editor.use.click()
    menu = window.network_menu
    (mine,) = (a for a in menu.menu.actions() if a.data() == "five")
    assert mine.isChecked() and menu.remove.isVisible()
    session.choose_network("book")
    session.viewer.settle()
    assert not menu.remove.isVisible()
    mine.trigger()
    session.viewer.settle()
    assert session.viewer.scene.network.name == "five"
    menu.remove.trigger()
    assert [a for a in menu.menu.actions() if a.data() == "five"] == []


def test_the_seconds_an_epoch_are_measured_once_it_is_left_as_it_is(
    editor: EditorDialog, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "s an epoch on this machine" in editor.speed.whole)
    retype(qtbot, field(editor, 0, "filters"), "0")
    assert "an epoch" not in editor.speed.whole and editor.trial.rests()
    editor.undo_button.click()
    assert "s an epoch on this machine" in editor.speed.whole  # what is known is known again


def test_another_edit_gives_up_the_measurement_under_way(
    editor: EditorDialog, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that nobody waits for ends at its next step, so that two never disturb each other."""
    go_on, ended = threading.Event(), threading.Event()

    def half(*arguments: object) -> float:
        tell = arguments[-1]
        assert callable(tell)
        tell(0.5)
        try:
            assert go_on.wait(500)
            tell(0.9)
        finally:
            ended.set()
        return 12.5

    monkeypatch.setattr(speed, "epoch_seconds", half)
    qtbot.waitUntil(lambda: "measuring … 50" in editor.speed.whole)
    editor.model.begin(Draft("five", FIVE))
    go_on.set()
    assert ended.wait(500)
    qtbot.waitUntil(lambda: editor.speed.whole.startswith("0:13 an epoch"))
    editor.undo_button.click()
    assert "measuring" in editor.speed.whole
    editor.close()


def test_a_run_that_begins_gives_up_the_measurement(
    editor: EditorDialog, short: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def half(*arguments: object) -> float:
        assert callable(arguments[-1])
        arguments[-1](0.5)
        assert go_on.wait(500)
        return 12.5

    monkeypatch.setattr(speed, "epoch_seconds", half)
    qtbot.waitUntil(lambda: "measuring … 50" in editor.speed.whole)
    short.train_or_pause()
    assert "while no run goes on" in editor.speed.whole and not short.jobs.is_running(KEY)
    go_on.set()
    until(qtbot, short, "finished")
    qtbot.waitUntil(lambda: editor.speed.whole.startswith("0:13 an epoch"))


def test_a_measurement_that_fails_says_why(
    editor: EditorDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> float:
        raise ValueError("there is not enough memory")

    monkeypatch.setattr(speed, "epoch_seconds", fails)
    qtbot.waitUntil(lambda: "not enough memory" in editor.speed.whole)


def test_a_closed_editor_measures_nothing(editor: EditorDialog, qtbot: QtBot) -> None:
    assert not editor.trial.rests()
    editor.close()
    assert editor.trial.rests()


@pytest.mark.parametrize(
    ("row", "setting", "heading"), [(0, "filters", "Filters"), (6, "units", "Units")]
)
def test_filters_and_units_each_stand_under_their_own_heading(
    row: int, setting: str, heading: str, editor: EditorDialog
) -> None:
    column = column_of(editor, row, setting)
    model = editor.table.model()
    assert model.headerData(column, Qt.Orientation.Horizontal) == heading
    under = field(editor, row, setting).geometry()
    head = editor.table.horizontalHeader()
    middle = head.sectionViewportPosition(column) + head.sectionSize(column) // 2
    assert under.left() <= middle <= under.right()
