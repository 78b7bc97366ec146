"""Gallery: the test digits, thousands of them, scrolled smoothly and filtered by class."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from visualizer.data.dataset import CLASSES, Images
from visualizer.scene import Scene
from visualizer.session import Session
from visualizer.viewer import Viewer
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.pixels import to_image
from visualizer.views.widgets.scene_panel import ScenePanel
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import label

TILE = 40
KEPT_IMAGES = 2000
Index = QModelIndex | QPersistentModelIndex


class DigitModel(Guarded, QAbstractListModel):
    """The test set's indices that are picked from, in their order."""

    def __init__(self, images: Images) -> None:
        super().__init__()
        self.images = images
        self.indices: npt.NDArray[np.intp] = np.arange(len(images))
        self._rows = self.indices

    def show_images(self, images: Images, indices: npt.NDArray[np.intp]) -> None:
        """Show the images at these indices, in this order."""
        self.beginResetModel()
        self.images, self.indices = images, indices
        self._rows = np.full(len(images), -1)
        self._rows[indices] = np.arange(len(indices))
        self.endResetModel()

    def row_of(self, index: int) -> int | None:
        """The row that shows a digit of the test set, if it is among them."""
        row = int(self._rows[index]) if index < len(self._rows) else -1
        return row if row >= 0 else None

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.indices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        at = int(self.indices[index.row()])
        if role == Qt.ItemDataRole.UserRole:
            return at
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"test digit {at}, a {self.images.labels[at]}"
        return None


class DigitDelegate(Guarded, QStyledItemDelegate):
    """Paints one digit on its tile; the selected one is framed."""

    def __init__(self, look: Look, model: DigitModel) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self._images: dict[tuple[Images, str, int], QImage] = {}

    def _image(self, at: int) -> QImage:
        """A digit's picture, kept while it may be painted again."""
        key = (self._model.images, self._look.theme.palette.name, at)
        if key not in self._images:
            if len(self._images) > KEPT_IMAGES:
                self._images.clear()
            pixels = self._model.images.pixels[at]
            self._images[key] = to_image(pixels, 0, 255, self._look.theme.digit)
        return self._images[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self._look.theme.px(TILE)
        return QSize(size, size)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        at = int(self._model.indices[index.row()])
        tile = QRectF(option.rect).adjusted(2, 2, -2, -2)
        image = self._image(at)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(tile, image)
        chosen = option.state & QStyle.StateFlag.State_Selected
        name, width = ("selection", theme.line_width) if chosen else ("line", 1.0)
        painter.setPen(QPen(theme.color(name), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(tile)


class DigitList(Guarded, QListView):
    """A list that takes the keyboard without choosing a digit by itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        nothing_chosen = not self.currentIndex().isValid()
        with QSignalBlocker(self.selectionModel()):
            super().focusInEvent(event)
            if nothing_chosen:
                self.selectionModel().clear()


class Gallery(ScenePanel):
    """Picks a digit of the test set: by eye, by class, at random, or the next one got wrong.

    Where the digits are ranked it says by what, and has a way back to all of them.
    """

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self._session = session
        self._following = False
        self._model = DigitModel(session.source.dataset.test)
        self.classes = QComboBox()
        self.classes.setObjectName("small")
        self.classes.setToolTip("Show the digits of one class")
        self.classes.setPlaceholderText("ranked")
        self.classes.addItem("all digits")
        self.classes.addItems([f"only {number}" for number in range(CLASSES)])
        self.classes.setCurrentIndex(0)
        self.random = IconButton(look, "random", "Random digit")
        self.wrong = IconButton(look, "misclassified", "Next misclassified digit")
        self.ranking = label("", "caption")
        self.ranking.setWordWrap(True)
        self.back = IconButton(look, "close", "Back to all digits")
        self._ranked = QWidget()
        row = QHBoxLayout(self._ranked)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ranking, 1)
        row.addWidget(self.back)
        self._ranked.hide()
        self.list = DigitList()
        self._set_up_list()
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.classes, 1)
        bar.addWidget(self.random)
        bar.addWidget(self.wrong)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addWidget(self._ranked)
        column.addWidget(self.list, 1)
        self.random.clicked.connect(session.random_digit)
        self.wrong.clicked.connect(session.next_misclassified)
        self.back.clicked.connect(session.source.show_all)
        self.classes.currentIndexChanged.connect(self._on_class)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._after_maps = QTimer(self)
        self._after_maps.setObjectName("gallery after maps")
        self._after_maps.setSingleShot(True)
        self._after_maps.setInterval(0)
        self._after_maps.timeout.connect(self._on_after_maps)
        session.source.changed.connect(self._on_digits)
        session.source.filterChanged.connect(self._on_digits)
        self._follow(self.scene)

    def _set_up_list(self) -> None:
        view = self.list
        view.setModel(self._model)
        self._delegate = DigitDelegate(self.look, self._model)
        view.setItemDelegate(self._delegate)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setBatchSize(2000)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        view.setAccessibleName("Test digits")

    def apply_theme(self, theme: Theme) -> None:
        tile = theme.px(TILE)
        self.list.setGridSize(QSize(tile, tile))
        self.list.setMinimumHeight(tile + 4)
        self.ranking.setFixedHeight(2 * (QFontMetrics(theme.font("caption")).lineSpacing() + 1))
        self.list.verticalScrollBar().setSingleStep(theme.px(16))

    def hasHeightForWidth(self) -> bool:
        """No, though a label in it wraps: or the list could not be as low as it may."""
        return False

    def _on_class(self, row: int) -> None:
        if row >= 0:
            self._session.source.show_only(row - 1 if row > 0 else None)

    def _on_digits(self, news: object = None) -> None:
        source = self._session.source
        with QSignalBlocker(self.classes):
            shown = 0 if source.label is None else source.label + 1
            self.classes.setCurrentIndex(-1 if source.ranking else shown)
        self.ranking.setText(source.ranking)
        self._ranked.setVisible(bool(source.ranking))
        self._model.show_images(source.dataset.test, source.indices)
        self._follow(self.viewer.scene)
        if source.ranking or not self.list.currentIndex().isValid():
            self.list.scrollToTop()

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self._session.show_digit(int(self._model.indices[current.row()]))

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.digit is not new.digit:
            self._after_maps.start()

    def _on_after_maps(self) -> None:
        """Another digit: its maps are painted first, then the gallery scrolls to it."""
        self._follow(self.scene)

    def _follow(self, scene: Scene) -> None:
        selection = self.list.selectionModel()
        row = None if scene.digit.index is None else self._model.row_of(scene.digit.index)
        self._following = True
        if row is None:
            selection.clear()
        else:
            at = self._model.index(row)
            selection.setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(at)
        self._following = False
