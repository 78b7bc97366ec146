"""TrainQueue: trains several networks one after the other, each in view while it learns."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from visualizer.core.network.network import Network
from visualizer.core.words import listed
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.system.throttle import single_shot

MINUTE = 60


class TrainQueue(QObject):
    """Trains networks with the chosen recipe and seed, and reports its progress.

    Pausing the run pauses the queue; stopping the run, or showing another network, ends the queue.
    Trained networks stay. At the end the network that was in view at first is shown again.

    Signals
    -------
    changed
        The queue began or ended, or another network's turn came.
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._networks: tuple[Network, ...] = ()
        self._at, self._begun = 0, 0.0
        self._first = session.network
        self._run: Run | None = None
        self._turn = single_shot(self, "train queue", self._on_turn)
        session.runs.stateChanged.connect(self._on_state)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all networks to train, in order; empty if there are none."""
        return tuple(network.name for network in self._networks)

    @property
    def active(self) -> bool:
        return bool(self._networks)

    @property
    def current(self) -> str:
        """The name of the network whose turn it is."""
        return self.names[self._at] if self.active else ""

    @property
    def done(self) -> float:
        """The share of all epochs done, 0 to 1."""
        if not self.active:
            return 0.0
        state = self._session.runs.state
        of_this = min(state.epoch / max(state.epochs, 1), 1.0) if self._run else 0.0
        return (self._at + of_this) / len(self._networks)

    def start(self, networks: Sequence[Network]) -> None:
        """Train these networks, in this order."""
        if networks and not self.active:
            self._networks, self._at = tuple(networks), 0
            self._first, self._begun = self._session.network, time.monotonic()
            self._begin()

    def cancel(self) -> None:
        """Stop the run under way and train no further network."""
        if self.active:
            self._end()
            self._session.stop()

    def _begin(self) -> None:
        """Begin the run of the network whose turn it is."""
        session = self._session
        self._run = None
        session.show_network(self._networks[self._at])
        if not session.start_run(paused=False):
            self._end()
            return
        self._run = session.runs.run
        self.changed.emit()

    def _on_state(self, state: object) -> None:
        """Let the next turn follow once all listeners have heard of the run's change."""
        if self.active and self._run is not None:
            ended = self._run.state.phase in ("finished", "failed", "stopped")
            if ended or self._session.runs.run is not self._run:
                self._turn.start()

    def _on_turn(self) -> None:
        if not self.active or self._run is None:
            return
        phase, others = self._run.state.phase, self.names[self._at + 1 :]
        if phase == "stopped" or self._session.runs.run is not self._run:
            self._end()
            if others:
                what = f"{listed(others)} will not be trained."
                self.noticed.emit(Notice(what, holds=lambda: not self.active))
        elif others:
            self._at += 1
            self._begin()
        else:
            self._finish()

    def _finish(self) -> None:
        minutes, seconds = divmod(round(time.monotonic() - self._begun), MINUTE)
        what = f"Trained {listed(self.names)} in {minutes}:{seconds:02d}."
        first = self._first
        self._end()
        self._session.show_network(first)
        self.noticed.emit(Notice(what))

    def _end(self) -> None:
        self._networks, self._at, self._run = (), 0, None
        self.changed.emit()
