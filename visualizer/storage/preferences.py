"""What the window remembers between two starts: JSON in the user's configuration folder."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

from visualizer.storage.atomic import write_atomically

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Preferences:
    """Choices of the user; sizes are base64 of Qt's own state.

    Attributes
    ----------
    dark, present_dark : bool
        Outside Present mode, and in it.
    zoom : float
    reduce_motion : bool
    network, recipe : str
    dataset : str
        "auto" or "synthetic".
    folders : list of str
        Folders of digits that were opened, newest first.
    window : str
        Geometry of the window.
    layouts : dict of str
        How the panels of each page share the room.
    """

    dark: bool = False
    present_dark: bool = False
    zoom: float = 1.0
    reduce_motion: bool = False
    network: str = "book"
    recipe: str = "book"
    dataset: str = "auto"
    folders: list[str] = field(default_factory=list)
    window: str = ""
    layouts: dict[str, str] = field(default_factory=dict)


def preferences_path() -> Path:
    """Where the preferences of this user lie."""
    return platformdirs.user_config_path("convnet-visualizer") / "preferences.json"


def load_preferences(path: Path | None = None) -> Preferences:
    """Read what was remembered; what is missing, odd or of another type takes its default."""
    path = preferences_path() if path is None else path
    known = Preferences()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return known
    except (OSError, ValueError, RecursionError) as error:
        log.warning("preferences in %s are not readable: %s", path, error)
        return known
    if isinstance(stored, dict):
        for known_field in fields(Preferences):
            default, value = getattr(known, known_field.name), stored.get(known_field.name)
            if isinstance(default, float) and type(value) is int:
                value = float(value)
            if isinstance(value, list):
                value = [item for item in value if isinstance(item, str)]
            if isinstance(value, dict):
                value = {k: item for k, item in value.items() if isinstance(item, str)}
            if type(value) is type(default):
                setattr(known, known_field.name, value)
    return known


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Remember; a folder that cannot be written is noted in the log and nothing else."""
    path = preferences_path() if path is None else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(preferences), indent=1).encode())
    except OSError as error:
        log.warning("preferences were not saved: %s", error)
