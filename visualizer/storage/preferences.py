"""The window's memory between two starts: JSON in the user's configuration folder."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from visualizer.storage.upkeep import NAME, set_aside
from visualizer.system.atomic import write_atomically
from visualizer.system.files import open_regular

LARGEST = 1 << 22  # bytes

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Preferences:
    """Choices of the user; sizes are base64 of Qt's own state.

    Attributes
    ----------
    dark, present_dark : bool
        Dark colours outside Present mode, and in it.
    zoom : float
    reduce_motion : bool
    network, recipe : str
    gear : int
        Batches a second at most; 0: full speed.
    dataset : str
        "auto" or "synthetic".
    folders : list of str
        Opened folders of digits, newest first.
    window : str
        Geometry of the window.
    layouts : dict of str
        The sizes of each page's panels.
    hints : list of str
        Hints for newcomers that are no longer shown.
    talks : list of str
        Files of talks that were opened or saved, newest first.
    """

    dark: bool = False
    present_dark: bool = False
    zoom: float = 1.0
    reduce_motion: bool = False
    network: str = "book"
    recipe: str = "book"
    gear: int = 0
    dataset: str = "auto"
    folders: list[str] = field(default_factory=list)
    window: str = ""
    layouts: dict[str, str] = field(default_factory=dict)
    hints: list[str] = field(default_factory=list)
    talks: list[str] = field(default_factory=list)


def preferences_path() -> Path:
    """Return the file of this user's preferences."""
    return platformdirs.user_config_path(NAME) / "preferences.json"


def load_preferences(path: Path | None = None) -> Preferences:
    """Read the preferences; what is missing, odd or of another type takes its default.

    An unreadable file is set aside, before the next one takes its place.
    """
    path = preferences_path() if path is None else path
    known = Preferences()
    try:
        stored = _read(path)
    except FileNotFoundError:
        return known
    except (OSError, ValueError, RecursionError) as error:
        log.warning("preferences in %s are not readable: %s", path, error)
        try:
            log.warning("their file is kept as %s", set_aside(path))
        except OSError as rename_error:
            log.warning("their file could not be set aside: %s", rename_error)
        return known
    for known_field in fields(Preferences):
        default, value = getattr(known, known_field.name), stored.get(known_field.name)
        if isinstance(default, float) and type(value) is int and abs(value) < 1e6:
            value = float(value)
        if isinstance(value, list):
            value = [item for item in value if _is_text(item)]
        if isinstance(value, dict):
            value = {k: item for k, item in value.items() if _is_text(k) and _is_text(item)}
        if type(value) is type(default) and (_is_text(value) or not isinstance(value, str)):
            setattr(known, known_field.name, value)
    return known


def _read(path: Path) -> dict[str, Any]:
    with open_regular(path) as file:
        stored = json.loads(file.read(LARGEST))
    if not isinstance(stored, dict):
        raise ValueError("they are no object of JSON")
    return stored


def _is_text(value: object) -> bool:
    """Return whether a value is text that can be a name, also of a file."""
    return isinstance(value, str) and "\0" not in value and _is_utf8(value)


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Write the preferences; a folder that cannot be written is only noted in the log."""
    path = preferences_path() if path is None else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(preferences), indent=1).encode())
    except OSError as error:
        log.warning("preferences were not saved: %s", error)
