"""Order in this user's folders: unreadable files are set aside, leftovers are deleted."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

import platformdirs

NAME = "convnet-visualizer"
LEFT_FOR = 24 * 60 * 60  # seconds after which nobody writes to a file any more
LEFTOVERS = (".*.part", "tmp*")  # of our own writing, and of a download
ATTEMPTS, PAUSE = 100, 0.01  # at a lock; seconds between two attempts


def own_folders() -> tuple[Path, ...]:
    """Return the folders in which the program keeps this user's files."""
    kinds = ("user_data_path", "user_config_path", "user_cache_path")
    return tuple(dict.fromkeys(getattr(platformdirs, kind)(NAME) for kind in kinds))


def set_aside(path: Path) -> Path:
    """Rename an unreadable file, so that the next one can be written.

    Returns
    -------
    Path
        The new path: "drawings-broken-1.json" for "drawings.json", or the next free number.

    Raises
    ------
    OSError
        The file cannot be renamed.
    """
    names = (
        path.with_name(f"{path.stem}-broken-{number}{path.suffix}") for number in itertools.count(1)
    )
    return path.rename(next(name for name in names if not name.exists()))


def is_aside(path: Path) -> bool:
    """Return whether a file was set aside and must not be read again."""
    return re.search(r"-broken-\d{1,4}$", path.stem) is not None


def spare_path(path: Path) -> Path:
    """Choose a new file in this user's cache for data that could not be written to a path."""
    folder = platformdirs.user_cache_path(NAME) / "kept"
    numbered = (f"{path.stem[:60]}-{number}{path.suffix[:20]}" for number in itertools.count(2))
    names = itertools.chain([path.name], numbered)
    return next(folder / name for name in names if not (folder / name).exists())


def remove_leftovers(folders: Iterable[Path], now: float) -> None:
    """Delete files that a killed program has left half written, as far as possible.

    Parameters
    ----------
    folders
        Only the program's own folders, with all folders inside.
    now
        Seconds since the epoch; files changed less than LEFT_FOR ago stay.
    """
    for folder in folders:
        for pattern in LEFTOVERS:
            for path in folder.rglob(pattern):
                with contextlib.suppress(OSError):
                    if path.is_file() and now - path.lstat().st_mtime > LEFT_FOR:
                        path.unlink()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder against other windows; wait for the lock at most a second.

    Without it a window that reads, adds and writes could undo another window's addition. If the
    system has no such locks, or another window hangs, the work goes on without the lock.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(ATTEMPTS):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                sleep(PAUSE)
        yield
    finally:
        os.close(lock)
