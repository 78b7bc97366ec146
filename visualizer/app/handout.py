"""The handout of a talk without a window on the screen."""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.options import HandoutOptions
from visualizer.app.startup import make_application, scene_of, stored_model
from visualizer.data.open import open_dataset
from visualizer.session.session import Session
from visualizer.storage.talk_file import load_talk
from visualizer.system.atomic import check_writable, write_atomically
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.widgets.wait import wait_until
from visualizer.views.window.save_handout import begin_handout
from visualizer.views.window.window import PAGES


def write_handout(options: HandoutOptions) -> dict[str, object]:
    """Write a talk as PDF, a stop a page; return what was written.

    Raises
    ------
    ValueError
        The talk or the digits cannot be used; one sentence.
    OSError
        The file cannot be written; an old one stays as it was.
    """
    check_writable(options.out)
    talk = None if options.talk is None else load_talk(options.talk)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    Look(Theme(LIGHT)).apply()
    dataset = open_dataset("auto")
    session = Session(scene_of(stored_model(), dataset), dataset)
    if talk is None or options.talk is None:
        session.talk.begin_built_in()
    else:
        session.talk.show(talk, options.talk)
    window = QWidget()
    handout = begin_handout(window, session, PAGES)
    try:
        for at in range(len(handout)):
            handout.show(at)
            wait_until(handout.rests, f"Stop {at + 1}")
            handout.paint(at)
        write_atomically(options.out, handout.data())
    finally:
        handout.end()
        session.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {"talk": session.talk.talk.title, "stops": len(handout), "out": str(options.out)}
