"""A stop's weights are made once, and are those of its moment."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest

from visualizer.core.history import History
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.snapshots import Snapshot
from visualizer.core.talk.stop import Stop, Talk
from visualizer.core.talk.texts import TalkError
from visualizer.session.stop_weights import StopWeights
from visualizer.storage.run_file import StoredRun, save_run
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES

RUN = Stop("a", network="", weights="weights/run.safetensors")
WEIGHTS = Stop("a", network="", weights="w.safetensors")


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """A talk with weights, and with a run whose weights after so many batches have that seed."""
    folder, network = tmp_path_factory.mktemp("talk"), named("dense")
    save_weights(folder / "w", network, initial_weights(network, 3), {"seed": "3"})
    history = History(1)
    for batch in range(1, 11):
        history.add_batch(batch / 10, 1 / batch, 0.5)
    moments = tuple(Snapshot(n, n / 10, initial_weights(network, n)) for n in (0, 5, 10))
    recipe = asdict(RECIPES["book"])
    run = StoredRun(network, "run 1", 0, recipe, "bars", 100, 1.0, history, moments)
    save_run(folder / "run", run)
    names = {RUN.weights: "run", WEIGHTS.weights: "w"}
    files = {name: (folder / file).read_bytes() for name, file in names.items()}
    return Talk("T", stops=(RUN, WEIGHTS), files=files)


def kernel(weights: StopWeights, stop: Stop, talk: Talk) -> np.ndarray:
    return weights.of(stop, talk).model.weights["dense_1.kernel"]


def test_each_is_made_once(talk: Talk) -> None:
    weights = StopWeights()
    for stop in (RUN, WEIGHTS, Stop("a"), Stop("a", weights="untrained", seed=3)):
        assert weights.of(stop, talk) is weights.of(replace(stop, words="Other words."), talk)


def test_the_built_in_networks_come_trained_and_the_book_with_its_curves(talk: Talk) -> None:
    weights = StopWeights()
    for name in NETWORKS.keys() - {"same-padding"}:
        run = weights.of(Stop("a", network=name), talk)
        assert (run.model.network, run.state.phase) == (named(name), "stored")
        assert bool(len(run.history)) == (name == "book")


def test_an_untrained_one_is_that_of_its_seed(talk: Talk) -> None:
    stop = Stop("a", network="dense", weights="untrained", seed=7)
    run = StopWeights().of(stop, talk)
    assert (run.state.phase, run.model.origin) == ("ready", "untrained, seed 7")
    expected = initial_weights(named("dense"), 7)["dense_1.kernel"]
    np.testing.assert_array_equal(run.model.weights["dense_1.kernel"], expected)


@pytest.mark.parametrize(("moment", "seed"), [(None, 10), (0, 0), (5, 5), (9, 5), (10, 10)])
def test_a_run_rests_at_the_moment_of_the_stop(talk: Talk, moment: int | None, seed: int) -> None:
    stop, weights = replace(RUN, moment=moment), StopWeights()
    expected = initial_weights(named("dense"), seed)["dense_1.kernel"]
    np.testing.assert_array_equal(kernel(weights, stop, talk), expected)
    run = weights.of(stop, talk)
    assert (run.state.step, len(run.history), len(run.snapshots)) == (seed, 10, 3)


def test_moments_of_one_run_do_not_change_each_other(talk: Talk) -> None:
    weights = StopWeights()
    first = weights.of(replace(RUN, moment=0), talk)
    weights.of(replace(RUN, moment=10), talk)
    assert first.state.step == 0


def test_a_file_of_weights_is_shown_with_its_facts(talk: Talk) -> None:
    run = StopWeights().of(WEIGHTS, talk)
    assert (run.model.origin, run.model.facts["seed"]) == ("w.safetensors", "3")


def test_what_cannot_be_made_is_told_with_its_line(talk: Talk) -> None:
    lacking = replace(talk, files={}, stops=(replace(RUN, line=12),))
    with pytest.raises(TalkError, match=r"line 12: weights/run\.safetensors is missing"):
        StopWeights().prepare(lacking)
    StopWeights().prepare(talk)
