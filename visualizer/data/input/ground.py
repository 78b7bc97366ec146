"""The ground beneath a transparent picture."""

from __future__ import annotations

import numpy as np

from visualizer.data.dataset import UInt8
from visualizer.data.input.drawing import Float32

WHITE = 255.0
SEEN = 1 / 255  # of full opacity; a pixel with less has no colour
SHEET_SHARE = 0.5  # of the picture; several tones that cover so much are a sheet
SHEET_SPREAD = 25.0  # of 255, the standard deviation of its tones


def on_ground(light: Float32, opaque: Float32) -> UInt8:
    """Lay a transparent picture on the ground on which its ink shows best.

    A sheet with ink lies on a ground of its paper's tone, so that its edge is no ink. Anything
    else is ink itself: dark strokes lie on white, white strokes on black.

    Parameters
    ----------
    light : (h, w) float32
        Lightness times opacity, 0 to 255.
    opaque : (h, w) float32
        Opacity, 0 to 1.

    Returns
    -------
    (h, w) uint8
        Lightness, 0 black.
    """
    if opaque.min() == 1:
        return np.asarray(np.rint(light), np.uint8)
    ground = _ground(light, opaque)
    return np.asarray(np.rint(np.clip(light + ground * (1 - opaque), 0, WHITE)), np.uint8)


def _ground(light: Float32, opaque: Float32) -> float:
    seen = opaque > SEEN
    if not seen.any():
        return WHITE
    weights = opaque[seen].astype(np.float64)
    tones = light[seen] / weights
    mean = float(np.average(tones, weights=weights))
    spread = float(np.sqrt(np.average((tones - mean) ** 2, weights=weights)))
    if opaque.mean() >= SHEET_SHARE and spread >= SHEET_SPREAD:
        return float(np.median(tones))
    return 0.0 if mean > WHITE / 2 else WHITE
