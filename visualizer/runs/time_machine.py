"""TimeMachine: shows the network in view at another moment of its run; training goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from visualizer.core.snapshots import Snapshot, Snapshots
from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_state import RunState
from visualizer.scene.scene import Model
from visualizer.scene.viewer import Viewer
from visualizer.system.throttle import Throttle

SHARED_SECONDS = 1 / 6  # between two moments while a run trains


class TimeMachine(QObject):
    """Holds the viewer at a snapshot of the run in view, until `live`.

    While a run trains, only some of many quick moments are shown, always including the newest:
    so training goes on nearly as fast as alone. At rest every moment is shown.

    Signals
    -------
    changed
        Another moment or the live one is in view, or there are more moments.
    """

    changed = Signal()

    def __init__(self, viewer: Viewer, runs: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer, self._runs = viewer, runs
        self._held: tuple[Run, Snapshot] | None = None
        self._wanted: tuple[Run, Snapshot] | None = None  # the snapshot to hold next
        self._throttle = Throttle("time machine frame", self.settle, self)
        self._known = self._extent
        runs.historyChanged.connect(self._on_history)

    @property
    def snapshots(self) -> Snapshots:
        """The moments of the run in view."""
        return self._runs.run.snapshots

    @property
    def available(self) -> bool:
        """Whether there is an earlier moment to show."""
        return len(self.snapshots) > 1

    @property
    def held(self) -> Snapshot | None:
        """The moment in view; None if it is the live one."""
        return self._held[1] if self._held else None

    @property
    def state(self) -> RunState:
        """The counters of the moment in view."""
        return self._held[0].state_at(self._held[1]) if self._held else self._runs.state

    @property
    def epoch(self) -> float:
        """The moment in view, in epochs done."""
        held = self.held
        return self._runs.state.epoch if held is None else held.epoch

    @property
    def index(self) -> int:
        """Index of the snapshot in view, or about to be; the last index for the live moment."""
        aim = self._wanted or self._held
        return len(self.snapshots) - 1 if aim is None else self.snapshots.index_of(aim[1].step)

    @property
    def model(self) -> Model:
        """The unedited network at the moment in view."""
        return self._viewer.unaltered

    def show(self, index: int) -> None:
        """Hold a snapshot by its index; past the ends, the first or last."""
        run = self._runs.run
        if not len(run.snapshots):
            return
        self._wanted = run, run.snapshots[min(max(index, 0), len(run.snapshots) - 1)]
        self._throttle.request() if self._runs.moving else self.settle()

    def settle(self) -> None:
        """Hold the waiting moment now."""
        wanted, self._wanted = self._wanted, None
        self._throttle.stop()
        if wanted is None or wanted[1] is self.held or wanted[0] is not self._runs.run:
            return
        self._throttle.hold_off(SHARED_SECONDS)
        self._held = wanted
        self._viewer.hold(wanted[0].model_at(wanted[1]))
        self.changed.emit()

    def show_epoch(self, epoch: float) -> None:
        """Hold the snapshot nearest to a moment in epochs; past the last batch, go live."""
        if epoch >= self._runs.state.epoch:
            self.live()
        elif len(self.snapshots):
            self.show(self.snapshots.nearest(epoch))

    def step(self, by: int) -> None:
        """Go so many snapshots on, or back; past the last one, go live."""
        at = self.index + by
        if at >= len(self.snapshots):
            self.live()
        elif self._wanted or self._held or by < 0:
            self.show(at)

    def live(self) -> None:
        """Let go, and show the newest weights again."""
        self._wanted = None
        if self._held is not None:
            self._held = None
            self._viewer.release()
            self.changed.emit()

    @property
    def _extent(self) -> tuple[Run, int]:
        """The run in view and its last moment, which change as the run grows."""
        run = self._runs.run
        last = run.snapshots[len(run.snapshots) - 1].step if len(run.snapshots) else -1
        return run, last

    def _on_history(self) -> None:
        """Go live if another run came into view, and report new moments."""
        if self._held is not None and self._held[0] is not self._runs.run:
            self.live()
        extent = self._extent
        if extent != self._known:
            self._known = extent
            self.changed.emit()
