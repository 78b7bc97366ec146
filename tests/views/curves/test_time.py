"""The line on the curves goes through the moments of a run; the window says which it shows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.painted import unreadable_in
from tests.views.window.menus import action_named
from visualizer.session.session import Session
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.run_list import RunList
from visualizer.views.window.window import MainWindow


@pytest.fixture
def trained(short: Session, qtbot: QtBot) -> Session:
    """After one epoch of ten batches."""
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    return short


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
        newest, oldest = listed.runs.rows
        assert (newest.name.text(), oldest.name.text()) == ("run 2", "run 1")
        assert newest.facts.whole == "book · book, batch 20, 1 epoch · seed 4"
        assert newest.how.whole == "1 epoch bars"  # what its accuracy is of
        assert newest.accuracy.text().endswith("%")
        assert not newest.bring.isEnabled() and oldest.bring.isEnabled()
        assert unreadable_in(listed) == []
        words = [each for each in listed.findChildren(Elided) if each.isVisible()]
        assert [each.text() for each in words if each.text().endswith("…")] == []

    def test_a_swatch_hides_its_curve(self, listed: CurvesPanel, trained: Session) -> None:
        oldest = listed.runs.rows[1]
        QTest.mouseClick(oldest.swatch, Qt.MouseButton.LeftButton)
        listed.refresh()
        assert listed.loss.plot.others == ()
        QTest.keyClick(oldest.swatch, Qt.Key.Key_Return)
        listed.refresh()
        assert [other.name for other in listed.loss.plot.others] == ["run 1"]

    def test_a_row_pointed_at_has_its_curve_stand_out_and_the_other_way_round(
        self, listed: CurvesPanel, trained: Session
    ) -> None:
        oldest = listed.runs.rows[1]
        trained.library.point(oldest.run)
        for _ in range(3):  # it stands out as long as the row is pointed at
            listed.refresh()
            assert listed.loss.plot.others[0].pointed
        trained.library.point(None)
        listed.loss.pointed.emit(oldest.run.number)
        assert trained.library.pointed is oldest.run
        assert oldest.autoFillBackground()

    def test_a_name_is_written_in_place(self, listed: CurvesPanel) -> None:
        row = listed.runs.rows[0]
        row.name.selectAll()
        QTest.keyClicks(row.name, "small steps")
        QTest.keyClick(row.name, Qt.Key.Key_Return)
        assert row.run.name == "small steps"
        QTest.keyClicks(row.name, " or not")
        QTest.keyClick(row.name, Qt.Key.Key_Escape)
        assert row.run.name == "small steps"

    def test_a_run_is_deleted_by_its_cross(self, listed: CurvesPanel, trained: Session) -> None:
        listed.runs.rows[1].delete.click()
        assert [row.run.name for row in listed.runs.rows] == ["run 2"]
        assert listed.list.text() == "Runs (1)"

    def test_a_run_is_brought_into_view(self, listed: CurvesPanel, trained: Session) -> None:
        row = listed.runs.rows[1]
        row.bring.click()
        assert trained.runs.run is row.run


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

    def test_the_runs_can_be_reached_where_the_curves_are_folded(self, made: MainWindow) -> None:
        action_named(made, "Curves").trigger()  # they are folded
        action_named(made, "Runs").trigger()
        lists = made.stage.findChildren(RunList)
        assert [runs.isVisible() for runs in lists] == [True]

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

    def test_in_present_mode_the_line_at_the_edge_says_it_too(self, made: MainWindow) -> None:
        made.toggle_present()
        QApplication.processEvents()
        assert made.line.run.whole.startswith("not live: epoch 0.40 of 1")
        assert made.status.moment.isVisible()

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
