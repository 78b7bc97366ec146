"""The kind of a picture file, by its first bytes alone: never by its name."""

from __future__ import annotations

# Never SVG: a few of its lines can draw for ever or read other files.
FORMATS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"BM": "bmp",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
}
READ = "PNG, JPEG, GIF, BMP, WebP and TIFF"
START_LENGTH = 64  # bytes, in which the brands of a HEIC or AVIF file are found

# Kinds of pictures that other programs save and nothing here decodes.
UNREAD = {
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
    b"\xff\x4f\xff\x51": "JPEG 2000",
    b"8BPS": "Photoshop",
    b"%PDF-": "PDF",
}
HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"))
AVIF = frozenset((b"avif", b"avis"))
HEIF = frozenset((b"mif1", b"msf1"))  # names the container only: other brands name the codec


def format_of(start: bytes) -> str | None:
    """Name the kind of a file by its first START_LENGTH bytes; None if it is not read."""
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in FORMATS.items() if start.startswith(magic)), None)


def unread_kind(start: bytes) -> str | None:
    """Name a kind of picture that is known but not read; None for anything else."""
    if start[4:8] == b"ftyp":
        end = min(int.from_bytes(start[:4], "big"), len(start))
        brands = {start[8:12], *(start[at : at + 4] for at in range(16, end, 4))}
        named = (("AVIF", AVIF), ("HEIC", HEIC), ("HEIC", HEIF))
        return next((name for name, known in named if brands & known), None)
    return next((kind for magic, kind in UNREAD.items() if start.startswith(magic)), None)


def why_unread(start: bytes) -> str:
    """Say why a file that `format_of` does not know is not read, and what to do."""
    kind = unread_kind(start)
    if kind is None:
        return f"is not a picture: {READ} are read."
    article = "an" if kind[0] in "AEIOU" else "a"
    return f"is {article} {kind} file, which is not read: save it as JPEG or PNG."
