"""Texts for a cell, its receptive field, and a layer's maps."""

from __future__ import annotations

from visualizer.core.network.geometry import Lines
from visualizer.core.network.layer import Layer
from visualizer.core.network.terms import OUT
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.text.backward import effect
from visualizer.text.numbers import count, number, sees_text, significant
from visualizer.text.terms import HIDDEN, TAKEN_OUT
from visualizer.views.maps.map_order import SHORT

VALUES = (
    ("pre-activation", "Pre-activation", "The sums before the activation, signed"),
    ("output", "Output", "What the layer hands on"),
)
RANGES = (
    ("layer", "Layer", "One colour scale for all maps of this layer"),
    ("map", "Map", "Each map on a scale of its own: not comparable between maps"),
    ("network", "Network", "One colour scale for every layer of the network"),
)


def short_name(scene: Scene, cell: Cell) -> str:
    """Return the name of a cell: conv2d_2 [4, 5, 19], dense_1 [17], pixel [6, 11]."""
    if cell.layer == INPUT:
        return f"pixel [{cell.row}, {cell.column}]"
    return f"{scene.network.layers[cell.layer].name} {_place(scene, cell)}"


def _place(scene: Scene, cell: Cell) -> str:
    spatial = scene.network.layers[cell.layer].is_spatial
    channel = channel_text(scene, cell)
    return f"[{cell.row}, {cell.column}, {channel}]" if spatial else f"[{channel}]"


def channel_text(scene: Scene, cell: Cell) -> str:
    """Return the number of a cell's channel; ? while it is asked which filter is selected."""
    asked = scene.asked == "filter" and cell.layer == scene.selected.layer
    return HIDDEN if asked else str(cell.channel)


def value_text(scene: Scene, cell: Cell, pre_activation: bool = False) -> str:
    """Return a cell's number in four decimals; ? while it is hidden."""
    if scene.hides(cell.layer):
        return HIDDEN
    return number(scene.value(cell, pre_activation), 4)


def describe(scene: Scene, cell: Cell) -> tuple[str, ...]:
    """Return a cell in words: layer, place, value, and its receptive field; then shorter forms."""
    if cell.layer == INPUT:
        return (f"{short_name(scene, cell)} = {value_text(scene, cell)}",)
    layer, place = scene.network.layers[cell.layer], _place(scene, cell)
    words = short = f"{short_name(scene, cell)} = {value_text(scene, cell)}"
    if layer.activation_name != "linear" and not scene.hides(cell.layer):
        before = scene.value(cell, pre_activation=True)
        out = before == OUT and layer.activation_name == "softmax"
        words += f"  ·  {TAKEN_OUT}" if out else f"  ·  pre-activation {number(before, 4)}"
    source = layer.source(cell.channel)
    if source is not None:
        below = scene.network.layers[cell.layer - 1].name if cell.layer else "digit"
        words += f"  ·  from {below} {list(source)}"
    seen = f"{words}  ·  {field_words(scene.pixels(cell))[0]}"
    return seen, words, short, f"{place} = {value_text(scene, cell)}"


def told_of(scene: Scene, cell: Cell) -> tuple[str, ...]:
    """Return a cell in words; in a scene backward, the gradient by it. Then shorter forms."""
    if scene.backward is None:
        return describe(scene, cell)
    gradient = scene.backward.value(cell)
    short = f"{short_name(scene, cell)}: gradient {significant(gradient)}"
    words = f"{short}  ·  {effect(gradient)}"
    value = f"value {value_text(scene, cell)}"
    return f"{words}  ·  {value}", words, short, f"{_place(scene, cell)}: {significant(gradient)}"


def asked_ends(low: float) -> tuple[str, str]:
    """Return the ends of a colour scale while a sum is asked for, which may be the largest."""
    return "0" if low == 0 else HIDDEN, HIDDEN


def field_words(pixels: Lines) -> tuple[str, ...]:
    """Return the pixels of a receptive field in words; then a shorter form."""
    field = pixels.box
    rows = _lines("row", field.top, field.bottom - 1)
    whole = f"{rows}, {_lines('column', field.left, field.right - 1)}"
    if pixels.has_gaps:
        whole = f"{count(pixels.count)} pixels within {whole}"
    return f"sees {whole}", sees_text(pixels)[0]


def _lines(name: str, first: int, last: int) -> str:
    return f"{name} {first}" if first == last else f"{name}s {first}–{last}"


def map_word(layer: Layer) -> str:
    """Return "filter" for a map that a filter made, else "channel"."""
    return "filter" if "kernel" in layer.parameters else "channel"


def size_of_maps(layer: Layer, by: str) -> tuple[str, ...]:
    """Return number, size and order of a layer's maps, in ever shorter forms."""
    height, width, channels = layer.map_shape
    if not layer.is_spatial:
        return f"{count(channels)} values", count(channels)
    size = f"{height} × {width}"
    forms = (f"{channels} feature maps of {size}", f"{channels} maps of {size}", f"{channels} maps")
    return (*(f"{form} · {SHORT[by]}" for form in forms), SHORT[by]) if by in SHORT else forms


def map_as_table(scene: Scene) -> tuple[str, str]:
    """Return the selected map's name, and its numbers in full precision, separated by tabs."""
    layer, back = scene.selected.layer, scene.backward
    shown = scene.trace.outputs[layer] if back is None else back.layer(layer)
    values = shown.reshape(scene.layer.map_shape)
    spatial = scene.layer.is_spatial
    chosen = values[:, :, scene.selected.channel] if spatial else values[0]
    lines = ("\t".join(f"{value:.9g}" for value in row) for row in chosen)
    what = f"map {scene.selected.channel} of " if spatial else ""
    what = what if back is None else f"the gradients of {what}"
    return f"{what}{scene.layer.name}", "\n".join(lines)
