"""ActivationMaxView: the input that a filter answers to most, shown while it is searched for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.filters.activation_max import ActivationMaximisation
from visualizer.scene.scene import Model
from visualizer.system.throttle import single_shot
from visualizer.text.numbers import number
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.filter.section import Section
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.pixels import draw_image, paint_gaps, to_image
from visualizer.views.widgets.spin import WholeSpin

SIDE = 112
REST_MILLISECONDS = 250  # a search starts after a channel has been looked at for so long
LARGEST_SEED = 9999


class PixelsView(Panel):
    """Pixels from 0 to 1 as ink on paper, enlarged."""

    def __init__(self, look: Look, side: float = SIDE) -> None:
        """Make the picture with a side in pixels at zoom 1."""
        super().__init__(look)
        sized(look, self, width=side, height=side)
        self.setAccessibleName("The input that drives the filter most")
        self._pixels: Array | None = None
        self._image = QImage()

    @property
    def pixels(self) -> Array | None:
        return self._pixels

    def show_pixels(self, pixels: Array | None) -> None:
        self._pixels = pixels
        if pixels is not None:
            self._image = to_image(pixels, 0, 1, self.theme.digit)
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self.show_pixels(self._pixels)

    def paintEvent(self, event: object) -> None:
        painter, area = QPainter(self), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._pixels is not None:
            height, width = self._pixels.shape
            cell = min(area.width() / width, area.height() / height)
            target = QRectF(0, 0, width * cell, height * cell)
            target.moveCenter(area.center())
            paint_gaps(painter, self.theme, target)
            draw_image(painter, target, self._image)
            area = target
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


class ActivationMaxView(Section):
    """Activation maximisation, started by itself while it is seen and the weights rest."""

    def __init__(self, look: Look, search: ActivationMaximisation) -> None:
        super().__init__(look, "The input that drives it most", "Driven most by", "Best input")
        self._search = search
        self._of: tuple[Model, str, int] | None = None
        self._best: float | None = None
        self._rests = True
        self.picture = PixelsView(look)
        self.value = Elided(name="sum")
        self.best = Elided(name="caption")
        self.steps = Elided(name="caption")
        self.seed = WholeSpin("Seed of the noise that it starts from")
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setPrefix("seed ")
        again, best = "Search again from other noise", "Stop with the best picture so far"
        self.restart = IconButton(look, "reset", again, act=self._on_restart)
        self.stop = IconButton(look, "stop", best, act=search.cancel)
        self.head.add(self.seed, self.restart, self.stop)
        words = column(look, self.value, self.best, self.steps, 1)
        self.column.add(row(look, self.picture, (words, 1), spacing=12))
        self._rest = single_shot(self, "ascent after a rest", self._on_rested, REST_MILLISECONDS)
        self.seed.valueChanged.connect(self._on_seed)
        search.changed.connect(self._show)

    def show_filter(
        self, model: Model, layer: str, channel: int, best: float | None, rests: bool
    ) -> None:
        """Show a channel's picture, or search for it after it has been looked at for a moment.

        Parameters
        ----------
        best : float or None
            The channel's largest response in the data set, if known.
        rests : bool
            Whether the weights rest; while they change, no search starts by itself.
        """
        self._of, self._best, self._rests = (model, layer, channel), best, rests
        self._show()
        if self._found is None and rests:
            self._rest.start()

    @property
    def _found(self) -> object:
        return None if self._of is None else self._search.found(*self._of, self.seed.value())

    def _show(self) -> None:
        if self._of is None or not self.isVisible():
            return
        found = self._search.found(*self._of, self.seed.value())
        busy = self._search.busy and (found is None or not found.done)
        self.stop.setEnabled(busy)
        self.picture.show_pixels(None if found is None else found.step.pixels)
        if found is None:
            self.value.show_text("Searching" if busy or self._rests else "–")
            waits = ("Waits while the network trains; ↺ starts it", "Waits; ↺ starts it")
            self.steps.show_text(*("",) if self._rests else waits)
        else:
            self.value.show_text(f"response {number(found.step.value)}", number(found.step.value))
            if found.done and found.step.step <= 1:
                self.steps.show_text("exact: ink where the weight is positive", "exact")
            else:
                self.steps.show_text(f"step {found.step.step} from noise")
        if self._best is not None:
            self.best.show_text(
                f"the strongest of the test set: {number(self._best)}",
                f"test set: {number(self._best)}",
            )
        else:
            self.best.show_text("")

    def _on_rested(self) -> None:
        if self._of is not None and self._found is None and self.isVisible():
            self._search.search(*self._of, self.seed.value())

    def _on_seed(self, seed: int) -> None:
        self._show()
        if self._found is None:
            self._rest.start()

    def _on_restart(self) -> None:
        if self._of is not None:
            self.seed.setValue((self.seed.value() + 1) % (LARGEST_SEED + 1))
            if self._found is None:
                self._search.search(*self._of, self.seed.value())
