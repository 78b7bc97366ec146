"""A cell in words: layer, place, value, and what it sees of the digit."""

from __future__ import annotations

from visualizer.scene import Cell, Scene
from visualizer.views.widgets.text import number


def describe(scene: Scene, cell: Cell) -> tuple[str, ...]:
    """One cell in words: layer, place, value, and what it sees of the digit; then shorter."""
    layer = scene.network.layers[cell.layer]
    place = (
        f"[{cell.row}, {cell.column}, {cell.channel}]" if layer.is_spatial else f"[{cell.channel}]"
    )
    words = short = f"{layer.name} {place} = {number(scene.value(cell), 4)}"
    if layer.activation_name != "linear":
        before = number(scene.value(cell, pre_activation=True), 4)
        words += f"  ·  pre-activation {before}"
    source = layer.source(cell.channel)
    if source is not None:
        below = scene.network.layers[cell.layer - 1].name if cell.layer else "digit"
        words += f"  ·  from {below} {list(source)}"
    field = scene.field(cell)
    rows = _lines("row", field.top, field.bottom - 1)
    seen = f"{words}  ·  sees {rows}, {_lines('column', field.left, field.right - 1)}"
    return seen, words, short, f"{place} = {number(scene.value(cell), 4)}"


def _lines(name: str, first: int, last: int) -> str:
    return f"{name} {first}" if first == last else f"{name}s {first}–{last}"
