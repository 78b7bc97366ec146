"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from visualizer.system.atomic import check_writable, write_atomically


def test_a_new_file_holds_all_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    write_atomically(path, b"abc" * 1000)
    assert path.read_bytes() == b"abc" * 1000
    assert list(tmp_path.iterdir()) == [path]


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_others_may_read_a_new_file_as_usual(tmp_path: Path) -> None:
    path, usual = tmp_path / "weights.bin", tmp_path / "usual"
    write_atomically(path, b"abc")
    usual.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_after_an_error_the_old_file_is_as_it_was(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"old")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_whether_a_file_can_be_written_is_known_beforehand(tmp_path: Path) -> None:
    check_writable(tmp_path / "fine.bin")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError, match="no such folder"):
        check_writable(tmp_path / "missing" / "file.bin")
    with pytest.raises(IsADirectoryError):
        check_writable(tmp_path)
