"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

PREFIX, SUFFIX = ".visualizer-", ".part"  # short: a name has at most 255 bytes


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write a file whole: write a temporary file beside it, flush it to the disk, and rename it.

    A reader sees either the old file or the new one; after an error the old one is still there.

    Raises
    ------
    OSError
        The folder is missing or not writable, or the disk is full; the error names the file.
    """
    write_together({Path(path): data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none: all lie whole on the disk before any is renamed.

    Raises
    ------
    OSError
        A file cannot be written; the error names it.
    """
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            with naming(path):
                temporary = written[path] = _temporary(path)
                _write(temporary, data)
                with contextlib.suppress(OSError):  # some disks know no permissions
                    temporary.chmod(_mode(path))
        for path, temporary in written.items():
            with naming(path):
                temporary.replace(path)
    except BaseException:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Make errors of the system name this file instead of a temporary one."""
    try:
        yield
    except OSError as error:
        code = error.errno or errno.EIO
        raise OSError(code, error.strerror or str(error), str(path)) from error


def _temporary(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=path.parent)
    os.close(handle)
    return Path(name)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    """Return the permissions of an existing file, or those that a new file gets."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def check_writable(path: Path | str) -> None:
    """Check before long work that a file can be written here; leave nothing behind.

    Raises
    ------
    OSError
        The folder is missing or not writable, the name is too long, or the path is a folder.
    """
    path = Path(path)
    with naming(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    with naming(path):
        _temporary(path).unlink()
