"""The rail: each page's name is read whole."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from visualizer.views.shell.window import MainWindow
from visualizer.views.widgets.look import Look

SHORTENED = 10  # Qt writes "Co…re" where a name has less around it than so many pixels


def test_the_name_of_every_page_is_whole(window: MainWindow, look: Look) -> None:
    for zoom in (1.0, 1.25, 1.75):
        look.set_zoom(zoom)
        for page in window.pages:
            button = window.rail.button(page)
            button.ensurePolished()
            needs = QFontMetrics(button.font()).horizontalAdvance(page.title)
            assert button.width() >= needs + SHORTENED, (zoom, page.title)
