"""The folder of runs that are kept from one start to the next: one file a run, oldest first.

A file's name begins with the time at which its run was first kept, and ends with a unique mark: so
two windows never write to the same file. The folder also holds, for a while, deleted runs that can
still come back (`.deleted`), and forever, unreadable runs that were set aside.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from pathlib import Path

import platformdirs

from visualizer.storage.upkeep import LEFT_FOR, NAME, is_aside

BOUND, MOST = 1 << 30, 50  # most bytes of all kept runs, and most runs; the oldest go first
SUFFIX, DELETED = ".safetensors", ".deleted"


def runs_folder() -> Path:
    """Return the folder of this user's kept runs."""
    return platformdirs.user_data_path(NAME) / "runs"


def new_file() -> Path:
    """Return the name of a new file in the folder, which is created if missing.

    Raises
    ------
    OSError
        The folder cannot be created.
    """
    folder = runs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}{SUFFIX}"


def kept_files() -> list[Path]:
    """List the kept runs, the oldest first."""
    files = runs_folder().glob(f"*{SUFFIX}")
    return sorted(path for path in files if path.name[0] != "." and not is_aside(path))


def delete_oldest(spared: Path) -> list[Path]:
    """Delete the oldest runs until the others are within both bounds; return the deleted files.

    Parameters
    ----------
    spared
        The file that stays in any case: it was just written.
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
    """Take a run out of the kept runs so that it can still come back; return its new file.

    Raises
    ------
    OSError
        It does not exist, or the folder cannot be written.
    """
    hidden = path.rename(path.with_name(path.stem + DELETED))
    os.utime(hidden)
    return hidden


def bring_back(hidden: Path) -> Path:
    """Put a hidden run back among the kept runs; return its file.

    Raises
    ------
    OSError
        It does not exist any more.
    """
    return hidden.rename(hidden.with_name(hidden.stem + SUFFIX))


def delete_hidden() -> None:
    """Delete runs that were hidden more than a day ago, left behind by a crash."""
    oldest = time.time() - LEFT_FOR
    for path in runs_folder().glob(f"*{DELETED}"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
