"""The trained networks that come with the program; the book's with the curves of its training."""

from __future__ import annotations

from pathlib import Path

from visualizer.core.network.networks import NETWORKS
from visualizer.runs.run import Run
from visualizer.scene.scene import Model
from visualizer.storage.history import load_history
from visualizer.storage.resources import resource
from visualizer.storage.weights import StoredWeights, load_weights

BUNDLED = "the built-in network"


def model_of(stored: StoredWeights, origin: str) -> Model:
    """What a weights file holds."""
    return Model(stored.network, stored.weights, origin, facts=stored.metadata)


def bundled_model() -> Model:
    """The network of `resources/pretrained`, as trained by `main.py train`."""
    return model_of(load_weights(resource("pretrained", "book.safetensors")), BUNDLED)


def bundled_run(model: Model | None = None) -> Run:
    """The same with its curves."""
    history = load_history(resource("pretrained", "book.csv"))
    return Run.stored(model or bundled_model(), history)


def bundled_files() -> list[Path]:
    """The weights of every network that comes with the program, in the order of the six."""
    folder = resource("pretrained")
    files = [folder / f"{name}.safetensors" for name in NETWORKS]
    return [path for path in files if path.is_file()]
