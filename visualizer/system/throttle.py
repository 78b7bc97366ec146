"""Throttle: do something at once, or as soon as a set time has passed since it was last done.

PaintRhythm: while there is much news, take it in and paint it only now and then, together.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LOOKS_A_PAINTING = 4


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
        self._clock = QTimer(self)
        self._clock.setObjectName(name)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(act)

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


class PaintRhythm:
    """Decides at which looks for news the window takes the news in.

    While a network trains, every painting costs it twice: it loses a core, and the threads on the
    other cores wait for that one. So news are taken in, and painted, at one look of four.

    Parameters
    ----------
    prepare : callable
        Called one look before, to ask for news that take a moment to prepare.
    """

    def __init__(self, prepare: Callable[[], None]) -> None:
        self._prepare = prepare
        self._looks = 0

    def is_due(self, busy: bool) -> bool:
        """Count one look, and return whether to take the news in; if not busy, at every look."""
        self._looks = (self._looks + 1) % LOOKS_A_PAINTING if busy else 0
        if self._looks == LOOKS_A_PAINTING - 1:
            self._prepare()
        return self._looks == 0
