"""The work that a JPEG file asks of a decoder, by its markers alone: nothing is decoded."""

from __future__ import annotations

from collections.abc import Iterator

MOST_SCANS = 100  # of one picture; a progressive one usually has ten

# Markers (ITU T.81, table B.1) after which no length follows: TEM, restarts, start of image.
_BARE = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))
_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {
    0xC4,
    0xC8,
    0xCC,
}  # markers followed by the picture's size
_COEFFICIENT = 2  # bytes


def count_scans(data: bytes, most: int = MOST_SCANS) -> int:
    """Count the scans of a JPEG file, the passes over the picture that a decoder makes.

    Markers are followed as by a decoder: a small picture inside a segment, as within EXIF, and data
    behind the end of the image are no scans of this picture.

    Parameters
    ----------
    data
        The whole file, or as much of it as there is.
    most
        The number of scans at which to stop counting.

    Returns
    -------
    int
        At most `most` + 1.
    """
    scans = 0
    for marker, _ in _segments(data):
        scans += marker == _SCAN
        if scans > most:
            break
    return scans


def coefficient_bytes(data: bytes) -> int:
    """Compute the memory that a decoder needs for all coefficients of a JPEG file at once.

    A file with a single scan is decoded line by line and needs none. With several scans, as in a
    progressive file, every coefficient of every colour is kept until the last scan.

    Parameters
    ----------
    data
        The whole file, or as much of it as there is.
    """
    if count_scans(data, 1) <= 1:
        return 0
    frame = next((data[at + 2 :] for marker, at in _segments(data) if marker in _FRAMES), b"")
    if len(frame) < 6:
        return 0
    pixels = int.from_bytes(frame[1:3], "big") * int.from_bytes(frame[3:5], "big")
    factors = [(each >> 4, each & 15) for each in frame[7 : 6 + 3 * frame[5] : 3]]
    widest = max((across for across, _ in factors), default=1) or 1
    tallest = max((down for _, down in factors), default=1) or 1
    samples = sum(across * down for across, down in factors)
    return pixels * samples * _COEFFICIENT // (widest * tallest)


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker before a length, up to the end of the image, and the length's offset."""
    at = 2
    while (at := data.find(b"\xff", at)) >= 0:
        while data[at : at + 1] == b"\xff":
            at += 1
        marker = data[at] if at < len(data) else _END
        at += 1
        if marker == _END:
            break
        if marker not in _BARE:
            yield marker, at
            at += max(int.from_bytes(data[at : at + 2], "big"), 2)
