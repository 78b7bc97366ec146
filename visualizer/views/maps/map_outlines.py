"""Outlines on a layer's maps: the selection, the pointer's cell, cells that see a pixel."""

from __future__ import annotations

from visualizer.core.network.geometry import Rect
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.views.maps.map_order import MapOrder
from visualizer.views.widgets.map_paint import Outline


def outlines_on_maps(
    scene: Scene, places: MapOrder, channels: int, hovered: Cell | None
) -> tuple[Outline, ...]:
    """Return the outlines on the selected layer's maps, the selection's last.

    Parameters
    ----------
    channels : int
        Number of maps drawn.
    hovered : Cell or None
        The cell of this layer under the pointer.
    """
    outlines = []
    if scene.pointed is not None and scene.layer.is_spatial:
        seeing = scene.network.cells_seeing(*scene.pointed)[scene.selected.layer]
        if not seeing.empty:
            outlines += [Outline(seeing, n, "field", 1.0, 0.25) for n in range(channels)]
    if scene.layer.is_spatial:
        height, width, _ = scene.layer.map_shape
        whole = Rect.whole(height, width)
        outlines.append(Outline(whole, places.place(scene.selected)[2], "selection"))
    for cell, color in ((hovered, "soft_ink"), (scene.selected, "selection")):
        if cell:
            row, column, channel = places.place(cell)
            outlines.append(Outline(Rect.cell(row, column), channel, color))
    return tuple(outlines)
