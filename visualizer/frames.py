"""Frames: something that is done at once, or as soon as what was done before has had its time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


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
