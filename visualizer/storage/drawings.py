"""The recent drawings of a user: JSON in the user's data folder, written whole or not at all."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from visualizer.data.dataset import DataError
from visualizer.data.sketch import Drawing
from visualizer.storage.atomic import write_atomically

MOST_KEPT = 24
LARGEST = 1 << 26  # bytes; 24 drawings of an hour each are far less


def drawings_path() -> Path:
    """Where the drawings of this user lie."""
    return platformdirs.user_data_path("convnet-visualizer") / "drawings.json"


def load_drawings() -> tuple[Drawing, ...]:
    """The drawings that were kept, the newest first; none where no file is.

    Raises
    ------
    DataError
        The file is none of drawings. It has been set aside, under a name that the sentence gives,
        so that the next one can be written.
    OSError
        It cannot be read, or not be set aside.
    """
    path = drawings_path()
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        stored = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(stored, list):
            raise ValueError("it is no list")
        return tuple(Drawing.from_json(drawing) for drawing in stored[:MOST_KEPT])
    except FileNotFoundError:
        return ()
    except (ValueError, RecursionError, TypeError) as error:
        aside = _set_aside(path)
        raise DataError(
            f"The recent drawings could not be read ({error}). Their file is kept as {aside}."
        ) from error


def save_drawings(drawings: Sequence[Drawing]) -> None:
    """Keep the newest drawings.

    Raises
    ------
    OSError
        The folder cannot be written; what was kept before stays.
    """
    path = drawings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = [drawing.to_json() for drawing in drawings[:MOST_KEPT]]
    write_atomically(path, json.dumps(stored).encode())


def _set_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}-broken-{number}.json") for number in itertools.count(1))
    aside = next(name for name in names if not name.exists())
    return path.rename(aside)
