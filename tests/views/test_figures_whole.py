"""The figures are written all of them or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from visualizer.views import figures
from visualizer.views.base.look import Look
from visualizer.views.window.window import MainWindow


def test_a_disk_that_fills_up_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def three(window: object) -> list[tuple[str, None]]:
        return [(f"panel-{number}", None) for number in range(3)]

    left = [2]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(figures, "_figures", three)
    monkeypatch.setattr(figures, "_picture", lambda window, widget, form: b"picture")
    monkeypatch.setattr(os, "fsync", fsync)
    new, old = tmp_path / "new", tmp_path / "old"
    old.mkdir()
    (old / "panel-1.png").write_bytes(b"yesterday")
    for folder in (new, old):
        left[0] = 2
        with pytest.raises(OSError, match=r"panel-2\.png"):
            figures.save_figures(None, folder)
    assert [(path.name, path.read_bytes()) for path in old.iterdir()] == [
        ("panel-1.png", b"yesterday")
    ]
    assert not new.exists()
    left[0] = 3
    assert figures.save_figures(None, new) == [new / f"panel-{number}.png" for number in range(3)]


def test_what_is_saved_on_the_stages_of_a_lecture_is_the_stage(
    window: MainWindow, look: Look
) -> None:
    look.set_present(True)
    window.show_page(window.pages[0])
    window.open_stage(window.page.stages()[0])
    dialog = figures._save_dialog(window)
    assert window.page.stages()[0].title in dialog._picture.title
