"""A comparison on a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from visualizer.comparing.comparison import Comparison
from visualizer.session import Session


@pytest.fixture
def comparison(session: Session) -> Iterator[Comparison]:
    made = Comparison(session)
    yield made
    made.deleteLater()


@pytest.fixture
def short_comparison(short: Session) -> Iterator[Comparison]:
    """On a session that trains for one epoch of ten batches."""
    made = Comparison(short)
    yield made
    made.deleteLater()
