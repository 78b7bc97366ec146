"""A talk as Markdown: headings, words, and a small block of settings a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from visualizer.core.talk.checks import CHECKS
from visualizer.core.talk.pieces import (
    BLOCK,
    FENCE,
    Block,
    Entries,
    Heading,
    Paragraph,
    Piece,
    escaped,
    pieces_of,
)
from visualizer.core.talk.stop import TRAINED, UNTRAINED, Stop, Talk
from visualizer.core.talk.texts import (
    LONGEST,
    LONGEST_VALUE,
    LONGEST_WORDS,
    TalkError,
    check_length,
    check_words,
    in_one_line,
    lines_of,
    paragraphs,
    quoted,
)
from visualizer.core.talk.values import KEYS, SETTINGS

MOST_STOPS = 500


def read_talk(text: str) -> Talk:
    """Read a talk from its Markdown; its files are not looked for.

    Raises
    ------
    TalkError
        Something in it cannot be; the first such line is named.
    """
    pieces = pieces_of(lines_of(text))
    first = next(pieces, None)
    if not isinstance(first, Heading) or first.level != 1 or not first.text:
        line = first.line if first else 1
        raise TalkError("a talk begins with its title, like “# A convnet from within”", line)
    _at(first.line, check_length, first.text, "the title", LONGEST["title"])
    draft = _Draft()
    for piece in pieces:
        draft.add(piece)
    words = "\n\n".join(draft.words)
    _at(first.line, check_length, words, "what stands below the title", LONGEST_WORDS)
    return Talk(first.text, words, tuple(map(draft.stop, draft.stops)))


def write_talk(talk: Talk) -> str:
    """Write a talk as Markdown that `read_talk` reads; its files are only named."""
    parts = [f"# {in_one_line(talk.title)}", *map(escaped, paragraphs(talk.words))]
    chapter = ""
    for stop in talk.stops:
        if in_one_line(stop.chapter) != chapter:
            chapter = in_one_line(stop.chapter)
            parts.append(f"## {chapter}".rstrip())
        parts += _written(stop)
    return "\n\n".join(parts) + "\n"


def checked(stop: Stop) -> Stop:
    """Return a stop as it comes back from a file.

    Raises
    ------
    ValueError
        No file can hold it: a text is too long, or something cannot be; the sentence says which.
    """
    try:
        return replace(read_talk(write_talk(Talk("-", stops=(stop,)))).stops[0], line=stop.line)
    except TalkError as error:
        raise ValueError(error.reason) from error


def _written(stop: Stop) -> Iterator[str]:
    """Write the heading, the words and the block of a stop."""
    yield f"### {in_one_line(stop.title)}".rstrip()
    if words := in_one_line(stop.words):
        yield escaped(words)
    said = {name: key.write(stop) for name, key in KEYS.items()}
    said |= {name: in_one_line(stop.settings.get(name, "")) for name in SETTINGS}
    if stop.weights not in (TRAINED, UNTRAINED):
        said["network"] = ""  # the file says it
    lines = [f"{name}: {value}" for name, value in said.items() if value]
    yield "\n".join([f"{FENCE} {BLOCK}", *lines, FENCE])


@dataclass(slots=True)
class _StopDraft:
    """A stop as far as it has been read."""

    heading: Heading
    chapter: str
    words: list[Paragraph] = field(default_factory=list)
    block: Block | None = None


@dataclass(slots=True)
class _Draft:
    """A talk as far as it has been read; `where` it stands is the talk, a chapter or a stop."""

    where: Heading | None = None
    chapter: str = ""
    words: list[str] = field(default_factory=list)
    defaults: Block | None = None
    stops: list[_StopDraft] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Put a piece where it belongs."""
        if isinstance(piece, Heading):
            self._begin(piece)
        elif self.where is None:
            self._say_of_talk(piece)
        elif self.where.level == 2:
            what = "words belong" if isinstance(piece, Paragraph) else "a block belongs"
            raise TalkError(f"{what} to the talk or to a stop, not to a chapter", piece.line)
        else:
            _say_of_stop(self.stops[-1], piece)

    def _begin(self, heading: Heading) -> None:
        if heading.level == 1:
            raise TalkError("a talk has one title; a chapter begins with ##", heading.line)
        what = "chapter" if heading.level == 2 else "title"
        _at(heading.line, check_length, heading.text, f"the {what}", LONGEST[what])
        self.where = heading
        if heading.level == 2:
            self.chapter = heading.text
        elif len(self.stops) == MOST_STOPS:
            raise TalkError(f"a talk has at most {MOST_STOPS} stops", heading.line)
        else:
            self.stops.append(_StopDraft(heading, self.chapter))

    def _say_of_talk(self, piece: Paragraph | Block) -> None:
        if isinstance(piece, Paragraph):
            self.words.append(piece.text)
        elif self.defaults is not None:
            raise TalkError("a talk has one block for all stops, and this is another", piece.line)
        else:
            self.defaults = piece

    def stop(self, draft: _StopDraft) -> Stop:
        """Make the stop of a draft: what its block says, else what the talk says of all stops."""
        line, title = draft.heading.line, draft.heading.text
        if draft.block is None:
            which = f"the stop {quoted(title)}" if title else "this stop"
            raise TalkError(f"{which} has no block “{FENCE} {BLOCK}” that names its stage", line)
        own = draft.block.entries
        entries = {**(self.defaults.entries if self.defaults else {}), **own}
        if "stage" not in entries:
            raise TalkError("this stop has no stage", draft.block.line)
        words = " ".join(paragraph.text for paragraph in draft.words)
        if draft.words:
            _at(draft.words[0].line, check_words, words)
        fields = _fields(entries)
        if fields.get("weights", TRAINED) not in (TRAINED, UNTRAINED):
            if "network" in (entries if "weights" not in own else own):
                said = entries["network"][1]
                raise TalkError("the file at weights says which network it is of", said)
            fields["network"] = ""
        stop = Stop(title=title, words=words, chapter=draft.chapter, line=line, **fields)
        for key, check in CHECKS.items():
            if key in entries:
                _at(entries[key][1], check, stop)
        return stop


def _say_of_stop(draft: _StopDraft, piece: Paragraph | Block) -> None:
    if isinstance(piece, Paragraph):
        draft.words.append(piece)
    elif draft.block is not None:
        first = draft.block.line
        raise TalkError(f"a stop has one block, and its own begins in line {first}", piece.line)
    else:
        draft.block = piece


def _fields(entries: Entries) -> dict[str, Any]:
    """Read all values of a block: the fields of a stop."""
    fields: dict[str, Any] = {}
    settings: dict[str, str] = {}
    for key, (value, line) in entries.items():
        if key in KEYS:
            fields |= _at(line, KEYS[key].read, value)
        else:
            _at(line, check_length, value, key, LONGEST_VALUE)
            settings[key] = value
    return {**fields, "settings": settings}


def _at(line: int, act: Callable[..., Any], *arguments: object) -> Any:
    """Do what may raise a ValueError, and have the error name a line."""
    try:
        return act(*arguments)
    except ValueError as error:
        raise TalkError(str(error), line) from error
