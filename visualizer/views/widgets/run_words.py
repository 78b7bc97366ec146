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


def next_step(session: Session) -> tuple[str, str]:
    """Return the icon and the words of what Train does next."""
    phase = session.runs.state.phase
    return "pause" if phase in ("starting", "running") else "play", NEXT_STEPS.get(phase, "Train")


def run_words(session: Session, rests: bool = False) -> tuple[str, ...]:
    """Return how far the run in view is, in ever shorter forms.

    The accuracy is that on the last training batches: that on the test set is known only at the
    end of an epoch.

    Parameters
    ----------
    rests
        Whether to name the network in view while nothing changes it; else there is nothing.
    """
    held = session.time.held
    if held is not None:
        return (f"not live: epoch {number(held.epoch, 2)}", "not live")
    if not session.runs.moving:
        scene = session.viewer.scene
        name, accuracy = scene.network.name, session.runs.state.test_accuracy
        words = f"{name}: {scene.model.origin}"
        if accuracy is None or session.what_if.edits or not rests:
            return (words, name) if rests else ()
        return (f"{words} · test accuracy {percent(accuracy)}", words, name)
    epoch = f"epoch {number(session.runs.state.epoch, 2)}"
    accuracy = session.runs.history.accuracy.recent()
    if accuracy is None:
        return (epoch,)
    share = percent(accuracy, 1)
    return (f"{epoch} · training accuracy {share}", f"{epoch} · accuracy {share}", epoch)
