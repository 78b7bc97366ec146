"""Pictures without a window on the screen: every page and panel, and sheets of filters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent

from visualizer.app.options import FigureOptions
from visualizer.app.startup import (
    make_application,
    scene_of,
    show_bundled_curves,
    stored_model,
)
from visualizer.data.open import open_dataset
from visualizer.filters.facts import FilterFacts
from visualizer.session.session import Session
from visualizer.system.atomic import write_atomically
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT, PRESENT_ZOOM, Theme, palette_of
from visualizer.views.figures import AS_SHOWN, save_figures
from visualizer.views.filter.sheet import FilterSheet
from visualizer.views.window.window import MainWindow


def write_figures(options: FigureOptions) -> None:
    """Save every page and panel as a picture.

    Raises
    ------
    ValueError
        Data, weights, digit, panel or folder cannot be used; one sentence.
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
    session = Session(scene_of(model, dataset, options.digit), dataset)
    window = MainWindow(look, session)
    look.apply()
    window.resize(*options.size)
    show_bundled_curves(session)
    try:
        form = replace(AS_SHOWN, format=options.format, scale=options.scale)
        save_figures(window, options.out, options.panel, form)
    finally:
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write_sheets(filters: Iterable[FilterFacts], folder: Path) -> None:
    """Draw a sheet for each filter into an existing folder; other files there stay.

    Raises
    ------
    OSError
        A file cannot be written; an old one stays as it was.
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
