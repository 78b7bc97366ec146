"""The scene of a stop: its network, digit, selection and speed, set by the session's own doors."""

from __future__ import annotations

from visualizer.core.edits import edit_of
from visualizer.core.talk.places import INPUT as PIXEL
from visualizer.core.talk.stop import PAD, UNTRAINED, Stop, StopCell
from visualizer.core.undo import Undoable
from visualizer.scene.scene import Scene
from visualizer.scene.stop_way import trail_of
from visualizer.scene.trail import INPUT
from visualizer.session.session import Session
from visualizer.session.stop_digit import digit_of


def show_scene(session: Session, stop: Stop, gear: int) -> str:
    """Show what a stop of the session's talk shows; return what stands in for its digit, in words.

    Parameters
    ----------
    gear
        For a stop that has none of its own.

    Raises
    ------
    ValueError
        A file of the talk is missing or broken.
    """
    runs, viewer, talk = session.runs, session.viewer, session.talk
    viewer.ask(stop.ask)  # before the way, which a hidden answer leads elsewhere
    run = talk.weights.of(stop, talk.talk)
    if stop.digit.kind == PAD:
        digit, remark = session.easel.digit, ""
    else:
        digit, remark = digit_of(stop.digit, session.dataset, talk.talk.files)
    session.visit(run)
    if stop.weights == UNTRAINED:
        runs.configure(runs.recipe, stop.seed, runs.settings)
    if stop.moment is not None:
        session.time.show(run.snapshots.index_of(stop.moment))
        session.time.settle()
    runs.set_gear(gear if stop.gear is None else stop.gear)
    edits = tuple(map(edit_of, stop.edits))
    session.what_if.put_back({run.model.network: Undoable(edits)} if edits else {})
    session.show(digit)
    viewer.take(trail_of(stop, viewer.scene))
    return remark


def named_way(scene: Scene) -> tuple[tuple[StopCell, ...], int]:
    """Return the selection of a scene as a stop names it, and which step is shown."""
    names = {at: layer.name for at, layer in enumerate(scene.network.layers)}
    way: list[StopCell] = []
    for cell in scene.trail.steps:
        if cell.layer == INPUT:
            way.append(StopCell(PIXEL, None, cell.row, cell.column))
        elif scene.network.layers[cell.layer].is_spatial:
            way.append(StopCell(names[cell.layer], cell.channel, cell.row, cell.column))
        else:
            way.append(StopCell(names[cell.layer], cell.channel))
    return tuple(way), scene.trail.at
