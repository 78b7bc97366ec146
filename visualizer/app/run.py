"""The application: open one window on one session, watch over it, and close it in order."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from visualizer.app.log import Hooks, start_log
from visualizer.app.options import AppOptions
from visualizer.app.startup import (
    make_application,
    open_session,
    remember,
    show_bundled_curves,
    theme_of,
)
from visualizer.session.session import Session
from visualizer.storage.preferences import load_preferences
from visualizer.storage.upkeep import own_folders, remove_leftovers
from visualizer.system.interrupt import Interrupt
from visualizer.views.base.look import Look
from visualizer.views.window.window import MainWindow

PRELOAD_MILLISECONDS = 400


def run(options: AppOptions, interrupt: Interrupt | None = None) -> int:
    """Open the window and wait until it is closed; return the exit code.

    Parameters
    ----------
    interrupt
        Notes the signals that ask to end; by default a new one.

    Raises
    ------
    ValueError
        There is no display, or the weights file cannot be used; one sentence.
    """
    application = make_application()
    interrupt = interrupt or Interrupt()
    log_path = start_log()
    remove_leftovers(own_folders(), time.time())
    preferences = load_preferences()
    look = Look(theme_of(preferences), present_dark=preferences.present_dark)
    session = open_session(options, preferences)
    window = MainWindow(look, session)
    hooks = Hooks(session, log_path)
    look.apply()
    window.restore(preferences.window, preferences.layouts)
    watch = _Watch(window, session, interrupt)
    session.jobs.drain()
    session.own.tell_unreadable()
    gc.freeze()
    window.show()
    if options.present:
        window.set_present(True)
    elif options.talk is not None:
        window.talking.set_on(True)
    code = application.exec()
    remember(preferences, look, window)
    del watch
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    hooks.remove()
    interrupt.restore()
    return code


class _Watch(QObject):
    """Loads torch once the window has been painted, and closes the window on a signal."""

    def __init__(self, window: MainWindow, session: Session, interrupt: Interrupt) -> None:
        super().__init__(window)
        self._window, self._session, self._interrupt = window, session, interrupt
        window.installEventFilter(self)
        session.ticked.connect(self._on_tick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._begin)
            QTimer.singleShot(PRELOAD_MILLISECONDS, self._session.runs.preload)
        return False

    def _begin(self) -> None:
        show_bundled_curves(self._session)
        self._session.library.keeper.begin()

    def _on_tick(self) -> None:
        if self._interrupt.asked:
            self._window.closing.asks = False
            QApplication.closeAllWindows()
