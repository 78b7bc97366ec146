"""The line on the curves goes through the moments of a run; the window says which it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from tests.views.numbers import cut_numbers_in
from tests.views.painted import unreadable_in
from tests.views.window.menus import action_named
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.run_list import ACCURACY, BRING, DELETE, SWATCH, WORDS
from visualizer.views.widgets.table_model import Cell
from visualizer.views.window.window import MainWindow


@pytest.fixture
def panel(look: Look, trained: Session, show: Any) -> CurvesPanel:
    made = CurvesPanel(look, trained)
    show(made, 1000, 260)
    made.refresh()
    return made


def test_before_any_training_there_is_no_line(look: Look, session: Session, show: Any) -> None:
    panel = CurvesPanel(look, session)
    show(panel, 1000, 260)
    panel.refresh()
    assert panel.time.isHidden()
    assert not any(plot.handle.isVisible() for plot in panel.plots)


def test_live_the_line_stands_at_the_end(panel: CurvesPanel) -> None:
    assert panel.time.isVisible()
    for plot in panel.plots:
        assert plot.handle.isVisible()
        assert plot.handle.epoch == pytest.approx(1.0)
    assert not panel.time.live.isEnabled() and not panel.time.go_on.isEnabled()


def test_the_line_is_dragged_and_snaps_to_a_moment(panel: CurvesPanel, trained: Session) -> None:
    panel.loss.handle.moved.emit(0.33)
    assert trained.time.held is not None and trained.time.held.step == 3
    assert [plot.handle.epoch for plot in panel.plots] == pytest.approx([0.3, 0.3])
    assert panel.time.player.place.whole == "not live: batch 3 · epoch 0.30"
    assert panel.time.live.isEnabled()


def test_the_real_pointer_drags_it(panel: CurvesPanel, trained: Session, qtbot: QtBot) -> None:
    plot, handle = panel.loss.plot, panel.loss.handle

    def at(epoch: float) -> QPoint:
        return handle.mapFrom(plot, plot.place(epoch, 0).toPoint())

    left = Qt.MouseButton.LeftButton
    assert plot.childAt(handle.geometry().center()) is handle
    QTest.mousePress(handle, left, pos=handle.rect().center())
    assert plot.hasFocus()
    QTest.mouseMove(handle, at(0.5))
    QTest.mouseRelease(handle, left, pos=at(0.5))
    assert trained.time.held is not None and 4 <= trained.time.held.step <= 6


@pytest.mark.parametrize(
    ("keys", "step"),
    [
        ((Qt.Key.Key_Left,), 9),
        ((Qt.Key.Key_Home,), 0),
        ((Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right), 2),
        ((Qt.Key.Key_Left, Qt.Key.Key_End), None),
    ],
)
def test_with_the_keyboard_in_a_plot_arrows_move_it(
    keys: tuple[Qt.Key, ...], step: int | None, panel: CurvesPanel, trained: Session
) -> None:
    panel.accuracy.plot.setFocus()
    for key in keys:
        QTest.keyClick(panel.accuracy.plot, key)
    held = trained.time.held
    assert (held.step if held else None) == step


@pytest.mark.motion
def test_it_plays_to_the_last_moment(panel: CurvesPanel, trained: Session, qtbot: QtBot) -> None:
    trained.time.show(0)
    panel.time.player.speed.setCurrentIndex(3)
    panel.time.player.play.click()
    qtbot.waitUntil(lambda: not panel.time.player.playing)
    assert trained.time.held is trained.time.snapshots[10]
    panel.time.live.click()
    assert trained.time.held is None and not panel.time.live.isEnabled()


def test_go_on_from_here_begins_a_run(panel: CurvesPanel, trained: Session, qtbot: QtBot) -> None:
    trained.time.show(5)
    panel.time.go_on.click()
    assert len(trained.library.runs) == 2
    qtbot.waitUntil(lambda: trained.runs.state.phase == "finished")


def test_live_the_batch_is_that_of_the_run(
    panel: CurvesPanel, trained: Session, qtbot: QtBot
) -> None:
    assert panel.time.player.place.whole == "the last weights: batch 10 · epoch 1.00"
    trained.step()
    words = "the last weights: batch 11 · epoch 1.10"
    qtbot.waitUntil(lambda: panel.time.player.place.whole == words)


def test_the_narrowest_panel_says_it_in_a_whole_word(panel: CurvesPanel, trained: Session) -> None:
    panel.resize(320, 260)
    said = []
    for show in (lambda: trained.time.show(4), trained.time.live):
        show()
        QApplication.processEvents()
        said.append(panel.time.player.place.text())
    assert not any("…" in text for text in said), said


@pytest.mark.parametrize("width", [400, 520, 700, 1000])
def test_the_batch_in_view_is_read_whole(width: int, panel: CurvesPanel, trained: Session) -> None:
    panel.resize(width, 260)
    trained.time.show(4)
    QApplication.processEvents()
    place = panel.time.player.place
    assert place.text().startswith("not live: batch 4")
    assert "…" not in place.text()
    assert panel.time.live.isVisible() and panel.width() == width


def test_a_low_panel_leaves_its_room_to_the_curves(panel: CurvesPanel) -> None:
    panel.resize(1000, 130)
    QApplication.processEvents()
    assert panel.time.isHidden() and panel.list.isHidden()
    assert all(plot.handle.isVisible() for plot in panel.plots)
    panel.resize(1000, 260)
    QApplication.processEvents()
    assert panel.time.isVisible()


class TestRuns:
    """The list of runs beside the curves."""

    @pytest.fixture
    def listed(self, panel: CurvesPanel, trained: Session, qtbot: QtBot) -> CurvesPanel:
        trained.runs.configure(trained.runs.recipe, 4, trained.runs.settings)
        trained.train_or_pause()
        qtbot.waitUntil(lambda: trained.runs.state.phase == "finished")
        panel.list.click()
        panel.refresh()
        return panel

    def test_each_run_says_how_it_was_trained_and_how_it_ended(
        self, listed: CurvesPanel, trained: Session
    ) -> None:
        assert listed.list.text() == "Runs (2)"
        newest, oldest = (cells_of(listed, row) for row in range(2))
        assert (newest[WORDS].text, oldest[WORDS].text) == ("run 2", "run 1")
        how, facts = newest[WORDS].under
        assert facts[0] == "book · book, batch 20, 1 epoch · seed 4"
        assert facts[0] in newest[WORDS].tip and "click to rename" in newest[WORDS].tip
        assert how[0] == "1 epoch bars"  # what its accuracy is of
        assert newest[ACCURACY].text.endswith("%")
        assert not newest[BRING].enabled and oldest[BRING].enabled
        assert unreadable_in(listed) == [] and cut_numbers_in(listed) == []

    def test_a_click_or_enter_hides_a_curve(self, listed: CurvesPanel, trained: Session) -> None:
        click(listed, 1, SWATCH)
        listed.refresh()
        assert listed.loss.plot.others == ()
        listed.runs.setFocus(Qt.FocusReason.TabFocusReason)
        listed.runs.setCurrentIndex(listed.runs.model().index(1, SWATCH))
        QTest.keyClick(listed.runs, Qt.Key.Key_Return)
        listed.refresh()
        assert [other.name for other in listed.loss.plot.others] == ["run 1"]

    def test_a_row_pointed_at_has_its_curve_stand_out_and_the_other_way_round(
        self, listed: CurvesPanel, trained: Session, pointer: Pointer
    ) -> None:
        oldest = listed.runs.model().keys[1]
        before = pixel_of(listed)
        pointer.move(listed.runs.viewport(), place_of(listed, 1, WORDS).center().toPointF())
        for _ in range(3):  # it stands out as long as the row is pointed at
            listed.refresh()
            assert trained.library.pointed is oldest and listed.loss.plot.others[0].pointed
        pointer.leave(listed.runs)
        assert trained.library.pointed is None and pixel_of(listed) == before
        listed.loss.pointed.emit(oldest.number)
        assert trained.library.pointed is oldest and pixel_of(listed) != before

    def test_a_name_is_written_in_place(self, listed: CurvesPanel) -> None:
        run = listed.runs.model().keys[0]
        click(listed, 0, WORDS)
        field = listed.runs.findChild(QLineEdit)
        QTest.keyClicks(field, "small steps")
        listed.runs.refresh()  # as while another run trains: what is being written stays
        assert field.text() == "small steps"
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert run.name == cells_of(listed, 0)[WORDS].text == "small steps"
        assert not listed.runs.hasFocus()  # Space goes on to train
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        click(listed, 0, WORDS)
        field = listed.runs.findChild(QLineEdit)
        assert field.accessibleName() == "Name of the run"
        QTest.keyClicks(field, "or not")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        QApplication.processEvents()
        assert run.name == "small steps"

    def test_a_run_is_deleted_by_its_cross(self, listed: CurvesPanel, trained: Session) -> None:
        click(listed, 1, DELETE)
        assert [run.name for run in listed.runs.model().keys] == ["run 2"]
        assert listed.list.text() == "Runs (1)"

    def test_a_run_is_brought_into_view(self, listed: CurvesPanel, trained: Session) -> None:
        run = listed.runs.model().keys[1]
        click(listed, 1, BRING)
        assert trained.runs.run is run


def cells_of(panel: CurvesPanel, row: int) -> Sequence[Cell]:
    model = panel.runs.model()
    return model.rows[model.keys[row]]


def place_of(panel: CurvesPanel, row: int, column: int) -> QRect:
    return panel.runs.visualRect(panel.runs.model().index(row, column))


def click(panel: CurvesPanel, row: int, column: int) -> None:
    at = place_of(panel, row, column).center()
    QTest.mouseClick(panel.runs.viewport(), Qt.MouseButton.LeftButton, pos=at)


def pixel_of(panel: CurvesPanel) -> QColor:
    """What the second row's edge is painted with."""
    at = place_of(panel, 1, DELETE).topLeft()
    return panel.runs.viewport().grab().toImage().pixelColor(at)


