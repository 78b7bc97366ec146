"""The scene of a stop: its network, digit, selection and speed, set by the session's own doors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.core.edits import Edit
from visualizer.core.network.layer import Array
from visualizer.core.talk.stop import UNTRAINED, Stop, StopCell
from visualizer.core.undo import Undoable
from visualizer.runs.run import Run
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.trail import INPUT, Cell, Trail
from visualizer.session.session import Session

INPUT_NAME = "input"


def show_scene(
    session: Session, stop: Stop, *, run: Run, digit: Digit, edits: tuple[Edit, ...], gear: int
) -> None:
    """Show what a stop shows.

    Parameters
    ----------
    run
        With the stop's weights.
    gear
        For a stop that has none of its own.
    """
    runs, viewer = session.runs, session.viewer
    session.visit(run)
    if stop.weights == UNTRAINED:
        runs.configure(runs.recipe, stop.seed, runs.settings)
    if stop.moment is not None:
        session.time.show(run.snapshots.index_of(stop.moment))
        session.time.settle()
    runs.set_gear(gear if stop.gear is None else stop.gear)
    network = run.model.network
    session.what_if.put_back({network: Undoable(edits)} if edits else {})
    session.show(digit)
    viewer.take(trail_of(stop, viewer.scene))
    viewer.predict(stop.ask == "answer")


def trail_of(stop: Stop, scene: Scene) -> Trail:
    """Return the selection of a stop, in the scene of its network and its digit."""
    cells = tuple(cell_of(named, scene) for named in stop.way)
    if not cells:
        return Trail((scene.strongest(0),))
    return Trail(cells, min(stop.at, len(cells) - 1))


def cell_of(named: StopCell, scene: Scene) -> Cell:
    """Return the cell that a stop names; what is left open is where the answer is strongest."""
    if named.layer == INPUT_NAME:
        return Cell(INPUT, named.row or 0, named.column or 0, 0)
    names = [layer.name for layer in scene.network.layers]
    if named.layer not in names:
        return scene.strongest(0)
    at = names.index(named.layer)
    outputs: Array = scene.trace.outputs[at].reshape(scene.network.layers[at].map_shape)
    wanted = (named.row, named.column, named.channel)
    begins = [0 if each is None else min(max(each, 0), size - 1)
              for each, size in zip(wanted, outputs.shape, strict=True)]  # fmt: skip
    part = tuple(
        slice(None) if each is None else slice(begin, begin + 1)
        for each, begin in zip(wanted, begins, strict=True)
    )
    found = np.unravel_index(int(outputs[part].argmax()), outputs[part].shape)
    place = (
        int(step) + begin if each is None else begin
        for step, begin, each in zip(found, begins, wanted, strict=True)
    )
    return Cell(at, *place)


def named_way(scene: Scene) -> tuple[tuple[StopCell, ...], int]:
    """Return the selection of a scene as a stop names it, and which step is shown."""
    trail = scene.trail
    names = {at: layer.name for at, layer in enumerate(scene.network.layers)}
    names[INPUT] = INPUT_NAME
    cells = (StopCell(names[each.layer], each.channel, each.row, each.column)
             for each in trail.steps)  # fmt: skip
    return tuple(replace(each, channel=None) if each.layer == INPUT_NAME else each
                 for each in cells), trail.at  # fmt: skip
