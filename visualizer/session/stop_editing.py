"""StopEditing: the stop of the talk in hand that is prepared, and what is typed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from visualizer.core.talk.stop import Stop, Talk
from visualizer.session.talk import TalkModel

TALK = "talk"  # the field of the talk's own title; the others are named as in Stop


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that no talk can hold, as it was typed, and why."""

    text: str
    why: str


class StopEditing(QObject):
    """One stop of the talk, and the steps that it can take; each can be undone.

    What the talk cannot hold is in no talk, but stays as it was typed and comes back with its stop.

    Attributes
    ----------
    at : int
        The stop, which need not be the one that is shown.
    trouble : str
        Why the last step could not be; empty if it was.

    Signals
    -------
    changed
    moved : int
        Another stop is prepared.
    """

    changed = Signal()
    moved = Signal(int)

    def __init__(self, talk: TalkModel, parent: QObject) -> None:
        super().__init__(parent)
        self.talk, self.at, self.trouble = talk, talk.at, ""
        self._title: tuple[str, Refused] | None = None
        # By the identity of a stop, which is kept so that no other gets it.
        self._refused: dict[int, tuple[Stop, dict[str, Refused]]] = {}
        talk.changed.connect(self._on_talk)
        talk.moved.connect(self.select)

    @property
    def stops(self) -> tuple[Stop, ...]:
        return self.talk.talk.stops

    @property
    def stop(self) -> Stop | None:
        return self.stops[self.at] if self.stops else None

    def select(self, at: int) -> None:
        """Prepare another stop, or the nearest there is."""
        at = min(max(at, 0), max(len(self.stops) - 1, 0))
        if at != self.at:
            self.at, self.trouble = at, ""
            self.changed.emit()
            self.moved.emit(at)

    # What is typed

    def text(self, field: str) -> str:
        """Return what a field shows: what was refused, else what the talk has."""
        if (refused := self.refused(field)) is not None:
            return refused.text
        return self.talk.talk.title if field == TALK else str(getattr(self.stop, field, ""))

    def refused(self, field: str) -> Refused | None:
        """Return what was typed in a field and cannot be."""
        if field == TALK:
            same = self._title is not None and self._title[0] == self.talk.talk.title
            return self._title[1] if self._title is not None and same else None
        return None if self.stop is None else self.refused_of(self.stop).get(field)

    def refused_of(self, stop: Stop) -> Mapping[str, Refused]:
        """Return what was typed of a stop and cannot be, by its field."""
        return self._refused.get(id(stop), (stop, {}))[1]

    def type(self, field: str, text: str) -> None:
        """Take what is typed in a field, letter by letter: one step for all of it."""
        if field == TALK:
            self._title, self.trouble = None, ""
            self._type_title(text)
        elif self.stop is not None and text != self.text(field):
            self.trouble = ""
            self._type(field, text)

    def _type_title(self, text: str) -> None:
        try:
            self.talk.rename(text, typing=TALK)
        except ValueError as error:
            self._title = self.talk.talk.title, Refused(text, _sentence(error))
        self.changed.emit()

    def _type(self, field: str, text: str) -> None:
        before = self.stops[self.at]
        if id(before) in self._refused:
            self._refused[id(before)][1].pop(field, None)
        typed: dict[str, Any] = {field: text}
        try:
            self._change(replace(before, **typed), typing=field)
        except ValueError as error:
            known = self._refused.setdefault(id(before), (before, {}))[1]
            known[field] = Refused(text, _sentence(error))
            self.changed.emit()

    # Steps

    def choose(self, **fields: Any) -> None:
        """Give fields of the stop other values."""
        if self.stop is not None:
            self._try(self._change, replace(self.stop, **fields))

    def show(self, view: Stop, files: Mapping[str, bytes]) -> None:
        """Have the stop show what another one shows, with its own words."""
        if (stop := self.stop) is not None:
            title = view.title if stop.title in ("", stop.stage) else stop.title
            own = {name: getattr(stop, name) for name in ("words", "chapter", "ask", "begin")}
            self._try(self._change, replace(view, title=title, gear=stop.gear, **own), files)

    def rename_chapter(self, old: str, new: str) -> None:
        """Give a chapter another name, in all its stops."""
        before = self.stops
        self._try(self.talk.rename_chapter, old, new)
        for one, other in zip(before, self.stops, strict=True):
            self._follow(one, other)

    def move(self, by: int) -> None:
        """Move the stop so many places down."""
        to = self.at + by
        if self.stop is not None and 0 <= to < len(self.stops):
            before = self.stops[self.at]
            self._try(self.talk.move, self.at, to)
            self._follow(before, self.stops[to])
            self.select(to)

    def duplicate(self) -> None:
        """Put a copy behind the stop, and prepare that."""
        if self.stop is not None:
            at = self.at
            self._try(self.talk.duplicate, at)
            self.select(at if self.trouble else at + 1)

    def remove(self) -> None:
        """Take the stop out, and prepare the next one."""
        if self.stop is not None:
            at = self.at
            self._try(self.talk.remove, at)
            self.select(at)

    def _try(self, act: Callable[..., None], *arguments: Any) -> None:
        """Take a step; if it cannot be, say why."""
        self.trouble = ""
        try:
            act(*arguments)
        except ValueError as error:
            self.trouble = _sentence(error)
            self.changed.emit()

    def _change(
        self, stop: Stop, files: Mapping[str, bytes] | None = None, typing: str = ""
    ) -> None:
        before = self.stops[self.at]
        self.talk.change(self.at, stop, files, typing)
        if self.stops[self.at] is before or self.refused_of(before):  # else the talk has told
            self._follow(before, self.stops[self.at])
            self.changed.emit()

    def _follow(self, before: Stop, after: Stop) -> None:
        """Have what was refused of a stop go on with what it is now."""
        if self.refused_of(before):
            self._refused[id(after)] = after, self._refused[id(before)][1]

    def _on_talk(self, talk: Talk) -> None:
        self.at = min(self.at, max(len(talk.stops) - 1, 0))
        self.changed.emit()


def _sentence(error: ValueError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
