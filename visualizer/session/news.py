"""The session's notices to the user, each with the condition under which it stays true."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.core.network.network import Network
from visualizer.digits.data_source import DataSource
from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.scene.viewer import Viewer
from visualizer.system.notice import Notice, Undo


def paused(left: Network, viewer: Viewer) -> Notice:
    """Say that the run of a network that was left is paused, until the network is back."""
    words = f"The run of {left.name} is paused; it goes on when you are back."
    return Notice(words, holds=lambda: viewer.scene.network != left)


def no_digits(said: str, source: DataSource) -> Notice:
    """Say why there is no training without digits, until there are some or reading ends."""
    busy = source.busy

    def holds() -> bool:
        return source.busy == busy and not len(source.dataset.train)

    return Notice(said, holds=holds)


def all_right(viewer: Viewer, source: DataSource) -> Notice:
    """Say that no digit is misread, for these weights on this data set."""
    model, dataset = viewer.scene.model, source.dataset

    def holds() -> bool:
        return viewer.scene.model is model and source.dataset is dataset

    return Notice(f"{source.described} is classified correctly.", holds=holds)


def trains_on(runs: RunControl, source: DataSource) -> Notice:
    """Say that a run under way keeps its digits, until it ends or others are chosen."""
    dataset = source.dataset

    def holds() -> bool:
        return runs.state.active and source.dataset is dataset

    words = f"The run goes on as it began; the next one trains on {dataset.name}."
    return Notice(words, holds=holds)


def replaced(
    what: str, runs: RunControl, old: Run | None, bring_back: Callable[[], object]
) -> Notice:
    """Say what is in view now and which run it replaces, with a way back.

    The notice stays until another run is in view, or this one has ended.

    Parameters
    ----------
    old
        The run that was in view; None, or a run that was never begun, is not mentioned.
    """
    run, phase = runs.run, runs.state.phase

    def holds() -> bool:
        return runs.run is run and (run.state.phase == phase or run.state.active)

    if old is None or old.state.phase == "ready":
        return Notice(what, holds=holds)
    told = f"{what} It takes the place of {old.describe()}."
    return Notice(told, action=Undo(bring_back), holds=holds)
