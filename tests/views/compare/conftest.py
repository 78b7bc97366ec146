"""The Compare page in the window."""

from __future__ import annotations

from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from visualizer.views.compare.page import ComparePage
from visualizer.views.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ComparePage:
    made = cast(ComparePage, window.pages[2])
    window.show_page(made)
    return made
