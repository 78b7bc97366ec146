"""A session that is listened to."""

from __future__ import annotations

import pytest

from tests.session.listening import Ear
from visualizer.session import Session


@pytest.fixture
def ear(session: Session) -> Ear:
    return Ear(session)
