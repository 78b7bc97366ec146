"""Contenders: each network as it is compared: its own run, else the weights that come with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from visualizer.bundled import bundled_files
from visualizer.core.network import Network
from visualizer.core.networks import NETWORKS, named
from visualizer.run import Run
from visualizer.run_control import RunControl
from visualizer.scene import Model
from visualizer.storage.weights import load_weights

COMES_WITH = "built in"


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A network that is compared.

    Attributes
    ----------
    model : Model or None
        Its trained weights; None where it has none.
    run : Run or None
        Where they come from, with its curves, if there is one.
    place : int
        Its place among all: its colour and dashes go by it.
    """

    network: Network
    model: Model | None
    run: Run | None
    place: int

    @property
    def name(self) -> str:
        return self.network.name


class Contenders(QObject):
    """The six networks, and every other that was in view here.

    A network that learns takes part with the weights that it had when it last rested: what is
    compared stands still.

    Signals
    -------
    changed
        There are others, or others' weights.
    """

    changed = Signal()

    def __init__(self, runs: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._named = [named(name) for name in NETWORKS]
        self._bundled: dict[Network, Model] | None = None
        self._rested: dict[Network, tuple[Model, Run]] = {}
        self._all: tuple[Contender, ...] = ()
        runs.stateChanged.connect(self._on_runs)
        runs.historyChanged.connect(self._on_runs)

    @property
    def all(self) -> tuple[Contender, ...]:
        """Every one, the six first; weights that come with the program are read when asked for."""
        if self._bundled is None:
            stored = [load_weights(path) for path in bundled_files()]
            models = [Model.stored(each, COMES_WITH) for each in stored]
            self._bundled = {model.network: model for model in models}
            self._look()
        return self._all

    @property
    def trained(self) -> tuple[Contender, ...]:
        """Those with trained weights."""
        return tuple(each for each in self.all if each.model is not None)

    def of(self, name: str) -> Contender | None:
        """The one of this name."""
        return next((each for each in self.all if each.name == name), None)

    def _on_runs(self, news: object = None) -> None:
        if self._bundled is not None and self._look():
            self.changed.emit()

    def _look(self) -> bool:
        """Take in what the networks have now; whether anything differs."""
        others = [run.model.network for run in (*self._runs.all, self._runs.run)]
        networks = list(dict.fromkeys([*self._named, *others]))
        found = tuple(self._contender(network, at) for at, network in enumerate(networks))
        before = [(each.network, each.model) for each in self._all]
        self._all = found
        return before != [(each.network, each.model) for each in found]

    def _contender(self, network: Network, place: int) -> Contender:
        run = self._runs.run_of(network)
        if run is not None and _is_trained(run) and not run.state.moving:
            self._rested[network] = run.model, run
        if network in self._rested and run is not None:
            return Contender(network, *self._rested[network], place)
        bundled = (self._bundled or {}).get(network)
        return Contender(network, bundled, None, place)


def _is_trained(run: Run) -> bool:
    """Whether its weights were learnt: here, or before they were stored."""
    moment = run.model.moment
    return run.state.phase == "stored" or (moment is not None and moment.step > 0)
