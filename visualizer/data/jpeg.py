"""How much work a JPEG file asks for, by its markers alone: nothing is decoded."""

from __future__ import annotations

MOST_SCANS = 100  # of one picture; ten are usual in a progressive one

# Markers (ITU T.81, table B.1) after which no length follows: TEM, restarts, start of image.
_BARE = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))
_SCAN, _END = 0xDA, 0xD9


def count_scans(data: bytes, most: int = MOST_SCANS) -> int:
    """Count the scans of a JPEG file, the passes over the picture that a decoder makes.

    Goes from marker to marker as a decoder does: what lies in a segment, such as a small picture
    within EXIF, and what follows the end of the image are no scans of this picture.

    Parameters
    ----------
    data
        The whole file, or as much of it as there is.
    most
        Where to stop counting.

    Returns
    -------
    int
        At most `most` + 1.
    """
    scans, at = 0, 2
    while scans <= most and (at := data.find(b"\xff", at)) >= 0:
        while data[at : at + 1] == b"\xff":
            at += 1
        marker = data[at] if at < len(data) else _END
        at += 1
        if marker == _END:
            break
        if marker not in _BARE:
            scans += marker == _SCAN
            at += max(int.from_bytes(data[at : at + 2], "big"), 2)
    return scans
