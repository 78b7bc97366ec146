"""Settings under which two runs are the same to the bit."""

from __future__ import annotations

import pytest

from visualizer.training.settings import Settings


@pytest.fixture
def pinned() -> Settings:
    return Settings(precision="float32", threads=1, device="cpu")
