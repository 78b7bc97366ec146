"""WeightFiles: save the network in view as a file of weights, and open such files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.runs.bundled import model_of
from visualizer.runs.run_control import RunControl
from visualizer.scene.scene import Model
from visualizer.scene.viewer import Viewer
from visualizer.storage.weights import load_weights, save_weights
from visualizer.system.errors import reason, sentence
from visualizer.system.notice import Notice


class WeightFiles(QObject):
    """Opens and saves weights; `show` brings a stored model into view.

    Signals
    -------
    noticed : Notice
    """

    noticed = Signal(Notice)

    def __init__(
        self,
        viewer: Viewer,
        runs: RunControl,
        show: Callable[[Model], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewer, self._runs, self._show = viewer, runs, show

    def open(self, path: Path) -> None:
        """Show a stored network; an unusable file only gives a notice."""
        try:
            self._show(model_of(load_weights(path), path.name))
        except (ValueError, OSError) as error:
            self.noticed.emit(Notice(sentence(error), "error"))

    def save(self, path: Path) -> None:
        """Write the shown weights as safetensors, with the facts about their training."""
        model, run = self._viewer.unaltered, self._runs.run
        known = replace(model, facts=run.facts) if model is run.model else model
        shown = known.altered(self._viewer.edits)
        try:
            facts = {**shown.facts, "origin": shown.origin}
            save_weights(path, shown.network, shown.weights, facts)
        except (OSError, ValueError) as error:
            self.noticed.emit(Notice(f"{path} was not saved: {reason(error)}", "error"))
            return
        self.noticed.emit(Notice(f"Weights saved as {path}."))
