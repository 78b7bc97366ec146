"""Weights files: safetensors in the layout of `core`, with what they are in the metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from visualizer.core.layer import Array, Weights
from visualizer.core.network import Network
from visualizer.core.networks import named
from visualizer.storage.atomic import write_atomically

LARGEST_HEADER = 1 << 20
LARGEST_FILE = 1 << 28


class WeightsError(ValueError):
    """A weights file that cannot be used: one sentence with its name and why."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredWeights:
    """What a weights file holds.

    Attributes
    ----------
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
        float32, kernels (kh, kw, in, out) or (in, out).
    metadata : dict of str
        network, recipe, seed, epochs, dataset, test_accuracy, version.
    """

    network: Network
    weights: Weights
    metadata: dict[str, str]


def save_weights(
    path: Path | str, network: Network, weights: Weights, metadata: Mapping[str, str]
) -> None:
    """Write a weights file whole or not at all; the network's name goes into its metadata.

    Raises
    ------
    ValueError
        Weights that are not this network's, or not finite.
    OSError
        The file cannot be written.
    """
    network.check_weights(weights)
    tensors = {key: np.ascontiguousarray(weights[key], np.float32) for key in network.parameters}
    write_atomically(path, save(tensors, {**metadata, "network": network.name}))


def load_weights(path: Path | str) -> StoredWeights:
    """Read a weights file and check that it fits the network that it names.

    Raises
    ------
    WeightsError
        The file is missing, not safetensors, cut short, of an unknown network, or holds a
        tensor that is missing, misshapen, not float32 or not finite.
    """
    path = Path(path)
    try:
        data = _read(path)
        metadata = _metadata(data)
        tensors = load(data)
        network = named(metadata.get("network", ""))
        _check_dtypes(tensors)
        network.check_weights(tensors)
    except OSError as error:
        raise WeightsError(f"{path}: {error.strerror or error}") from error
    except (SafetensorError, KeyError, TypeError) as error:
        raise WeightsError(f"{path} is not a whole safetensors file") from error
    except ValueError as error:
        raise WeightsError(f"{path}: {error}") from error
    return StoredWeights(network, tensors, metadata)


def _read(path: Path) -> bytes:
    """The file's bytes; one beyond any weights file is refused before it fills the memory."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError(f"it is larger than the {LARGEST_FILE >> 20} MiB a weights file may have")
    return data


def _metadata(data: bytes) -> dict[str, str]:
    """The strings in the header: 8 bytes of its length, little-endian, then JSON."""
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(LARGEST_HEADER, len(data) - 8):
        raise ValueError("it is not a whole safetensors file")
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not a safetensors file") from error
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict) or "network" not in metadata:
        raise ValueError("it does not say which network it is of")
    return {str(key): str(value) for key, value in metadata.items()}


def _check_dtypes(tensors: Mapping[str, Array]) -> None:
    for key, tensor in tensors.items():
        if tensor.dtype != np.float32:
            raise ValueError(f"{key} is {tensor.dtype}, not float32")
