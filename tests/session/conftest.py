"""A session that is listened to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.listening import Ear
from visualizer.session.session import Session
from visualizer.storage import network_file


@pytest.fixture
def ear(session: Session) -> Ear:
    return Ear(session)


@pytest.fixture(autouse=True)
def networks_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where own networks lie during a test: never this user's own."""
    folder = tmp_path / "user" / "networks"
    monkeypatch.setattr(network_file, "networks_folder", lambda: folder)
    return folder
