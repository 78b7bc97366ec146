"""What the filters of a layer answer to, as one JSON file; the command `filters`."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from visualizer.core.layer import Array
from visualizer.core.responses import LayerResponses, Patch, Responses, check_filter
from visualizer.data.open import open_dataset
from visualizer.storage.atomic import check_writable, write_atomically
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights

FILE = "filters.json"
PATCHES = 9
SEED = 0


def filters(options: argparse.Namespace) -> dict[str, Any]:
    """Collect a layer's responses over the test set and write them; what was written, and where.

    Raises
    ------
    OSError
        The folder cannot be written to: found out before the work.
    ValueError
        The data or weights cannot be used, or there is no such layer or filter.
    """
    stored = load_weights(options.weights or resource("pretrained", "book.safetensors"))
    check_filter(stored.network, options.layer, options.filter)
    dataset = open_dataset(options.dataset, options.data)
    options.out.mkdir(parents=True, exist_ok=True)
    path: Path = options.out / FILE
    check_writable(path)
    from visualizer.training.ablation import Ablations, ablations
    from visualizer.training.ascent import ascend
    from visualizer.training.responses import collect

    subject = (stored.network, stored.weights)
    responses = _last(collect(*subject, dataset.test), f"{dataset.name}, responses")
    assert isinstance(responses, Responses)
    layer = responses[options.layer]
    chosen = range(layer.channels) if options.filter is None else [options.filter]
    entries = [filter_entry(layer, channel) for channel in chosen]
    for entry in _bar(entries, "pictures by ascent"):
        *_, best = ascend(*subject, options.layer, entry["filter"], SEED)
        in_data = float(layer.most[entry["filter"]])
        entry["ascent"] = {"value": best.value, "best_in_data": in_data}
    if options.ablate:
        steps = ablations(*subject, dataset.test, options.layer, channels=chosen)
        without = _last(steps, "accuracy without each filter")
        assert isinstance(without, Ablations)
        for entry, accuracy in zip(entries, without.without.tolist(), strict=True):
            entry["accuracy_without"] = accuracy
    facts = {
        "layer": options.layer,
        "network": stored.network.name,
        "dataset": dataset.name,
        "images": responses.images,
        "accuracy": responses.accuracy,
    }
    text = json.dumps({**facts, "filters": entries}, allow_nan=False)
    write_atomically(path, text.encode())
    return {**facts, "filters": len(entries), "out": str(path)}


def filter_entry(layer: LayerResponses, channel: int) -> dict[str, Any]:
    """What is known of one filter's responses, as plain values; a class without digits is null."""
    return {
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
        "top": [_patch(patch) for patch in layer.top(channel, PATCHES)],
        "bottom": [_patch(patch) for patch in layer.bottom(channel, PATCHES)],
    }


def _numbers(values: Array) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def _patch(patch: Patch) -> dict[str, Any]:
    return {
        "digit": patch.digit,
        "row": patch.row,
        "column": patch.column,
        "value": patch.value,
    }


def _last(steps: Iterator[float | Any], what: str) -> object:
    """The result of a generator that yields shares done before it, with a progress bar."""
    from tqdm import tqdm

    with tqdm(total=1.0, desc=what, file=sys.stderr, bar_format="{l_bar}{bar}") as bar:
        for step in steps:
            if isinstance(step, float):
                bar.update(step - bar.n)
    return step


def _bar(entries: list[dict[str, Any]], what: str) -> Iterator[dict[str, Any]]:
    from tqdm import tqdm

    return iter(tqdm(entries, desc=what, unit=" filters", file=sys.stderr))
