"""How long it takes from a move of the pen until the maps of what it drew are painted.

    python tests/benchmarks/draw.py [--events N] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900 on the book's network with the Draw tab open. The pointer draws on
without a pause, 120 events a second; a move ends when the window has been painted with maps,
the strip's maps and probabilities of a digit with that move in it. First at rest, then while the
network trains. At the end: how many of the thirty scripted drawings are recognised.
"""

from __future__ import annotations

import gc
import math
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measured import PATIENCE, Figure, benchmark, opened, rest, until

GOAL, GOAL_TRAINING = 16.0, 33.0  # milliseconds, 95th percentile
RATE = 120  # events a second


@benchmark(events=(600, 120))
def main(options: Namespace) -> Iterator[Figure]:
    from visualizer.app import startup
    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.storage import drawings as drawings_file

    moves = Moves()
    dataset = synthetic_digits(train=12_000, test=500)
    with tempfile.TemporaryDirectory() as folder:  # the drawings of this user stay as they are
        drawings_file.drawings_path = lambda: Path(folder) / "drawings.json"
        with opened(dataset, moves.on_painted) as window:
            session = window.session
            startup.show_bundled_curves(session)
            window.pages[0].input.show_tab("draw")
            session.viewer.select_layer(2)
            session.viewer.sceneChanged.connect(moves.on_scene)
            rest(1.5)
            gc.freeze()  # as the application does before it shows the window
            p95 = moves.draw(window.pages[0].input.draw, options.events)
            yield Figure("a move of the pen → painted, p95", p95, "ms", GOAL)
            session.train_or_pause()
            until(lambda: session.runs.state.step >= 20, "the 20th batch", pause=0.1)
            p95 = moves.draw(window.pages[0].input.draw, options.events)
            assert session.runs.state.phase == "running", "the run ended before the stroke did"
            yield Figure("the same while training, p95", p95, "ms", GOAL_TRAINING)
            session.stop()
            _recognise(startup.stored_model(), window.pages[0].input.draw.easel)


class Moves:
    """Draws with the pointer, and notes how long each move took until it was painted."""

    def __init__(self) -> None:
        self._waiting: list[float] = []  # when each move was made that no scene holds yet
        self._computed: list[float] = []  # of those that a scene holds and no painting shows yet
        self._taken: list[float] = []

    def on_scene(self, old: object, new: object) -> None:
        self._computed.extend(self._waiting)
        self._waiting.clear()

    def on_painted(self, now: float) -> None:
        self._taken.extend(1000 * (now - begun) for begun in self._computed)
        self._computed.clear()

    def draw(self, panel: Any, events: int) -> float:
        """Draw one stroke of so many moves; returns the 95th percentile of their milliseconds."""
        import numpy as np
        from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer

        panel.easel.clear()
        rest(0.3)
        for times in (self._waiting, self._computed, self._taken):
            times.clear()
        _send(panel.pad, QEvent.Type.MouseButtonPress, 0)
        begun, sent, loop = time.perf_counter(), [0], QEventLoop()

        def move() -> None:
            """Every move that is due by now: a late one does not wait for the next tick."""
            due = min(int((time.perf_counter() - begun) * RATE), events)
            while sent[0] < due:
                sent[0] += 1
                # From the moment at which the pen moved, whenever the window comes to hear of it.
                self._waiting.append(begun + sent[0] / RATE)
                _send(panel.pad, QEvent.Type.MouseMove, sent[0] / events)
            if sent[0] == events:
                loop.quit()

        pen = QTimer(timerType=Qt.TimerType.PreciseTimer)
        pen.timeout.connect(move)
        pen.start(round(1000 / RATE / 4))
        QTimer.singleShot(1000 * (events // RATE + PATIENCE), loop, loop.quit)
        loop.exec()
        pen.stop()
        _send(panel.pad, QEvent.Type.MouseButtonRelease, 1)
        rest(0.3)
        assert len(self._taken) == events, f"{len(self._taken)} of {events} moves were painted"
        p50, p95, most = np.percentile(self._taken, (50, 95, 100))
        print(f"{events} moves: p50 {p50:.1f}  p95 {p95:.1f}  most {most:.1f} ms")
        return float(p95)


def _send(pad: Any, kind: Any, share: float) -> None:
    """Press, move or lift the pointer at a share of the way along the stroke."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    turn = 2 * math.pi * share
    x, y = 0.5 + 0.36 * math.sin(3 * turn), 0.5 + 0.38 * math.sin(2 * turn + 0.4)
    at = pad.area.topLeft() + QPointF(x, y) * pad.area.width()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moves = kind == QEvent.Type.MouseMove
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    where, no_key = QPointF(pad.mapToGlobal(at)), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, where, none if moves else left, held, no_key)
    QApplication.sendEvent(pad, event)


def _recognise(model: Any, easel: Any) -> None:
    from tests.views.input.draw.drawings import drawings

    for centring in (True, False):
        easel.set_centring(centring)
        right = 0
        for label, sketch in drawings():
            easel.show_sketch(sketch)
            right += int(model.trace(easel.pixels).probabilities.argmax() == label)
        print(f"recognised {'with' if centring else 'without'} centring: {right} of 30")


if __name__ == "__main__":
    raise SystemExit(main())
