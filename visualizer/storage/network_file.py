"""A network as a JSON file that people can read and write by hand.

    {"version": 1, "name": "mine", "input_shape": [28, 28, 1], "layers": [
        {"type": "Conv2D", "filters": 16, "kernel_size": [5, 5], "stride": [1, 1],
         "padding": "valid", "activation": "relu"},
        {"type": "MaxPool2D", "window_size": [2, 2], "stride": null, "padding": "valid"},
        {"type": "Flatten"},
        {"type": "Dense", "units": 10, "activation": "softmax"}]}

A layer needs its type, and its filters or units if it has them; a network without a name has
the file's name. AveragePool2D has the settings of MaxPool2D; a pooling's stride of null is its
window; padding is "valid" or "same".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import platformdirs

from visualizer.core.editing.nearest import nearest_name
from visualizer.core.editing.problems import examine
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.spec import shown, to_spec
from visualizer.storage.weights import LARGEST_SPEC, shortened
from visualizer.system.atomic import write_atomically
from visualizer.system.files import open_regular

VERSION = 1


def networks_folder() -> Path:
    """Return the folder of this user's networks, one file each."""
    return platformdirs.user_data_path("convnet-visualizer") / "networks"


class NetworkFileError(ValueError):
    """An error in a network file: one sentence with the file's name and the reason."""


def save_network(path: Path | str, network: Network) -> None:
    """Write a network's file whole or not at all, one line a layer.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    spec: dict[str, Any] = to_spec(network)
    layers = ",\n  ".join(json.dumps(layer) for layer in spec.pop("layers"))
    head = json.dumps({"version": VERSION, **spec}, ensure_ascii=False)[:-1]
    write_atomically(path, f'{head}, "layers": [\n  {layers}\n]}}\n'.encode())


def load_network(path: Path | str) -> Network:
    """Read a network's file.

    Raises
    ------
    NetworkFileError
        The file is missing, not JSON, of a later version, or describes no possible network: the
        sentence has the first problem with its remedy, and the number of further problems.
    """
    spec = read_spec(path)
    found, network = examine(spec)
    if found:
        others = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise NetworkFileError(f"{path}: {shortened(str(found[0]))}{others}")
    return network


def read_spec(path: Path | str) -> object:
    """Read the description in a file, which perhaps describes no network.

    Raises
    ------
    NetworkFileError
        The file is missing, not JSON, or of a later version.
    """
    path = Path(path)
    try:
        return _read(path)
    except OSError as error:
        raise NetworkFileError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise NetworkFileError(f"{path}: {error}") from error


def _read(path: Path) -> object:
    """Read the description in a file; add the name if missing, and remove the version."""
    with open_regular(path) as file:
        data = file.read(LARGEST_SPEC + 1)
    if len(data) > LARGEST_SPEC:
        raise ValueError(f"it is longer than the {LARGEST_SPEC >> 10} KiB that are possible")
    try:
        spec = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if isinstance(spec, dict):
        version = spec.pop("version", VERSION)
        if version != VERSION:
            raise ValueError(f"its version is {shown(version)}, and {VERSION} is what can be read")
        name = nearest_name(path.stem)
        spec.setdefault("name", f"my {name}" if name in NETWORKS else name)
    return spec


def named_or_loaded(text: str) -> Network:
    """Return one of the six networks by its name, or the network of a JSON file.

    Raises
    ------
    ValueError
        The text is neither a name nor a usable file; one sentence.
    """
    return named(text) if text in NETWORKS else load_network(text)
