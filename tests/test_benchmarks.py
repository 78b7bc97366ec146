"""The benchmarks: all.py runs every one, each takes --quick, and ends with figures or a reason."""

from __future__ import annotations

import ast
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "benchmarks"
EVERY = sorted(FOLDER.glob("*.py"))


@pytest.fixture(autouse=True)
def beside_each_other(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A benchmark finds what all share in its own folder, as it does when it is run."""
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    yield
    sys.modules.pop("measured", None)


def shared() -> Any:
    import measured

    return measured


def test_all_knows_every_script_with_a_main() -> None:
    mains = {path for path in EVERY if "main" in functions(path)}
    known = runpy.run_path(str(FOLDER / "all.py"))["benchmarks"]()
    assert known == sorted(mains - {FOLDER / "all.py"})
    assert len(known) > 5


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}


def test_each_takes_quick(capsys: pytest.CaptureFixture[str]) -> None:
    for path in EVERY:
        if "main" in functions(path):
            with pytest.raises(SystemExit) as end:
                runpy.run_path(str(path))["main"](["--help"])
            assert (path.name, end.value.code) == (path.name, 0)
            assert "--quick" in capsys.readouterr().out, path.name


def test_a_ratio_of_at_most_one_is_well() -> None:
    figure = shared().Figure
    assert figure("a", 8.0, "ms", 16.0).cells == ("a", "8.00 ms", "≤ 16.0 ms", "0.50")
    assert figure("a", 20.0, "ms", 16.0).cells[3] == "1.25, past the goal"
    assert figure("a", 0.8, "", 0.4, at_most=False).cells == ("a", "0.80", "≥ 0.40", "0.50")
    assert figure("a", 0.0, "", 0.4, at_most=False).cells[3] == "inf, past the goal"


def test_the_exit_code_says_what_came_of_it(tmp_path: Path) -> None:
    measured = shared()
    slow = measured.Figure("a", 20.0, "ms", 16.0)

    def past(options: Any) -> Iterator[Any]:
        yield slow

    def skipped(options: Any) -> Iterator[Any]:
        yield slow
        raise measured.SkippedError("no Keras")

    def failing(options: Any) -> Iterator[Any]:
        yield slow
        raise TimeoutError("the window")

    written = tmp_path / "figures.json"
    for main, arguments, code, told in (
        (past, [], 1, ""),
        (past, ["--quick"], 0, ""),
        (skipped, ["--quick"], 0, "skipped: no Keras"),
        (failing, ["--quick"], 1, "failed: TimeoutError: the window"),
    ):
        assert measured.benchmark()(main)([*arguments, "--json", str(written)]) == code
        wrote = json.loads(written.read_text(encoding="utf-8"))
        assert wrote == {"figures": [list(slow.cells)], "told": told, "well": code == 0}


def test_a_process_that_does_not_end_is_ended() -> None:
    printed = shared().printed
    with pytest.raises(RuntimeError, match=r"time.sleep\(60\) did not end within 0.5 s"):
        printed([sys.executable, "-c", "import time\ntime.sleep(60)"], 0.5)
    with pytest.raises(RuntimeError, match=r"ended with 1: NameError"):
        printed([sys.executable, "-c", "no_such_name"], 60)


@pytest.mark.slow
def test_the_first_paint_is_measured(tmp_path: Path) -> None:
    """As a process of its own, without PYTHONPATH, in another folder."""
    written = tmp_path / "figures.json"
    command = [sys.executable, str(FOLDER / "first_paint.py"), "--quick", "--json", str(written)]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    ((name, _, goal, _),) = json.loads(written.read_text(encoding="utf-8"))["figures"]
    assert (name, goal) == ("first paint / import torch", "≤ 0.70")
    assert name in done.stdout
