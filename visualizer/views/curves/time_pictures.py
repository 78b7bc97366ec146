"""Pictures of the time machine: a moment of a short run, and the list of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.widgets.wait import wait_until

BATCHES = 60
MOMENT = 40
ENDED = ("failed", "finished")  # a run on few digits has fewer batches


@contextmanager
def short_run(session: Session) -> Iterator[None]:
    """Train some batches in a run of their own; afterwards all is as it was."""
    before = session.runs.run
    for _ in range(BATCHES):
        session.step()
    made = session.runs.run
    wait_until(
        lambda: made.state.step >= BATCHES or made.state.phase in ENDED, "Training a few batches"
    )
    session.noticed.emit(Notice(""))
    yield
    session.library.bring(before)
    session.runs.remove(made)


def time_figures(
    page: QWidget,
    curves: CurvesPanel,
    session: Session,
    after_a_step: Callable[[], Iterator[tuple[str, QWidget]]],
) -> Iterator[tuple[str, QWidget]]:
    """Train some batches, yield the pictures of the last step, and go back to an early one.

    Yields nothing without digits to train on.
    """
    if not len(session.dataset.train):
        return
    with short_run(session):
        yield from after_a_step()
        session.time.show(min(MOMENT, len(session.time.snapshots) - 2))
        listed = curves.list.isChecked()
        curves.list.setChecked(True)
        curves.refresh()
        yield "inspect-time-machine", page.window()
        yield "panel-curves-time", curves
        curves.list.setChecked(listed)
        session.time.live()
