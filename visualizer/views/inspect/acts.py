"""What entries of the menus do that are many alike."""

from __future__ import annotations

from visualizer.scene.viewer import Viewer
from visualizer.views.widgets.fold import FoldSplitter


class Select:
    """Selects a layer by its place."""

    def __init__(self, viewer: Viewer, layer: int) -> None:
        self._viewer, self._layer = viewer, layer

    def __call__(self) -> None:
        self._viewer.select_layer(self._layer)

    def name(self) -> str:
        """The layer's name in the network in view."""
        return self._viewer.scene.network.layers[self._layer].name

    def exists(self) -> bool:
        return self._layer < len(self._viewer.scene.network.layers)


class Open:
    """Opens or folds a panel."""

    def __init__(self, splitter: FoldSplitter) -> None:
        self._splitter = splitter

    def __call__(self, wanted: bool) -> None:
        self._splitter.fold(not wanted)

    def is_open(self) -> bool:
        return not self._splitter.folded
