"""Gradient flow is measured while a network learns; torch and our own gradients are the judges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.backward.batch import examples, mean_gradients
from visualizer.core.flow import (
    EACH,
    LOOKED_AT,
    LayerFlow,
    diagnoses,
    is_measured,
    learning_layers,
)
from visualizer.core.network.networks import NETWORKS, named
from visualizer.data.dataset import Dataset
from visualizer.training.events import BatchEnded, Event, Finished, WeightsPublished
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
from visualizer.training.torch_network import TorchNetwork

QUICK = {name: replace(recipe, batch_size=16, epochs=1) for name, recipe in RECIPES.items()}


def trained(name: str, recipe: str, dataset: Dataset, settings: Settings, **more: object) -> list:
    more.setdefault("watch_next", lambda: True)
    more.setdefault("publish_now", lambda: True)
    return list(fit(named(name), dataset, QUICK[recipe], settings=settings, **more))


def flows(events: list[Event]) -> list[LayerFlow]:
    found = [event.flow for event in events if isinstance(event, BatchEnded)]
    return [flow for flow in found if flow is not None]


def rms(arrays: list[np.ndarray]) -> float:
    """The root mean square of all numbers of some arrays, in double precision."""
    flat = np.concatenate([array.ravel() for array in arrays]).astype(np.float64)
    return float(np.sqrt((flat**2).mean()))


def length(arrays: list[np.ndarray]) -> float:
    return float(np.linalg.norm(np.concatenate([each.ravel() for each in arrays]).astype(float)))


@pytest.mark.parametrize("recipe", ["book", "fast"])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_sizes_are_those_of_torch_and_of_our_own_gradients(
    name: str, recipe: str, small_dataset: Dataset, pinned: Settings
) -> None:
    network, events = named(name), trained(name, recipe, small_dataset, pinned)
    published = [event for event in events if isinstance(event, WeightsPublished)][:3]
    for flow, after in zip(flows(events), published, strict=False):
        state = after.began
        assert state is not None and flow.step == after.step == state.step
        images = state.pixels.reshape(-1, *network.input_shape).astype(np.float32) / 255
        ours = mean_gradients(
            network, examples(network, state.weights, images, state.labels.tolist())
        ).weights
        judge = TorchNetwork(network, state.weights)
        logits = judge.logits(torch.from_numpy(state.pixels))
        F.cross_entropy(logits, torch.from_numpy(state.labels).long()).backward()
        torchs = judge.arrays(judge.gradients)
        for at, layer in enumerate(learning_layers(network)):
            keys = [f"{layer.name}.{part}" for part in layer.parameters]
            for gradients in (torchs, ours):
                expected = rms([gradients[key] for key in keys])
                assert flow.gradients[at] == pytest.approx(expected, rel=1e-4)
            change = length([after.weights[key] - state.weights[key] for key in keys])
            whole = length([state.weights[key] for key in keys])
            assert flow.ratios[at] == pytest.approx(change / whole, rel=1e-4)


def test_some_batches_are_measured_and_each_watched_one(
    small_dataset: Dataset, pinned: Settings
) -> None:
    recipe = replace(QUICK["book"], batch_size=2)
    usual = list(fit(named("dense"), small_dataset, recipe, settings=pinned))
    measured = [flow.step for flow in flows(usual)]
    assert measured == [step for step in range(1, 101) if is_measured(step) or step == 100]
    assert len(measured) < 2 * EACH
    none = trained("dense", "book", small_dataset, pinned, measures=lambda step: False)
    assert [flow.step for flow in flows(none)] == list(range(1, 14))  # each was watched


def test_measuring_changes_no_weight(small_dataset: Dataset, pinned: Settings) -> None:
    ends = []
    for measured in (True, False):
        more = {"measures": lambda step, it=measured: it, "watch_next": lambda: False}
        ends.append(trained("book", "fast", small_dataset, pinned, **more)[-1])
    one, other = ends
    assert isinstance(one, Finished) and isinstance(other, Finished)
    assert all(np.array_equal(one.weights[key], other.weights[key]) for key in one.weights)


def test_in_bfloat16_the_sizes_are_nearly_the_same(small_dataset: Dataset) -> None:
    found = [
        flows(trained("book", "book", small_dataset, Settings(precision, 1, "cpu")))[0]
        for precision in ("float32", "bfloat16")
    ]
    assert found[0].gradients == pytest.approx(found[1].gradients, rel=0.1)
    assert found[0].ratios == pytest.approx(found[1].ratios, rel=0.1)


@pytest.mark.parametrize("name", ["book", "no-max-pool", "dense"])
def test_of_a_layer_that_is_said_to_be_shut_every_unit_is(
    name: str, small_dataset: Dataset, pinned: Settings
) -> None:
    network, recipe = named(name), replace(QUICK["book"], learning_rate=3.0)
    events = fit(network, small_dataset, recipe, 3, settings=pinned, publish_now=lambda: True,
                 watch_next=lambda: True)  # fmt: skip
    measured, checked, began = [], 0, None
    for event in events:
        if isinstance(event, WeightsPublished):
            began = event.began
        elif isinstance(event, BatchEnded):
            measured.append(event.flow)
            for found in diagnoses(network, measured[-LOOKED_AT:]):
                if found.ill == "dead" and found.shut:
                    assert began is not None
                    layer = [each.name for each in network.layers].index(found.layers[0])
                    for pixels in began.pixels:
                        image = pixels.reshape(network.input_shape).astype(np.float32) / 255
                        trace = network.forward(image, began.weights)
                        assert not trace.outputs[layer].any()
                    checked += 1
    assert checked or name == "dense"


@pytest.mark.parametrize("recipe", ["book", "fast"])
@pytest.mark.parametrize("name", NETWORKS)
def test_usual_training_alarms_nobody(
    name: str, recipe: str, small_dataset: Dataset, pinned: Settings
) -> None:
    measured = flows(trained(name, recipe, small_dataset, pinned))
    ill = [
        found.ill
        for end in range(len(measured))
        for found in diagnoses(named(name), measured[: end + 1])
    ]
    assert ill == []
