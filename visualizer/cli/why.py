"""The commands `gradients` and `explain`: both passes in numbers, without torch."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from visualizer.cli.commands import check_index, stored_or_bundled, write_arrays
from visualizer.cli.options import ExplainOptions, GradientsOptions
from visualizer.core.backward.batch import examples, mean_gradients
from visualizer.core.network.layer import Array
from visualizer.core.parts.parts import PIXELS, parts_of_class
from visualizer.core.parts.wipe import Wiped, wiping
from visualizer.data.dataset import UInt8
from visualizer.data.open import open_dataset
from visualizer.storage.weights import load_weights
from visualizer.system.atomic import check_writable


def gradients(options: GradientsOptions) -> dict[str, Any]:
    """Write the mean loss of training digits and its gradient by each weight tensor.

    Raises
    ------
    OSError
        The file cannot be written: this is checked before the work.
    ValueError
        The data or weights cannot be used, or there is no such digit.
    """
    check_writable(options.out)
    stored = load_weights(options.weights)
    dataset = open_dataset(options.dataset, options.data)
    for index in options.indices:
        check_index(index, dataset.train, "training")
    from tqdm import tqdm

    chosen = list(options.indices)
    images = map(_image, dataset.train.pixels[chosen])
    labels = dataset.train.labels[chosen].tolist()
    batch = examples(stored.network, stored.weights, images, labels)
    bar = tqdm(batch, total=len(chosen), desc="backward", unit=" digits", file=sys.stderr)
    mean = mean_gradients(stored.network, bar)
    write_arrays(options.out, {"loss": np.float64(mean.loss), **mean.weights})
    return {
        "network": stored.network.name,
        "dataset": dataset.name,
        "images": len(chosen),
        "loss": mean.loss,
        "tensors": {key: list(gradient.shape) for key, gradient in mean.weights.items()},
        "out": str(options.out),
    }


def explain(options: ExplainOptions) -> dict[str, Any]:
    """Write the parts of a class's logit, or of what it is above another class's.

    Raises
    ------
    OSError
        The file cannot be written: this is checked before the work.
    ValueError
        The data or weights cannot be used, or there is no such digit.
    """
    check_writable(options.out)
    stored = stored_or_bundled(options.weights)
    network, weights = stored.network, stored.weights
    dataset = open_dataset(options.dataset, options.data, train=False)
    check_index(options.digit, dataset.test, "test")
    pixels = dataset.test.pixels[options.digit]
    trace = network.forward(_image(pixels), weights)
    parts = parts_of_class(network, weights, trace, options.label, options.against)
    arrays: dict[str, Any] = {
        PIXELS: parts.pixels,
        **{f"bias.{layer}": part for layer, part in parts.biases.items()},
        "logit": np.float32(parts.value),
    }
    if options.wipe is not None:
        (wiped,) = (
            step
            for step in wiping(network, weights, pixels, options.wipe)
            if isinstance(step, Wiped)
        )
        arrays["wiped"] = np.ascontiguousarray(wiped.probabilities[..., options.label])
    write_arrays(options.out, arrays)
    sums = parts.sums
    return {
        "network": network.name,
        "dataset": dataset.name,
        "digit": options.digit,
        "label": int(dataset.test.labels[options.digit]),
        "class": options.label,
        **({} if options.against is None else {"against": options.against}),
        "logit": parts.value,
        PIXELS: sums.pop(PIXELS),
        "biases": sums,
        "logits": trace.pre_activations[-1].tolist(),
        "probabilities": trace.probabilities.tolist(),
        "out": str(options.out),
    }


def _image(pixels: UInt8) -> Array:
    """Return a digit (28, 28) as a network's input: (28, 28, 1), 0 to 1."""
    return np.asarray(pixels[:, :, None] / np.float32(255), np.float32)
