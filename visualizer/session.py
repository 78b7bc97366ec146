"""Session: the window's only mutable state, and the pump that brings the threads' news to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.core.layer import Weights
from visualizer.core.network import Network
from visualizer.core.networks import named
from visualizer.data.dataset import Dataset
from visualizer.data_source import DataSource
from visualizer.notice import Notice
from visualizer.run_control import RunControl
from visualizer.scene import Cell, Digit, Scene, misclassified
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training.initial import initial_weights

PUMP_MILLISECONDS = 50
SEARCH_SECONDS_A_TICK = 0.015


class Session(QObject):
    """Everything the window shows and everything that it can be asked to do.

    Attributes
    ----------
    scene : Scene
    runs : RunControl
        The training run and its curves.
    source : DataSource
        The data set in use.

    Signals
    -------
    sceneChanged : (Scene, Scene)
        The old scene and the new; once a user action, at most once a pump tick.
    noticed : Notice
    """

    sceneChanged = Signal(object, object)
    noticed = Signal(object)

    def __init__(self, scene: Scene, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scene = scene
        self.runs = RunControl(self)
        self.source = DataSource(dataset, self)
        self.runs.noticed.connect(self.noticed)
        self.source.noticed.connect(self.noticed)
        self.source.changed.connect(self._on_dataset)
        self._kept: dict[str, tuple[Weights, str]] = {}
        self._search: Iterator[int | None] | None = None
        self._pump = QTimer(self)
        self._pump.setObjectName("session pump")
        self._pump.setInterval(PUMP_MILLISECONDS)
        self._pump.timeout.connect(self._on_pump)
        self._pump.start()

    # The digit and the selection

    def show_digit(self, index: int) -> None:
        """Show a digit of the test set by its index; beyond the ends it wraps around."""
        test = self.source.dataset.test
        self._search = None
        if len(test):
            at = index % len(test)
            digit = Digit(test.pixels[at], int(test.labels[at]), f"test digit {at}", at)
            self._set_scene(self.scene.with_digit(digit))

    def show_image(self, pixels: npt.NDArray[np.uint8], source: str) -> None:
        """Show any (28, 28) uint8 image; `source` is what the window calls it."""
        self._search = None
        self._set_scene(self.scene.with_digit(Digit(pixels, None, source)))

    def random_digit(self) -> None:
        if len(self.source.dataset.test):
            self.show_digit(int(np.random.default_rng().integers(len(self.source.dataset.test))))

    def next_misclassified(self) -> None:
        """Look through the test set, from the shown digit on, for one that is got wrong."""
        index = self.scene.digit.index
        after = -1 if index is None else index
        test = self.source.dataset.test
        self._search = misclassified(self.scene.network, self.scene.weights, test, after)

    def select(self, cell: Cell) -> None:
        self._set_scene(self.scene.with_selection(cell))

    def select_layer(self, layer: int) -> None:
        """Select another layer at the cell that answers most to this digit."""
        if layer != self.scene.selected.layer and 0 <= layer < len(self.scene.network.layers):
            self.select(self.scene.strongest(layer))

    def follow(self, cell: Cell) -> None:
        """Go one layer down to a term of the selected cell."""
        self._set_scene(self.scene.with_step(cell))

    def back(self) -> None:
        """One step back up the trail."""
        self._set_scene(self.scene.with_trail_at(self.scene.trail.at - 1))

    def forward(self) -> None:
        """One step down the trail again."""
        self._set_scene(self.scene.with_trail_at(self.scene.trail.at + 1))

    def go_to_step(self, at: int) -> None:
        """Stand at a step of the trail."""
        self._set_scene(self.scene.with_trail_at(at))

    def point(self, pixel: tuple[int, int] | None) -> None:
        """Say which pixel of the digit is under the pointer."""
        self._set_scene(self.scene.with_pointer(pixel))

    def hover(self, cell: Cell | None) -> None:
        """Say which cell is under the pointer."""
        self._set_scene(self.scene.with_hover(cell))

    # The network and its weights

    def choose_network(self, name: str) -> None:
        """Show another network: with the weights it last had here, else its initial ones."""
        if name == self.scene.network.name:
            return
        network = named(name)
        weights, origin = self._kept.get(name) or self._untrained(network)
        self._change_network(network, weights, origin)

    def keep_weights(self, network: Network, weights: Weights, origin: str) -> None:
        """Remember weights for a network, for when it is chosen."""
        self._kept[network.name] = (weights, origin)

    def open_weights(self, path: Path) -> None:
        """Show a stored network; a file that cannot be used changes nothing but the notice."""
        try:
            stored = load_weights(path)
        except (ValueError, OSError) as error:
            self.noticed.emit(Notice(str(error), "error"))
            return
        self._change_network(stored.network, stored.weights, path.name)
        self.noticed.emit(Notice(f"{path.name}: network {stored.network.name} is shown."))

    def save_weights(self, path: Path) -> None:
        """Write the shown weights as safetensors, with what is known of their making."""
        state, run = self.runs.state, self.runs.run
        metadata = {"origin": self.scene.origin}
        if run is not None:
            metadata |= {
                "recipe": self.runs.recipe.name,
                "seed": str(self.runs.seed),
                "epochs": f"{state.epoch:.2f}",
                "dataset": run.dataset_name,
            }
            if state.test_accuracy is not None:
                metadata["test_accuracy"] = f"{state.test_accuracy:.4f}"
        try:
            save_weights(path, self.scene.network, self.scene.weights, metadata)
        except (OSError, ValueError) as error:
            self.noticed.emit(Notice(f"{path} was not saved: {error}", "error"))
            return
        self.noticed.emit(Notice(f"Weights saved as {path}."))

    # Training

    def train_or_pause(self) -> None:
        """Train, pause or go on: whichever comes next."""
        phase = self.runs.state.phase
        if phase in ("starting", "running"):
            self.runs.pause()
        elif phase in ("paused", "stepping"):
            self.runs.resume()
        else:
            self._start_run(paused=False)

    def step(self) -> None:
        """Train one batch, then pause."""
        if not self.runs.state.active:
            self._start_run(paused=True)
        self.runs.step()

    def stop(self) -> None:
        """End the run; its curves and its last weights stay."""
        self._take_news()
        self.runs.stop()

    def reset(self) -> None:
        """End the run and show the seed's initial weights; its curves stay, faintly."""
        self.runs.clear()
        weights, origin = self._untrained(self.scene.network)
        self._set_scene(self.scene.with_weights(weights, origin))

    def close(self) -> None:
        """Stop everything that runs and wait for it; nothing is emitted afterwards."""
        self._pump.stop()
        for part in (self, self.runs, self.source):
            part.blockSignals(True)
        self.source.cancel()
        self.runs.close()
        self.source.close()

    def _start_run(self, paused: bool) -> None:
        if len(self.source.dataset.train):
            self.runs.start(self.scene.network, self.source.dataset, paused)
        elif self.source.busy:
            self.noticed.emit(Notice("The training digits are still being read; try in a moment."))
        else:
            self.noticed.emit(Notice("There are no training digits: choose some under Data."))

    def _untrained(self, network: Network) -> tuple[Weights, str]:
        seed = self.runs.seed
        return initial_weights(network, seed), f"untrained, seed {seed}"

    def _change_network(self, network: Network, weights: Weights, origin: str) -> None:
        self.stop()
        self.runs.clear()
        self._search = None
        self._kept[self.scene.network.name] = (self.scene.weights, self.scene.origin)
        self._set_scene(self.scene.with_network(network, weights, origin))

    # News

    def _on_pump(self) -> None:
        self._take_news()
        self.source.drain()
        if self._search is not None:
            self._search_on(self._search)

    def _take_news(self) -> None:
        published = self.runs.drain()
        if published is not None:
            origin = f"epoch {published.epoch:.2f}"
            self._set_scene(self.scene.with_weights(published.weights, origin))

    def _search_on(self, search: Iterator[int | None]) -> None:
        until = time.monotonic() + SEARCH_SECONDS_A_TICK
        while time.monotonic() < until:
            try:
                found = next(search)
            except StopIteration:
                self._search = None
                self.noticed.emit(Notice("Every digit of this test set is classified correctly."))
                return
            if found is not None:
                self.show_digit(found)
                return

    def _on_dataset(self, dataset: Dataset) -> None:
        if self.runs.state.active:
            self.noticed.emit(
                Notice(f"The run goes on as it began; the next one trains on {dataset.name}.")
            )
        self.show_digit(0)
        self.select(self.scene.strongest(self.scene.selected.layer))

    def _set_scene(self, scene: Scene) -> None:
        if scene is not self.scene:
            old, self.scene = self.scene, scene
            self.sceneChanged.emit(old, scene)
