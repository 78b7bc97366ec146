"""Throttle: do something at once, or as soon as a set time has passed since it was last done.

PaintRhythm: while there is much news, take it in and paint it only now and then, together.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LOOKS_A_PAINTING, LIVELY_LOOKS = 5, 2  # as a rule; where something is to move
LOOKS_OF_PATIENCE = 2  # then the news that are there are taken in without those asked for
POLL_MILLISECONDS = 12


def single_shot(
    parent: QObject, name: str, act: Callable[[], object], milliseconds: int = 0
) -> QTimer:
    """Make a timer that calls a function once, so long after each start.

    With 0 milliseconds it is called when what is waiting has been handled, paintings included.
    """
    timer = QTimer(parent)
    timer.setObjectName(name)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer


class Throttle(QObject):
    """Calls a function at most so often: requests that come too soon are met later, by one call.

    Parameters
    ----------
    name : str
        Object name of the timer.
    act : callable
        The function to call; it does the newest of the wanted work.
    """

    def __init__(self, name: str, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._free_at = 0.0
        self._clock = single_shot(self, name, act)

    def request(self) -> None:
        """Call the function now, or when the time that `hold_off` has set is over."""
        wait = self._free_at - time.monotonic()
        if wait <= 0:
            self._act()
        elif not self._clock.isActive():
            self._clock.start(int(wait * 1000) + 1)

    def hold_off(self, seconds: float) -> None:
        """Delay the next call by so many seconds from now; an earlier, longer delay stays."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)

    @property
    def pending(self) -> bool:
        """Whether a request has not been met yet."""
        return self._clock.isActive()

    def stop(self) -> None:
        """Forget the request that has not been met yet."""
        self._clock.stop()


class PaintRhythm(QObject):
    """Decides when the window takes news in.

    While a network trains, every painting costs it twice: it loses a core, and the threads on the
    other cores wait for that one. So news are taken in, and painted, at one look of five, or of two
    where something is to move, as soon as those are ready that take a moment to prepare.

    Parameters
    ----------
    prepare : callable
        Asks for news that take a moment to prepare.
    ready : callable
        Returns whether these have come.
    take : callable
        Takes in, and has painted, all news.
    """

    def __init__(
        self,
        prepare: Callable[[], None],
        ready: Callable[[], bool],
        take: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._prepare, self._ready, self._take = prepare, ready, take
        self._looks = 0
        self._poll = QTimer(self)
        self._poll.setObjectName("news asked for")
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll)

    def look(self, busy: bool, lively: bool = False) -> None:
        """Take the news in, if it is not busy; else ask for them at one look of several."""
        looks = LIVELY_LOOKS if lively else LOOKS_A_PAINTING
        self._looks = (self._looks + 1) % looks if busy else 0
        late = self._poll.isActive() and self._looks == min(LOOKS_OF_PATIENCE, looks - 1)
        if late or not busy:
            self._end()
        elif self._looks == 0:
            self._prepare()
            self._poll.start()

    def _on_poll(self) -> None:
        if self._ready():
            self._end()

    def _end(self) -> None:
        self._poll.stop()
        self._take()
