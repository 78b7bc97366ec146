"""The recent drawings of a user: JSON in the user's data folder, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing
from visualizer.storage.upkeep import NAME, alone, set_aside
from visualizer.system.atomic import write_atomically
from visualizer.system.files import open_regular

MOST_KEPT = 24
LARGEST = 1 << 26  # bytes; 24 drawings of an hour each are far less


def drawings_path() -> Path:
    """Where the drawings of this user lie."""
    return platformdirs.user_data_path(NAME) / "drawings.json"


def load_drawings() -> tuple[Drawing, ...]:
    """Read the drawings that were kept, the newest first; none where no file is.

    Raises
    ------
    DataError
        Not all of it are drawings. The file has been set aside, under a name that the sentence
        gives, and those that could be read are in a new one.
    OSError
        It cannot be read, or not be set aside; it is left as it is.
    """
    path = drawings_path()
    try:
        drawings, reason = _read(path)
    except FileNotFoundError:
        return ()
    if reason:
        with alone(path.parent):
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
    """Keep drawings before those that are kept already, perhaps by another window.

    Parameters
    ----------
    drawings
        The newest first. One that is there already, perhaps with another label, moves to its
        place here.
    gone
        Earlier states of these, which are not to be kept any more.

    Returns
    -------
    tuple of Drawing
        What is kept now: the newest MOST_KEPT.

    Raises
    ------
    OSError
        The folder cannot be written; what was kept before stays.
    """
    path = drawings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone(path.parent):
        there = _there(path)
        known = {drawing.unlabelled for drawing in (*drawings, *gone)}
        others = (drawing for drawing in there if drawing.unlabelled not in known)
        kept = (*drawings, *others)[:MOST_KEPT]
        _write(path, kept)
    return kept


def _there(path: Path) -> tuple[Drawing, ...]:
    """What can be read of what is kept; nothing that cannot be is written over."""
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
    """The drawings of a file, and why there are not more of them: nothing where all are well."""
    with open_regular(path) as file:
        text = file.read(LARGEST + 1)
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
    write_atomically(path, json.dumps([drawing.to_json() for drawing in drawings]).encode())
