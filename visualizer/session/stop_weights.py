"""StopWeights: the runs whose weights the stops of a talk show, each made once."""

from __future__ import annotations

from pathlib import PurePosixPath

from visualizer.core.network.networks import named
from visualizer.core.talk.stop import TRAINED, UNTRAINED, Stop, Talk
from visualizer.core.talk.texts import TalkError
from visualizer.runs.bundled import model_of, trained_run
from visualizer.runs.run import Run
from visualizer.runs.stored_run import to_run
from visualizer.scene.scene import Model
from visualizer.storage.run_file import StoredRun, holds_run, run_in
from visualizer.storage.weights import weights_in
from visualizer.training.initial import initial_weights

Key = tuple[str, int | None, bytes]


class StopWeights:
    """Runs by what makes them, so that a stop is there at once when one comes back to it."""

    def __init__(self) -> None:
        self._made: dict[Key, Run] = {}
        self._stored: dict[bytes, StoredRun] = {}

    def of(self, stop: Stop, talk: Talk) -> Run:
        """Return the run of a stop: built in, untrained, or from a file and at its moment.

        Raises
        ------
        ValueError
            The file is missing, or cannot be used; the sentence names it.
        OSError
            The built-in network does not come trained.
        """
        if stop.weights in (TRAINED, UNTRAINED):
            key: Key = (f"{stop.network} {stop.weights}", stop.seed, b"")
        elif stop.weights in talk.files:
            key = (stop.weights, stop.moment, talk.files[stop.weights])
        else:
            raise ValueError(f"{stop.weights} is missing")
        if key not in self._made:
            self._forget_others(talk)
            self._made[key] = self._run(stop, key[2])
        return self._made[key]

    def prepare(self, talk: Talk) -> None:
        """Make the runs of all stops.

        Raises
        ------
        TalkError
            One cannot be made; the line of its stop is named.
        """
        for stop in talk.stops:
            try:
                self.of(stop, talk)
            except (ValueError, OSError) as error:
                raise TalkError(str(error), stop.line) from error

    def _run(self, stop: Stop, data: bytes) -> Run:
        if stop.weights == TRAINED:
            return trained_run(stop.network)
        if stop.weights == UNTRAINED:
            network = named(stop.network)
            origin = f"untrained, seed {stop.seed}"
            return Run.untrained(Model(network, initial_weights(network, stop.seed), origin))
        name = PurePosixPath(stop.weights).name
        if not holds_run(data):
            return Run.stored(model_of(weights_in(data, stop.weights), name))
        if data not in self._stored:
            self._stored[data] = run_in(data, stop.weights)
        run = to_run(self._stored[data], name)
        if stop.moment is not None:
            run.rest_at(run.snapshots[run.snapshots.index_of(stop.moment)])
        return run

    def _forget_others(self, talk: Talk) -> None:
        """Drop what was made of files that the talk no longer has."""
        there = {b"", *talk.files.values()}
        self._made = {key: run for key, run in self._made.items() if key[2] in there}
        self._stored = {data: run for data, run in self._stored.items() if data in there}
