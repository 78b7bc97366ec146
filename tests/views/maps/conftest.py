"""What the filters of a session answer to, and its panel of maps."""

from __future__ import annotations

from typing import Any

import pytest

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.maps.maps_panel import MapsPanel


@pytest.fixture
def sorted_maps(look: Look, session: Session, show: Any) -> MapsPanel:
    """The maps of a session, with what is known of its filters."""
    made = MapsPanel(look, session.viewer, session.study)
    show(made, 900, 600)
    return made
