"""What a stop says, held against itself and against its network."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from visualizer.core.edits import altered, edit_of
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.talk.places import check_way
from visualizer.core.talk.stop import TRAINED, UNTRAINED, Stop

Check = Callable[[Stop], None]


def check_stop(stop: Stop, network: Network) -> None:
    """Check that a stop's edits, cells and steps are possible in its network.

    Raises
    ------
    ValueError
        One is not; the sentence says which.
    """
    check_edits(stop, network)
    check_way(stop.way, network)


def check_edits(stop: Stop, network: Network) -> None:
    """Raise a ValueError if an edit does not fit a network."""
    if stop.edits:
        altered(network, _nothing(network), map(edit_of, stop.edits))


@cache
def _nothing(network: Network) -> dict[str, Array]:
    """Make weights of nothing but 0, which take no memory."""
    zero = np.zeros((), np.float32)
    return {key: np.broadcast_to(zero, shape) for key, shape in network.parameters.items()}


@cache
def _built_in(name: str) -> Network:
    return named(name)


def _check_moment(stop: Stop) -> None:
    if stop.moment is not None and stop.weights in (TRAINED, UNTRAINED):
        raise ValueError("a moment is one of a run: name the run's file at weights")


def _fits(check: Callable[[Stop, Network], None]) -> Check:
    """Make a check of the stops whose network is a built-in one."""

    def fits(stop: Stop) -> None:
        if stop.network in NETWORKS:
            check(stop, _built_in(stop.network))

    return fits


# By the key whose line is wrong.
CHECKS: dict[str, Check] = {
    "moment": _check_moment,
    "edits": _fits(check_edits),
    "cell": _fits(lambda stop, network: check_way(stop.way, network)),
}
