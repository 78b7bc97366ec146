"""Pictures of the Compare page for the documentation: every part of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.comparing.findings import KEYS
from visualizer.views.compare.same_view import SameView

if TYPE_CHECKING:
    from visualizer.views.compare.page import ComparePage

LONGEST_SECONDS = 300
FEW = 200  # digits
MOVED, SAID = (2, -4), 3


def compare_figures(page: ComparePage) -> Iterator[tuple[str, QWidget]]:
    """Names and widgets; the page must be in view.

    Moved digits are tested on few of them, unless their curves are known already.
    """
    comparison, session = page.comparison, page.session
    findings, digit = comparison.findings, session.viewer.scene.digit

    def done() -> bool:
        return not any(map(findings.is_busy, KEYS))

    page.show_part("networks")
    _wait(done)
    findings.find_speeds(comparison.models)
    _wait(done)
    yield "compare-networks", page.window()
    page.show_part("shift")
    if findings.shift(comparison.models[0]) is None:
        findings.shift_images = FEW
        findings.find_shifts(comparison.models)
        _wait(done)
    comparison.moved.move_to(*MOVED)
    yield "compare-shift", page.window()
    comparison.moved.move_to(0, 0)
    page.show_part("same")
    same = page.same.made()
    assert isinstance(same, SameView)
    _wait(lambda: done() and same.known)
    if len(only := same.show_group(1)):
        session.show_digit(int(only[0]))
    viewer = comparison.same.viewers[0]
    spatial = sum(layer.is_spatial for layer in viewer.scene.network.layers)
    viewer.select_layer(max(spatial - 1, 0))
    yield "compare-same-digits", page.window()
    session.show(digit)
    page.show_part("peephole")
    yield "compare-peephole", page.window()
    comparison.peephole.take_for(SAID)
    yield "compare-peephole-revealed", page.window()
    comparison.peephole.next_digit()
    page.show_part("networks")


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ValueError("The networks were not compared in time.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
