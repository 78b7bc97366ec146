"""ComparedNetworks: each network with the weights it is compared by: of its run, or built in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.trained import Trained
from visualizer.runs.bundled import BUNDLED, bundled_files, model_of
from visualizer.runs.how_trained import how_trained
from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.scene.scene import Model
from visualizer.storage.weights import load_weights

COMES_WITH = "built in"
UNTRAINED = Trained()


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Trained weights by which a network can be compared.

    Attributes
    ----------
    title : str
        "built in", or the name of the run.
    run : Run or None
        The run of the weights, with its curves, if there is one.
    """

    title: str
    model: Model
    run: Run | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ComparedNetwork:
    """A network with the weights it is compared by.

    Attributes
    ----------
    model : Model or None
        The network's trained weights, if any.
    run : Run or None
        The run of the weights, with its curves, if there is one.
    place : int
        Position among all networks, which gives its colour and dashes.
    trained : Trained
        How far the weights were trained, and on what.
    choices : tuple of Choice
        All weights to choose from: built in, and of the network's own run.
    """

    network: Network
    model: Model | None
    run: Run | None
    place: int
    trained: Trained = UNTRAINED
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        return self.network.name

    @property
    def weights(self) -> str:
        """The title of the choice in use; "–" if there is none."""
        titles = (each.title for each in self.choices if each.model is self.model)
        return next(titles, "–")


class ComparedNetworks(QObject):
    """The six networks, and every other network that was in view.

    A network that is training is compared by the weights of its last rest, so that the comparison
    does not change all the time.

    Signals
    -------
    changed
        The networks or their weights have changed.
    """

    changed = Signal()

    def __init__(self, runs: RunControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._named = [named(name) for name in NETWORKS]
        self._bundled: dict[Network, Model] | None = None
        self._rested: dict[Network, tuple[Model, Run]] = {}
        self._built_in: set[Network] = set()  # networks whose built-in weights were chosen
        self._all: tuple[ComparedNetwork, ...] = ()
        runs.stateChanged.connect(self._on_runs)
        runs.historyChanged.connect(self._on_runs)

    @property
    def all(self) -> tuple[ComparedNetwork, ...]:
        """All networks, the six first; built-in weights are read on first use."""
        if self._bundled is None:
            stored = [load_weights(path) for path in bundled_files()]
            models = [model_of(each, COMES_WITH) for each in stored]
            self._bundled = {model.network: model for model in models}
            self._look()
        return self._all

    @property
    def trained(self) -> tuple[ComparedNetwork, ...]:
        """The networks with trained weights."""
        return tuple(each for each in self.all if each.model is not None)

    def of(self, name: str) -> ComparedNetwork | None:
        """Return the network of this name, if there is one."""
        return next((each for each in self.all if each.name == name), None)

    def choose(self, name: str, title: str) -> None:
        """Compare a network by the weights of another of its choices."""
        compared = self.of(name)
        if compared is None or title == compared.weights:
            return
        chosen = self._built_in.add if title == COMES_WITH else self._built_in.discard
        chosen(compared.network)
        if self._look():
            self.changed.emit()

    def _on_runs(self, news: object = None) -> None:
        if self._bundled is not None and self._look():
            self.changed.emit()

    def _look(self) -> bool:
        """Update the networks and their weights; return whether anything differs."""
        others = [run.model.network for run in (*self._runs.all, self._runs.run)]
        networks = list(dict.fromkeys([*self._named, *others]))
        found = tuple(self._compared(network, at) for at, network in enumerate(networks))
        before, self._all = self._all, found
        return list(map(_told, before)) != list(map(_told, found))

    def _compared(self, network: Network, place: int) -> ComparedNetwork:
        choices = self._choices(network)
        if not choices:
            return ComparedNetwork(network, None, None, place)
        chosen = choices[0] if network in self._built_in else choices[-1]
        model, run = chosen.model, chosen.run
        return ComparedNetwork(network, model, run, place, how_trained(model, run), choices)

    def _choices(self, network: Network) -> tuple[Choice, ...]:
        """List the built-in weights, then those of the network's own run, if they exist."""
        bundled = (self._bundled or {}).get(network)
        choices = [] if bundled is None else [Choice(COMES_WITH, bundled)]
        run = self._runs.registry.of(network)
        if run is not None and _is_trained(run) and not run.state.moving:
            if self._rested.get(network, (None, None))[1] is not run:
                self._built_in.discard(network)
            self._rested[network] = run.model, run
        if run is None or network not in self._rested:
            return tuple(choices)
        model, rested = self._rested[network]
        if model.origin == BUNDLED:
            return (Choice(COMES_WITH, model, rested),)
        return (*choices, Choice(rested.name or model.origin, model, rested))


def _told(compared: ComparedNetwork) -> tuple[object, ...]:
    """Return what makes a difference to those who show a compared network."""
    titles = [(each.title, each.model) for each in compared.choices]
    return compared.network, compared.model, compared.trained, titles


def _is_trained(run: Run) -> bool:
    """Return whether a run's weights were learnt: here, or before they were stored."""
    moment = run.model.moment
    return run.state.phase == "stored" or (moment is not None and moment.step > 0)
