"""A talk with all that belongs to it, and how it is read from a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from visualizer.core.talk import steps
from visualizer.core.talk.stop import Talk
from visualizer.core.talk.texts import TalkError
from visualizer.core.undo import Undoable
from visualizer.session import stop_digit
from visualizer.session.stop_weights import StopWeights
from visualizer.session.talk_keeper import TalkKeeper
from visualizer.storage.kept_talks import Kept, is_kept
from visualizer.storage.talk_file import load_talk
from visualizer.system.jobs import Job

NEW = Talk("My talk")
MOST_STEPS = 100


@dataclass(eq=False)
class OpenedTalk:
    """A talk in hand: what goes, and comes back, with it.

    Attributes
    ----------
    saved : Talk or None
        The state that lies in a file of the user's, or that it began with; None if it was kept.
    comes_with : bool
        Whether it is the program's own, or began as a copy of that.
    typing : str
        What the last step was typed in, if it was.
    """

    keeper: TalkKeeper
    states: Undoable[Talk] = field(default_factory=lambda: Undoable(NEW))
    saved: Talk | None = NEW
    path: Path | None = None
    comes_with: bool = False
    at: int = 0
    typing: str = ""
    weights: StopWeights = field(default_factory=StopWeights)

    @property
    def talk(self) -> Talk:
        return self.states.present

    @property
    def altered(self) -> bool:
        return self.talk != self.saved

    @property
    def unsaved(self) -> bool:
        """Whether there is something that no file of the user's holds."""
        return self.altered and bool(self.talk.stops)

    @property
    def built_in(self) -> bool:
        """Whether it is the program's own, unchanged."""
        return self.comes_with and not self.altered

    def stepped(self, talk: Talk, typing: str) -> Undoable[Talk]:
        """Return the states after a step; the program's own talk becomes a copy of the user's."""
        named = talk.title != self.talk.title
        own = steps.as_own(talk) if self.built_in and not named else talk
        if typing and typing == self.typing:
            return Undoable(own, self.states.past)
        return self.states.then(own, MOST_STEPS)

    def stand(self, at: int) -> bool:
        """Stand at a stop, or at the nearest there is; return whether it is another one."""
        before, self.at = self.at, min(max(at, 0), max(len(self.talk.stops) - 1, 0))
        return self.at != before

    def keep(self) -> None:
        """Keep the talk for the next start, as long as no file holds it."""
        if self.altered:
            self.keeper.keep(self.talk)
        else:
            self.keeper.forget()


@dataclass(frozen=True, slots=True, eq=False)
class ReadTalk:
    """What was read of a talk's file; `kept` if it is one that was never saved."""

    talk: Talk
    path: Path
    weights: StopWeights
    kept: Kept | None = None

    def opened(self, keeper: TalkKeeper) -> OpenedTalk:
        """Open the talk; a kept one has no file of the user's, and one stands at its end."""
        opened = OpenedTalk(keeper, Undoable(self.talk), weights=self.weights)
        keeper.kept = self.kept
        if self.kept is not None:
            opened.saved, opened.at = None, len(self.talk.stops) - 1
        else:
            opened.saved, opened.path = self.talk, self.path
        return opened


def read_talk_file(path: Path, job: Job) -> ReadTalk:
    """Read a talk, and make the runs and the digits of its stops.

    Raises
    ------
    TalkError
        It cannot be used; one sentence with the file and the place in it.
    """
    kept = Kept.of(path) if is_kept(path) and path.exists() else None
    talk, weights = load_talk(path), StopWeights()
    try:
        weights.prepare(talk)
        stop_digit.prepare(talk)
    except TalkError as error:
        raise TalkError(error.reason, error.line, str(path)) from error
    return ReadTalk(talk, path, weights, kept)
