"""The memory that a TIFF file asks for, by its first directory alone: nothing is decoded."""

from __future__ import annotations

from typing import BinaryIO

# Tags (TIFF 6.0).
_WIDTH, _HEIGHT, _BITS, _SAMPLES, _ROWS, _TILE_WIDTH, _TILE_HEIGHT = (
    *(256, 257, 258, 277, 278, 322, 323),
)
_COMPRESSION = 259
_SHORT, _ENTRY = 3, 12  # a type; bytes of an entry
MOST_ENTRIES = 4096

# Compressions that our decoder lacks; it would call the file broken.
_UNREAD = {
    6: "JPEG",
    7: "JPEG",
    34887: "LERC",
    34925: "LZMA",
    50000: "Zstandard",
    50001: "WebP",
    50002: "JPEG XL",
    52546: "JPEG XL",
}


def block_bytes(file: BinaryIO) -> int:
    """Compute the bytes of one tile or strip, which a decoder unpacks at once.

    Parameters
    ----------
    file
        A TIFF file; it is read from the start and left at any position.

    Returns
    -------
    int
        0 if the directory cannot be read: then no decoder can read the file.
    """
    tags = _first_directory(file)
    if _TILE_WIDTH in tags:
        width, height = tags[_TILE_WIDTH], tags.get(_TILE_HEIGHT, 0)
    else:
        width, height = tags.get(_WIDTH, 0), tags.get(_HEIGHT, 0)
        height = min(height, tags.get(_ROWS, height))
    return width * height * tags.get(_SAMPLES, 1) * tags.get(_BITS, 1) // 8


def unread_compression(file: BinaryIO) -> str | None:
    """Name the compression of a TIFF file if our decoder lacks it, else None."""
    return _UNREAD.get(_first_directory(file).get(_COMPRESSION, 1))


def _first_directory(file: BinaryIO) -> dict[int, int]:
    """Return the first number of every tag that holds whole numbers."""
    file.seek(0)
    start = file.read(8)
    order = "little" if start[:2] == b"II" else "big"

    def number(data: bytes) -> int:
        return int.from_bytes(data, order)  # type: ignore[arg-type]

    file.seek(number(start[4:8]))
    count = min(number(file.read(2)), MOST_ENTRIES)
    entries = file.read(count * _ENTRY)
    tags: dict[int, int] = {}
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[at : at + _ENTRY]
        tag, kind, length = number(entry[:2]), number(entry[2:4]), number(entry[4:8])
        value = entry[8:]
        size = 2 if kind == _SHORT else 4
        if length * size > len(value):  # the numbers themselves lie elsewhere
            file.seek(number(value))
            value = file.read(size)
        tags.setdefault(tag, number(value[:size]))
    return tags
