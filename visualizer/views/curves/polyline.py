"""Lines of many points, in pixels: cut at the edges of an area, and as Qt takes them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QRectF
from PySide6.QtGui import QPolygonF

from visualizer.core.network.layer import Array

FARTHEST_PIXEL = 20_000.0


def cut_line(x: Array, y: Array, area: QRectF) -> list[tuple[Array, Array]]:
    """Return the parts of a line within an area: not every kind of file clips what is painted."""
    for edges, across in (
        ((area.left(), area.right()), True),
        ((area.top(), area.bottom()), False),
    ):
        for edge in edges:
            value = x if across else y
            at = np.flatnonzero((value[:-1] - edge) * (value[1:] - edge) < 0)
            share = (edge - value[at]) / (value[at + 1] - value[at])
            new_x, new_y = (each[at] + share * (each[at + 1] - each[at]) for each in (x, y))
            x = np.insert(x, at + 1, edge if across else new_x)
            y = np.insert(y, at + 1, new_y if across else edge)
    within = (x >= area.left()) & (x <= area.right()) & (y >= area.top()) & (y <= area.bottom())
    ends = np.flatnonzero(np.diff(within.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    return [(x[first:last], y[first:last]) for first, last in ends]


def polygon(x: Array, y: Array) -> QPolygonF:
    """Make the points of a line, in pixels, without a Python object for each.

    Points out of sight are brought nearer: Qt paints nothing of a line with one too far away.
    """
    points = QPolygonF()
    places = np.clip(np.stack([x, y], axis=1), -FARTHEST_PIXEL, FARTHEST_PIXEL)
    data = len(x).to_bytes(4) + places.astype(">f8").tobytes()
    QDataStream(QByteArray(data)) >> points
    return points
