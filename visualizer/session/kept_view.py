"""KeptView: what was in view before a talk began, and the way back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.core.edits import Edit
from visualizer.core.network.network import Network
from visualizer.core.undo import Undoable
from visualizer.data.dataset import Dataset
from visualizer.runs.run import Run
from visualizer.scene.scene import Scene
from visualizer.scene.worn import original_of
from visualizer.session.session import Session
from visualizer.training.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class KeptView:
    """The run, the moment, the digit, the selection and the edits in view.

    Attributes
    ----------
    moved : bool
        Whether the run was training; it then goes on.
    moment : int or None
        Index of the snapshot that was held; None: the newest weights.
    """

    scene: Scene
    dataset: Dataset
    run: Run
    moved: bool
    moment: int | None
    steps: Mapping[Network, Undoable[tuple[Edit, ...]]]
    gear: int
    seed: int
    settings: Settings

    @classmethod
    def of(cls, session: Session) -> KeptView:
        """Keep what a session shows; its run can come back, whatever begins meanwhile."""
        runs, time = session.runs, session.time
        runs.registry.awaited = runs.run
        return cls(
            session.viewer.scene,
            session.dataset,
            runs.run,
            runs.state.phase in ("starting", "running"),
            time.index if time.held is not None else None,
            session.what_if.all_steps,
            runs.gear,
            runs.seed,
            runs.settings,
        )

    def bring_back(self, session: Session) -> None:
        """Show it again; what was opened since, a network or digits, stays instead."""
        runs, viewer = session.runs, session.viewer
        runs.registry.awaited = None
        own = runs.registry.of(runs.run.model.network) is runs.run
        opened = own and runs.state.phase == "stored" and runs.run is not self.run
        if runs.run is not self.run and not opened:
            session.show_run(self.run)
        runs.configure(runs.recipe, self.seed, self.settings)
        runs.set_gear(self.gear)
        session.what_if.put_back(self.steps)
        if self.moment is not None and not opened:
            session.time.show(self.moment)
            session.time.settle()
        if session.dataset is self.dataset or original_of(self.scene.digit).index is None:
            session.show(self.scene.digit)
        if viewer.scene.network is self.scene.network:
            viewer.take(self.scene.trail)
        viewer.predict(self.scene.predicts)
        if self.scene.revealed:
            viewer.reveal()
        if self.moved and runs.run is self.run and not runs.moving:
            session.train_or_pause()
