"""Ctrl+C, a terminal that closes, and a request to end: asked for at any moment, acted on in order.

Python raises KeyboardInterrupt inside whatever runs; inside an override of Qt that ends the
process. So a signal is only noted here, and the window closes when it next looks.
"""

from __future__ import annotations

import signal

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupt:
    """Notes the signals that ask the program to end, from its making to `restore`."""

    def __init__(self) -> None:
        self.asked = False
        known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        self._before = {number: signal.signal(number, self._on_signal) for number in known}

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: object) -> None:
        self.asked = True
