"""The words about the run that changes what is on a stage, and about its next step."""

from __future__ import annotations

from visualizer.session.session import Session
from visualizer.text.numbers import number, percent

NEXT_STEPS = {
    "starting": "Pause",
    "running": "Pause",
    "paused": "Go on",
    "stopped": "Go on",
    "finished": "Train one epoch more",
}


def run_words(session: Session) -> tuple[str, ...]:
    """Return how far the run in view is, in ever shorter forms; nothing while it rests.

    The accuracy is that on the last training batches: that on the test set is known only at the
    end of an epoch.
    """
    held = session.time.held
    if held is not None:
        return (f"not live: epoch {number(held.epoch, 2)}", "not live")
    if not session.runs.moving:
        return ()
    epoch = f"epoch {number(session.runs.state.epoch, 2)}"
    accuracy = session.runs.history.accuracy.recent()
    if accuracy is None:
        return (epoch,)
    share = percent(accuracy, 1)
    return (f"{epoch} · training accuracy {share}", f"{epoch} · accuracy {share}", epoch)
