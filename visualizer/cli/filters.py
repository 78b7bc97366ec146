"""Collect the responses of a layer's filters and write them as JSON; the command `filters`."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from visualizer.cli.options import FiltersOptions
from visualizer.core.network.layer import Array
from visualizer.core.responses import Patch, check_filter
from visualizer.data.open import open_dataset
from visualizer.filters.facts import FilterFacts
from visualizer.runs.bundled import bundled_model
from visualizer.scene.scene import Model
from visualizer.storage.weights import load_weights
from visualizer.system.atomic import check_writable, write_atomically

Step = TypeVar("Step")
FILE = "filters.json"
SEED = 0


def filters(options: FiltersOptions) -> dict[str, Any]:
    """Collect a layer's responses over the test set; write them, and a sheet of each filter.

    Raises
    ------
    OSError
        The folder cannot be written to: this is checked before the work.
    ValueError
        The data or weights cannot be used, or there is no such layer or filter.
    """
    model = _model(options.weights)
    check_filter(model.network, options.layer, options.filter)
    dataset = open_dataset(options.dataset, options.data, train=False)
    options.out.mkdir(parents=True, exist_ok=True)
    path: Path = options.out / FILE
    check_writable(path)
    from visualizer.training.ascent import ascend
    from visualizer.training.responses import collect

    network, weights = model.network, model.weights
    responses = _last(collect(network, weights, dataset.test), f"{dataset.name}, responses")
    channels = range(responses[options.layer].channels)
    chosen = channels if options.filter is None else [options.filter]
    ascents = [
        _result(ascend(network, weights, options.layer, channel, SEED))
        for channel in progress(chosen, "pictures by ascent")
    ]
    without: list[float] | list[None] = [None] * len(chosen)
    if options.ablate:
        from visualizer.training.ablation import ablations

        steps = ablations(network, weights, dataset.test, options.layer, channels=chosen)
        found = _last(steps, "accuracy without each filter")
        without = found.without.tolist()
    facts = [
        FilterFacts(model, dataset, responses, options.layer, channel, ascent, accuracy)
        for channel, ascent, accuracy in zip(chosen, ascents, without, strict=True)
    ]
    report = {
        "layer": options.layer,
        "network": model.network.name,
        "dataset": dataset.name,
        "images": responses.images,
        "accuracy": responses.accuracy,
    }
    entries = [filter_entry(each) for each in facts]
    text = json.dumps({**report, "filters": entries}, allow_nan=False)
    write_atomically(path, text.encode())
    from visualizer.app.figures import write_sheets

    write_sheets(progress(facts, "sheets"), options.out)
    return {**report, "filters": len(entries), "out": str(path)}


def _model(weights: Path | None) -> Model:
    if weights is None:
        return bundled_model()
    stored = load_weights(weights)
    return Model(stored.network, stored.weights, weights.name, facts=stored.metadata)


def filter_entry(facts: FilterFacts) -> dict[str, Any]:
    """Return the facts of one filter as plain values; a class without digits is null."""
    layer, channel = facts.known, facts.channel
    entry = {
        "filter": channel,
        "badges": list(layer.badges(channel)),
        "twins": [list(twin) for twin in layer.twins(channel)],
        "above_zero": int(layer.above_zero[channel]) / layer.total,
        "waking": float(layer.waking[channel]),
        "class_means": _numbers(layer.class_means[channel]),
        "histogram": {
            "edges": layer.edges[channel].tolist(),
            "counts": layer.counts[channel].tolist(),
        },
        "top": [_patch(patch) for patch in facts.top],
        "bottom": [_patch(patch) for patch in facts.bottom],
        "ascent": {"value": facts.ascent.value, "best_in_data": facts.best_in_data},
    }
    if facts.accuracy_without is not None:
        entry["accuracy_without"] = facts.accuracy_without
    return entry


def _numbers(values: Array) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def _patch(patch: Patch) -> dict[str, Any]:
    return {
        "digit": patch.digit,
        "row": patch.row,
        "column": patch.column,
        "value": patch.value,
    }


def _result(steps: Iterator[Step]) -> Step:
    """Run a generator to its end and return its last step."""
    *_, result = steps
    return result


def _last(steps: Iterator[float | Step], what: str) -> Step:
    """Run a generator of shares done with a progress bar, and return its final result."""
    from tqdm import tqdm

    with tqdm(total=1.0, desc=what, file=sys.stderr, bar_format="{l_bar}{bar}") as bar:
        for step in steps:
            if not isinstance(step, float):
                return step
            bar.update(step - bar.n)
    raise AssertionError("a generator of shares ends with its result")


def progress(items: Sequence[Any], what: str) -> Iterator[Any]:
    """Yield the items one by one, with a progress bar."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, unit=" filters", file=sys.stderr))
