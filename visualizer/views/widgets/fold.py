"""FoldSplitter: two panels with a handle between; one of them folds to the handle and back."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.look import Look

DOTS = (-8, 0, 8)


class FoldSplitter(Guarded, QSplitter):
    """Holds two panels: one is kept, the other can be folded by a click on the handle."""

    def __init__(self, look: Look, way: Qt.Orientation, parts: tuple[QWidget, QWidget], keep: int):
        super().__init__(way)
        self.look = look
        self._folding = 1 - keep
        self._open_size = 0
        self._parts = parts
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(keep, 1)
        self.setStretchFactor(self._folding, 0)
        self.setCollapsible(keep, False)

    @property
    def folded(self) -> bool:
        return any(self.sizes()) and self.sizes()[self._folding] == 0

    def set_open_size(self, size: int) -> None:
        """How wide, or high, the panel that folds is when it is open; opens it."""
        self._open_size = size
        self._give(size)

    def fold(self, folded: bool) -> None:
        """Fold the panel to the handle, or open it as it was."""
        if folded and not self.folded:
            self._open_size = self.sizes()[self._folding]
            self._give(0)
        elif not folded and self.folded:
            least = self._parts[self._folding].minimumSizeHint()
            across = self.orientation() == Qt.Orientation.Horizontal
            self._give(max(self._open_size, least.width() if across else least.height()))

    def _give(self, size: int) -> None:
        rest = max(sum(self.sizes()), self._length()) - size
        self.setSizes([rest, size] if self._folding else [size, rest])

    def _length(self) -> int:
        return self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()

    def createHandle(self) -> QSplitterHandle:
        return FoldHandle(self.orientation(), self)


class FoldHandle(Guarded, QSplitterHandle):
    """Three dots to drag; a click without a drag folds and opens."""

    def __init__(self, way: Qt.Orientation, splitter: FoldSplitter) -> None:
        super().__init__(way, splitter)
        self._splitter = splitter
        self._pressed_at: QPointF | None = None
        self.setToolTip("Drag to share the room; click to fold or open")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._splitter.look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lit = self.underMouse() or self._splitter.folded
        painter.setBrush(theme.color("accent" if lit else "soft_ink", 1.0 if lit else 0.6))
        middle = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
        across = self.orientation() == Qt.Orientation.Horizontal
        for dot in DOTS:
            by = theme.px(abs(dot)) * (-1 if dot < 0 else 1)
            place = middle + (QPointF(0, by) if across else QPointF(by, 0))
            painter.drawEllipse(place, theme.px(1.5), theme.px(1.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.globalPosition()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        if start is not None and (event.globalPosition() - start).manhattanLength() > 3:
            self._pressed_at = None
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._pressed_at is not None:
            self._pressed_at = None
            self._splitter.fold(not self._splitter.folded)
