"""Pictures of the Compare page for the documentation: every part of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.comparing.comparison import Comparison
from visualizer.comparing.findings import KEYS
from visualizer.views.compare.same_view import SameView

LONGEST_SECONDS = 300
FEW = 200  # digits
MOVED, SAID = (2, -4), 3


def compare_figures(
    comparison: Comparison, show_part: Callable[[str], QWidget]
) -> Iterator[tuple[str, QWidget]]:
    """Names and widgets; the page must be in view. `show_part` returns the view of a part.

    Moved digits are tested on few of them, unless their curves are known already.
    """
    session, findings = comparison.session, comparison.findings
    digit = session.viewer.scene.digit

    def done() -> bool:
        return not any(map(findings.is_busy, KEYS))

    window = show_part("networks").window()
    _wait(done)
    findings.find_speeds(comparison.models)
    _wait(done)
    yield "compare-networks", window
    show_part("shift")
    if findings.shift(comparison.models[0]) is None:
        findings.shift_images = FEW
        findings.find_shifts(comparison.models)
        _wait(done)
    comparison.moved.move_to(*MOVED)
    yield "compare-shift", window
    comparison.moved.move_to(0, 0)
    same = show_part("same")
    assert isinstance(same, SameView)
    _wait(lambda: done() and same.known)
    if len(only := same.show_group(1)):
        session.show_digit(int(only[0]))
    viewer = comparison.same.viewers[0]
    spatial = sum(layer.is_spatial for layer in viewer.scene.network.layers)
    viewer.select_layer(max(spatial - 1, 0))
    yield "compare-same-digits", window
    session.show(digit)
    show_part("peephole")
    yield "compare-peephole", window
    comparison.peephole.take_for(SAID)
    yield "compare-peephole-revealed", window
    comparison.peephole.next_digit()
    show_part("networks")


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ValueError("The networks were not compared in time.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
