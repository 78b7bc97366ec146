"""Talks under way that no file of the user's holds: kept from one start to the next."""

from __future__ import annotations

import contextlib
import time
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from visualizer.core.talk.stop import Talk
from visualizer.storage.talk_file import SUFFIX, talk_bytes
from visualizer.storage.talk_zip import TEXT
from visualizer.storage.upkeep import NAME, is_aside, locked
from visualizer.system.atomic import write_atomically

MOST = 12  # the oldest go first
LONGEST_LINE = 1000  # bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file with a talk, as it was last written or read; another window may write it, too."""

    path: Path
    stamp: tuple[int, int]

    @classmethod
    def of(cls, path: Path) -> Kept:
        """Note how a file is now."""
        known = path.stat()
        return cls(path, (known.st_mtime_ns, known.st_size))

    @property
    def as_left(self) -> bool:
        """Whether nobody has written it since."""
        with contextlib.suppress(OSError):
            return Kept.of(self.path) == self
        return False


def talks_folder() -> Path:
    """Return the folder of this user's kept talks."""
    return platformdirs.user_data_path(NAME) / "talks"


def keep_talk(talk: Talk, before: Kept | None = None) -> Kept:
    """Write a talk in the place of an earlier state of it, else into a new file.

    Raises
    ------
    ValueError
        The talk cannot be written.
    OSError
        The folder cannot be written; the earlier state stays.
    """
    data, folder = talk_bytes(talk), talks_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        fresh = folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}{SUFFIX}"
        path = before.path if before is not None and before.as_left else fresh
        write_atomically(path, data)
        kept = Kept.of(path)
        for old in kept_talks()[MOST:]:
            if old != path:
                old.unlink(missing_ok=True)
    return kept


def forget_talk(kept: Kept) -> None:
    """Delete the file of a talk that is saved elsewhere, unless another window has written it.

    Raises
    ------
    OSError
        It cannot be deleted.
    """
    if kept.as_left:
        kept.path.unlink(missing_ok=True)


def kept_talks() -> list[Path]:
    """List the kept talks, the newest first."""
    files = [path for path in talks_folder().glob(f"*{SUFFIX}") if not is_aside(path)]
    return sorted((path for path in files if path.name[0] != "."), reverse=True)


def is_kept(path: Path) -> bool:
    """Return whether a file lies among the kept talks."""
    return path.parent == talks_folder()


def kept_title(path: Path) -> str:
    """Return the title of a kept talk; empty if it cannot be read."""
    try:
        with zipfile.ZipFile(path) as talk, talk.open(TEXT) as text:
            return text.readline(LONGEST_LINE).decode().removeprefix("# ").strip()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return ""
