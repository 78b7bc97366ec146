"""A write that fails says which of the user's files, leaves it as it was, and loses nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from visualizer.data.dataset import Images
from visualizer.data.folder import load_folder
from visualizer.storage.digits import save_digits
from visualizer.storage.upkeep import spare_path
from visualizer.system.atomic import check_writable, write_atomically, write_together
from visualizer.system.errors import reason, sentence

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere/.x1y2.part")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A function after whose call so many files fit on the disk, and no more."""

    def fill(fit: int) -> None:
        left = [fit]

        def fsync(handle: int) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise FULL

        monkeypatch.setattr(os, "fsync", fsync)

    return fill


def test_a_full_disk_names_the_file_that_was_meant(
    full: Callable[[int], None], tmp_path: Path
) -> None:
    path = tmp_path / "weights.safetensors"
    path.write_bytes(b"old")
    full(0)
    with pytest.raises(OSError) as caught:
        write_atomically(path, b"new")
    assert sentence(caught.value) == f"{path}: No space left on device"
    assert reason(caught.value) == "No space left on device"
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_or_a_name_that_is_taken_names_the_file(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "gone" / "weights.safetensors", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (tmp_path / ("n" * 256), "File name too long"),
    ):
        with pytest.raises(OSError) as caught:
            write_atomically(path, b"new")
        assert sentence(caught.value) == f"{path}: {why}"
    assert list(tmp_path.iterdir()) == []


def test_several_files_are_written_all_or_none(full: Callable[[int], None], tmp_path: Path) -> None:
    files = {tmp_path / f"{number}.png": b"new" for number in range(4)}
    (tmp_path / "2.png").write_bytes(b"old")
    full(3)
    with pytest.raises(OSError, match=r"3\.png"):
        write_together(files)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    full(4)
    write_together(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_a_disk_that_knows_no_permissions_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, mode: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    monkeypatch.setattr(Path, "chmod", refused)
    write_atomically(tmp_path / "weights.bin", b"all of it")
    assert (tmp_path / "weights.bin").read_bytes() == b"all of it"
    images = Images(np.zeros((2, 28, 28), np.uint8), np.arange(2, dtype=np.uint8))
    save_digits(tmp_path / "mine", images, images)
    assert len(load_folder(tmp_path / "mine").train) == 2


def test_names_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    images = Images(np.zeros((2, 28, 28), np.uint8), np.arange(2, dtype=np.uint8))
    for name in (*("n" * length for length in range(240, 256)), "ü" * 127, "字" * 85):
        path = tmp_path / name
        check_writable(path)
        assert not path.exists()
        write_atomically(path, b"all of it")
        assert path.read_bytes() == b"all of it"
        path.unlink()
        save_digits(path, images, images)
        assert len(load_folder(path).test) == 2
    too_long = tmp_path / ("n" * 256)
    with pytest.raises(OSError) as caught:
        check_writable(too_long)
    assert sentence(caught.value) == f"{too_long}: File name too long"


def test_a_data_set_that_does_not_fit_names_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, array: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("visualizer.storage.digits.write_idx", no_room)
    images = Images(np.zeros((2, 28, 28), np.uint8), np.arange(2, dtype=np.uint8))
    with pytest.raises(OSError) as caught:
        save_digits(tmp_path / "mine", images, images)
    assert sentence(caught.value) == f"{tmp_path / 'mine'}: No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_a_spare_place_is_always_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    meant = Path("/full/book.safetensors")
    names = []
    for _ in range(3):
        path = spare_path(meant)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        names.append(path.name)
    assert names == ["book.safetensors", "book-2.safetensors", "book-3.safetensors"]
    for letter in ("n", "字"):
        long = Path(letter * (255 // len(letter.encode())))
        spare_path(long).touch()
        spare_path(long).touch()
