"""Ctrl+C, a closing terminal, and a request to end, at any moment of the start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from visualizer.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
MOMENTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.1, 1.5)  # seconds after the first word
INTERRUPTED = 130
OWN_WORDS = "This plugin does not support"

# What started the tests may ignore signals, as nohup and a shell's background do.
OWN_EFFECTS = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""

# Tells that it has begun, once the signals are its own, and then opens the window.
OPEN = """
import os, sys
from visualizer.cli import main as cli
parser = cli._parser
def told():
    os.write(1, b"begun\\n")
    return parser()
cli._parser = told
sys.exit(cli.main(["--dataset", "synthetic"]))
"""


def own_effects() -> None:
    """Let signals have their own effect, whatever started the tests ignores."""
    for name in SIGNALS:
        signal.signal(signal.Signals[name], signal.SIG_DFL)


def environment(folder: Path) -> dict[str, str]:
    folders = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(folder))
    return {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}


def ended(
    name: str, moment: float, folder: Path, code: str = OWN_EFFECTS + OPEN
) -> tuple[int, list[str]]:
    """Exit code and words on stderr of a start that a signal ends after some seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.Signals[name])
        try:
            _, words = process.communicate(timeout=500)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, [w for w in words.splitlines() if not w.startswith(OWN_WORDS)]


@pytest.mark.slow
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_at_any_moment_ends_the_start_in_order(name: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda moment: ended(name, moment, tmp_path), MOMENTS))
    wrong = [
        (moment, *run)
        for moment, run in zip(MOMENTS, runs, strict=True)
        if run not in ((0, []), (INTERRUPTED, []))
    ]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_before_the_program_is_read_has_its_own_effect(name: str, tmp_path: Path) -> None:
    """Python has no handler of ours yet: the system ends it, and nothing was begun."""
    process = subprocess.Popen(
        [sys.executable, "main.py", "--dataset", "synthetic"],
        cwd=ROOT,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=own_effects,
    )
    number = signal.Signals[name]
    process.send_signal(number)
    _, words = process.communicate(timeout=500)
    assert process.returncode in (-number, INTERRUPTED)
    assert "Fatal" not in words


def test_a_signal_that_a_library_makes_another_error_of_ends_the_program_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def importing() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("the C-extensions failed") from None

    monkeypatch.setattr(cli, "_parser", importing)
    assert cli.main([]) == cli.INTERRUPTED
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_what_nohup_ignores_stays_ignored(tmp_path: Path) -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    closing = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from visualizer.app import run as app
from visualizer.app import startup
run = app.run
def closed_at_last(options, interrupt):
    startup.make_application()
    QTimer.singleShot(1500, QApplication.closeAllWindows)
    return run(options, interrupt) or (7 if interrupt.asked else 5)
app.run = closed_at_last
"""
    assert ended("SIGHUP", 0.3, tmp_path, ignoring + closing + OPEN) == (5, [])
