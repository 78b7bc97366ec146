"""Several trained networks side by side; the commands `shift` and `compare`."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from visualizer.cli.options import CompareOptions, ShiftOptions
from visualizer.core.network.measures import Measured, as_json, as_table, measures
from visualizer.data.dataset import Dataset, Images
from visualizer.data.open import open_dataset
from visualizer.data.shift import axes, square
from visualizer.runs.bundled import bundled_files
from visualizer.runs.how_trained import trained_by_facts
from visualizer.storage.weights import StoredWeights, load_weights
from visualizer.system.atomic import check_writable, write_atomically
from visualizer.training.recipe import RECIPES

COLUMNS = ("network", "dy", "dx", "accuracy")


def shift(options: ShiftOptions) -> dict[str, Any]:
    """Test each network on moved digits and write a line for each network and shift.

    Raises
    ------
    OSError
        The file cannot be written: this is checked before the work.
    ValueError
        The data or weights cannot be used.
    """
    check_writable(options.out)
    networks = _networks(options.weights)
    dataset = open_dataset(options.dataset, options.data, train=False)
    images = _first(dataset, options.images)
    shifts = square() if options.square else axes()
    from visualizer.training.evaluate import shift_accuracies

    rows: list[tuple[object, ...]] = []
    for name, stored in networks:
        found = shift_accuracies(stored.network, stored.weights, images, shifts)
        accuracies = _progress(found, len(shifts), name)
        rows += [(name, *at, round(of, 6)) for at, of in zip(shifts, accuracies, strict=True)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    write_atomically(options.out, text.getvalue().encode())
    return {
        "networks": [name for name, _ in networks],
        "dataset": dataset.name,
        "images": len(images),
        "shifts": len(shifts),
        "out": str(options.out),
    }


def compare(options: CompareOptions) -> str:
    """Write sizes, test accuracy and speed of each network, as a table or as JSON.

    Raises
    ------
    ValueError
        The data or weights cannot be used.
    """
    networks = _networks(options.weights)
    dataset = open_dataset(options.dataset, options.data)
    images = _first(dataset, options.images)
    from visualizer.training.evaluate import evaluate
    from visualizer.training.speed import digit_seconds, epoch_seconds

    compared = []
    for name, stored in _progress(networks, len(networks), "networks"):
        network, weights = stored.network, stored.weights
        compared.append(
            Measured(
                name,
                measures(stored.network),
                trained_by_facts(stored.metadata),
                evaluate(network, weights, images).accuracy,
                epoch_seconds(network, weights, dataset, RECIPES["book"]),
                digit_seconds(network, weights, images),
            )
        )
    if options.json:
        entries = [as_json(each) for each in compared]
        return json.dumps({"dataset": dataset.name, "images": len(images), "networks": entries})
    return f"{as_table(compared, dataset.name)}\n\n{dataset.name}, {len(images):,} test images"


def _networks(paths: Sequence[Path] | None) -> list[tuple[str, StoredWeights]]:
    """Load the networks with their names; equal names get the file's name added."""
    files = bundled_files() if paths is None else paths
    stored = [load_weights(path) for path in files]
    counts = Counter(each.network.name for each in stored)
    names = [
        name if name and counts[name] == 1 else f"{name} ({path.name})".strip()
        for path, name in zip(files, (each.network.name for each in stored), strict=True)
    ]
    return list(zip(names, stored, strict=True))


def _first(dataset: Dataset, count: int | None) -> Images:
    """Return the first images of the test set."""
    return Images(dataset.test.pixels[:count], dataset.test.labels[:count])


def _progress(items: Iterable[Any], total: int, what: str) -> Iterator[Any]:
    from tqdm import tqdm

    return iter(tqdm(items, total=total, desc=what, file=sys.stderr))
