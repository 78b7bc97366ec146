"""PoolView: the values of a window, its largest or its mean, and all windows on the map below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import PoolTerms
from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count
from visualizer.text.terms import pool_sentence, tie_sentence
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look
from visualizer.views.position.terms_views import TermsView, below_name, windowed_layer
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.number_grid import NumberGrid
from visualizer.views.widgets.pixels import positive_top
from visualizer.views.widgets.window_map import WindowMap

LARGEST_MAP, MAP_HEIGHT, SMALL_MAP_HEIGHT = 480, 200, 140


class PoolView(TermsView[PoolTerms]):
    """A view of one cell of a max or average pooling."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._scene: Scene | None = None
        self._terms: PoolTerms | None = None
        self.numbers = NumberGrid(look, "Window")
        self.tie = label("", "caption")
        self.follow_winner = Button("Follow the winner ↓")
        self.map_title = label("", "caption")
        self.map_title.setWordWrap(True)
        self.map = WindowMap(look, "Every window on the map below")
        self._drawn: tuple[object, int, int] | None = None
        for widget in (self.numbers, self.tie, self.follow_winner, self.map_title, self.map):
            self.column.addWidget(widget)
        self.numbers.followed.connect(self._on_followed)
        self.follow_winner.clicked.connect(self._on_follow_winner)
        self.map.clicked.connect(self._on_map)

    def show_terms(self, scene: Scene, cell: Cell, terms: PoolTerms) -> None:
        self.cell, self._scene, self._terms = cell, scene, terms
        largest = terms.reduction == "max"
        rows, columns = terms.window.shape
        what = "the largest value wins" if largest else "the mean of its values"
        self.caption.setText(
            f"A window of {rows} × {columns} on channel {cell.channel} of "
            f"{below_name(scene, cell)}: {what}."
        )
        left, _, right = pool_sentence(terms).rpartition(" = ")
        self.sentence.show_text(f"{left} = {self.result(right)}", cell)
        below = scene.trace.below(cell.layer)[:, :, cell.channel]
        top = positive_top(below)
        layer = windowed_layer(scene, cell)
        self.numbers.show_numbers(
            terms.window,
            low=0,
            high=top,
            lut=self.theme.sequential,
            winners=terms.winners,
            on_map=layer.on_map(cell.row, cell.column),
        )
        unit = self.numbers.digits.unit
        notes = (tie_sentence(terms), f"numbers {unit}" if unit else "")
        self.tie.setText(" · ".join(filter(None, notes)))
        self.tie.setVisible(bool(self.tie.text()))
        self.follow_winner.setVisible(largest)
        self._draw_map(scene, cell, below, top)

    def apply_theme(self, theme: object) -> None:
        super().apply_theme(self.theme)
        self._drawn = None
        if getattr(self, "_terms", None) is not None and self._scene is not None:
            assert self._terms is not None
            self.show_terms(self._scene, self.cell, self._terms)

    def needs(self, width: int) -> tuple[object, ...]:
        map_size = self.map.heightForWidth(width), self.map_title.text()
        return (*super().needs(width), self.numbers.shape, self.tie.isHidden(), map_size)

    def show_roomy(self) -> None:
        super().show_roomy()
        self.map.show_at_most(MAP_HEIGHT)
        self.map.show()
        self.map_title.show()

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        words = super().ways_to_shrink(hide_slide)
        smaller = partial(self.map.show_at_most, SMALL_MAP_HEIGHT)
        return [smaller, *words, self.map_title.hide, self.map.hide]

    def ways_to_grow(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        heights = range(MAP_HEIGHT, LARGEST_MAP + 1, 40)
        show = self.map.show_at_most
        return [(partial(show, high), partial(show, low)) for low, high in pairwise(heights)]

    def _draw_map(self, scene: Scene, cell: Cell, below: Array, top: float) -> None:
        assert self._terms is not None
        layer = windowed_layer(scene, cell)
        self.map.show_window(layer.window(cell.row, cell.column, cell.channel), "field")
        if self._drawn == (scene.trace, cell.layer, cell.channel):
            return
        self._drawn = (scene.trace, cell.layer, cell.channel)
        largest = self._terms.reduction == "max"
        self.map.show_map(below, 0, top, self.theme.sequential)
        self.map.show_padding(layer.sliding.margins)
        dots = winners(layer, below) if largest else np.zeros((0, 2), np.intp)
        self.map.show_pooling(layer.sliding, dots)
        self.map_title.setText(map_sentence(scene, cell, layer, largest))

    # Terms and cells

    def _source(self, row: int, column: int) -> Cell | None:
        assert self._scene is not None and self._terms is not None
        if not np.isfinite(self._terms.window[row, column]):
            return None
        layer = self._scene.network.layers[self.cell.layer]
        window = layer.window(self.cell.row, self.cell.column, self.cell.channel)
        return self._scene.below(
            self.cell, window.top + row, window.left + column, self.cell.channel
        )

    def main_term(self, scene: Scene) -> Cell | None:
        assert self._terms is not None
        return self._source(*self._terms.largest)

    def _on_follow_winner(self) -> None:
        if self._scene is not None:
            self.followed.emit(self.main_term(self._scene))

    def _on_followed(self, row: int, column: int) -> None:
        cell = self._source(row, column)
        if cell is not None:
            self.followed.emit(cell)

    def _on_map(self, row: int, column: int) -> None:
        """Select the window that covers a cell of the map below."""
        assert self._scene is not None
        layer = self._scene.network.layers[self.cell.layer]
        cells = layer.seeing(Rect.cell(row, column))
        if not cells.empty:
            self.selected.emit(Cell(self.cell.layer, cells.top, cells.left, self.cell.channel))


def winners(layer: Windowed, below: Array) -> npt.NDArray[np.intp]:
    """Return rows and columns of the largest cells of every window of one channel, (n, 2).

    A window whose values are all equal has no largest cell.
    """
    patches = layer.patches(below[:, :, None], fill=-np.inf)[..., 0]
    best = patches.max(axis=(2, 3), keepdims=True)
    decided = best > patches.min(axis=(2, 3), keepdims=True)
    row, column, i, j = np.nonzero((patches == best) & decided)
    (top, _), (left, _) = layer.sliding.margins
    stride = layer.sliding.stride
    places = np.stack([row * stride[0] + i - top, column * stride[1] + j - left], axis=1)
    return np.unique(places, axis=0)


def map_sentence(scene: Scene, cell: Cell, layer: Windowed, largest: bool) -> str:
    """Return a caption for the map below: its windows, and the part that no window reaches."""
    rows, columns = layer.sliding.places
    text = f"All {count(rows * columns)} windows on {below_name(scene, cell)}"
    text += ", a dot on every winner (none where all are equal)." if largest else "."
    seen = layer.sliding.seen_by(Rect.whole(rows, columns))
    height, width = layer.sliding.size
    if seen.bottom < height or seen.right < width:
        rows, columns = height - seen.bottom, width - seen.right
        text += (
            f" Hatched: {_lines(rows, 'row')} and {_lines(columns, 'column')} that none reaches."
        )
    return text


def _lines(many: int, name: str) -> str:
    return f"{many} {name}" if many == 1 else f"{many} {name}s"
