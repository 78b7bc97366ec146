"""Gallery: the thousands of test digits, scrolled smoothly and filtered by class."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFontMetrics

from visualizer.data.dataset import CLASSES
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.scene.worn import WornDigit, original_of
from visualizer.session.session import Session
from visualizer.system.throttle import single_shot
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.digit_list import DigitList


class Gallery(ScenePanel):
    """A panel to pick a test digit: by eye, by class, at random, or the next misclassified one.

    While the digits are ranked, it says by what, and has a button back to all of them.
    """

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self._session = session
        choices = ["all digits", *(f"only {number}" for number in range(CLASSES))]
        tip, wrong = "Show the digits of one class", session.next_misclassified
        self.classes = ComboBox(tip=tip, items=choices, small=True)
        self.classes.setPlaceholderText("ranked")
        self.random = IconButton(look, "random", "Random digit", act=session.random_digit)
        self.wrong = IconButton(look, "misclassified", "Next misclassified digit", act=wrong)
        self.ranking = label("", "caption", wraps=True)
        self.back = IconButton(look, "close", "Back to all digits", act=session.source.show_all)
        self._ranked = held(row(look, (self.ranking, 1), self.back))
        self._ranked.hide()
        self.list = DigitList(look, session.dataset.test, "Test digits")
        bar = row(look, (self.classes, 1), self.random, self.wrong, spacing=4)
        self.setLayout(column(look, bar, self._ranked, (self.list, 1)))
        self.classes.currentIndexChanged.connect(self._on_class)
        self.list.picked.connect(session.show_digit)
        self.list.clicked.connect(self._on_clicked)
        self._after_maps = single_shot(self, "gallery after maps", self._on_after_maps)
        session.source.changed.connect(self._on_digits)
        session.source.filterChanged.connect(self._on_digits)
        self.list.follow(original_of(self.scene.digit).index)

    def apply_theme(self, theme: Theme) -> None:
        self.ranking.setFixedHeight(2 * (QFontMetrics(theme.font("caption")).lineSpacing() + 1))

    def height_of(self, rows: int) -> int:
        """Return the gallery's height in pixels with so many rows of digits."""
        above = self.minimumSizeHint().height() - self.list.minimumHeight()
        return above + rows * self.list.tile + 2

    def hasHeightForWidth(self) -> bool:
        """Return False although a label wraps: else the list could not become as low as it may."""
        return False

    def _on_class(self, row: int) -> None:
        if row >= 0:
            self._session.source.show_only(row - 1 if row > 0 else None)

    def _on_clicked(self) -> None:
        """Show the digit that stays chosen in the list while it is worn down, as it was."""
        digit = self.viewer.scene.digit
        if isinstance(digit, WornDigit):
            self._session.show(digit.original)

    def _on_digits(self, news: object = None) -> None:
        source = self._session.source
        with QSignalBlocker(self.classes):
            shown = 0 if source.label is None else source.label + 1
            self.classes.setCurrentIndex(-1 if source.ranking else shown)
        self.ranking.setText(source.ranking)
        self._ranked.setVisible(bool(source.ranking))
        digit = original_of(self.viewer.scene.digit)
        self.list.show_images(source.dataset.test, source.indices, digit.index)
        if source.ranking:
            self.list.scrollToTop()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.digit is not new.digit:
            self._after_maps.start()

    def _on_after_maps(self) -> None:
        """Scroll to the new digit, after the maps have been painted."""
        self.list.follow(original_of(self.scene.digit).index)
