"""The talk as a PDF: a stop a page, its words as text; cancelled, nothing is written."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.talk.stop import Stop
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.window import save_handout
from visualizer.views.window.stop_pictures import StopPictures
from visualizer.views.window.window import PAGES, MainWindow

STOPS = (
    Stop("A digit", "A digit", "Nothing else.", "First"),
    Stop("The convolution lab", "By hand", "A window slides.", "Second"),
)


@pytest.fixture
def path(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for stop in STOPS:
        session.talk.keep(stop)
    path = tmp_path / "handout.pdf"
    monkeypatch.setattr(save_handout, "ask_where", lambda *asked: path)
    return path


def test_a_stop_is_a_page_and_the_window_stays_as_it_is(
    window: MainWindow, session: Session, path: Path, notices: list[Notice], qtbot: QtBot
) -> None:
    before = session.viewer.scene
    window.talk_menu.handout.ask()
    qtbot.waitUntil(path.exists)
    data = path.read_bytes()
    assert data.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", data)) == len(STOPS)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    assert any(b"BT" in _unpacked(stream) for stream in streams), "words are words"
    assert session.viewer.scene is before
    qtbot.waitUntil(lambda: any("Handout saved" in each.text for each in notices))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_cancelled_it_writes_nothing(
    window: MainWindow, session: Session, path: Path, qtbot: QtBot
) -> None:
    window.talk_menu.handout.ask()
    session.jobs.cancel(save_handout.KEY)
    qtbot.waitUntil(lambda: session.jobs.rests(save_handout.KEY))
    assert not path.exists()


def test_a_page_waits_for_what_is_about_to_be_found(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.talk.keep(Stop("Why this answer"))
    pictures = StopPictures(window, session, PAGES, size=save_handout.SIZE)
    pictures.show_stop(0)
    qtbot.waitUntil(pictures.rests)
    own = pictures.session
    assert own.why.wiped(own.viewer.scene) is not None, "the map of wiped ink is on the page"
    pictures.end()
