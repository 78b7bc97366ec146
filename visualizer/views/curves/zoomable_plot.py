"""ZoomablePlot: a plot through which the wheel, dragging and the keys go."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.curves.plot import Plot, Span

ZOOM_A_NOTCH = 1.2
CLOSEST, FARTHEST = 1e-3, 4.0  # lengths of an axis, in those with which all is in view
FINEST = 2e-4  # length of the value axis at which its numbers still have few digits


class ZoomablePlot(Plot):
    """The axes follow the data until the user chooses their ends.

    Attributes
    ----------
    held : bool
        Whether the user has chosen the ends of the axes.

    Signals
    -------
    zoomed : bool
        Whether the user has chosen the ends of the axes.
    stepped : int
        ← and →: so many moments back or on.
    ended : bool
        End: to the last moment; Home: to the first.
    focused : bool
        Whether the plot now has the keyboard.
    """

    zoomed = Signal(bool)
    stepped = Signal(int)
    ended = Signal(bool)
    focused = Signal(bool)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.held = False
        self._dragged: QPointF | None = None

    def ends(self) -> tuple[Span, Span]:
        """Return the ends of both axes with which all of the data is in view."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show all of the data, and follow them from here on."""
        self.release()
        self.follow()

    def release(self) -> None:
        """Forget the ends that the user has chosen."""
        self._hold(False)

    def follow(self) -> None:
        """Show all of the data unless the user has chosen what is in view."""
        if not self.held:
            self.show_ends(*self.ends())

    def choose(self, x: Span, y: Span) -> None:
        """Show the axes from end to end, not far from the data, and keep these ends."""
        whole_x, whole_y = self.ends()
        closest = CLOSEST * (whole_x[1] - whole_x[0])
        self.show_ends(_near(x, whole_x, closest), _near(y, whole_y, FINEST))
        self._hold(True)

    def _hold(self, held: bool) -> None:
        if held != self.held:
            self.held = held
            self.zoomed.emit(held)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow()  # what is beside the data is in pixels

    # The user

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; on an axis, along that one alone."""
        at, area = event.position(), self.area
        factor = ZOOM_A_NOTCH ** (-event.angleDelta().y() / 120)
        x, y = self.value_at(at)
        self.choose(
            self.x_ends if at.x() < area.left() else _scaled(self.x_ends, x, factor),
            self.y_ends if at.y() > area.bottom() else _scaled(self.y_ends, y, factor),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            at = event.position()
            (x, y), (was_x, was_y) = self.value_at(at), self.value_at(self._dragged)
            self._dragged = at
            self.choose(_moved(self.x_ends, was_x - x), _moved(self.y_ends, was_y - y))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.ended.emit(key == Qt.Key.Key_End)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.focused.emit(False)


def _scaled(span: Span, about: float, factor: float) -> Span:
    return about + (span[0] - about) * factor, about + (span[1] - about) * factor


def _moved(span: Span, by: float) -> Span:
    return span[0] + by, span[1] + by


def _near(span: Span, whole: Span, closest: float) -> Span:
    """Return the ends nearest to those wanted that are not too close and show data."""
    wanted = min(max(span[1] - span[0], closest), FARTHEST * (whole[1] - whole[0]))
    low = (span[0] + span[1] - wanted) / 2
    low = min(max(low, whole[0] - wanted / 2), whole[1] - wanted / 2)
    return low, low + wanted
