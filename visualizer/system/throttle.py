"""Frames: something that is done at once, or as soon as what was done before has had its time.

Beat: something that is done at once, or, where much of it comes, only now and then and together.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

BEATS = 4


class Frames(QObject):
    """Lets one act follow the other no sooner than it may; however often it is asked for, once.

    Parameters
    ----------
    name : str
        Of its clock.
    act : callable
        Does the newest of what is wanted.
    """

    def __init__(self, name: str, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._free_at = 0.0
        self._clock = QTimer(self)
        self._clock.setObjectName(name)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(act)

    def ask(self) -> None:
        """Act now, or when the time is over that `rest` has set."""
        wait = self._free_at - time.monotonic()
        if wait <= 0:
            self._act()
        elif not self._clock.isActive():
            self._clock.start(int(wait * 1000) + 1)

    def rest(self, seconds: float) -> None:
        """Let the next act wait for so long from now, or longer if it has to anyway."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)

    @property
    def waiting(self) -> bool:
        """Whether something was asked for that is not done yet."""
        return self._clock.isActive()

    def stop(self) -> None:
        """Forget what was asked for."""
        self._clock.stop()


class Beat:
    """Says at which of many looks for news they are taken.

    While a network trains, every painting costs it twice: it loses a core, and the threads on the
    other cores wait for that one. So what is new is taken, and painted, at one look of BEATS.

    Parameters
    ----------
    ask : callable
        Asks, one look before, for news that take a moment.
    """

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._looks = 0

    def look(self, busy: bool) -> bool:
        """Whether news are taken at this look; where it is not busy, at every one."""
        self._looks = (self._looks + 1) % BEATS if busy else 0
        if self._looks == BEATS - 1:
            self._ask()
        return self._looks == 0
