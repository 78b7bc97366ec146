"""The trained networks that come with the program; the book's with its training curves."""

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
    """Make a model of the content of a weights file."""
    return Model(stored.network, stored.weights, origin, facts=stored.metadata)


def bundled_model() -> Model:
    """Load the network of `resources/pretrained`, as trained by `main.py train`."""
    return model_of(load_weights(resource("pretrained", "book.safetensors")), BUNDLED)


def bundled_run(model: Model | None = None) -> Run:
    """Make the run of the bundled network, with its curves."""
    history = load_history(resource("pretrained", "book.csv"))
    return Run.stored(model or bundled_model(), history)


def trained_run(network: str) -> Run:
    """Make the run of a built-in network, with its curves if they are known.

    Raises
    ------
    OSError
        It does not come trained.
    """
    if network == "book":
        return bundled_run()
    return Run.stored(
        model_of(load_weights(resource("pretrained", f"{network}.safetensors")), BUNDLED)
    )


def bundled_files() -> list[Path]:
    """List the weights files of the built-in networks, in the order of the six."""
    folder = resource("pretrained")
    files = [folder / f"{name}.safetensors" for name in NETWORKS]
    return [path for path in files if path.is_file()]