class TestWindow:
    """What the whole window says of the moment in view."""

    @pytest.fixture
    def made(self, trained: Session, window: MainWindow) -> MainWindow:
        trained.time.show(4)
        QApplication.processEvents()
        return window

    def test_the_run_bar_says_the_batch_and_that_it_is_not_live(self, made: MainWindow) -> None:
        bar = made.run_bar
        assert bar.epoch.caption.whole == "Not live: batch 4"
        assert bar.epoch.value.whole == "0.40 / 1"
        made.session.time.live()
        assert bar.epoch.caption.whole == "Finished"
        assert bar.epoch.value.whole == "1.00 / 1"

    def test_the_stage_has_the_list_of_runs_where_there_are_several(self, made: MainWindow) -> None:
        action_named(made, "Curves").trigger()  # they are folded
        action_named(made, "Runs").trigger()
        curves = made.stage.findChild(CurvesPanel)
        assert curves is not None and curves.runs.isHidden()  # there is one run
        assert curves.list.isHidden()
        made.session.go_on_from_here()
        assert curves.list.isVisible() and curves.list.text() == "Runs (2)"

    def test_escape_comes_back_to_the_live_weights(self, made: MainWindow) -> None:
        made.page.setFocus()
        QTest.keyClick(made, Qt.Key.Key_Escape)
        assert made.session.time.held is None

    def test_the_status_line_says_it_on_the_page_and_on_the_stage(self, made: MainWindow) -> None:
        for on_stage in (False, True):
            made.show_stage(on_stage)
            assert made.status.moment.isVisible()
            assert made.status.moment.words.text() == "Not live · batch 4 · epoch 0.40"
        made.status.moment.live.click()
        assert not made.status.moment.isVisible() and made.session.time.held is None

    def test_the_stage_says_it_too(self, made: MainWindow) -> None:
        made.show_stage(True)
        QApplication.processEvents()
        assert made.stage.run.whole == "not live: epoch 0.40"

    def test_keys_go_through_the_moments(self, made: MainWindow) -> None:
        QTest.keyClick(made, Qt.Key.Key_BracketLeft)
        assert made.session.time.held is made.session.time.snapshots[3]
        QTest.keyClick(made, Qt.Key.Key_BracketRight)
        QTest.keyClick(made, Qt.Key.Key_BracketRight)
        assert made.session.time.held is made.session.time.snapshots[5]


def test_keys_work_as_soon_as_there_are_moments(
    window: MainWindow, request: pytest.FixtureRequest
) -> None:
    trained: Session = request.getfixturevalue("trained")  # trains while the window is there
    QTest.keyClick(window, Qt.Key.Key_BracketLeft)
    assert trained.time.held is trained.time.snapshots[9]
    QTest.keyClick(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert trained.time.held is None


def test_beside_the_list_a_narrow_panel_shows_one_plot_large(
    panel: CurvesPanel, trained: Session
) -> None:
    panel.resize(580, 260)
    panel.list.setChecked(True)
    trained.time.show(4)
    QApplication.processEvents()
    assert panel.runs.isVisible() and panel.accuracy.isVisible() and panel.loss.isHidden()
    assert panel.accuracy.plot.width() > panel.width() / 3
    assert "…" not in panel.time.player.place.text()
    panel.resize(1000, 260)
    QApplication.processEvents()
    assert panel.loss.isVisible()
    panel.resize(580, 260)
    panel.list.setChecked(False)
    QApplication.processEvents()
    assert panel.loss.isVisible()
