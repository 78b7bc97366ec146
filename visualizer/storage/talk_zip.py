"""A talk's file: a zip of one text and what its stops need. It may come from anybody."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

from visualizer.core.talk.names import stays_inside
from visualizer.core.talk.texts import meant, quoted

TEXT = "talk.md"
MARK = b"PK"
MOST_ENTRIES = 2000
LARGEST_DIRECTORY = 1 << 20
LARGEST_TEXT = 1 << 22  # bytes of the text
_END = struct.Struct("<4s4H2LH")  # the record that ends a zip file without a comment
_LONG = b"PK\x06\x07"  # before it, in the kind of zip for files of more than 4 GiB
_LONG_SIZE = 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError),
    *(NotImplementedError, struct.error, ValueError, OverflowError),
)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Make the zip of some files: equal files give equal bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packing:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # so that the permissions below are read, on any system
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packing.writestr(entry, files[name])
    return whole.getvalue()


class TalkZip:
    """The files in the bytes of a zip, each read no further than it says that it goes.

    Raises
    ------
    ValueError
        It is no whole zip file, or has an entry that a talk cannot have.
    """

    def __init__(self, data: bytes) -> None:
        _check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise ValueError("it is not a whole zip file") from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._known: set[str] = set()
        for entry in self._zip.infolist():
            self._add(entry)

    def _add(self, entry: zipfile.ZipInfo) -> None:
        name = entry.orig_filename
        if name != entry.filename or not stays_inside(name):
            raise ValueError(f"it holds {quoted(_plain(name))}, which leads out of the talk")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ValueError(f"{name} is a link, not a file")
        if name.casefold() in self._known:
            raise ValueError(f"it holds {quoted(name)} twice")
        self._known.add(name.casefold())
        if not entry.is_dir():
            self._entries[name] = entry

    def read(self, name: str, most: int) -> bytes:
        """Read one of the files.

        Raises
        ------
        ValueError
            It is not there, locked, too large or broken; the sentence names it.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise ValueError(_missing(name, list(self._entries)))
        if entry.flag_bits & 1:
            raise ValueError(f"{name} is encrypted")
        if entry.compress_type not in _PLAIN:
            raise ValueError(f"{name} is packed in a way that is not read; use plain zip")
        if entry.file_size > most:
            raise ValueError(too_large(name, most))
        try:
            with self._zip.open(entry) as opened:
                data = opened.read(entry.file_size + 1)
        except _BROKEN as error:
            raise ValueError(f"{name} is broken: it is not what was packed") from error
        if len(data) != entry.file_size:
            raise ValueError(f"{name} is broken: it is not as long as it says")
        return data


def too_large(name: str, most: int) -> str:
    """Say that a file is larger than it may be."""
    size = f"{most >> 20} MiB" if most >> 20 else f"{most >> 10} KiB"
    return f"{name} is larger than the {size} that are possible"


def _missing(name: str, names: list[str]) -> str:
    there = f"; {meant(name, sorted(names)[:8])}" if names else ""
    return f"there is no {name} in it{there}"


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _check_end(data: bytes) -> None:
    """Check the sizes at the end of a zip file, before its directory is read.

    Raises
    ------
    ValueError
        The end is missing, or the directory is larger than that of any talk.
    """
    before, end = data[-_END.size - _LONG_SIZE : -_END.size], data[-_END.size :]
    if len(end) < _END.size or not end.startswith(b"PK\x05\x06") or end[-2:] != b"\0\0":
        raise ValueError("it is not a whole zip file")
    *_, entries, directory, _, _ = _END.unpack(end)
    if before.startswith(_LONG) or entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:
        raise ValueError("it holds more files than a talk can have")
