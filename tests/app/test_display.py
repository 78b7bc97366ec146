"""Where no window can be opened, one line says why and what helps; Qt never aborts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from visualizer.app import display

ROOT = Path(__file__).resolve().parents[2]
PRINTED = "Network: book"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere there is always a display"
)


def fails(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """What is said where the environment is this; empty where a window can be opened."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    try:
        display.check_display()
    except ValueError as error:
        return str(error)
    return ""


def test_every_display_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in fails(monkeypatch)
    for name in (":99999", "nowhere.invalid:0", "no display"):
        said = fails(monkeypatch, DISPLAY=name)
        assert name in said and "does not answer" in said
    assert "DISPLAY is not set" in fails(monkeypatch, QT_QPA_PLATFORM="xcb")
    said = fails(monkeypatch, QT_QPA_PLATFORM="windowz", DISPLAY=":0")
    assert "windowz" in said and "offscreen" in said and "xcb" in said


def test_a_platform_that_can_be_is_left_to_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("offscreen", "Offscreen", "offscreen:configfile=none", "windowz;offscreen"):
        assert fails(monkeypatch, QT_QPA_PLATFORM=name) == ""


def test_a_display_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(display, "ANSWER_SECONDS", 0.0)
    asked = threading.Event()
    monkeypatch.setattr(display, "_asks_x", lambda: asked.wait())
    assert "does not answer" in fails(monkeypatch, QT_QPA_PLATFORM="xcb", DISPLAY=":5")
    asked.set()


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacks = {"libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libwayland-egl.so.1"}

    def load(library: Path | str) -> None:
        if str(library) in lacks or "qxcb" in str(library):
            name = library if str(library) in lacks else "libxcb-cursor.so.0"
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    managers: set[str] = set()
    monkeypatch.setattr(display, "_load", load)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in managers else None)
    for manager, words in (
        ("apt-get", "sudo apt-get install libxcb-cursor0 libxkbcommon-x11-0."),
        ("dnf", "sudo dnf install 'libxcb-cursor.so.0()(64bit)' 'libxkbcommon-x11.so.0()(64bit)'."),
        ("none", "install the packages that have them."),
    ):
        managers.clear()
        managers.add(manager)
        said = fails(monkeypatch, DISPLAY=":0")
        assert "libxcb-cursor.so.0, libxkbcommon-x11.so.0, which this system lacks" in said
        assert said.endswith(words) and "wayland" not in said


def main(*arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """main.py as its own process, its streams as the shell has them."""
    kept = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    command = " ".join([f'"{sys.executable}" main.py', *arguments, shell])
    return subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.slow
def test_the_person_sees_one_line_and_never_qts_words() -> None:
    for environment in ({"DISPLAY": ":99999"}, {"QT_QPA_PLATFORM": "windowz"}):
        run = main(**environment)
        assert (run.returncode, run.stdout) == (1, "")
        (line,) = run.stderr.splitlines()
        assert line.startswith("convnet-visualizer: ") and "qt.qpa" not in line


@pytest.mark.slow
def test_a_library_that_qts_platform_lacks_is_named(tmp_path: Path) -> None:
    """A real one: a copy of Qt's library that asks for one that nobody has."""
    import PySide6

    library = "libQt6XcbQpa.so.6"
    real = (Path(PySide6.__file__).parent / "Qt" / "lib" / library).read_bytes()
    (tmp_path / library).write_bytes(real.replace(b"libxcb-cursor.so.0", b"libxcb-cursxr.so.0"))
    run = main(DISPLAY=":99999", LD_LIBRARY_PATH=str(tmp_path))
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert "Qt needs libxcb-cursxr.so.0" in line and "install" in line


@pytest.mark.slow
def test_a_summary_ends_well_though_nobody_reads_it() -> None:
    for shell, code in (
        (">&-", 0),
        ("2>&-", 0),
        (">&- 2>&-", 0),
        ("| head -1", 0),
        ("> /dev/full", 1),
    ):
        run = main("summary", shell=shell)
        assert run.returncode == code, shell
        assert "Traceback" not in run.stderr and "Exception" not in run.stderr, shell
        assert run.stderr.count("\n") == (1 if code else 0), shell
        assert run.stdout.startswith(PRINTED) is (shell in ("2>&-", "| head -1")), shell
    assert main("summary", "--network", "none.json", shell="2>&-").returncode == 1
    assert main("summary", "--network", "none.json", shell="2>/dev/full").returncode == 1
