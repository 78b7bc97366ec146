"""PoolView: the values of a window, its largest or its mean, and all windows on the map below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from visualizer.core.network.geometry import Rect
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count
from visualizer.text.terms import pool_sentence, tie_sentence
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look
from visualizer.views.position.sums import PoolSum
from visualizer.views.position.terms_views import Growth, TermsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.grid_row import GridRow
from visualizer.views.widgets.window_map import WindowMap

LARGEST_MAP, MAP_HEIGHT, SMALL_MAP_HEIGHT = 480, 200, 140


class PoolMap(WindowMap):
    """The map below a pooling with all windows, a dot on every winner, and one window outlined.

    Signals
    -------
    selected : Cell
        A click selects the window over a cell of the map.
    """

    selected = Signal(Cell)

    def __init__(self, look: Look, color: str) -> None:
        """Outline the window in a palette colour."""
        super().__init__(look, "Every window on the map below")
        self._outline = color
        self._sum: PoolSum | None = None
        self._drawn: object = None
        self.clicked.connect(self._on_clicked)

    def show_sum(self, shown: PoolSum) -> None:
        """Show the window of a pooling's cell; emits nothing."""
        self._sum = shown
        self.show_window(shown.window, self._outline)
        told = shown.tells_winner
        drawn = (shown.scene.trace, shown.cell.layer, shown.channel, self.theme, told)
        if drawn != self._drawn:
            self._drawn = drawn
            self.show_map(shown.map, 0, shown.top, self.theme.sequential)
            self.show_padding(shown.windowed.sliding.margins)
            self.show_pooling(shown.windowed.sliding, shown.winners)

    def _on_clicked(self, row: int, column: int) -> None:
        cell = None if self._sum is None else self._sum.over(row, column)
        if cell is not None:
            self.selected.emit(cell)


class PoolView(TermsView[PoolSum]):
    """A view of one cell of a max or average pooling."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.numbers = GridRow(look, "Window")
        self.tie = label("", "caption")
        self.follow_winner = Button("Follow the winner ↓")
        self.map_title = label("", "caption")
        self.map_title.setWordWrap(True)
        self.map, self._map_height = PoolMap(look, "field"), MAP_HEIGHT
        self.column.add(self.numbers, self.tie, self.follow_winner, self.map_title, self.map)
        self.numbers.followed.connect(self._on_followed)
        self.follow_winner.clicked.connect(self._on_follow_winner)
        self.map.selected.connect(self.selected)

    def draw(self, shown: PoolSum) -> None:
        rows, columns = shown.terms.window.shape
        what = "the largest value wins" if shown.wins else "the mean of its values"
        self.caption.setText(
            f"A window of {rows} × {columns} on channel {shown.channel} of "
            f"{shown.below_name}: {what}."
        )
        said = pool_sentence(shown.terms, shown.hidden)
        self.sentence.show_text(self.mark_result(said), shown.cell)
        self.numbers.show_factors(*shown.factors)
        unit = shown.factors[0].digits.unit
        tie = "" if shown.hidden else tie_sentence(shown.terms)
        notes = (tie, f"numbers {unit}" if unit else "")
        self.tie.setText(" · ".join(filter(None, notes)))
        self.tie.setVisible(bool(self.tie.text()))
        self.follow_winner.setVisible(shown.wins)
        self.map.show_sum(shown)
        self.map_title.setText(map_sentence(shown))

    def needs(self, width: int) -> tuple[object, ...]:
        map_size = self.map.heightForWidth(width), self.map_title.text()
        return (*super().needs(width), self.numbers.shape, self.tie.isHidden(), map_size)

    def show_roomy(self, width: int) -> None:
        super().show_roomy(width)
        self._show_map(MAP_HEIGHT)
        self.map.show()
        self.map_title.show()

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        words = super().ways_to_shrink(hide_slide)
        smaller = partial(self._show_map, SMALL_MAP_HEIGHT)
        return [smaller, *words, self.map_title.hide, self.map.hide]

    def ways_to_grow(self) -> list[Growth]:
        heights = range(self._map_height, LARGEST_MAP + 1, 20)
        return [] if self.map.isHidden() else [(self._show_map, heights)]

    def _show_map(self, height: int) -> None:
        self._map_height = height
        self.map.show_at_most(height)

    # The user

    def _on_follow_winner(self) -> None:
        if self.sum is not None:
            self.follow(self.sum.main_term)

    def _on_followed(self, row: int, column: int) -> None:
        if self.sum is not None:
            self.follow(self.sum.source(row, column))


def map_sentence(shown: PoolSum) -> str:
    """Return a caption for the map below: its windows, and the part that no window reaches."""
    sliding = shown.windowed.sliding
    rows, columns = sliding.places
    text = f"All {count(rows * columns)} windows on {shown.below_name}"
    text += ", a dot on every winner (none where all are equal)." if shown.tells_winner else "."
    seen = sliding.seen_by(Rect.whole(rows, columns))
    height, width = sliding.size
    if seen.bottom < height or seen.right < width:
        rows, columns = height - seen.bottom, width - seen.right
        text += (
            f" Hatched: {_lines(rows, 'row')} and {_lines(columns, 'column')} that none reaches."
        )
    return text


def _lines(many: int, name: str) -> str:
    return f"{many} {name}" if many == 1 else f"{many} {name}s"
