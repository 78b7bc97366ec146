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
MORE = int(os.environ.get("VISUALIZER_STORMS", "0"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6 + MORE))
def test_a_storm_of_events_is_weathered(seed: int) -> None:
    """Six seeds; $VISUALIZER_STORMS=N runs N more."""
    weather(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2 + MORE))
def test_a_storm_on_the_keys_of_the_stage_is_weathered(seed: int) -> None:
    """B, F5 and F11 in half of the events: two seeds; $VISUALIZER_STORMS=N runs N more."""
    reached = weather(seed, "stage")
    assert reached["black screens"] > 10 and reached["stages"] > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2 + MORE))
def test_a_storm_in_a_talk_is_weathered(seed: int) -> None:
    """Its keys in half of the events: two seeds; $VISUALIZER_STORMS=N runs N more."""
    assert weather(seed, "talk")["stops of a talk"] > 50


def weather(seed: int, *weighting: str) -> dict[str, int]:
    """Run a storm that nothing may be complained of; returns how often it reached what."""
    run = subprocess.run(
        [sys.executable, "tests/storm.py", str(seed), str(EVENTS), *weighting],
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
    reached: dict[str, int] = report["reached"]
    return reached
