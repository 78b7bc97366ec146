"""The start: the application, its last look, a session, and its first digit."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from visualizer.app.display import check_display
from visualizer.app.options import AppOptions
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.runs.bundled import BUNDLED, bundled_model, bundled_run, model_of
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.viewer import first_scene
from visualizer.session.first_look import MISREAD
from visualizer.session.session import Session
from visualizer.storage.network_file import named_or_loaded
from visualizer.storage.preferences import Preferences, save_preferences
from visualizer.storage.talk_file import load_talk
from visualizer.storage.weights import load_weights
from visualizer.training.recipe import RECIPES
from visualizer.views.base.icons import icon
from visualizer.views.base.look import Look
from visualizer.views.base.style import Style
from visualizer.views.base.theme import Theme, palette_of
from visualizer.views.window.window import MainWindow

FIRST_DIGITS = MISREAD["synthetic"] + 1


def make_application() -> QApplication:
    """Make the QApplication in our style, with numbers as in Python; or return an existing one.

    Raises
    ------
    ValueError
        There is no usable display; one sentence.
    """
    QLocale.setDefault(QLocale.c())  # before the first widget, which would take the desktop's
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
    """Return the theme that the window had when it was last closed."""
    zoom = min(max(preferences.zoom, 0.8), 3.0) if math.isfinite(preferences.zoom) else 1.0
    palette = palette_of(preferences.dark, present=False)
    return Theme(palette, zoom, reduce_motion=preferences.reduce_motion)


def stored_model(path: Path | None = None) -> Model:
    """Load the model of a weights file, by default the bundled network."""
    if path is None:
        return bundled_model()
    return model_of(load_weights(path), path.name)


def open_session(options: AppOptions, preferences: Preferences) -> Session:
    """Make a session with the bundled network and a first digit, and begin to read the digits."""
    model = stored_model(options.weights)
    talk = load_talk(options.talk) if options.talk else None
    first = synthetic_digits(train=0, test=FIRST_DIGITS)
    session = Session(scene_of(model, first, FIRST_DIGITS - 1), first)
    session.first_look.begin(preferences.hints)
    recipe = RECIPES.get(preferences.recipe, RECIPES["book"])
    session.runs.configure(recipe, session.runs.seed, session.runs.settings)
    session.runs.set_gear(preferences.gear)
    session.source.remember_folders([Path(folder) for folder in preferences.folders])
    choice = options.dataset
    if options.data is None and choice == "auto" and preferences.dataset == "synthetic":
        choice = "synthetic"
    session.source.open(choice, options.data)
    session.own.load()
    session.talk.remember_recent([Path(file) for file in preferences.talks])
    session.talk.restore()
    if options.talk is not None and talk is not None:
        session.talk.show(talk, options.talk)
    if options.network is not None:
        network = named_or_loaded(options.network)
        session.own.add(network, keep=False)
        session.show_network(network)
    elif options.weights is None and session.knows(preferences.network):
        session.choose_network(preferences.network)
    return session


def remember(preferences: Preferences, look: Look, window: MainWindow) -> None:
    """Save the user's choices for the next start."""
    session = window.session
    preferences.reduce_motion = look.theme.reduce_motion
    preferences.dark, preferences.present_dark = look.own_dark, look.present_dark
    preferences.zoom = look.own_zoom
    preferences.network = session.network.name
    preferences.recipe = session.runs.recipe.name
    preferences.gear = session.runs.gear
    preferences.dataset = "synthetic" if session.dataset.kind == "synthetic" else "auto"
    preferences.folders = [str(folder) for folder in session.source.folders]
    preferences.talks = [str(file) for file in session.talk.recent]
    preferences.hints = sorted(session.first_look.done)
    preferences.window, preferences.layouts = window.layout_state()
    save_preferences(preferences)


def scene_of(model: Model, dataset: Dataset, index: int = 0) -> Scene:
    test = dataset.test
    digit = Digit(test.pixels[index], int(test.labels[index]), f"test digit {index}", index)
    return first_scene(model, digit)


def show_bundled_curves(session: Session) -> None:
    """Show the training curves of the bundled network, if it is in view."""
    run = session.runs.run
    if run.model.origin == BUNDLED and run.state.phase == "stored":
        session.runs.show(bundled_run(run.model))
