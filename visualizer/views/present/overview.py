"""Overview: all stops of the talk as small pictures, to go to one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from visualizer.core.talk.stop import Stop
from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme
from visualizer.views.present.deck import Deck

ACROSS, LEAST = 6, 150  # pictures side by side, and the least width of one at zoom 1
SHAPE = 9 / 16
APART = 6  # pixels around a picture at zoom 1


class Overview(Panel):
    """The stops in their order; arrows and Enter, a click, or a number and Enter go to one.

    Signals
    -------
    chosen : int
        The index of the stop to go to.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, deck: Deck) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self.setAccessibleName("All stops")
        self._deck = deck
        self._images: dict[int, QImage] = {}
        self._stops: tuple[Stop, ...] = ()
        self.title = Elided(name="heading")
        self.list = StopList()
        self.setLayout(column(look, self.title, (self.list, 1), spacing=6, margins=12))
        self.setFocusProxy(self.list)
        self.list.activated.connect(lambda index: self.chosen.emit(index.row()))
        self.list.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()

    @property
    def missing(self) -> list[int]:
        """The stops without a picture, those around the present one first."""
        at = self._deck.at
        without = (each for each in range(len(self._stops)) if each not in self._images)
        return sorted(without, key=lambda each: abs(each - at))

    def show_talk(self) -> None:
        """Show the stops of the talk; pictures of unchanged ones stay."""
        stops = self._deck.talk.stops
        if stops != self._stops:
            self._images = {
                at: self._images[known]
                for at, stop in enumerate(stops)
                for known, before in enumerate(self._stops)
                if before == stop and known in self._images
            }
            self._stops = stops
            self.list.clear()
            for at, stop in enumerate(stops, start=1):
                item = QListWidgetItem(f"{at}  {stop.title or stop.stage}")
                item.setToolTip(stop.words)
                self.list.addItem(item)
        self.title.show_text(self._deck.talk.title)
        self.list.setCurrentRow(self._deck.at)
        self.fit()

    def forget(self) -> None:
        """Drop the pictures: they were made of other digits or in another light."""
        self._images.clear()
        self.fit()

    def show_picture(self, at: int, image: QImage) -> None:
        """Show the picture of a stop."""
        self._images[at] = image
        self._draw(at)

    def fit(self) -> None:
        """Take as many pictures side by side as fit."""
        theme, room = self.theme, self.list.viewport().width()
        gap = 2 * theme.px(APART)
        across = max(min(ACROSS, room // (theme.px(LEAST) + gap)), 1)
        wide = max(room // across - gap, 16)
        size = QSize(wide, round(wide * SHAPE))
        words = self.list.fontMetrics().height()
        self.list.setIconSize(size)
        self.list.setGridSize(QSize(room // across, size.height() + words + gap))
        for at in range(self.list.count()):
            self._draw(at)

    def _draw(self, at: int) -> None:
        item = self.list.item(at)
        size, ratio = self.list.iconSize(), self.devicePixelRatioF()
        shown = QPixmap(size * ratio)
        shown.fill(self.theme.color("line"))
        if at in self._images:
            keep, smooth = (
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown = QPixmap.fromImage(self._images[at].scaled(size * ratio, keep, smooth))
        shown.setDevicePixelRatio(ratio)
        item.setIcon(QIcon(shown))


class StopList(Guarded, QListWidget):
    """A list of pictures in rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stops of the talk")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of the window to it."""
        if event.key() in ENTER or event.key() in ARROWS_AND_PAGES:
            super().keyPressEvent(event)
        else:
            event.ignore()


Key = Qt.Key
ARROWS_AND_PAGES = (
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down),
    *(Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown),
)
