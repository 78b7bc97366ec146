"""FilterSheet: everything known about one filter, on a sheet to be printed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.filters.facts import FilterFacts
from visualizer.scene.scene import Scene
from visualizer.text.filters import sentence
from visualizer.text.numbers import compact, count, percent, shortened
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.filter.activation_max_view import PixelsView
from visualizer.views.filter.channel_words import badge_words, channel_name
from visualizer.views.filter.classes import ClassesView
from visualizer.views.filter.histogram import HistogramView
from visualizer.views.filter.kernel_view import sliced_by, slices
from visualizer.views.filter.patches import PatchesView
from visualizer.views.filter.responses_view import MEAN_OF, mean_patch
from visualizer.views.filter.section import Section
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, png_of, symmetric_top

WIDTH, HEIGHT = 1200, 848
MARGIN, GAP, BESIDE, LINES = 36, 16, 44, 6
PATCHES = 680  # width of a row of them
BELOW_KERNEL, ALONE = 180, 280  # sides of the two pictures
DENSITY = 2  # pixels of the file to one of the layout


class FilterSheet(Panel):
    """A sheet with a channel's responses at the left, its kernel and best input at the right."""

    def __init__(self, look: Look, facts: FilterFacts) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._facts, self._scene = facts, facts.scene()
        self._left, self._right = column(look, spacing=GAP), column(look, spacing=GAP)
        self._head = row(look, spacing=BESIDE)
        beside = row(look, self._left, (self._right, 1), spacing=BESIDE)
        self.setLayout(column(look, self._head, (beside, 1), spacing=GAP, margins=MARGIN))
        sized(look, self, width=WIDTH, height=HEIGHT)
        self._show_whose()
        self._show_accuracy()
        self._show_patches()
        self._show_statistics()
        self._show_kernel()
        self._show_pictures()

    def apply_theme(self, theme: Theme) -> None:
        for patches in (self.most, self.least):
            patches.fit()  # a sheet that is never shown is laid out once

    def file_name(self) -> str:
        """Return the sheet's file name from layer, kind and channel: conv2d_2-filter-07.png"""
        return sheet_name(self._scene, self._facts.channel)

    def picture(self) -> QImage:
        """Return the sheet as an image, two pixels to one of the layout."""
        image = QImage(self.size() * DENSITY, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(DENSITY)
        self.render(image, QPoint())
        return image

    def png(self) -> bytes:
        """Return the image as the bytes of a PNG file."""
        return png_of(self.picture())

    # What stands where

    def _show_whose(self) -> None:
        facts, known, look = self._facts, self._facts.known, self.look
        name, badges = channel_name(self._scene)[0], " · ".join(badge_words(known, facts.channel))
        title = row(
            look, label(name, "counter"), (label(badges, "selected"), 1), spacing=GAP + LINES
        )
        network = shortened(f"{facts.model.network.name}, {facts.model.origin}", 48)
        digits = f"all {count(facts.responses.images)} test digits of"
        of = f"{network} · {digits} {shortened(facts.dataset.name)}"
        told = label(sentence(known, facts.channel), "sum")
        words = column(look, title, told, label(of, "caption"), spacing=LINES)
        self._head.add((words, 1))
        words.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _show_accuracy(self) -> None:
        without, whole = self._facts.accuracy_without, self._facts.responses.accuracy
        word = channel_name(self._scene)[0].split()[-2]
        for accuracy, what in ((whole, "test accuracy"), (without, f"without this {word}")):
            if accuracy is not None:
                lines = (label(percent(accuracy), "counter"), label(what, "caption"))
                figure = column(self.look, *lines, spacing=LINES)
                self._head.add((figure, Qt.AlignmentFlag.AlignTop))

    def _show_patches(self) -> None:
        facts, look = self._facts, self.look
        self.most = PatchesView(look, "The strongest patches")
        self.least = PatchesView(look, "The weakest patches")
        network, layer, images = facts.model.network, self._scene.selected.layer, facts.dataset.test
        for view, patches in ((self.most, facts.top), (self.least, facts.bottom)):
            view.show_patches(network, layer, facts.channel, images, patches)
            sized(look, view, width=PATCHES)
        self._left.add(
            _section(look, "It answers most to", "", self.most),
            _section(look, "It answers least to", "", self.least),
        )

    def _show_statistics(self) -> None:
        known, channel, look = self._facts.known, self._facts.channel, self.look
        self.classes, self.histogram = ClassesView(look), HistogramView(look)
        self.classes.show_responses(known, channel)
        means = "Mean of the strongest response a digit; line: from quartile to quartile"
        self._left.add((_section(look, "By class", means, self.classes), 3))
        cuts = self._facts.layer.activation_name == "relu"
        self.histogram.show_responses(known, channel, cuts)
        share = float(known.above_zero[channel]) / known.total
        above = f"ReLU cuts {percent(1 - share, 1)}" if cuts else f"{percent(share, 1)} above 0"
        waking = f"{percent(float(known.waking[channel]), 1)} of digits wake it"
        spread = f"{above} · {waking}"
        self._left.add((_section(look, "All responses", spread, self.histogram), 2))

    def _show_kernel(self) -> None:
        """Show the kernel, if there is one; without one, the two pictures below are larger."""
        facts, position = self._facts, self._scene.selected.layer
        self.kernel: KernelPrint | None = None
        kernel = facts.model.weights.get(f"{facts.layer_name}.kernel")
        if kernel is not None:
            self.kernel = KernelPrint(
                self.look, facts.model.network, position, facts.channel, kernel
            )
            section = _section(self.look, "Kernel", self.kernel.words, self.kernel)
            self._right.add((section, 1))

    def _show_pictures(self) -> None:
        facts, below = self._facts, self.kernel is not None
        look, side = self.look, BELOW_KERNEL if below else ALONE
        self.ascent, self.mean = PixelsView(look, side), PixelsView(look, side)
        self.ascent.show_pixels(facts.ascent.pixels)
        self.mean.show_pixels(mean_patch(self._scene, facts.known, facts.dataset.test))
        response = label("response", "caption")
        value = label(compact(facts.ascent.value), "sum")
        in_data = label(f"in the data at most {compact(facts.best_in_data)}", "caption")
        of = label(f"of its {min(MEAN_OF, facts.responses.images)} strongest patches", "caption")
        pictures = (row if below else column)(look, spacing=GAP)
        for title, picture, words in (
            ("Driven most by", self.ascent, (response, value, in_data)),
            ("Mean", self.mean, (of,)),
        ):
            for line in words:
                line.setWordWrap(not below)
            text = (column(look, *words, 1, spacing=0), 1)
            way, spacing = (column, LINES) if below else (row, GAP)
            section = Section(look, title)
            section.column.add(way(look, picture, text, spacing=spacing))
            pictures.add((section, 1))
        self._right.add(pictures, 0)


class KernelPrint(Panel):
    """A channel's weights, slice by slice, beside their colour scale."""

    def __init__(
        self, look: Look, network: Network, position: int, channel: int, kernel: Array
    ) -> None:
        super().__init__(look)
        found = slices(network, position, channel, kernel)
        assert found is not None
        height, width, count = found.shape
        by = sliced_by(network, position)
        self.words = f"{count} slices of {height} × {width}, one a channel of {by}"
        if count == 1:
            self.words = f"{height} × {width} weights"
        elif height == width == 1:
            self.words = f"{count} weights, as the units of {by} are laid out"
            found = found.reshape(network[by].sheet).transpose(1, 2, 0)
        self.weights = found
        self.maps = MapView(look, fixed=True)
        self.scale = ColourBar(look)
        self.setLayout(row(look, (self.maps, 1), self.scale))

    def apply_theme(self, theme: Theme) -> None:
        top = symmetric_top(self.weights)
        self.maps.show_maps(self.weights, self.weights, ColourScale(-top, top, theme.kernel))
        self.scale.show_scale(-top, top, theme.kernel)


def sheet_name(scene: Scene, channel: int) -> str:
    """Return the file name of the sheet of a channel of the selected layer."""
    name, _, _ = channel_name(scene)[0].replace(" · ", "-").rpartition(" ")
    digits = max(len(str(scene.layer.map_shape[2] - 1)), 2)
    return f"{name}-{str(channel).zfill(digits)}.png"


def _section(look: Look, title: str, note: str, *parts: QWidget) -> Section:
    made = Section(look, title)
    made.note(note)
    made.column.add(*parts)
    return made
