"""The application: one window on one session, opened, watched over, and closed in order."""

from __future__ import annotations

import gc
import logging
import math
import os
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from visualizer.app.display import check_display
from visualizer.app.log import start_log
from visualizer.app.options import AppOptions, FigureOptions
from visualizer.data.dataset import Dataset
from visualizer.data.open import open_dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.filters.facts import FilterFacts
from visualizer.runs.bundled import BUNDLED, bundled_model, bundled_run, model_of
from visualizer.scene.scene import Digit, Model, Scene, first_scene
from visualizer.session.first_look import MISREAD
from visualizer.session.session import Session
from visualizer.storage.network_file import named_or_loaded
from visualizer.storage.preferences import Preferences, load_preferences, save_preferences
from visualizer.storage.upkeep import own_folders, remove_leftovers
from visualizer.storage.weights import load_weights
from visualizer.system.atomic import write_atomically
from visualizer.system.interrupt import Interrupt
from visualizer.system.notice import Notice
from visualizer.training.recipe import RECIPES
from visualizer.views.base.guard import Failure, failures
from visualizer.views.base.icons import icon
from visualizer.views.base.look import Look
from visualizer.views.base.style import Style
from visualizer.views.base.theme import LIGHT, PRESENT_ZOOM, Theme, palette_of
from visualizer.views.figures import save_figures
from visualizer.views.filter.sheet import FilterSheet
from visualizer.views.window.window import MainWindow

log = logging.getLogger(__name__)

FIRST_DIGITS = MISREAD["synthetic"] + 1
PRELOAD_MILLISECONDS = 400


