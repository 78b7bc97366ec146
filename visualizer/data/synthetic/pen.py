"""Ink from pen paths: every sample point prints an antialiased nib, and the darkest print wins."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import IMAGE_SIZE

Float32 = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]

_REACH = 3  # pixels of a print on each side of its middle pixel
_LARGEST = np.float32(_REACH - 0.5)


def draw(
    points: Float32,
    radius: Float32,
    image: Index,
    count: int,
    nib: Float32,
    softness: Float32,
) -> Float32:
    """Print the nib at every point.

    Parameters
    ----------
    points : (p, 2) float32
        Sample points (x, y) in pixels; pixel (0, 0) has its middle at (0, 0).
    radius : (p,) float32
        Radius of the print in pixels, at most 2.5.
    image : (p,) intp
        The image that each point belongs to, in rising order.
    count : int
        Number of images.
    nib : (count, 3) float32
        (a, b, c) of each image's nib: a print ends at a dx² + 2b dx dy + c dy² = radius².
    softness : (count,) float32
        Width in pixels of the edge from paper to full ink.

    Returns
    -------
    (count, 28, 28) float32
        Ink, 0–1.
    """
    points, radius, image, turns = _in_turns(points, radius, image, count)
    margin = _REACH + 1
    size = IMAGE_SIZE + 2 * margin
    middle = np.clip(np.rint(points).astype(np.intp), -1, IMAGE_SIZE)
    window = np.arange(-_REACH, _REACH + 1)
    offset = window.astype(np.float32) - (points - middle)[:, :, None]  # (p, 2, 7)
    dx, dy = offset[:, 0], offset[:, 1]
    a, b, c = nib[image].T[:, :, None]
    cover = (c * dy * dy)[:, :, None] + (a * dx * dx)[:, None, :]  # (p, 7, 7)
    cover += (2 * b * dy)[:, :, None] * dx[:, None, :]
    np.sqrt(np.maximum(cover, 0, out=cover), out=cover)
    steep = (1 / softness)[image]
    edge = np.minimum(radius, _LARGEST) * steep + np.float32(0.5)
    cover *= -steep[:, None, None]
    cover += edge[:, None, None]  # not yet cut off at full ink
    start = (image * size + middle[:, 1] + margin) * size + middle[:, 0] + margin
    pixel = start[:, None, None] + (window[:, None] * size + window)
    ink = np.zeros(count * size * size, dtype=np.float32)
    for first, stop in pairwise(turns):
        own = pixel[first:stop]
        ink[own] = np.maximum(ink[own], cover[first:stop])
    inner = slice(margin, margin + IMAGE_SIZE)
    ink = np.minimum(ink, 1).reshape(count, size, size)[:, inner, inner]
    return ink * ink * (3 - 2 * ink)  # a smooth edge, as scanning and scaling leave it


def _in_turns(
    points: Float32, radius: Float32, image: Index, count: int
) -> tuple[Float32, Float32, Index, list[int]]:
    """Sort the points into turns that hold at most one point of every image.

    The points of one turn are drawn together: no two belong to the same image.
    """
    counts = np.bincount(image, minlength=count)
    turn = np.arange(len(image)) - np.repeat(np.cumsum(counts) - counts, counts)
    order = np.argsort(turn, kind="stable")
    limits = np.searchsorted(turn[order], np.arange(counts.max(initial=0) + 1))
    return points[order], radius[order], image[order], limits.tolist()
