"""What the application has to say, and what it is busy with."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualizer.data import mnist
from visualizer.data.mnist import DownloadCancelledError
from visualizer.notice import Notice
from visualizer.session import Session
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
    assert given_up.wait(10)
    session.jobs.drain()
    assert not window.notices.notice.isVisible()
    assert session.source.dataset is before
