"""The parts of what is asked about, as panel and stage show them: picture, table and words."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.why import WhyModel
from visualizer.text.why import pixel_sentence
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.why.parts_table import PartsTable
from visualizer.views.why.parts_view import PartsView
from visualizer.views.why.shown import PAPER, Shown, shown
from visualizer.views.widgets.colour_bar import ColourBar


class WhyParts:
    """The widgets, and what they show of a scene."""

    def __init__(self, look: Look, viewer: Viewer, why: WhyModel, role: str) -> None:
        """Make the widgets; `role` is that of the sentence and of the figures."""
        self._viewer, self._why = viewer, why
        self.picture = PartsView(look, viewer.scene.digit, "What each pixel adds", ticks=False)
        policy = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(policy, policy)
        self.bar = ColourBar(look)
        self.above, self.below = Elided(name="caption"), Elided(name="caption")
        self.pixel = Elided(name="selected")
        self.sentence = Sentence("explained" if role == "explained" else "", lines=2)
        self.table = PartsTable(look, role)
        self.times = Elided(name="caption")
        scale = column(look, self.above, (self.bar, 1), self.below, spacing=2)
        self.body = row(look, (self.picture, 1), scale, spacing=8)
        self.picture.hovered.connect(viewer.point)
        self.now: Shown | None = None

    def show(self, scene: Scene) -> None:
        """Show the parts in a scene."""
        self.now = now = shown(scene, self._why.reasons(scene))
        lut = self.picture.theme.diverging
        self.picture.show_digit(scene.digit)
        self.picture.show_values(now.picture, -now.top, now.top, lut)
        self.bar.show_scale(-now.top, now.top, lut)
        self.above.show_text(now.speaks_for[0])
        self.below.show_text(now.speaks_for[1])
        self.sentence.show_text(now.sentence, (scene.digit, now.title))
        self.table.show_rows(now.heads, now.rows)
        self.times.show_text(now.times, now.times.rpartition(": ")[2])
        self.times.setVisible(bool(now.times))
        self.point(scene)

    def point(self, scene: Scene) -> None:
        """Explain the pixel that is pointed at; else say what white paper does."""
        pixel = scene.pixel or scene.pointed
        self.picture.show_pixels(scene.pixel, scene.pointed)
        if pixel is None or self.now is None:
            self.pixel.show_text(PAPER, "paper adds nothing")
            return
        ink = float(scene.digit.pixels[pixel]) / 255
        self.pixel.show_text(pixel_sentence(*pixel, ink, float(self.now.picture[pixel])))
