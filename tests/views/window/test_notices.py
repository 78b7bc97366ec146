"""What the application has to say, and what it is busy with."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from visualizer.compare.measurements import SHIFTS
from visualizer.data import mnist
from visualizer.data.mnist import DownloadCancelledError
from visualizer.filters.study import RESPONSES
from visualizer.session.session import Session
from visualizer.system.jobs import Job, JobProgress
from visualizer.system.notice import Notice
from visualizer.views.window import status_line as status_module
from visualizer.views.window.window import MainWindow


def test_a_notice_stays_until_it_is_closed(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    bar = window.status.notice
    assert not bar.isVisible()
    session.noticed.emit(Notice("The folder is empty.", "error"))
    assert bar.isVisible()
    assert bar.text.text() == "The folder is empty."
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_the_last_notice_counts_and_an_empty_one_clears(
    window: MainWindow, session: Session
) -> None:
    session.noticed.emit(Notice("One."))
    session.noticed.emit(Notice("Two."))
    assert window.status.notice.text.text() == "Two."
    session.noticed.emit(Notice(""))
    assert not window.status.notice.isVisible()


def test_a_long_notice_is_whole(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.noticed.emit(Notice("word " * 120, "error"))
    label = window.status.notice.text
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    def download(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        progress(2_900_000, 11_594_722)
        while not cancelled():
            given_up.wait(0.01)
        given_up.set()
        raise DownloadCancelledError("The download of MNIST was cancelled.")

    monkeypatch.setattr(mnist, "download", download)
    before = session.source.dataset
    window.data_menu.download.trigger()
    bar = window.status.job
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: bar.text.whole == "Downloading MNIST · 2.9 of 11.6 MB")
    assert bar.progress.value() / bar.progress.maximum() == pytest.approx(0.25, abs=0.01)
    qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert given_up.wait(500)
    session.jobs.drain()
    assert not window.status.notice.isVisible()
    assert session.source.dataset is before


def test_a_pass_that_the_filter_view_shows_itself_is_said_once(window: MainWindow) -> None:
    side, card = window.pages[0].side, window.status.job
    passing, reading = JobProgress(RESPONSES, "Responses"), JobProgress("open", "Reading digits")
    card.show_jobs((passing,))
    assert card.isVisible()
    side.show_tab("filter")
    card.show_jobs((passing,))
    assert not card.isVisible()
    card.show_jobs((passing, reading))
    assert card.isVisible() and card.text.whole == "Reading digits"
    side.show_tab("position")
    card.show_jobs((passing,))
    assert card.isVisible() and card.text.whole == "Responses"


def test_a_job_of_another_page_stays_at_the_foot(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    """On its own page the page shows how far it is; on any other, the status line does."""
    going, inside = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        inside.set()
        going.wait(500)

    line, compare = window.status.job, window.pages[2]
    window.show_page(compare)
    session.jobs.start(SHIFTS, "Accuracy against shift", work, lambda _: None, lambda _: None)
    try:
        compare.show_part("shift")
        qtbot.waitUntil(lambda: session.jobs.is_watched(SHIFTS) and line.isHidden())
        window.show_page(window.pages[0])
        qtbot.waitUntil(line.isVisible)
        assert line.text.whole == "Accuracy against shift"
        line.cancel.click()
        assert not session.jobs.is_running(SHIFTS)
    finally:
        going.set()


def test_what_is_no_problem_goes_when_it_was_read(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_module, "READING_MILLISECONDS", 20)
    monkeypatch.setattr(status_module, "LETTER_MILLISECONDS", 1)
    card = window.status.notice
    session.noticed.emit(Notice("Weights saved."))
    assert card.isVisible()
    assert card.property("kind") == "info"
    qtbot.waitUntil(lambda: not card.isVisible())
    session.noticed.emit(Notice("The disk is full.", "error"))
    assert not card._read.isActive()
    assert card.property("kind") == "error"


def test_nothing_moves_for_a_notice(window: MainWindow, session: Session) -> None:
    window.resize(1366, 700)
    places = [window.pages[0].geometry(), window.run_bar.geometry(), window.status.geometry()]
    session.noticed.emit(Notice("The folder holds no picture of a digit.", "error"))
    QApplication.processEvents()
    after = [window.pages[0].geometry(), window.run_bar.geometry(), window.status.geometry()]
    assert after == places and window.status.height() == 24


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768)])
def test_a_notice_lies_over_nothing_and_is_whole(
    size: tuple[int, int], window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    """One that is longer than the line takes more lines; it leaves as much to the page."""
    window.resize(*size)
    session.noticed.emit(Notice("word " * 100, "error"))
    window.status.job.show_jobs((JobProgress("open", "Reading digits"),))
    text = window.status.notice.text
    QApplication.processEvents()
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()))
    status = QRect(window.status.mapTo(window, QPoint(0, 0)), window.status.size())
    page = QRect(window.page.mapTo(window, QPoint(0, 0)), window.page.size())
    assert window.rect().contains(status) and not status.intersects(page)
    assert window.status.job.isVisible()


def test_the_line_is_there_before_anything_is_said(window: MainWindow) -> None:
    assert window.status.isVisible() and window.status.height() == 24
    assert window.status.idle.text()


def test_undo_is_offered_and_done(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    weights = session.viewer.scene.weights
    session.reset()
    line = window.status.notice
    assert "takes the place of" in line.text.text()
    assert line.action.text() == "Undo"
    qtbot.mouseClick(line.action, Qt.MouseButton.LeftButton)
    session.viewer.settle()
    assert session.viewer.scene.weights is weights


def test_in_present_mode_the_back_row_can_read_an_error(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.look.set_present(True)
    window.resize(1920, 1080)
    session.noticed.emit(Notice("The file is not a network.", "error"))
    text, line = window.status.notice.text, window.status
    qtbot.waitUntil(lambda: QFontInfo(text.font()).pixelSize() >= 30)
    place = QRect(line.mapTo(window, QPoint(0, 0)), line.size())
    assert window.rect().contains(place) and text.height() >= text.heightForWidth(text.width())
    window.look.set_present(False)
    qtbot.waitUntil(lambda: QFontInfo(text.font()).pixelSize() == 12)


def test_in_present_mode_only_errors_are_told_and_go(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_module, "READING_MILLISECONDS", 20)
    monkeypatch.setattr(status_module, "LETTER_MILLISECONDS", 1)
    session.noticed.emit(Notice("The folder is empty.", "error"))  # as it stood before
    window.look.set_present(True)
    assert window.status.isVisible()
    qtbot.waitUntil(window.status.isHidden)
    session.noticed.emit(Notice("Weights saved."))
    window.status.job.show_jobs((JobProgress("open", "Reading digits"),))
    assert window.status.isHidden()
    session.noticed.emit(Notice("The disk is full.", "error"))
    assert window.status.isVisible() and window.status.notice.text.text() == "The disk is full."
    qtbot.waitUntil(window.status.isHidden)
    window.look.set_present(False)
    assert window.status.isVisible() and window.status.job.isVisible()


def test_after_present_the_line_has_its_words_in_its_middle_while_it_trains(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    line = window.status
    window.resize(window.screen().size().width(), 700)  # as wide as in Present
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.runs.state.step > 0)
    for _ in range(2):
        window.set_present(True)
        qtbot.waitUntil(line.isHidden)
        window.set_present(False)
        qtbot.waitUntil(lambda: line.isVisible() and not window.isFullScreen())
        QApplication.processEvents()
        for part in window.findChildren(QWidget):
            if part.isVisible() and (layout := part.layout()) and layout.geometry().isValid():
                assert layout.geometry() == part.contentsRect(), part
        assert abs(line.idle.geometry().center().y() - line.rect().center().y()) <= 1
