"""InputPanel: the digit, the gallery or the pad, and the network's answer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout, QWidget

from visualizer.core.network.geometry import Rect
from visualizer.data.input.sketch import Drawing, Sketch, Stroke
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.scene.worn import original_of
from visualizer.session.first_look import DRAW as DRAW_HINT
from visualizer.session.session import Session
from visualizer.text.numbers import number, sees_text
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.input.announcer import Announcer
from visualizer.views.input.draw.panel import DrawPanel
from visualizer.views.input.gallery import Gallery
from visualizer.views.input.words import blind_sentence, source_forms, verdict_forms
from visualizer.views.widgets.controls import IconButton, Segments, stage_button
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.hint import HintButton
from visualizer.views.widgets.probabilities import Probabilities

DIGIT_LEAST = 120  # pixels; a smaller digit hides the gallery
NARROW = 224  # width at zoom 1
GOOD_ROWS = 3  # of the gallery
LOW = 720  # height at zoom 1 below which everything stands closer
GALLERY, DRAW = "gallery", "draw"
TABS = (
    (GALLERY, "Gallery", "Pick a digit of the test set (D: the other)"),
    (DRAW, "Draw", "Draw a digit (D: the other)"),
)


class InputPanel(ScenePanel):
    """Left column of the Inspect page: the digit over the gallery, or a pad to draw on.

    The digit on show decides which of the two is seen: a drawn digit is always on the pad.
    """

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self._picked = viewer.scene.digit
        self.source = self.title = Elided(name="caption")
        self.tabs = Segments(TABS, "Where the digit comes from")
        self.draw = DrawPanel(look, viewer, session)
        self.digit = DigitView(look, viewer.scene.digit)
        self.caption = Elided(name="caption")
        self.blind = IconButton(look, "blind", "Show the pixels that no output sees", "line")
        self.blind.setCheckable(True)
        self.hint = HintButton(session.first_look, DRAW_HINT, "↑ or draw your own", "↑ draw")
        self.to_stage = stage_button(look)
        self.reason = label("", "caption", wraps=True)
        self.reason.hide()
        self.gallery = Gallery(look, viewer, session)
        self.verdict = Elided(name="heading")
        self.probabilities = Probabilities(look, viewer)
        self.legend = (label("", "framed"), label("true label", "caption"))
        self._lay_out()
        self.digit.hovered.connect(viewer.point)
        self.draw.way.digit.hovered.connect(viewer.point)
        self.draw.picked_wanted.connect(self._on_picked_wanted)
        Announcer(viewer, self)
        self.tabs.chosen.connect(self.show_tab)
        self.blind.toggled.connect(self._on_blind)
        session.source.filterChanged.connect(self._give_way)
        session.source.changed.connect(self._give_way)
        for part in (self.draw, self.draw.label, self.draw.save):
            part.hide()
        self._show(self.scene)
        self._show_tab()
        self._show_blind(self.scene)

    def _lay_out(self) -> None:
        look, drawing = self.look, ((self.draw.label, 1), self.draw.save)
        self._header = row(look, self.tabs, 1, self.to_stage, spacing=8)
        self._named = row(look, (self.source, 1), *drawing, self.hint, self.blind, spacing=8)
        self._answer = row(look, (self.verdict, 1), *self.legend)
        self._column = column(
            look,
            self._header,
            self._named,
            self.digit,
            (self.draw, 1),
            self.caption,
            self.reason,
            (self.gallery, 1),
            self._answer,
            self.probabilities,
        )
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._column)

    # Gallery or Draw

    @property
    def tab(self) -> str:
        return DRAW if self.scene.digit.drawn else GALLERY

    def show_tab(self, tab: str) -> None:
        """Show the drawing on the pad, or the digit that was picked last; both are kept."""
        if tab == DRAW:
            self.draw.show_input()
        elif self.viewer.scene.digit.drawn:
            self.viewer.show_digit(self._picked)
        self.viewer.settle()

    def toggle_draw(self, wanted: bool) -> None:
        """Show the pad or the picked digit; where the panel is out of sight, the pad's stage."""
        self.show_tab(DRAW if wanted else GALLERY)
        if wanted and self.visibleRegion().isEmpty():
            self.to_stage.click()

    def _on_picked_wanted(self) -> None:
        self.draw.easel.start_from(self._picked.pixels)

    def _show_tab(self) -> None:
        self.tabs.show_choice(self.tab)
        drawing = self.tab == DRAW
        if drawing == self.draw.isHidden():
            self.hint.leave_out(drawing)
            self.digit.setVisible(not drawing)
            self.source.setVisible(not drawing)
            for part in (self.draw, self.draw.label, self.draw.save):
                part.setVisible(drawing)
            self._give_way()

    def _space(self) -> None:
        px = self.theme.px
        low = self.height() < px(LOW)
        self._column.space(3 if low else 6, (12, 8, 8, 6) if low else (16, 10, 12, 8))
        self.hint.show_short(self.width() < px(NARROW))

    def apply_theme(self, theme: Theme) -> None:
        self._space()
        super().apply_theme(theme)
        self._give_way()

    # Room

    def minimumSizeHint(self) -> QSize:
        parts = (self.draw if self.tab == DRAW else self.digit, self.probabilities)
        least = sum(part.minimumSizeHint().height() for part in parts)
        return QSize(self.theme.px(150), self._words_height() + least)

    def resizeEvent(self, event: object) -> None:
        self._space()
        self._give_way()

    def _words_height(self) -> int:
        """Return the height of everything but the digit, the gallery and the probabilities."""
        margins = self._column.contentsMargins()
        lines = (self._header, self._named, self.caption, self._answer)
        height = sum(line.sizeHint().height() for line in lines) + 5 * self._column.spacing()
        if not self.reason.isHidden():
            height += self.reason.heightForWidth(self.width()) + self._column.spacing()
        return height + margins.top() + margins.bottom()

    def _give_way(self, news: object = None) -> None:
        """Share out the height: low rows of probabilities, three rows of the gallery, a wide digit.

        Spare height makes the rows of probabilities higher, then the gallery. If height is short,
        the digit gets smaller, then rows of the gallery go, then the whole gallery.
        """
        room, classes = self.height() - self._words_height(), len(self.scene.trace.probabilities)
        full, least = (
            hint.height()
            for hint in (self.probabilities.sizeHint(), self.probabilities.minimumSizeHint())
        )
        if self.tab == DRAW:
            self.gallery.hide()
            self.probabilities.setFixedHeight(
                min(max(room - self.draw.wanted_height(), least), full)
            )
            return
        margins = self._column.contentsMargins()
        across = self.width() - margins.left() - margins.right() + self.theme.px(4)
        apart, most = self._column.spacing(), self.theme.px(DIGIT_LEAST)
        one_row = self.gallery.minimumSizeHint().height() + apart
        self.gallery.setVisible(room >= most + one_row + least)
        if not self.gallery.isHidden():
            good = self.gallery.height_of(GOOD_ROWS) + apart
            digit = min(max(room - good - least, most), across)
            room -= min(good, room - digit - least)
        else:
            digit = min(max(room - full, most), across)
        rows = min(max(room - digit, least), full) // classes * classes  # of whole pixels each
        self.probabilities.setFixedHeight(rows)
        self.digit.setFixedHeight(max(min(room - rows, digit), self.theme.px(72)))

    def _on_blind(self, on: bool) -> None:
        self._show_blind(self.scene)
        self._give_way()

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)
        self._show_tab()
        if old.network is not new.network:
            self._show_blind(new)

    def _show_blind(self, scene: Scene) -> None:
        rows, columns = scene.network.blind_lines()
        layer = scene.network.blinding_layer()
        self.blind.setVisible(layer is not None)
        shown = layer is not None and self.blind.isChecked()
        height, width, _ = scene.network.input_shape
        lines = [Rect(row, 0, row + 1, width) for row in rows]
        lines += [Rect(0, column, height, column + 1) for column in columns]
        for digit in (self.digit, self.draw.way.digit):
            digit.show_blind(tuple(lines) if shown else ())
        self.reason.setVisible(shown)
        if layer is not None:
            self.reason.setText(blind_sentence(layer, rows, columns))

    def _show(self, scene: Scene) -> None:
        digit = scene.digit
        if not original_of(digit).drawn:
            self._picked = digit
        self.legend[0].setText(str(digit.label))
        for part in self.legend:
            part.setVisible(digit.label is not None and not scene.answer_hidden)
        self.source.show_text(*source_forms(scene))
        self.digit.show_digit(digit)
        self.digit.show_field(scene.pixels(scene.shown))
        self.digit.show_pixels(scene.pixel, scene.pointed)
        self._show_caption(scene)
        self.verdict.show_text(*verdict_forms(scene))

    def _show_caption(self, scene: Scene) -> None:
        pixel = scene.pointed or scene.pixel
        if pixel is not None:
            row, column = pixel
            grey = int(scene.digit.pixels[row, column])
            value = number(grey / 255)
            at = f"[{row}, {column}]"
            self.caption.show_text(f"{at} = {grey} / 255 = {value}", f"{at} = {value}", value)
            return
        cell = scene.shown
        layer, seen = scene.network.layers[cell.layer], sees_text(scene.pixels(cell))
        place = f"[{cell.row}, {cell.column}]" if layer.is_spatial else f"[{cell.channel}]"
        forms = (f"{layer.name} {place} {words}" for words in seen)
        self.caption.show_text(*forms, f"{place} {seen[1]}", seen[1])


THREE = "20,36 28,27 40,25 51,30 54,39 48,48 38,53 48,57 56,66 55,78 46,86 34,87 23,81"


def draw_figures(panel: InputPanel) -> Iterator[tuple[str, QWidget]]:
    """Yield names and widgets, with a drawing of three strokes; restore the pad afterwards."""
    easel, tab = panel.draw.easel, panel.tab
    before = easel.sketch
    places = (pair.split(",") for pair in THREE.split())
    stroke = Stroke(tuple((int(x) / 100, int(y) / 100, 1.0) for x, y in places), 0.08)
    panel.show_tab("draw")
    easel.show_sketch(Sketch(Drawing()).then(Drawing((stroke,))))
    panel.viewer.settle()
    yield "panel-draw", panel
    yield "inspect-draw", panel.window()
    easel.show_sketch(before)
    panel.show_tab(tab)
