"""The recent drawings of a user: JSON in the user's data folder, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing
from visualizer.storage.upkeep import NAME, locked, set_aside
from visualizer.system.atomic import write_atomically
from visualizer.system.files import open_regular

MOST_KEPT = 24
LARGEST = 1 << 26  # bytes; 24 drawings of an hour each are far less


def drawings_path() -> Path:
    """Return the file of this user's drawings."""
    return platformdirs.user_data_path(NAME) / "drawings.json"


def load_drawings() -> tuple[Drawing, ...]:
    """Read the kept drawings, the newest first; none if there is no file.

    Raises
    ------
    DataError
        Parts of the file are no drawings. It has been set aside, under a name that the sentence
        gives, and the readable drawings are in a new file.
    OSError
        The file cannot be read, or not be set aside; it stays as it is.
    """
    path = drawings_path()
    try:
        drawings, reason = _read(path)
    except FileNotFoundError:
        return ()
    if reason:
        with locked(path.parent):
            aside = set_aside(path)
            if drawings:
                _write(path, drawings)
        which = f"Only {len(drawings)} of the" if drawings else "The"
        whether = "could" if drawings else "could not"
        raise DataError(
            f"{which} recent drawings {whether} be read ({reason}). Their file is kept as {aside}."
        )
    return drawings[:MOST_KEPT]


def save_drawings(drawings: Sequence[Drawing], gone: Sequence[Drawing] = ()) -> tuple[Drawing, ...]:
    """Add drawings in front of the kept ones, which another window may have written.

    Parameters
    ----------
    drawings
        The newest first. A drawing that is kept already, perhaps with another label, moves to its
        place here.
    gone
        Earlier states of these drawings, which are no longer kept.

    Returns
    -------
    tuple of Drawing
        The drawings kept now: the newest MOST_KEPT.

    Raises
    ------
    OSError
        The folder cannot be written; the drawings kept before stay.
    """
    path = drawings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        there = _kept_drawings(path)
        known = {drawing.unlabelled for drawing in (*drawings, *gone)}
        others = (drawing for drawing in there if drawing.unlabelled not in known)
        kept = (*drawings, *others)[:MOST_KEPT]
        _write(path, kept)
    return kept


def _kept_drawings(path: Path) -> tuple[Drawing, ...]:
    """Read the kept drawings as far as possible; a file with unreadable parts is set aside."""
    try:
        drawings, reason = _read(path)
        if reason:
            set_aside(path)
        return drawings
    except FileNotFoundError:
        return ()
    except OSError:
        set_aside(path)
        return ()


def _read(path: Path) -> tuple[tuple[Drawing, ...], str]:
    """Read the drawings of a file, and the reason if some are unreadable (else "")."""
    with open_regular(path) as file:
        return _drawings_in(file.read(LARGEST + 1))


def _drawings_in(text: bytes) -> tuple[tuple[Drawing, ...], str]:
    if len(text) > LARGEST:
        return (), "it is too large"
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        return (), str(error)
    if not isinstance(stored, list):
        return (), "it is no list"
    drawings, reason = [], ""
    for each in stored:
        try:
            drawings.append(Drawing.from_json(each))
        except DataError as error:
            reason = reason or str(error).rstrip(".")
    return tuple(drawings), reason


def _write(path: Path, drawings: Sequence[Drawing]) -> None:
    write_atomically(path, drawings_file(*drawings))


def drawings_file(*drawings: Drawing) -> bytes:
    """Make the content of a file of drawings."""
    return json.dumps([drawing.to_json() for drawing in drawings]).encode()


def drawing_in(data: bytes) -> Drawing:
    """Read the content of a file of one drawing.

    Raises
    ------
    DataError
        It holds none, or several; the sentence says which.
    """
    drawings, reason = _drawings_in(data)
    if reason or len(drawings) != 1:
        raise DataError(reason or f"it holds {len(drawings)} drawings, not one")
    return drawings[0]
