"""A talk on the command line: its options, and one line for a broken one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.processes import complaints
from visualizer.app.options import AppOptions, HandoutOptions
from visualizer.app.startup import open_session
from visualizer.cli import main as cli
from visualizer.core.talk.texts import TalkError
from visualizer.storage.preferences import Preferences


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.md"
    path.write_text("# T\n\n### S\n\n~~~ stop\nstage: a\nnetwrok: book\n~~~\n", encoding="utf-8")
    return path


ROOT = Path(__file__).resolve().parents[2]
SAYS = "broken.md, line 7: a stop has no “netwrok”; did you mean network?"


def test_the_handout_is_asked_for_with_its_options(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[HandoutOptions] = []
    handout = ModuleType("visualizer.app.handout")
    handout.write_handout = asked.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, handout.__name__, handout)
    assert cli.main(["talk", "--out", "a.pdf"]) == 0
    assert cli.main(["talk", "--out", "a.pdf", "--talk", "b.talk"]) == 0
    assert asked == [
        HandoutOptions(Path("a.pdf")),
        HandoutOptions(Path("a.pdf"), Path("b.talk")),
    ]


def test_the_window_does_not_open_with_a_broken_talk(broken: Path) -> None:
    with pytest.raises(TalkError) as caught:
        open_session(AppOptions(talk=broken), Preferences())
    assert str(caught.value).endswith(SAYS)


@pytest.mark.slow
def test_a_broken_talk_is_one_line(broken: Path, home: dict[str, str]) -> None:
    command = [sys.executable, "main.py", "--talk", str(broken)]
    run = subprocess.run(command, cwd=ROOT, env=home, capture_output=True, text=True, timeout=500)
    (line,) = complaints(run)
    assert (run.returncode, run.stdout) == (1, "")
    assert line.startswith("convnet-visualizer: ") and line.endswith(SAYS)
