"""The commands without a window; each returns the facts that are printed as JSON."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from visualizer.cli.options import ActivationsOptions, DownloadOptions, EvaluateOptions
from visualizer.core.network.layer import Array
from visualizer.data.dataset import DataError, Images
from visualizer.data.open import open_dataset
from visualizer.storage.resources import resource
from visualizer.storage.weights import StoredWeights, load_weights
from visualizer.system.atomic import check_writable, write_atomically


def evaluate(options: EvaluateOptions) -> dict[str, Any]:
    """Test stored weights on the test set."""
    stored = load_weights(options.weights)
    dataset = open_dataset(options.dataset, options.data, train=False)
    from visualizer.training.evaluate import evaluate as test

    result = test(stored.network, stored.weights, dataset.test)
    return {
        "network": stored.network.name,
        "dataset": dataset.name,
        "test_loss": result.loss,
        "test_accuracy": result.accuracy,
        "images": len(dataset.test),
    }


def activations(options: ActivationsOptions) -> dict[str, Any]:
    """Write every layer's output for one digit, (h, w, c) or (units,), named by layer."""
    check_writable(options.out)
    stored = stored_or_bundled(options.weights)
    pixels = _pixels(options)
    trace = stored.network.forward(pixels[:, :, None] / np.float32(255), stored.weights)
    outputs: dict[str, Any] = {
        layer.name: output
        for layer, output in zip(stored.network.layers, trace.outputs, strict=True)
    }
    write_arrays(options.out, outputs)
    return {
        "network": stored.network.name,
        "layers": {name: list(output.shape) for name, output in outputs.items()},
        "prediction": int(trace.probabilities.argmax()),
        "out": str(options.out),
    }


def download(options: DownloadOptions) -> str:
    """Download MNIST into the cache with a progress bar; return where it is, in words."""
    from tqdm import tqdm

    from visualizer.data.mnist import download as fetch

    with tqdm(unit="B", unit_scale=True, desc="MNIST", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return f"MNIST is in {fetch(show)}"


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write named arrays as a .npz file, whole or not at all."""
    archive = io.BytesIO()
    np.savez(archive, **arrays)
    write_atomically(path, archive.getvalue())


def stored_or_bundled(path: Path | None) -> StoredWeights:
    """Read a weights file, or that of the network that comes with the program."""
    return load_weights(path or resource("pretrained", "book.safetensors"))


def _pixels(options: ActivationsOptions) -> Array:
    """Return the requested digit, (28, 28) float32, 0 to 255."""
    if options.image is not None:
        from visualizer.digits.pictures import read_picture

        return read_picture(options.image).digit.astype(np.float32)
    images = open_dataset(options.dataset, options.data, train=False).test
    assert options.digit is not None
    check_index(options.digit, images, "test")
    digit: Array = images.pixels[options.digit].astype(np.float32)
    return digit


def check_index(index: int, images: Images, which: str) -> None:
    """Raise a DataError unless the training or test set has this digit."""
    if index >= len(images):
        raise DataError(f"there is no digit {index}: the {which} set has {len(images):,}, from 0")
