"""Markdown as a talk uses it: headings, paragraphs, and blocks of settings, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from visualizer.core.talk.texts import TalkError, meant, quoted
from visualizer.core.talk.values import KEYS, SETTINGS

FENCE = "~~~"
BLOCK = "stop"
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*))?")
_FENCE = re.compile(r"(~{3,}|`{3,})[ \t]*([^`~]*)")
_ESCAPED = re.compile(r"\\(?=[#~`\\])")
_MARK = re.compile(r"#{1,6}(?:[ \t]|$)|~{3}|`{3}|\\[#~`\\]")

Entries = dict[str, tuple[str, int]]  # by key: the value, and its line


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the title of the talk (level 1), a chapter (2) or a stop (3)."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of words, in one."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of settings."""

    line: int
    entries: Entries = field(default_factory=dict)


Piece = Heading | Paragraph | Block


def pieces_of(lines: list[str]) -> Iterator[Piece]:
    """Part the lines of a talk into its pieces.

    Raises
    ------
    TalkError
        A block has no end or another name, a setting is unknown or said twice, or a heading is of
        a fourth level.
    """
    words: list[str] = []
    numbered = iter(enumerate(lines, start=1))
    for number, line in numbered:
        piece = _mark(number, line, numbered)
        if (piece or not line) and words:
            yield Paragraph(number - len(words), " ".join(words))
            words = []
        if piece:
            yield piece
        elif line:
            words.append(_ESCAPED.sub("", line, count=1) if line[0] == "\\" else line)
    if words:
        yield Paragraph(len(lines) - len(words) + 1, " ".join(words))


def _mark(number: int, line: str, following: Iterator[tuple[int, str]]) -> Piece | None:
    """Read the heading, or the whole block, that begins with a line; None if none does."""
    if heading := _HEADING.fullmatch(line):
        level = len(heading[1])
        if level > 3:
            raise TalkError("there are headings of three levels: talk, chapter and stop", number)
        return Heading(number, level, (heading[2] or "").strip())
    if fence := _FENCE.fullmatch(line):
        if fence[2].strip() != BLOCK:
            called = quoted(fence[2].strip()) if fence[2].strip() else "without a name"
            raise TalkError(f"a block begins with “{FENCE} {BLOCK}”, and this is {called}", number)
        return Block(number, _entries(number, fence[1], following))
    return None


def _entries(start: int, fence: str, following: Iterator[tuple[int, str]]) -> Entries:
    entries: Entries = {}
    for number, line in following:
        if len(line) >= len(fence) and set(line) == {fence[0]}:
            return entries
        if not line:
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon:
            raise TalkError(f"{quoted(line)} is no setting, like “network: book”", number)
        if key not in KEYS and key not in SETTINGS:
            known = (*KEYS, *SETTINGS)
            raise TalkError(f"a stop has no {quoted(key)}; {meant(key, known)}", number)
        if key in entries:
            first = entries[key][1]
            raise TalkError(f"{key} is said twice in this block, first in line {first}", number)
        if not value:
            raise TalkError(f"{key} has no value; leave the line out", number)
        entries[key] = value, number
    raise TalkError(f"the block that begins here has no end, a line “{fence}”", start)


def escaped(line: str) -> str:
    """Write words so that they are not taken for a heading or a block."""
    return f"\\{line}" if _MARK.match(line) else line
