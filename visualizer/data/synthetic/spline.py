"""Smooth pen paths: samples along a stroke as fixed weights of its control points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from visualizer.data.synthetic.strokes import Form, Stroke

Float32 = npt.NDArray[np.float32]

_DENSE = 32  # samples a segment before they are spaced evenly


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A form of a digit, ready to be drawn for any jittered copy of its control points.

    Attributes
    ----------
    control : (k, 2) float32
        The control points (x, y) in units of the digit's height.
    stroke_of_control : (k,) intp
        The stroke of each control point.
    weights : (m, k) float32
        Samples at even distances are ``weights @ control``.
    along : (m,) float32
        Position of each sample along its stroke, 0–1.
    stroke : (m,) intp
        The stroke of each sample.
    """

    control: Float32
    stroke_of_control: npt.NDArray[np.intp]
    weights: Float32
    along: Float32
    stroke: npt.NDArray[np.intp]


def build_path(form: Form, spacing: float) -> Path:
    """Turn a form into a path with a sample every `spacing` of the digit's height."""
    controls, pieces = zip(*(_split_at_corners(stroke) for stroke in form.strokes), strict=True)
    points = np.concatenate(controls)
    weights, along, stroke_numbers = [], [], []
    first = 0
    for number, (control, corners) in enumerate(zip(controls, pieces, strict=True)):
        rows = np.concatenate(
            [_piece_weights(control, start, stop, spacing) for start, stop in corners]
        )
        padded = np.zeros((len(rows), len(points)))
        padded[:, first : first + len(control)] = rows
        weights.append(padded)
        along.append(np.linspace(0, 1, len(rows)))
        stroke_numbers.append(np.full(len(rows), number))
        first += len(control)
    return Path(
        control=points.astype(np.float32),
        stroke_of_control=np.repeat(np.arange(len(controls)), [len(each) for each in controls]),
        weights=np.concatenate(weights).astype(np.float32),
        along=np.concatenate(along).astype(np.float32),
        stroke=np.concatenate(stroke_numbers),
    )


def _split_at_corners(
    stroke: Stroke,
) -> tuple[npt.NDArray[np.float64], list[tuple[int, int]]]:
    """Return control points without repeats, and the first and last of each smooth piece."""
    points = [stroke[0]]
    corners = []
    for point in stroke[1:]:
        if point == points[-1]:
            corners.append(len(points) - 1)
        else:
            points.append(point)
    ends = [0, *corners, len(points) - 1]
    return np.array(points) / 100, list(pairwise(ends))


def _piece_weights(
    control: npt.NDArray[np.float64], start: int, stop: int, spacing: float
) -> npt.NDArray[np.float64]:
    """Compute a centripetal Catmull-Rom spline's weights at even steps (Barry and Goldman 1988)."""
    unit = np.eye(len(control))[start : stop + 1]
    unit = np.concatenate([2 * unit[:1] - unit[1:2], unit, 2 * unit[-1:] - unit[-2:-1]])
    points = unit @ control
    gaps = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    knots = np.concatenate([[0.0], np.cumsum(gaps)])
    dense = np.concatenate(
        [_segment(unit[i : i + 4], knots[i : i + 4]) for i in range(len(unit) - 3)] + [unit[-2:-1]]
    )
    steps = np.linalg.norm(np.diff(dense @ control, axis=0), axis=1)
    travelled = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(2, round(travelled[-1] / spacing) + 1)
    position = np.interp(np.linspace(0, travelled[-1], count), travelled, np.arange(len(travelled)))
    low = np.minimum(position.astype(np.intp), len(dense) - 2)
    part = (position - low)[:, None]
    return np.asarray((1 - part) * dense[low] + part * dense[low + 1])


def _segment(
    unit: npt.NDArray[np.float64], knots: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Compute the part of the spline between the second and the third of four points."""
    t = np.linspace(knots[1], knots[2], _DENSE, endpoint=False)[:, None]

    def mix(
        a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], from_: int, to: int
    ) -> npt.NDArray[np.float64]:
        return np.asarray(
            ((knots[to] - t) * a + (t - knots[from_]) * b) / (knots[to] - knots[from_])
        )

    one, two, three = (mix(unit[i], unit[i + 1], i, i + 1) for i in range(3))
    return mix(mix(one, two, 0, 2), mix(two, three, 1, 3), 1, 2)
