"""Ctrl+C, a closing terminal and a request to end: they come at any moment and are obeyed in order.

Python raises KeyboardInterrupt inside whatever runs; inside an override of Qt that ends the
process. So with a window a signal is only noted, and the window closes when it next looks.
A signal that comes before Python has read the program has the effect that the system gives it.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def heeded() -> list[signal.Signals]:
    """List the signals that ask to end, without those that `nohup` or a shell has set to ignore."""
    known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]


@contextmanager
def raising(come: list[int]) -> Iterator[None]:
    """Raise KeyboardInterrupt at every signal that asks to end; for commands without a window.

    The signal is added to `come` as well: a library that is just being imported turns the
    KeyboardInterrupt into another error.
    """

    def on_signal(number: int, frame: object) -> None:
        come.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, on_signal) for number in heeded()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Interrupt:
    """Notes the signals that ask the program to end, from its creation to `restore`."""

    def __init__(self) -> None:
        self.asked = False
        self._before = {number: signal.signal(number, self._on_signal) for number in heeded()}

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: object) -> None:
        self.asked = True
