"""What the application has to say, and what it is busy with."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo
from pytestqt.qtbot import QtBot

from visualizer.data import mnist
from visualizer.data.mnist import DownloadCancelledError
from visualizer.filter_study import RESPONSES
from visualizer.jobs import JobProgress
from visualizer.notice import Notice
from visualizer.session import Session
from visualizer.views.shell import notices as notices_module
from visualizer.views.shell.window import MainWindow


def test_a_notice_stays_until_it_is_closed(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    bar = window.notices.notice
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
    assert window.notices.notice.text.text() == "Two."
    session.noticed.emit(Notice(""))
    assert not window.notices.notice.isVisible()


def test_a_long_notice_is_whole(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.noticed.emit(Notice("word " * 120, "error"))
    label = window.notices.notice.text
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
    bar = window.notices.job
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: bar.text.whole == "Downloading MNIST · 2.9 of 11.6 MB")
    assert bar.progress.value() / bar.progress.maximum() == pytest.approx(0.25, abs=0.01)
    qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert given_up.wait(500)
    session.jobs.drain()
    assert not window.notices.notice.isVisible()
    assert session.source.dataset is before


def test_a_pass_that_the_filter_view_shows_itself_lies_over_nothing(window: MainWindow) -> None:
    side, card = window.pages[0].side, window.notices.job
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


def test_what_is_no_problem_goes_when_it_was_read(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices_module, "READING_MILLISECONDS", 20)
    monkeypatch.setattr(notices_module, "LETTER_MILLISECONDS", 1)
    card = window.notices.notice
    session.noticed.emit(Notice("Weights saved."))
    assert card.isVisible()
    assert card.property("kind") == "info"
    qtbot.waitUntil(lambda: not card.isVisible())
    session.noticed.emit(Notice("The disk is full.", "error"))
    assert not card._read.isActive()
    assert card.property("kind") == "error"


def test_nothing_moves_for_a_notice(window: MainWindow, session: Session) -> None:
    places = [window.pages[0].geometry(), window.run_bar.geometry(), window.size()]
    session.noticed.emit(Notice("word " * 60, "error"))
    assert [window.pages[0].geometry(), window.run_bar.geometry(), window.size()] == places
    assert window.rect().contains(window.notices.notice.mapTo(window, QPoint(0, 0)))


def test_undo_is_offered_and_done(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    weights = session.viewer.scene.weights
    session.reset()
    card = window.notices.notice
    assert "takes the place of" in card.text.text()
    assert card.action.text() == "Undo"
    qtbot.mouseClick(card.action, Qt.MouseButton.LeftButton)
    session.viewer.settle()
    assert session.viewer.scene.weights is weights


def test_in_present_mode_the_back_row_can_read_it(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.look.set_present(True)
    window.resize(1920, 1080)
    session.noticed.emit(Notice("A new run begins.", "error"))
    text, card = window.notices.notice.text, window.notices.notice
    qtbot.waitUntil(lambda: QFontInfo(text.font()).pixelSize() >= 30)
    place = QRect(card.mapTo(window, QPoint(0, 0)), card.size())
    assert window.rect().contains(place) and text.height() >= text.heightForWidth(text.width())
    window.look.set_present(False)
    qtbot.waitUntil(lambda: QFontInfo(text.font()).pixelSize() == 13)
