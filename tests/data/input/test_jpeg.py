"""The scans of a JPEG are counted by its markers, as a decoder would come upon them."""

from __future__ import annotations

from visualizer.data.input.jpeg import MOST_SCANS, count_scans

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN = bytes([0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0])


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def test_each_scan_counts_and_what_only_looks_like_one_does_not() -> None:
    small_picture = START + SCAN * 7 + END  # as a camera keeps one within EXIF
    data = b"\x12\xff\x00\xda\x34\xff\xd3\x56"  # a stuffed byte and a restart
    cases = {
        b"": 0,
        b"\xff\xd8\xff": 0,
        START + END: 0,
        START + SCAN + data + END: 1,
        START + segment(0xE1, small_picture) + SCAN + data + END: 1,
        START + SCAN + data + SCAN + END: 2,
        START + SCAN + data + b"\xff\xff\xff" + SCAN[1:] + END: 2,  # filled up before the marker
        START + b"no marker" + SCAN + data + SCAN: 2,
        START + SCAN + END + SCAN * 200: 1,
        START + SCAN + b"\xff": 1,
        START + SCAN * 100: 100,
        START + SCAN * 240_000: MOST_SCANS + 1,
        START + b"\xff\xe1\0\0" + SCAN + END: 1,  # a length that cannot be
    }
    assert [count_scans(data) for data in cases] == list(cases.values())
