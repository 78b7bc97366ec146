"""The lab's page, shown by itself."""

from __future__ import annotations

from typing import Any

import pytest

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.lab.page import LabPage


@pytest.fixture
def page(show: Any, look: Look, session: Session) -> LabPage:
    made = LabPage(look, session.viewer, session)
    show(made, 1280, 780)
    return made
