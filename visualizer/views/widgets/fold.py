"""FoldSplitter: two panels with a handle between them; one can be folded away."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look

DOTS = (-8, 0, 8)


class FoldSplitter(Guarded, QSplitter):
    """A splitter of two panels: a click on the handle folds or opens one of them.

    The folding panel has the size of the page's share, or the size to which the user dragged the
    handle, at every window size and zoom.
    """

    def __init__(self, look: Look, way: Qt.Orientation, parts: tuple[QWidget, QWidget], keep: int):
        super().__init__(way)
        self.look = look
        self._folding = 1 - keep
        self._share, self._roomy = 0, True
        self._dragged: float | None = None  # size in pixels at zoom 1
        self._wanted: bool | None = None  # whether the user wants the panel open
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(keep, 1)
        self.setStretchFactor(self._folding, 0)
        self.setCollapsible(keep, False)
        self.splitterMoved.connect(self._on_moved)

    @property
    def folded(self) -> bool:
        return any(self.sizes()) and self.sizes()[self._folding] == 0

    def share(self, size: int, roomy: bool) -> None:
        """Give the folding panel so many pixels, and fold it where it is not `roomy`.

        The user's choices come first: a dragged handle, a folded panel. A panel that was opened
        without room stays open until there is room.
        """
        if roomy != self._roomy and self._wanted:
            self._wanted = None
        self._share, self._roomy = size, roomy
        self._settle()

    def fold(self, folded: bool) -> None:
        """Fold the panel, or open it at its former size."""
        self._wanted = not folded
        if not folded and self._roomy:
            self._wanted = None
        self._settle()

    def set_open(self, wanted: bool) -> None:
        """Open the panel, or fold it."""
        self.fold(not wanted)

    def is_open(self) -> bool:
        return not self.folded

    def reset(self) -> None:
        """Forget the user's dragging and folding."""
        self._dragged = self._wanted = None
        self._settle()

    @property
    def kept(self) -> tuple[float | None, bool]:
        """The user's changes: how far the handle was dragged, and whether the panel was folded."""
        return self._dragged, self._wanted is False

    def keep(self, dragged: float | None, folded: bool) -> None:
        """Restore a user's dragging and folding."""
        self._dragged, self._wanted = dragged, False if folded else None
        self._settle()

    def _settle(self) -> None:
        is_open = self._roomy if self._wanted is None else self._wanted
        size = self._share
        if self._dragged is not None:
            size = round(self._dragged * self.look.theme.zoom)
        size = size if is_open else 0
        if self._length() and self.sizes()[self._folding] != size:
            rest = max(self._length() - self.handleWidth() - size, 0)
            self.setSizes([rest, size] if self._folding else [size, rest])

    def _on_moved(self) -> None:
        size = self.sizes()[self._folding]
        self._wanted = size > 0
        if size:
            self._dragged = size / self.look.theme.zoom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _length(self) -> int:
        return self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()

    def createHandle(self) -> QSplitterHandle:
        return FoldHandle(self.orientation(), self)


class FoldHandle(Guarded, QSplitterHandle):
    """A handle with three dots: drag to resize, click to fold or open."""

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
