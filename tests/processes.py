"""The program in a process of its own, and what that says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def python(code: str, home: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program in an environment as the fixture `home` gives it."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=home,
        capture_output=True,
        text=True,
        timeout=500,
    )


def complaints(run: subprocess.CompletedProcess[str]) -> list[str]:
    """Lines on stderr, but for what Qt's offscreen platform says of itself."""
    own = "This plugin does not support"
    return [line for line in run.stderr.splitlines() if not line.startswith(own)]
