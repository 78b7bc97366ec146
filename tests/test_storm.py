"""Random events on the real window: no crash, no error, no warning. See storm.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
EVENTS = 300
SEEDS = range(6 + int(os.environ.get("VISUALIZER_STORMS", "0")))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_storm_of_events_is_weathered(seed: int) -> None:
    """Six seeds; $VISUALIZER_STORMS=N runs N more."""
    run = subprocess.run(
        [sys.executable, "tests/storm.py", str(seed), str(EVENTS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert run.stdout, run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    assert report["complaints"] == []
    assert (run.returncode, report["seed"], report["events"]) == (0, seed, EVENTS), run.stderr
