"""Names of cells, their layers and their places."""

from __future__ import annotations

from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.text.numbers import count


def title_of(scene: Scene, cell: Cell) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the title and the place of the explained cell, each in ever shorter forms."""
    if cell.layer == INPUT:
        at = f"row {cell.row} · column {cell.column}"
        return ("The digit",), (at, f"[{cell.row}, {cell.column}]")
    layer = scene.network.layers[cell.layer]
    has_kernel = "kernel" in layer.parameters
    if not layer.is_spatial:
        what = "unit" if has_kernel else "element"
        place: tuple[str, ...] = (f"one of {count(layer.output_shape[0])}",)
    else:
        what = "filter" if has_kernel else "channel"
        height, width, _ = layer.map_shape
        size = f"of {height} × {width}"
        place = (
            f"row {cell.row} · column {cell.column} {size}",
            f"[{cell.row}, {cell.column}] {size}",
            f"[{cell.row}, {cell.column}]",
        )
    own = f"{what} {cell.channel}"
    return (f"{layer.name} · {own}", f"{layer.name} · {cell.channel}", own), place
