"""A comparison on a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from visualizer.compare.comparison import Comparison
from visualizer.session.session import Session
from visualizer.storage import network_file


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


@pytest.fixture(autouse=True)
def networks_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where own networks lie during a test: never this user's own."""
    folder = tmp_path / "user" / "networks"
    monkeypatch.setattr(network_file, "networks_folder", lambda: folder)
    return folder
