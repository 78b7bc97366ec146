"""What the filters of a session answer to, and its panel of maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.inspect.maps_panel import MapsPanel


@pytest.fixture
def study(session: Session, qtbot: QtBot) -> Callable[[], None]:
    """A function that finds out what the filters of the model in view answer to."""

    def find_out() -> None:
        session.study.ask()
        qtbot.waitUntil(lambda: session.study.fresh)

    return find_out


@pytest.fixture
def sorted_maps(look: Look, session: Session, show: Any) -> MapsPanel:
    """The maps of a session, with what is known of its filters."""
    made = MapsPanel(look, session.viewer, session.study)
    show(made, 900, 600)
    return made
