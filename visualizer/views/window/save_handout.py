"""The handout of a talk as a job: a page after the other, with progress, and then the file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.system.atomic import write_atomically
from visualizer.system.jobs import Job
from visualizer.system.notice import Notice
from visualizer.views.page import Page
from visualizer.views.widgets.save_dialog import ask_where
from visualizer.views.widgets.window_thread import WindowThread
from visualizer.views.window.handout import Handout
from visualizer.views.window.stop_pictures import StopPictures

KEY = "handout"
SIZE = QSize(1280, 720)
LOOK_SECONDS = 0.05  # between two looks whether a stop is whole
LONGEST_SECONDS = 300  # for one stop


def begin_handout(window: QWidget, session: Session, kinds: Sequence[type[Page]]) -> Handout:
    """Prepare the handout of a session's talk."""
    pictures = StopPictures(window, session, kinds, size=SIZE)
    return Handout(pictures, session.talk.talk)


class SaveHandout:
    """Asks for a file, and has the handout of the talk written there."""

    def __init__(self, window: QWidget, session: Session, kinds: Sequence[type[Page]]) -> None:
        self._window, self._session, self._kinds = window, session, kinds
        self._thread = WindowThread(window)

    def ask(self) -> None:
        """Ask where, and begin."""
        session = self._session
        if not session.talk.talk.stops:
            session.talk.begin_built_in()
        path = ask_where(self._window, "Save the handout", "handout.pdf", "PDF (*.pdf)", "pdf")
        if path is None:
            return
        begin = partial(begin_handout, self._window, session, self._kinds)
        work = partial(make_handout, thread=self._thread, begin=begin, path=path)
        done, failed = partial(_tell_saved, session, path), partial(_tell_failed, session)
        session.jobs.start(KEY, f"Handout {path.name}", work, done, failed)


def make_handout(
    job: Job, *, thread: WindowThread, begin: Callable[[], Handout], path: Path
) -> None:
    """Have each page painted, and write the file; in a cancelled job nothing is written.

    Raises
    ------
    OSError
        The file cannot be written; an old one stays as it was.
    """
    handout = thread.call(job, begin)
    try:
        for at in range(len(handout)):
            thread.call(job, partial(handout.show, at))
            until = time.monotonic() + LONGEST_SECONDS
            while not thread.call(job, handout.rests) and time.monotonic() < until:
                time.sleep(LOOK_SECONDS)
            thread.call(job, partial(handout.paint, at))
            job.share((at + 1) / len(handout))
        write_atomically(path, thread.call(job, handout.data))
    finally:
        thread.later(handout.end)


def _tell_saved(session: Session, path: Path, result: None = None) -> None:
    session.noticed.emit(Notice(f"Handout saved as {path}."))


def _tell_failed(session: Session, why: str) -> None:
    session.noticed.emit(Notice(f"The handout was not saved. {why}", "error"))
