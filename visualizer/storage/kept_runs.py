"""The folder of runs that are kept from one start to the next: a run file each, oldest first.

A file's name begins with the time at which its run was first kept, and ends with a mark that no
other has: so two windows never write to the same one. Beside the runs lie, for a while, those
that were deleted and can still come back (`.deleted`), and for good those that could not be read
and were set aside.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from pathlib import Path

import platformdirs

from visualizer.storage.upkeep import LEFT_FOR, NAME, is_aside

BOUND, MOST = 1 << 30, 50  # bytes of all kept runs together, and how many; the oldest go first
SUFFIX, DELETED = ".safetensors", ".deleted"


def runs_folder() -> Path:
    """Where the kept runs of this user lie."""
    return platformdirs.user_data_path(NAME) / "runs"


def new_file() -> Path:
    """Name a file that is not there yet, in a folder that then is.

    Raises
    ------
    OSError
        The folder cannot be made.
    """
    folder = runs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}{SUFFIX}"


def kept_files() -> list[Path]:
    """List the kept runs, the oldest first."""
    files = runs_folder().glob(f"*{SUFFIX}")
    return sorted(path for path in files if path.name[0] != "." and not is_aside(path))


def let_go(spared: Path) -> list[Path]:
    """Delete the oldest runs until the others are within both bounds; returns what is gone.

    Parameters
    ----------
    spared
        The one that stays in any case: it was just written.
    """
    sizes: dict[Path, int] = {}
    for path in kept_files():
        with contextlib.suppress(OSError):  # another window has just deleted it
            sizes[path] = path.stat().st_size
    over, many, gone = sum(sizes.values()) - BOUND, len(sizes) - MOST, []
    for path, size in sizes.items():
        if (over > 0 or many > 0) and path != spared:
            path.unlink(missing_ok=True)
            gone.append(path)
            over, many = over - size, many - 1
    return gone


def hide(path: Path) -> Path:
    """Take a run out of the kept ones, so that it can still come back; returns where it lies.

    Raises
    ------
    OSError
        It is not there, or the folder cannot be written.
    """
    hidden = path.rename(path.with_name(path.stem + DELETED))
    os.utime(hidden)
    return hidden


def bring_back(hidden: Path) -> Path:
    """Have a hidden run among the kept ones again; returns its file.

    Raises
    ------
    OSError
        It is not there any more.
    """
    return hidden.rename(hidden.with_name(hidden.stem + SUFFIX))


def sweep() -> None:
    """Delete runs that were hidden more than a day ago: what a crash has left."""
    oldest = time.time() - LEFT_FOR
    for path in runs_folder().glob(f"*{DELETED}"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
