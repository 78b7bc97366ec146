"""Texts of the input panel: which digit is shown, and what the network takes it for."""

from __future__ import annotations

import numpy as np

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Layer
from visualizer.scene.scene import Scene
from visualizer.scene.worn import WornDigit
from visualizer.text.wear import WEAR_WORDS


def source_forms(scene: Scene) -> tuple[str, ...]:
    """Return which digit is shown, and its label if known and shown, in ever shorter forms."""
    digit = scene.digit
    known = digit.label is not None and not scene.answer_hidden
    if isinstance(digit, WornDigit):
        return _worn_forms(digit, known)
    if not known:
        return (digit.source,)
    words = (f"{digit.source} · label {digit.label}",)
    if digit.index is None:
        return (*words, digit.source, f"label {digit.label}")
    short = (f"digit {digit.index} · label {digit.label}", f"#{digit.index} · label {digit.label}")
    return (*words, *short, f"#{digit.index} · {digit.label}", f"#{digit.index}")


def _worn_forms(digit: WornDigit, labelled: bool) -> tuple[str, ...]:
    """Return what a worn digit is called, perhaps with its label; the wear goes last."""
    original, wear = digit.original, WEAR_WORDS[digit.wear]
    name = original.source if original.index is None else f"#{original.index}"
    long, short = f"{name}, {wear.told(digit.strength)}", f"{name}, {wear.short(digit.strength)}"
    if not labelled:
        return digit.source, long, short
    labels = (f"{text} · label {digit.label}" for text in (digit.source, long, short))
    return (*labels, f"{short} · {digit.label}", short, name)


def verdict_forms(scene: Scene) -> tuple[str, ...]:
    """Return the network's answer, and whether it is right, in ever shorter forms."""
    if scene.digit.undrawn:
        return ("No ink, no prediction", "No ink")
    if scene.answer_hidden:
        return ("Which digit is it? (A shows it)", "Which digit is it?", "?")
    found, label = scene.prediction, scene.digit.label
    if not np.isfinite(scene.trace.probabilities).all():
        return ("No prediction: not a number", "No prediction", "–")
    if label is None:
        return (f"Prediction {found}", f"{found}")
    if found == label:
        return (f"Prediction {found} ✓", f"{found} ✓")
    return (f"Prediction {found} ✗ true {label}", f"{found} ✗ true {label}", f"{found} ✗ {label}")


def blind_sentence(layer: Layer, rows: tuple[int, ...], columns: tuple[int, ...]) -> str:
    """Return a sentence on why some pixels of the digit change no output."""
    height, width, _ = layer.input_shape
    seen = layer.seen_by(Rect.whole(*layer.map_shape[:2]))
    lines = " and ".join(
        f"{many} {name}{'' if many == 1 else 's'}"
        for many, name in ((height - seen.bottom, "row"), (width - seen.right, "column"))
        if many
    )
    where = (
        f"rows {_span(rows)} and columns {_span(columns)}"
        if rows != columns
        else (f"rows and columns {_span(rows)}")
    )
    return (
        f"The windows of {layer.name} do not reach the last {lines} of its {height} × {width} "
        f"input: {where} of the digit change no output."
    )


def _span(lines: tuple[int, ...]) -> str:
    return str(lines[0]) if len(lines) == 1 else f"{lines[0]}–{lines[-1]}"
