"""Weights files: safetensors in the layout of `core`, with facts about them in the metadata."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network
from visualizer.core.network.networks import CLASSES, INPUT_SHAPE, named
from visualizer.core.network.spec import from_spec, to_spec
from visualizer.system.atomic import write_atomically
from visualizer.system.errors import reason
from visualizer.system.files import open_regular

RUN = "run"  # an entry of the metadata that only saved runs have
LARGEST_HEADER = 1 << 20
ALIGNMENT = 8  # bytes: where the tensors begin
LARGEST_FILE = 1 << 28
LARGEST_SPEC = 1 << 16
MOST_ENTRIES = 128
LONGEST_TEXT = 200  # characters of foreign text: a key or value, or an error's reason


class WeightsError(ValueError):
    """An unusable weights file: one sentence with the file's name and the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredWeights:
    """The content of a weights file.

    Attributes
    ----------
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
        float32, kernels (kh, kw, in, out) or (in, out).
    metadata : dict of str
        network, recipe and its values, seed, epochs, dataset, train_images, device, precision,
        threads, plan, test_accuracy, version, and began_… if the run went on from a moment of
        another run, with how that one was made; foreign text, shortened.
    """

    network: Network
    weights: Weights
    metadata: dict[str, str]


def save_weights(
    path: Path | str, network: Network, weights: Weights, metadata: Mapping[str, str]
) -> None:
    """Write a weights file whole or not at all; the network itself goes into its metadata.

    Raises
    ------
    ValueError
        The weights are not this network's, or not finite.
    OSError
        The file cannot be written.
    """
    write_atomically(path, weights_bytes(network, weights, metadata))


def weights_bytes(network: Network, weights: Weights, metadata: Mapping[str, str]) -> bytes:
    """Return the bytes of a weights file.

    Raises
    ------
    ValueError
        The weights are not this network's, or not finite.
    """
    network.check_weights(weights)
    tensors = {key: np.ascontiguousarray(weights[key], np.float32) for key in network.parameters}
    spec = json.dumps(to_spec(network))
    return packed(tensors, {**metadata, "network": network.name, "spec": spec})


def packed(tensors: Mapping[str, Array], metadata: Mapping[str, str]) -> bytes:
    """Make a safetensors file of float32 tensors and metadata, in a fixed order.

    The library writes the tensors in a fixed order but the metadata in a random one: here they are
    sorted by name.
    """
    data = memoryview(save(dict(tensors)))
    end = 8 + int.from_bytes(data[:8], "little")
    header = {"__metadata__": dict(sorted(metadata.items())), **json.loads(bytes(data[8:end]))}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    text += b" " * (-len(text) % ALIGNMENT)
    return b"".join((len(text).to_bytes(8, "little"), text, data[end:]))


def load_weights(path: Path | str) -> StoredWeights:
    """Read a weights file, and check that the weights fit the network it describes or names.

    Raises
    ------
    WeightsError
        The file is missing, not a regular file, not safetensors, cut short, of an unknown network
        or one that cannot be shown, or a tensor is missing, misshapen, not float32 or not finite.
    """
    path = Path(path)
    try:
        data = read_whole(path)
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path}: {reason(error)}") from error
    return weights_in(data, str(path))


def weights_in(data: bytes, name: str) -> StoredWeights:
    """Read the content of a weights file, as `load_weights` does.

    Raises
    ------
    WeightsError
        It is none; the sentence begins with the name.
    """
    try:
        metadata = metadata_of(data)
        if RUN in metadata:
            raise ValueError("it is a saved run, with its weights at many moments: open it as such")
        network = network_of(metadata)
        tensors = load(data)
        check_dtypes(tensors)
        network.check_weights(tensors)
    except (SafetensorError, KeyError, TypeError) as error:
        raise WeightsError(f"{name} is not a whole safetensors file") from error
    except ValueError as error:
        raise WeightsError(f"{name}: {shortened(str(error))}") from error
    return StoredWeights(network, tensors, _known(metadata, network))


def read_whole(path: Path) -> bytes:
    """Read the file's bytes; a file larger than any weights file is refused unread."""
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST_FILE:
            raise ValueError(f"it is larger than the {LARGEST_FILE >> 20} MiB that are possible")
        return file.read(LARGEST_FILE)


def metadata_of(data: bytes) -> dict[str, str]:
    """Read the strings in the header: 8 bytes of its length, little-endian, then JSON.

    Raises
    ------
    ValueError
        It is no safetensors file, or none that says which network it is of.
    """
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(LARGEST_HEADER, len(data) - 8):
        raise ValueError("it is not a whole safetensors file")
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not a safetensors file") from error
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict) or not {"network", "spec"} & set(metadata):
        raise ValueError("it does not say which network it is of")
    return {key: value for key, value in metadata.items() if isinstance(value, str)}


def network_of(metadata: Mapping[str, str]) -> Network:
    """Build the network that the metadata describe, or in older files only name."""
    text = metadata.get("spec")
    if text is None:
        return named(shortened(metadata.get("network", "")))
    if len(text) > LARGEST_SPEC:
        raise ValueError("the description of its network is too long")
    try:
        spec = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("the description of its network cannot be read") from error
    network = from_spec(spec)
    network.check_classifier(INPUT_SHAPE, CLASSES)
    return network


def _known(metadata: Mapping[str, str], network: Network) -> dict[str, str]:
    """Pick the metadata to show: a bounded number of short entries, without the description."""
    own = {key: value for key, value in metadata.items() if key not in ("spec", "network")}
    first = list(own.items())[:MOST_ENTRIES]
    shown = {shortened(key): shortened(value) for key, value in first}
    return {**shown, "network": network.name}


def shortened(text: str) -> str:
    """Write foreign text as one line of printable signs, of a length that can be shown."""
    signs = (sign if sign.isprintable() else " " for sign in text[: 4 * LONGEST_TEXT])
    line = " ".join("".join(signs).split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"


def check_dtypes(tensors: Mapping[str, Array]) -> None:
    """Raise a ValueError unless all tensors are float32."""
    for key, tensor in tensors.items():
        if tensor.dtype != np.float32:
            raise ValueError(f"{key} is {tensor.dtype}, not float32")
