"""The names of the files that lie in a talk."""

from __future__ import annotations

from visualizer.core.talk.texts import check_length, quoted

WEIGHTS, DRAWING, PICTURE = ".safetensors", ".json", ".png"
LONGEST_NAME = 100
DEEPEST = 4  # folders, and the file
_IMPOSSIBLE = '<>:"|?*\\'  # on some system
_DEVICES = {
    *("con", "prn", "aux", "nul"),
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(10)),
}


def stays_inside(name: str) -> bool:
    """Return whether a name leads nowhere but into the talk, on any system."""
    parts = name.split("/")
    return not ("\\" in name or ":" in name or ".." in parts or name.startswith("/"))


def check_name(name: str, *suffixes: str) -> None:
    """Check the name of a file: one that every system can have, and with one of these endings.

    Raises
    ------
    ValueError
        It leads out of the talk, or cannot be a name; the sentence says which.
    """
    if not stays_inside(name):
        raise ValueError(f"{quoted(name)} leads out of the talk; its files lie beside the text")
    check_length(name, f"the name {quoted(name)}", LONGEST_NAME)
    if not name.endswith(suffixes):
        raise ValueError(f"{quoted(name)} does not end in {' or '.join(suffixes)}")
    parts = name.split("/")
    if len(parts) > DEEPEST or not all(map(_is_possible, parts)):
        raise ValueError(f"{quoted(name)} cannot be the name of a file on every system")


def _is_possible(part: str) -> bool:
    plain = part.isprintable() and not set(_IMPOSSIBLE) & set(part)
    ends = part.strip(" ") == part and not part.startswith(".") and not part.endswith(".")
    return bool(part) and plain and ends and part.partition(".")[0].lower() not in _DEVICES
