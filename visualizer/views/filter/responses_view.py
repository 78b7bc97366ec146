"""ResponsesView: a channel's responses over the test set: patches, classes, histogram."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal

from visualizer.core.network.layer import Array
from visualizer.core.responses import LayerResponses, Patch
from visualizer.data.dataset import Images
from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.text.numbers import percent
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.filter.activation_max_view import PixelsView
from visualizer.views.filter.classes import ClassesView
from visualizer.views.filter.histogram import HistogramView
from visualizer.views.filter.patches import COLUMNS, PatchesView, cut
from visualizer.views.filter.section import Section
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import Segments

MORE = 24
MEAN_OF = 100
ENDS = (
    ("top", "Most", "The digits that it answers to most, each at its strongest place"),
    ("bottom", "Least", "The digits whose strongest response is the smallest"),
    ("mean", "Mean", f"The mean of the {MEAN_OF} strongest patches"),
)


class ResponsesView(Panel):
    """Patches, means by class, and a histogram of a channel's responses; hidden while unknown.

    Signals
    -------
    opened : Patch
    """

    opened = Signal(Patch)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._session = session
        self._scene: Scene | None = None
        self._known: LayerResponses | None = None
        self._channel = -1
        self.top = Section(look, "It answers most to")
        self.ends = Segments(ENDS, "Which patches")
        self.more = Button(f"{MORE} more")
        self.more.setCheckable(True)
        self.patches = PatchesView(look, "Patches")
        self.mean = PixelsView(look)
        self.mean.setAccessibleName(f"Mean of the {MEAN_OF} strongest patches")
        self.top.head.add(self.more, self.ends)
        self.top.column.add(self.patches, row(look, self.mean, 1))
        self.by_class = Section(look, "By class")
        self.classes = ClassesView(look)
        self.by_class.column.add(self.classes)
        self.spread = Section(look, "All responses")
        self.histogram = HistogramView(look)
        self.spread.column.add(self.histogram)
        self.setLayout(column(look, self.top, self.by_class, self.spread, spacing=14))
        self.ends.chosen.connect(self._show_patches)
        self.more.toggled.connect(self._show_patches)
        self.patches.opened.connect(self.opened)
        self.classes.clicked.connect(self._on_class)
        session.source.filterChanged.connect(self._mark)

    def show_filter(self, scene: Scene, known: LayerResponses | None) -> None:
        """Show the responses of the selected channel; `known` are those of its layer."""
        before = (self._known, self._channel)
        self._scene, self._known, self._channel = scene, known, scene.selected.channel
        self.setVisible(known is not None)
        if known is None or before == (known, scene.selected.channel):
            return
        channel, layer = scene.selected.channel, scene.layer
        self.by_class.note(
            "Mean of the strongest response a digit; line: quartiles; click: those digits",
            "Mean strongest response; line: quartiles",
        )
        self.classes.show_responses(known, channel)
        cuts = layer.activation_name == "relu"
        self.histogram.show_responses(known, channel, cuts)
        share = float(known.above_zero[channel]) / known.total
        waking = f"{percent(float(known.waking[channel]), 1)} of digits wake it"
        cut_words = f"ReLU cuts {percent(1 - share, 1)}" if cuts else f"{percent(share, 1)} above 0"
        self.spread.note(f"{cut_words} · {waking}", cut_words)
        self._show_patches()
        self._mark()

    def _show_patches(self, choice: object = None) -> None:
        scene, known = self._scene, self._known
        if scene is None or known is None:
            return
        channel, images = scene.selected.channel, self._session.dataset.test
        ends = self.ends.choice
        self.top.title.show_text(
            *{
                "top": ("It answers most to", "Most"),
                "bottom": ("It answers least to", "Least"),
                "mean": (f"Mean of the {MEAN_OF} strongest", "Mean"),
            }[ends]
        )
        self.patches.setVisible(ends != "mean")
        self.more.setVisible(ends != "mean")
        self.mean.setVisible(ends == "mean")
        if ends == "mean":
            self.mean.show_pixels(mean_patch(scene, known, images))
            return
        wanted = COLUMNS + (MORE if self.more.isChecked() else 0)
        found = (known.top if ends == "top" else known.bottom)(channel, wanted)
        self.patches.show_patches(scene.network, scene.selected.layer, channel, images, found)

    def _mark(self) -> None:
        self.classes.show_marked(self._session.source.label)

    def _on_class(self, label: int) -> None:
        """Show a class's digits in the gallery, those with the largest responses first."""
        if self._known is None or self._scene is None:
            return
        channel = self._scene.selected.channel
        order = self._known.of_class(channel, label)
        by = f"{self._scene.layer.name} · {channel}"
        self._session.source.show_ranked(label, order, by)


def mean_patch(scene: Scene, known: LayerResponses, images: Images) -> Array:
    """Return the mean of the selected channel's strongest patches, (h, w), 0 to 1."""
    layer, channel = scene.selected.layer, scene.selected.channel
    pieces = [
        cut(scene.network, layer, channel, images, patch) for patch in known.top(channel, MEAN_OF)
    ]
    return np.asarray(np.mean(pieces, axis=0) / 255, np.float32)
