"""Runs every benchmark, one after the other, and writes a table of their figures.

    python tests/benchmarks/all.py [--out F] [--quick]

A ratio of at most 1 is well: measured / goal, or goal / measured where more is better. The exit
code is 1 if a benchmark did not run or, without --quick, a figure is past its goal.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from measured import FOLDER, LIMITS

HEADS = ("benchmark", "figure", "measured", "goal", "ratio, ≤ 1 is well")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="a Markdown file for the table; else it is shown")
    parser.add_argument("--quick", action="store_true", help="few rounds, to see that they run")
    options = parser.parse_args(arguments)
    results, seconds = {}, {}
    for script in benchmarks():
        print(f"==> {script.stem}", flush=True)
        begun = time.perf_counter()
        results[script.stem] = _result(script, options.quick)
        seconds[script.stem] = time.perf_counter() - begun
    table = "\n".join(_table(results, seconds, options.quick)) + "\n"
    if options.out:
        options.out.write_text(table, encoding="utf-8")
    else:
        print(table)
    return 0 if all(result["well"] for result in results.values()) else 1


def benchmarks() -> list[Path]:
    """Every script of this folder with a main, but this one."""
    others = (path for path in sorted(FOLDER.glob("*.py")) if path != Path(__file__).resolve())
    return [path for path in others if "\ndef main(" in path.read_text(encoding="utf-8")]


def _result(script: Path, quick: bool) -> dict[str, Any]:
    """What one benchmark writes down, or why it wrote nothing."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        command = [sys.executable, str(script), "--json", str(figures)]
        limit = LIMITS[quick] + 30
        try:
            code = subprocess.run([*command, *["--quick"] * quick], timeout=limit).returncode
            told = f"failed: ended with {code} and no figures"
        except subprocess.TimeoutExpired:
            told = f"failed: did not end within {limit} s"
        if figures.exists():
            return dict(json.loads(figures.read_text(encoding="utf-8")))
    return {"figures": [], "told": told, "well": False}


def _table(results: dict[str, Any], seconds: dict[str, float], quick: bool) -> Iterator[str]:
    versions = " · ".join(f"{name} {version(name)}" for name in ("torch", "PySide6-Essentials"))
    few = " · few rounds (--quick), which show that they run and are no measure" if quick else ""
    yield f"{os.cpu_count()} cores · Python {python_version()} · {versions}{few}\n"
    yield _row(HEADS)
    yield _row(["---"] * len(HEADS))
    for name, result in results.items():
        for cells in result["figures"]:
            yield _row((name, *cells))
        if result["told"]:
            yield _row((name, result["told"], "", "", ""))
    each = ", ".join(f"{name} {taken:.0f}" for name, taken in seconds.items())
    yield f"\n{sum(seconds.values()):.0f} seconds in all: {each}."


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
