"""Order in this user's folders: what cannot be read is set aside, leftovers go."""

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
LEFT_FOR = 24 * 60 * 60  # seconds after which nobody writes at a file any more
LEFTOVERS = (".*.part", "tmp*")  # of our own writing, and of a download
ATTEMPTS, PAUSE = 100, 0.01  # to be the only one who writes; seconds between two


def own_folders() -> tuple[Path, ...]:
    """Where all lies that the program keeps for this user."""
    kinds = ("user_data_path", "user_config_path", "user_cache_path")
    return tuple(dict.fromkeys(getattr(platformdirs, kind)(NAME) for kind in kinds))


def set_aside(path: Path) -> Path:
    """Give a file that cannot be read another name, so that the next one can be written.

    Returns
    -------
    Path
        Where it is now: "drawings-broken-1.json" for "drawings.json", or the next free number.

    Raises
    ------
    OSError
        It cannot be renamed.
    """
    names = (
        path.with_name(f"{path.stem}-broken-{number}{path.suffix}") for number in itertools.count(1)
    )
    return path.rename(next(name for name in names if not name.exists()))


def is_aside(path: Path) -> bool:
    """Whether a file has been set aside, and is not to be read again."""
    return re.search(r"-broken-\d{1,4}$", path.stem) is not None


def spare(path: Path) -> Path:
    """Where to keep what could not be written to a path: a new file in this user's cache."""
    folder = platformdirs.user_cache_path(NAME) / "kept"
    numbered = (f"{path.stem[:60]}-{number}{path.suffix[:20]}" for number in itertools.count(2))
    names = itertools.chain([path.name], numbered)
    return next(folder / name for name in names if not (folder / name).exists())


def remove_leftovers(folders: Iterable[Path], now: float) -> None:
    """Delete files that a killed program has left half written; what cannot be deleted stays.

    Parameters
    ----------
    folders
        Only own ones, with all that are in them.
    now
        Seconds since the epoch; files that were changed within LEFT_FOR before stay.
    """
    for folder in folders:
        for pattern in LEFTOVERS:
            for path in folder.rglob(pattern):
                with contextlib.suppress(OSError):
                    if path.is_file() and now - path.lstat().st_mtime > LEFT_FOR:
                        path.unlink()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one of all windows who changes a folder; not waited for longer than a second.

    Without it one that reads, adds and writes could undo what another has added meanwhile. Where
    the system has no such locks, or another one hangs, it goes on all the same.
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