def run(options: AppOptions, interrupt: Interrupt | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Parameters
    ----------
    interrupt
        Notes the signals that ask to end; one of our own where there is none yet.

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
    hooks = _Hooks(session, log_path)
    look.apply()
    window.restore(preferences.window, preferences.layouts)
    watch = _Watch(window, session, interrupt)
    session.jobs.drain()
    session.own.tell_unreadable()
    gc.freeze()
    window.show()
    if options.present:
        window.set_present(True)
    code = application.exec()
    remember(preferences, look, window)
    del watch
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    hooks.remove()
    interrupt.restore()
    return code


def write_figures(options: FigureOptions) -> int:
    """Save every page and panel as a picture; returns the exit code.

    Raises
    ------
    ValueError
        Data, weights, digit or folder cannot be used; one sentence.
    OSError
        A picture cannot be written; then none is.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    palette = palette_of(options.theme == "dark", options.present)
    zoom = PRESENT_ZOOM if options.present else 1.0
    look = Look(Theme(palette, zoom, options.present))
    dataset = open_dataset(options.dataset, options.data)
    if not 0 <= options.digit < len(dataset.test):
        raise ValueError(
            f"There is no digit {options.digit}: the test set has {len(dataset.test)}."
        )
    model = stored_model(options.weights)
    session = Session(_scene(model, dataset, options.digit), dataset)
    window = MainWindow(look, session)
    look.apply()
    window.resize(*options.size)
    show_bundled_curves(session)
    try:
        save_figures(window, options.out)
    finally:
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return 0


def write_sheets(filters: Iterable[FilterFacts], folder: Path) -> None:
    """Draw a sheet for each filter into a folder that there is; other files there stay.

    Raises
    ------
    OSError
        A file cannot be written; it is then as it was.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    look = Look(Theme(LIGHT))
    look.apply()
    for facts in filters:
        sheet = FilterSheet(look, facts)
        write_atomically(folder / sheet.file_name(), sheet.png())
        sheet.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_application() -> QApplication:
    """Make the QApplication, in the Fusion style with numbers as in Python; or take what there is.

    Raises
    ------
    ValueError
        There is no display that it can be on; one sentence.
    """
    QLocale.setDefault(QLocale.c())  # before the first widget, which would have the desktop's
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    check_display()
    application = QApplication(["convnet-visualizer"])
    application.setStyle(Style(Theme()))
    application.setApplicationName("convnet-visualizer")
    application.setApplicationDisplayName("Convnet Visualizer")
    application.setDesktopFileName("convnet-visualizer")
    application.setWindowIcon(icon("app", Theme().color("accent"), 64))
    return application


def theme_of(preferences: Preferences) -> Theme:
    """How the window looked when it was last closed."""
    zoom = min(max(preferences.zoom, 0.8), 3.0) if math.isfinite(preferences.zoom) else 1.0
    palette = palette_of(preferences.dark, present=False)
    return Theme(palette, zoom, reduce_motion=preferences.reduce_motion)


def stored_model(path: Path | None = None) -> Model:
    """A weights file, by default the bundled network."""
    if path is None:
        return bundled_model()
    return model_of(load_weights(path), path.name)


def open_session(options: AppOptions, preferences: Preferences) -> Session:
    """A session on the bundled network and a first digit, while the digits are being read."""
    model = stored_model(options.weights)
    first = synthetic_digits(train=0, test=FIRST_DIGITS)
    session = Session(_scene(model, first, FIRST_DIGITS - 1), first)
    session.first_look.begin(preferences.hints)
    recipe = RECIPES.get(preferences.recipe, RECIPES["book"])
    session.runs.configure(recipe, session.runs.seed, session.runs.settings)
    session.source.remember_folders([Path(folder) for folder in preferences.folders])
    choice = options.dataset
    if options.data is None and choice == "auto" and preferences.dataset == "synthetic":
        choice = "synthetic"
    session.source.open(choice, options.data)
    session.own.load()
    if options.network is not None:
        network = named_or_loaded(options.network)
        session.own.add(network, keep=False)
        session.show_network(network)
    elif options.weights is None and session.knows(preferences.network):
        session.choose_network(preferences.network)
    return session


def remember(preferences: Preferences, look: Look, window: MainWindow) -> None:
    """Keep what the user has set up for the next start."""
    session = window.session
    preferences.reduce_motion = look.theme.reduce_motion
    preferences.dark, preferences.present_dark = look.own_dark, look.present_dark
    preferences.zoom = look.own_zoom
    preferences.network = session.viewer.scene.network.name
    preferences.recipe = session.runs.recipe.name
    preferences.dataset = "synthetic" if session.source.dataset.kind == "synthetic" else "auto"
    preferences.folders = [str(folder) for folder in session.source.folders]
    preferences.hints = sorted(session.first_look.done)
    preferences.window, preferences.layouts = window.layout_state()
    save_preferences(preferences)


def _scene(model: Model, dataset: Dataset, index: int = 0) -> Scene:
    test = dataset.test
    digit = Digit(test.pixels[index], int(test.labels[index]), f"test digit {index}", index)
    return first_scene(model, digit)


def show_bundled_curves(session: Session) -> None:
    """Show how the bundled network was trained, where that is the one on show."""
    run = session.runs.run
    if run.model.origin == BUNDLED and run.state.phase == "stored":
        session.runs.show(bundled_run(run.model))


class _Watch(QObject):
    """Loads torch once the window has been painted, and closes it when a signal asks for that."""

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
        self._session.shelf.keeper.begin()

    def _on_tick(self) -> None:
        if self._interrupt.asked:
            self._window.closing.asks = False
            QApplication.closeAllWindows()


class _Hooks:
    """Unexpected errors go to the log with their traceback, and to the window in one line."""

    def __init__(self, session: Session, log_path: Path) -> None:
        self._session, self._log_path = session, log_path
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        failures.listen(self._on_failure)

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        failures.forget(self._on_failure)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("unexpected error", exc_info=(kind, error, trace))
        self._tell(f"{kind.__name__}: {error}")

    def _on_failure(self, failure: Failure) -> None:
        self._tell(failure.error)

    def _tell(self, what: str) -> None:
        text = f"Something went wrong ({what}). {self._log_path} has the details."
        self._session.noticed.emit(Notice(text, "error"))

    def _on_thread_error(self, arguments: threading.ExceptHookArgs) -> None:
        log.error("unexpected error in a thread: %s", arguments.exc_value, exc_info=True)
