"""Pictures of the Compare page for the documentation: every part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from visualizer.compare.comparison import Comparison
from visualizer.views.compare.same_view import SameView
from visualizer.views.compare.shift_curves import FEW
from visualizer.views.widgets.wait import wait_until

MOVED, SAID = (2, -4), 3


def compare_figures(
    comparison: Comparison,
    show_part: Callable[[str], QWidget],
    same_view: Callable[[], SameView],
) -> Iterator[tuple[str, QWidget]]:
    """Yield names and widgets; the page must be in view. `show_part` returns the view of a part.

    Moved digits are tested on few digits, unless their curves are known already.
    """
    session, measurements = comparison.session, comparison.measurements
    digit = session.viewer.scene.digit

    def done() -> bool:
        return not measurements.busy

    window = show_part("networks").window()
    wait_until(done, "Comparing the networks")
    measurements.measure_speeds(comparison.models)
    wait_until(done, "Comparing the networks")
    yield "compare-networks", window
    show_part("shift")
    if measurements.shift(comparison.models[0]) is None:
        measurements.shift_images = FEW
        measurements.measure_shifts(comparison.models)
        wait_until(done, "Comparing the networks")
    comparison.moved.move_to(*MOVED)
    yield "compare-shift", window
    comparison.moved.move_to(0, 0)
    show_part("same")
    same = same_view()
    wait_until(lambda: done() and same.known, "Sorting the digits")
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
