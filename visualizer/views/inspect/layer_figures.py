"""The figures of every layer: the page and the position panel, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from visualizer.scene.viewer import Viewer


def layer_figures(
    viewer: Viewer, window: QWidget, position: QWidget
) -> Iterator[tuple[str, QWidget]]:
    """Yield the window and the panel of a number for each layer, first forward, then backward."""
    for backward, of_window, of_panel in (
        (False, "inspect", "position"),
        (True, "backward", "backward-position"),
    ):
        viewer.show_backward(backward)
        for at, layer in enumerate(viewer.scene.network.layers, start=1):
            viewer.select_layer(at - 1)
            yield f"{of_window}-{at}-{layer.name}", window
            yield f"{of_panel}-{at}-{layer.name}", position
    viewer.show_backward(False)
