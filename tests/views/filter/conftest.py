"""What the Filter room shows: real facts of small data, and layers made by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from visualizer.core.edits import Edit
from visualizer.core.network.networks import named
from visualizer.core.responses import LayerResponses, Responses
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.filters.facts import FilterFacts
from visualizer.runs.bundled import bundled_model
from visualizer.scene.scene import Model
from visualizer.training.ascent import ascend
from visualizer.training.initial import initial_weights
from visualizer.training.responses import collect

Facts = Callable[..., FilterFacts]


@cache
def _studied(network: str, edits: tuple[Edit, ...]) -> tuple[Model, Dataset, Responses]:
    """A network, small data, and what its filters answer to there."""
    dataset = synthetic_digits(train=0, test=120)
    if network == "book":
        model = bundled_model()
    else:
        built = named(network)
        model = Model(built, initial_weights(built, 0), "seed 0")
    model = model.altered(edits)
    *_, responses = collect(model.network, model.weights, dataset.test)
    assert isinstance(responses, Responses)
    return model, dataset, responses


@pytest.fixture
def facts() -> Facts:
    """A function that finds out about one channel of a layer of a network."""

    def find(
        layer: str,
        channel: int,
        network: str = "book",
        edits: tuple[Edit, ...] = (),
        accuracy_without: float | None = None,
    ) -> FilterFacts:
        model, dataset, responses = _studied(network, edits)
        *_, step = ascend(model.network, model.weights, layer, channel, 0, steps=2)
        return FilterFacts(model, dataset, responses, layer, channel, step, accuracy_without)

    return find


@pytest.fixture
def layer_of() -> Callable[..., LayerResponses]:
    """A function that makes the responses of one filter from all its values, a row a digit."""

    def make(
        values: list[list[float]],
        labels: list[int],
        edges: np.ndarray | None = None,
    ) -> LayerResponses:
        responses = np.array(values, np.float32)
        least, most = responses.min(), responses.max()
        if edges is None:
            edges = np.linspace(least, most, 65, dtype=np.float32)
        counts = np.histogram(responses.ravel(), edges)[0]
        return LayerResponses(
            "conv2d_1",
            (1, responses.shape[1], 1),
            np.array(labels, np.uint8),
            responses.max(1, keepdims=True),
            responses.argmax(1)[:, None].astype(np.uint16),
            counts[None].astype(np.int64),
            edges[None],
            least[None],
            most[None],
            np.array([(responses > 0).sum()]),
            np.eye(1, dtype=np.float32),
        )

    return make
