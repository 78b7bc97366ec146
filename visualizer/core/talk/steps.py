"""Steps from a talk to the next one: stops inserted, removed, moved, changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from visualizer.core.talk.markdown import MOST_STOPS, checked
from visualizer.core.talk.stop import Stop, Talk
from visualizer.core.talk.texts import LONGEST, LONGEST_WORDS, check_length, in_one_line

OWN = " (own)"


def insert(talk: Talk, at: int, stop: Stop, files: Mapping[str, bytes] | None = None) -> Talk:
    """Put a stop at a place, with its files; one whose name is taken gets another name.

    Raises
    ------
    ValueError
        The stop says what cannot be, or there are too many.
    """
    if len(talk.stops) >= MOST_STOPS:
        raise ValueError(f"a talk has at most {MOST_STOPS} stops")
    named, kept = _with_files(talk, stop, files or {})
    return replace(talk, stops=(*talk.stops[:at], named, *talk.stops[at:]), files=kept)


def _with_files(
    talk: Talk, stop: Stop, files: Mapping[str, bytes]
) -> tuple[Stop, Mapping[str, bytes]]:
    """Return a stop, with the names that its files get in a talk, and all files of the talk."""
    kept = dict(talk.files)
    names = {name: _keep(kept, name, data) for name, data in files.items()}
    digit = replace(stop.digit, file=names.get(stop.digit.file, stop.digit.file))
    return checked(replace(stop, weights=names.get(stop.weights, stop.weights), digit=digit)), kept


def _keep(kept: dict[str, bytes], name: str, data: bytes) -> str:
    """Add a file; return its name: that of equal bytes of its kind, else one that is free."""
    path = PurePosixPath(name)
    for known, other in kept.items():
        if PurePosixPath(known).suffix == path.suffix and other == data:
            return known
    taken, number = {known.casefold() for known in kept}, 1
    while name.casefold() in taken:
        number += 1
        name = str(path.with_stem(f"{path.stem}-{number}"))
    kept[name] = data
    return name


def remove(talk: Talk, at: int) -> Talk:
    """Take a stop out; its files stay until the talk is written, so that it can come back."""
    return replace(talk, stops=(*talk.stops[:at], *talk.stops[at + 1 :]))


def duplicate(talk: Talk, at: int) -> Talk:
    """Put a copy of a stop behind it.

    Raises
    ------
    ValueError
        There are too many stops.
    """
    return insert(talk, at + 1, talk.stops[at])


def move(talk: Talk, at: int, to: int) -> Talk:
    """Move a stop to a place; it takes on the chapter of the stop that it then follows."""
    rest = remove(talk, at).stops
    to = min(max(to, 0), len(rest))
    near = rest[to - 1 : to] or rest[:1]
    stop = replace(talk.stops[at], chapter=near[0].chapter) if near else talk.stops[at]
    if to == at:
        return talk
    return replace(talk, stops=(*rest[:to], stop, *rest[to:]))


def change(talk: Talk, at: int, stop: Stop, files: Mapping[str, bytes] | None = None) -> Talk:
    """Put another stop in the place of one, with its files.

    Raises
    ------
    ValueError
        The stop says what cannot be; the sentence says what.
    """
    named, kept = _with_files(talk, stop, files or {})
    return replace(talk, stops=(*talk.stops[:at], named, *talk.stops[at + 1 :]), files=kept)


def rename(talk: Talk, title: str, words: str | None = None) -> Talk:
    """Give the talk another title, and perhaps other words below it.

    Raises
    ------
    ValueError
        The title is empty, or a text is too long.
    """
    title, words = in_one_line(title), talk.words if words is None else words
    if not title:
        raise ValueError("a talk needs a title")
    check_length(title, "the title", LONGEST["title"])
    check_length(words, "what stands below the title", LONGEST_WORDS)
    return replace(talk, title=title, words=words)


def rename_chapter(talk: Talk, old: str, new: str) -> Talk:
    """Give a chapter another name, in all its stops.

    Raises
    ------
    ValueError
        The name is too long.
    """
    stops = (replace(s, chapter=new) if s.chapter == old else s for s in talk.stops)
    return replace(talk, stops=tuple(map(checked, stops)))


def as_own(talk: Talk) -> Talk:
    """Return the user's own copy of a talk that cannot be changed."""
    return replace(talk, title=f"{talk.title[: LONGEST['title'] - len(OWN)]}{OWN}")


def needed_files(talk: Talk) -> dict[str, bytes]:
    """Return the files that the stops name, and no others.

    Raises
    ------
    ValueError
        One of them is missing.
    """
    names = dict.fromkeys(name for stop in talk.stops for name in stop.files)
    for name in names:
        if name not in talk.files:
            raise ValueError(f"{name} is missing")
    return {name: talk.files[name] for name in sorted(names)}
