"""TalkKeeper: keeps the newest state of one talk in this user's folder until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from visualizer.core.talk.stop import Talk
from visualizer.storage.kept_talks import Kept, forget_talk, keep_talk
from visualizer.system.errors import sentence
from visualizer.system.jobs import Jobs

_numbers = count()


class TalkKeeper:
    """Writes a talk in the background, one state after the other; of several, only the newest.

    Attributes
    ----------
    kept : Kept or None
        The file with the state that was last written.
    """

    def __init__(self, jobs: Jobs, failed: Callable[[str], None], kept: Kept | None = None) -> None:
        self.kept = kept
        self._jobs, self._failed = jobs, failed
        self._key = f"kept talk {next(_numbers)}"
        self._wanted: Talk | None = None
        self._forgets = False

    def keep(self, talk: Talk) -> None:
        """Write a state of the talk; one without a stop is not kept."""
        self._wanted, self._forgets = talk, False
        self._begin()

    def forget(self) -> None:
        """Delete what was kept, as it is saved elsewhere."""
        self._wanted, self._forgets = None, True
        self._begin()

    def flush(self) -> None:
        """Write at once what waits, and wait for what is being written."""
        while self._jobs.is_running(self._key):
            self._jobs.wait_for(self._key)

    def _begin(self) -> None:
        if self._jobs.is_running(self._key):
            return
        talk, self._wanted = self._wanted, None
        if self._forgets or (talk is not None and not talk.stops):
            self._delete()
        elif talk is not None:
            known, kept = talk, self.kept
            self._jobs.start(
                self._key,
                "Keeping the talk",
                lambda job: keep_talk(known, kept),
                self._on_kept,
                self._on_failed,
                must_end=True,
            )

    def _delete(self) -> None:
        kept, self.kept, self._forgets = self.kept, None, False
        if kept is not None:
            try:
                forget_talk(kept)
            except OSError as error:
                self._failed(sentence(error))

    def _on_kept(self, kept: Kept) -> None:
        self.kept = kept
        self._begin()

    def _on_failed(self, message: str) -> None:
        self._failed(f"The talk was not kept for the next start: {message}")
        self._begin()
