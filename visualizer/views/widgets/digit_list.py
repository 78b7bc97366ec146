"""DigitList: thousands of digits as tiles, scrolled smoothly; one of them is picked."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from visualizer.data.dataset import Images
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.pixels import to_image

TILE = 40  # at most, at zoom 1
KEPT_IMAGES = 2000
Index = QModelIndex | QPersistentModelIndex


class DigitModel(Guarded, QAbstractListModel):
    """The indices of the digits in the list, in their order."""

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
        """Return the row of a digit of the test set; None if the list does not have it."""
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
    """A delegate that paints one digit per tile and frames the selected one."""

    def __init__(self, look: Look, model: DigitModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.tile = look.theme.px(TILE)
        self._images: dict[tuple[Images, str, int], QImage] = {}

    def _image(self, at: int) -> QImage:
        """Return a digit's picture from the cache; draw it if it is missing."""
        key = (self._model.images, self._look.theme.palette.name, at)
        if key not in self._images:
            if len(self._images) > KEPT_IMAGES:
                self._images.clear()
            pixels = self._model.images.pixels[at]
            self._images[key] = to_image(pixels, 0, 255, self._look.theme.digit)
        return self._images[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.tile, self.tile)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        view = option.widget
        if theme.picture and isinstance(view, DigitList) and not view.shows_whole(option.rect):
            return  # no half digits on paper
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
    """A list of digits that takes the keyboard without choosing a digit by itself.

    Signals
    -------
    picked : int
        The index of the digit that the user chose.
    """

    picked = Signal(int)

    def __init__(self, look: Look, images: Images, name: str) -> None:
        super().__init__()
        self.digits = DigitModel(images)
        self._following = False
        self.setModel(self.digits)
        self._look = look
        self._delegate = DigitDelegate(look, self.digits)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(2000)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.apply_theme(look.theme)
        look.changed.connect(self.apply_theme)

    def shows_whole(self, tile: QRect) -> bool:
        """Return whether a tile is not cut by the edge of the list."""
        return self.viewport().rect().contains(tile)

    def apply_theme(self, theme: Theme) -> None:
        self.setMinimumHeight(theme.px(TILE) + 4)
        self.verticalScrollBar().setSingleStep(theme.px(16))
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    @property
    def tile(self) -> int:
        """Side of a digit's tile in pixels."""
        return self._delegate.tile

    def _fill(self) -> None:
        """Set the size of tiles so that whole tiles fill the width."""
        across, largest = self.viewport().width() - 1, self._look.theme.px(TILE)
        self._delegate.tile = tile = max(across // max(math.ceil(across / largest), 1), 1)
        if self.gridSize() != QSize(tile, tile):
            self.setGridSize(QSize(tile, tile))

    def show_images(
        self, images: Images, indices: npt.NDArray[np.intp], current: int | None
    ) -> None:
        """Show the images at these indices, in this order, with index `current` selected."""
        self.digits.show_images(images, indices)
        self.follow(current)
        if not self.currentIndex().isValid():
            self.scrollToTop()

    def follow(self, index: int | None) -> None:
        """Select the digit of this index if the list has it; emits nothing."""
        selection = self.selectionModel()
        row = None if index is None else self.digits.row_of(index)
        self._following = True
        if row is None:
            selection.clear()
        else:
            at = self.digits.index(row)
            selection.setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(at)
        self._following = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        nothing_chosen = not self.currentIndex().isValid()
        with QSignalBlocker(self.selectionModel()):
            super().focusInEvent(event)
            if nothing_chosen:
                self.selectionModel().clear()

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.picked.emit(int(self.digits.indices[current.row()]))
