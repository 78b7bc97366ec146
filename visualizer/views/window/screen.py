"""Screen: the size of the window on its screen, and the limit of its zoom.

The window never needs more than the screen has: past a zoom at which the panels could not give
way any further, everything stays as large as it can be here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from visualizer.views.base.look import Look

LEAST = QSize(760, 430)  # at zoom 100 %
SHARE = 0.8
SMALL_SCREEN = QSize(1440, 900)
LARGEST_FIRST, SMALLEST_FIRST = QSize(1680, 1050), QSize(1024, 700)


class Screen(QObject):
    """The screen that a window is on, and how the window fits on it."""

    def __init__(self, window: QMainWindow, look: Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._was_maximized = False
        self._grown_from: QSize | None = None
        self._home: QRect | None = None
        self._framed = False

    @property
    def room(self) -> QSize:
        """The screen's free area, less the window's frame."""
        frame = self._window.frameGeometry().size() - self._window.geometry().size()
        return self._window.screen().availableGeometry().size() - frame

    def first_size(self) -> QSize:
        """Return the window's first size: about four fifths of the screen."""
        wanted = (self.room * SHARE).boundedTo(LARGEST_FIRST).expandedTo(SMALLEST_FIRST)
        return wanted.boundedTo(self.room)

    def begin(self) -> None:
        """Take the size of the first start; on a small screen, all of it."""
        self._window.resize(self.first_size())
        whole = self._window.screen().geometry().size()
        if whole == whole.boundedTo(SMALL_SCREEN):
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    def follow(self) -> None:
        """Take the limits from the window's screen, now and whenever it moves to another."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self.hold_least, Qt.ConnectionType.UniqueConnection)
        self.leave_room_for_the_frame()
        self.hold_least()

    def leave_room_for_the_frame(self) -> None:
        """Shrink a window that fills the screen by its frame, once, when the frame appears."""
        if self._framed:
            return
        self._framed = self._window.frameGeometry() != self._window.geometry()
        whole, size = self._window.screen().availableGeometry().size(), self._window.size()
        maximized = self._window.isMaximized()  # then the window manager knows about its frame
        fills = size == size.boundedTo(whole) and not maximized
        if fills and not self._window.isFullScreen() and size != size.boundedTo(self.room):
            self._window.resize(size.boundedTo(self.room))

    def hold_least(self, news: object = None) -> None:
        """Limit zoom and least size to the screen."""
        # For a window already larger than the screen, as for figures, its own size is the limit.
        room = self.room.expandedTo(self._window.size())
        most = min(room.width() / LEAST.width(), room.height() / LEAST.height())
        self._look.hold_zoom(most)
        least = (LEAST * self._look.theme.zoom).boundedTo(room)
        if least != self._window.minimumSize():
            before = self._window.size()
            self._window.setMinimumSize(least)
            free = not (self._window.isFullScreen() or self._window.isMaximized())
            if free and self._window.isVisible():
                self._keep_size(before, least)

    def _keep_size(self, before: QSize, least: QSize) -> None:
        """Give a window that grew with the zoom its former size when the zoom goes back."""
        grew = before.expandedTo(least) != before
        if grew and self._grown_from is None:
            self._grown_from = before
        elif not grew and self._grown_from is not None:
            self._window.resize(self._grown_from.expandedTo(least))
            self._grown_from = None

    def set_present(self, on: bool) -> None:
        """Enter Present mode on the whole screen, or leave it with the former size and state."""
        if on:
            self.set_full(True)
            self._look.set_present(True)
        else:  # first smaller widgets, so that the window fits into its former place
            self._look.set_present(False)
            self.set_full(False)
            self._go_home()

    @property
    def several(self) -> bool:
        """Whether there is another screen: a projector beside the laptop's own."""
        return len(QGuiApplication.screens()) > 1

    def go_to_next(self) -> None:
        """Move to the next screen; leaving Present mode moves back."""
        window, screens = self._window, QGuiApplication.screens()
        following = screens[(screens.index(window.screen()) + 1) % len(screens)]
        full = window.isFullScreen()
        if self._home is None:
            self._home = window.normalGeometry() if full else window.geometry()
        if full:
            window.showNormal()
        window.setGeometry(following.availableGeometry())
        handle = window.windowHandle()
        if handle is not None:
            handle.setScreen(following)

    def _go_home(self) -> None:
        if self._home is not None:
            self._window.setGeometry(self._home)
            self._home = None

    def set_full(self, on: bool) -> None:
        window = self._window
        if on and not window.isFullScreen():
            self._was_maximized = window.isMaximized()
            window.showFullScreen()
        elif not on and window.isFullScreen():
            window.showMaximized() if self._was_maximized else window.showNormal()
