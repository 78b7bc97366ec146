from __future__ import annotations

import gzip
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from visualizer.data.dataset import DataError
from visualizer.data.idx import read_idx, write_idx

PIXELS = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
HEADER = struct.pack(">BBBB3I", 0, 0, 8, 3, 2, 3, 4)
GOOD = HEADER + PIXELS.tobytes()


@pytest.mark.parametrize("name", ["a-ubyte", "a-ubyte.gz"])
@given(array=arrays.arrays(np.uint8, arrays.array_shapes(max_dims=4, max_side=5, min_side=0)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_written_is_read_again(tmp_path: Path, name: str, array: np.ndarray) -> None:
    write_idx(tmp_path / name, array)
    again = read_idx(tmp_path / name)
    assert again.dtype == np.uint8
    np.testing.assert_array_equal(again, array)


def test_plain_and_compressed_hold_the_same_bytes_and_no_time(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", PIXELS)
    write_idx(tmp_path / "a.gz", PIXELS)
    packed = (tmp_path / "a.gz").read_bytes()
    assert (tmp_path / "a").read_bytes() == gzip.decompress(packed) == GOOD
    assert packed[4:8] == bytes(4), "the gzip header carries a time"


def test_the_content_tells_whether_it_is_compressed_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "unpacked-by-the-browser.gz").write_bytes(GOOD)
    (tmp_path / "packed").write_bytes(gzip.compress(GOOD))
    for file in tmp_path.iterdir():
        np.testing.assert_array_equal(read_idx(file), PIXELS)


def test_an_array_that_was_read_can_be_changed(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", PIXELS)
    read_idx(tmp_path / "a")[0, 0, 0] = 7


PACKED = gzip.compress(GOOD, mtime=0)
BAD_CHECKSUM = PACKED[:-8] + bytes(4) + PACKED[-4:]
BAD_STREAM = PACKED[:10] + b"\xff\xff\xff\xff" + PACKED[14:]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not an IDX file"),
        (b"\0\0\x08", "not an IDX file"),
        (b"<!DOCTYPE html>", "not an IDX file"),
        (b"\0\0\x08\x00", "not an IDX file"),
        (b"\0\0\x08\x05" + bytes(20), "not an IDX file"),
        (b"\0\0\x0d\x01" + bytes(8), "unsigned bytes"),
        (HEADER[:9], "header is incomplete"),
        (GOOD[:-1], "23 of 24"),
        (GOOD + b"\0", "longer"),
        (gzip.compress(GOOD[:-1], mtime=0), "23 of 24"),
        (gzip.compress(GOOD + b"\0", mtime=0), "longer"),
        (PACKED[:3], "truncated"),
        (PACKED[:-9], "truncated"),
        (PACKED[:-2], "truncated"),
        (BAD_CHECKSUM, "damaged"),
        (BAD_STREAM, "damaged"),
        (struct.pack(">BBBB3I", 0, 0, 8, 3, 2**32 - 1, 2**32 - 1, 2**32 - 1), "too large"),
        (
            struct.pack(">BBBB3I", 0, 0, 8, 3, 0, 2**32 - 1, 2**32 - 1),
            "announces 0 × 4,294,967,295",
        ),
        (struct.pack(">BBBB4I", 0, 0, 8, 4, 2**31, 0, 2**31, 2**31), "too large"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "bad-ubyte"
    file.write_bytes(content)
    with pytest.raises(DataError, match=reason) as caught:
        read_idx(file)
    message = str(caught.value)
    assert str(file) in message
    assert message.endswith(".")
    assert "\n" not in message


@given(cut=st.integers(0, len(PACKED) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, cut: int) -> None:
    (tmp_path / "cut").write_bytes(PACKED[:cut])
    with pytest.raises(DataError):
        read_idx(tmp_path / "cut")


@pytest.mark.parametrize("name", ["absent", "."])
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        read_idx(tmp_path / name)


def test_a_small_file_cannot_fill_the_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(HEADER + bytes(64 << 20)))
    assert bomb.stat().st_size < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match="longer"):
            read_idx(bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_the_caller_sets_how_much_is_too_large(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", PIXELS)
    assert read_idx(tmp_path / "a", max_bytes=24).size == 24
    with pytest.raises(DataError, match="too large"):
        read_idx(tmp_path / "a", max_bytes=23)


@pytest.mark.parametrize("array", [np.zeros(3, np.int32), np.zeros((), np.uint8)])
def test_only_arrays_of_bytes_are_written(tmp_path: Path, array: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint8"):
        write_idx(tmp_path / "a", array)
    assert not (tmp_path / "a").exists()
