"""TalkModel: the talk that is shown or prepared, where one stands in it, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.core.talk import steps
from visualizer.core.talk.stop import Stop, Talk
from visualizer.core.undo import Undoable
from visualizer.session.opened_talk import OpenedTalk, ReadTalk, read_talk_file
from visualizer.session.stop_weights import StopWeights
from visualizer.session.talk_keeper import TalkKeeper
from visualizer.storage.kept_talks import kept_talks
from visualizer.storage.resources import resource
from visualizer.storage.talk_file import load_talk, save_talk
from visualizer.storage.upkeep import set_aside
from visualizer.system.errors import sentence
from visualizer.system.jobs import Jobs
from visualizer.system.notice import Notice, Undo

OPENING, SAVING, RESTORING = "talk", "talk saving", "talk restoring"
MOST_RECENT = 6


class TalkModel(QObject):
    """The talk in hand; its steps can be undone, and none is lost when the program ends.

    Attributes
    ----------
    recent : list of Path
        Files that were opened or saved, newest first.

    Signals
    -------
    changed : Talk
        The talk, its file, or whether it is saved.
    moved : int
        Another stop is the one where one stands.
    opened
        A file has been read, and is the talk now.
    recentChanged
    noticed : Notice
    """

    changed = Signal(Talk)
    moved = Signal(int)
    opened = Signal()
    recentChanged = Signal()
    noticed = Signal(Notice)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recent: list[Path] = []
        self._jobs = jobs
        self._first = self._now = OpenedTalk(self._keeper())

    # What is there

    @property
    def talk(self) -> Talk:
        return self._now.talk

    @property
    def path(self) -> Path | None:
        """The user's file of it; None if there is none yet."""
        return self._now.path

    @property
    def built_in(self) -> bool:
        """Whether it is the program's own talk, unchanged."""
        return self._now.built_in

    @property
    def at(self) -> int:
        """The stop where one stands."""
        return self._now.at

    @property
    def stop(self) -> Stop | None:
        """The stop where one stands; None if there is none."""
        return self.talk.stops[self.at] if self.talk.stops else None

    @property
    def altered(self) -> bool:
        """Whether it has changed since it was opened or saved."""
        return self._now.altered

    @property
    def unsaved(self) -> bool:
        """Whether there is something that no file of the user's holds."""
        return self._now.unsaved

    @property
    def weights(self) -> StopWeights:
        """The runs of its stops."""
        return self._now.weights

    # Going through it

    def go_to(self, at: int) -> None:
        """Stand at a stop, or at the nearest there is."""
        if self._now.stand(at):
            self.moved.emit(self.at)

    # Preparing it; a ValueError says why a step cannot be, and then nothing has changed

    def keep(self, stop: Stop, files: Mapping[str, bytes] | None = None) -> None:
        """Put a stop behind the one where one stands, with its files, and stand there."""
        at = self.at + 1 if self.talk.stops else 0
        self._step(steps.insert(self.talk, at, stop, files), at)

    def change(
        self, at: int, stop: Stop, files: Mapping[str, bytes] | None = None, typing: str = ""
    ) -> None:
        """Put another stop in the place of one; what is `typing` in one field is one step."""
        self._step(steps.change(self.talk, at, stop, files), self.at, typing and f"{at} {typing}")

    def duplicate(self, at: int) -> None:
        """Put a copy behind a stop, and stand there."""
        self._step(steps.duplicate(self.talk, at), at + 1)

    def remove(self, at: int) -> None:
        """Take a stop out."""
        self._step(steps.remove(self.talk, at), self.at - (at < self.at))

    def move(self, at: int, to: int) -> None:
        """Move a stop to a place, and stand there."""
        self._step(steps.move(self.talk, at, to), to)

    def rename(self, title: str, words: str | None = None, typing: str = "") -> None:
        """Give the talk another title, and perhaps other words below it."""
        self._step(steps.rename(self.talk, title, words), self.at, typing)

    def rename_chapter(self, old: str, new: str) -> None:
        """Give a chapter another name."""
        self._step(steps.rename_chapter(self.talk, old, new), self.at)

    @property
    def undoes(self) -> bool:
        return bool(self._now.states.past)

    @property
    def redoes(self) -> bool:
        return bool(self._now.states.future)

    def undo(self) -> None:
        self._take(self._now.states.undo(), self.at)

    def redo(self) -> None:
        self._take(self._now.states.redo(), self.at)

    def _step(self, talk: Talk, at: int, typing: str = "") -> None:
        if talk == self.talk:
            self.go_to(at)
        else:
            self._take(self._now.stepped(talk, typing), at, typing)

    def _take(self, states: Undoable[Talk], at: int, typing: str = "") -> None:
        if states is self._now.states:
            return
        self._now.states, self._now.typing = states, typing
        moves = self._now.stand(at)
        self._now.keep()
        self.changed.emit(self.talk)
        if moves:
            self.moved.emit(self.at)

    # Other talks; one that no file holds comes back by Undo, and lies among the recent files

    def open(self, path: Path) -> None:
        """Read a talk and show it; if that fails, a notice says so and nothing else changes."""

        def done(read: ReadTalk) -> None:
            self._show_read(read)
            self.opened.emit()

        def failed(message: str) -> None:
            self.noticed.emit(Notice(message, "error", holds=partial(self._jobs.rests, OPENING)))

        work = partial(read_talk_file, path)
        self._jobs.start(OPENING, f"Reading {path.name}", work, done, failed)

    def show(self, talk: Talk, path: Path) -> None:
        """Show a talk that has been read from a file."""
        self._show_read(ReadTalk(talk, path, StopWeights()))

    def follow(self, other: TalkModel) -> None:
        """Have the talk of another model with the runs of its stops, to show it apart."""
        now, keeper = other._now, self._keeper()
        self._now = OpenedTalk(keeper, now.states, now.states.present, weights=now.weights)

    def begin_built_in(self) -> None:
        """Show the talk that comes with the program.

        Raises
        ------
        TalkError
            It is broken in this installation.
        OSError
            It is missing from this installation.
        """
        if not self.built_in:
            talk = load_talk(resource("talk", "talk.md"))
            self._show(OpenedTalk(self._keeper(), Undoable(talk), talk, comes_with=True))

    def begin_new(self) -> None:
        """Begin a talk without a stop."""
        self._show(OpenedTalk(self._keeper()))

    def discard(self) -> None:
        """Begin a new talk, and drop this one if no file holds it; the notice brings it back."""
        self._now.keeper.forget()
        self._now.keeper.flush()
        self._show(OpenedTalk(self._keeper()))

    def restore(self) -> None:
        """Bring back the talk that was not saved before the last end, unless another is shown."""
        if not (paths := kept_talks()):
            return

        def done(read: ReadTalk) -> None:
            if self._now is self._first and not self.altered:
                self._show_read(read)
            else:
                self._remember(read.path)

        def failed(message: str) -> None:
            try:
                message += f". Its file is kept as {set_aside(paths[0])}."
            except OSError as error:
                message += f". It cannot be set aside: {sentence(error)}."
            self.noticed.emit(Notice(message, "error"))

        work = partial(read_talk_file, paths[0])
        self._jobs.start(RESTORING, "Reading the last talk", work, done, failed)

    def _show_read(self, read: ReadTalk) -> None:
        if read.kept is None:
            self._remember(read.path)
        self._show(read.opened(self._keeper()))

    def _show(self, fresh: OpenedTalk) -> None:
        before, self._now = self._now, fresh
        before.keeper.flush()
        if before.unsaved and before.keeper.kept is not None:
            self._remember(before.keeper.kept.path)
        if fresh.unsaved and fresh.keeper.kept is None:
            fresh.keep()
        self.changed.emit(self.talk)
        self.moved.emit(self.at)
        told, way_back = f"“{self.talk.title}” is the talk now.", None
        if before.unsaved:
            told += f" It takes the place of “{before.talk.title}”, which is not saved."
            way_back = Undo(partial(self._show, before))
        self.noticed.emit(Notice(told, action=way_back, holds=lambda: self._now is fresh))

    def _keeper(self) -> TalkKeeper:
        return TalkKeeper(self._jobs, self._on_not_kept)

    def _on_not_kept(self, message: str) -> None:
        self.noticed.emit(Notice(message, "error"))

    # The file

    def save(self, path: Path) -> None:
        """Write the talk to a file, which is its file from then on."""
        now, talk = self._now, self.talk

        def done(_: None) -> None:
            now.path, now.saved, now.comes_with, now.typing = path, talk, False, ""
            now.keep()
            self._remember(path)
            self.noticed.emit(Notice(f"Talk saved as {path}."))
            self.changed.emit(self.talk)

        def failed(message: str) -> None:
            why = message.removeprefix(f"{path}: ")
            self.noticed.emit(Notice(f"{path} was not saved: {why}", "error"))

        self._jobs.wait_for(SAVING)
        name, work = f"Saving {path.name}", lambda job: save_talk(path, talk)
        self._jobs.start(SAVING, name, work, done, failed, must_end=True)

    def remember_recent(self, paths: list[Path]) -> None:
        """Set the files that were opened or saved before, newest first."""
        self.recent = paths[:MOST_RECENT]
        self.recentChanged.emit()

    def _remember(self, path: Path) -> None:
        first = path.absolute()
        self.remember_recent([first, *(known for known in self.recent if known != first)])

    def close(self) -> None:
        """Write what is not kept yet, before the program ends."""
        self._jobs.wait_for(SAVING)
        self._now.keeper.flush()
