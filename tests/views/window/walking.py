"""Walking: goes through the talk of a window by its keys, and looks at every stop."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from tests.views import numbers, painted
from visualizer.compare.measurements import KEYS
from visualizer.session.wearing import WEARING
from visualizer.session.why import WIPING
from visualizer.views.base.labels import Elided
from visualizer.views.compare.table_grid import TableGrid
from visualizer.views.widgets.wait import wait_until
from visualizer.views.window.window import MainWindow

Key = Qt.Key
EDGE = 96  # of 255 shades: Qt paints the edges of very large letters not always alike
NETWORKS = {"book", "no-max-pool", "strided", "average-pool", "same-padding", "dense"}
LABEL = 30  # pixels of a label in Present mode at 1920 × 1080


class Walk:
    """A window whose talk is gone through; `found` says in words what is wrong."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.session, self.deck = window, window.session, window.deck
        self.strip = window.talking.strip
        self.found: list[str] = []
        size = window.screen().size()
        self.tall = size.height() / 1080
        self.label = LABEL * min(size.width() / 1920, self.tall)
        self._windows = Windows(window, self.note)
        window.look.set_reduce_motion(True)  # nothing slides: a picture is a picture
        window.activateWindow()
        wait_until(window.isActiveWindow, "the window to have the keyboard")

    def press(self, *keys: Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key)

    def note(self, told: object) -> None:
        self.found.append(f"stop {self.deck.at + 1}, {self.deck.stop.title}: {told}")

    def stood(self) -> tuple[object, ...]:
        """What is in view, besides a talk."""
        scene, page = self.session.viewer.scene, self.window.page
        of = scene.network.name, scene.digit.source, scene.selected, scene.model.origin
        return (*of, page.title, page.shown_settings(), self.session.runs.run.id)

    def settled(self) -> QImage:
        """The picture of the stop, once nothing on it moves or waits any more."""
        self.window.settle()
        pictures = [QImage()]

        def rests() -> bool:
            pictures.append(self.window.grab().toImage())
            waits = any(map(_waits, (self.window.stage, self.session)))
            works = self.session.study.responses.busy
            works = works or any(map(self.session.jobs.is_running, (*KEYS, WIPING, WEARING)))
            return pictures[-1] == pictures[-2] and not (waits or works)

        wait_until(rests, f"stop {self.deck.at + 1} to rest")
        return pictures[-1]

    def alike(self, one: QImage, other: QImage) -> bool:
        """Whether pictures are the same, but for the edges of very large letters."""
        if one == other or self.tall <= 1 or one.size() != other.size():
            return one == other
        grey = [_grey(each) for each in (one, other)]
        return bool(np.abs(grey[0] - grey[1]).max() < EDGE)

    # What is wrong

    def examine(self) -> None:
        """Note what cannot be read at the stop, what lies over another, and what is not said."""
        if not (self.window.on_stage and self.deck.on):
            self.note("no stage")
        slack = max(1.0, self.tall)  # what rounding takes, on a screen of many pixels
        numbers.SLACK = painted.SLACK = slack  # type: ignore[misc]
        for told in (*painted.unreadable_in(self.window), *numbers.cut_numbers_in(self.window)):
            self.note(told)
        for part in self.window.findChildren(QWidget):
            if part.isVisible() and not part.visibleRegion().isEmpty():
                corner = part.mapToGlobal(part.visibleRegion().boundingRect().bottomRight())
                if not self.window.frameGeometry().contains(corner):
                    self.note(f"outside: {type(part).__name__}")
                if isinstance(part, Elided) and part.text().endswith("…"):
                    self.note(f"cut: {part.whole!r}")
        self._look_at_sides(self.window.stage)
        self._look_at_header()
        self._look_at_strip()
        for table in self.window.stage.findChildren(TableGrid):
            shown = {index.data() for index in numbers.shown_cells(table) if _whole(table, index)}
            if not shown >= NETWORKS:
                self.note(f"the table has {shown}")

    def _look_at_sides(self, widget: QWidget) -> None:
        """Note parts of one layout that lie over each other."""
        layout, parts = widget.layout(), widget.findChildren(QWidget)
        parts = [part for part in parts if part.parent() is widget and part.isVisible()]
        laid = [part for part in parts if layout is not None and _holds(layout, part)]
        for one, other in combinations(laid, 2):
            if one.geometry().intersects(other.geometry()):
                self.note(f"{_named(one)} over {_named(other)}")
        for part in parts:
            self._look_at_sides(part)

    def _look_at_header(self) -> None:
        stage = self.window.stage
        words: list[QLabel] = [stage.title, stage.number, stage.run]
        for each in (*words, self.strip.words, self.strip.remark):
            pixels = QFontInfo(each.font()).pixelSize()
            if each.isVisible() and each.text() and pixels < round(self.label):
                self.note(f"small: {each.text()!r} of {pixels} pixels")
        if stage.title.text() != self.deck.stop.title:
            self.note(f"the header says {stage.title.text()!r}")
        number, chapter = self.deck.talk.chapter_of(self.deck.at)
        where = f"{number} {chapter} · {self.deck.at + 1} of {len(self.deck.talk.stops)}"
        if not stage.number.text().startswith(where):
            self.note(f"the header says {stage.number.text()!r}")

    def _look_at_strip(self) -> None:
        words = self.strip.words
        if self.deck.remark:
            self.note(f"remark: {self.deck.remark}")
        if words.text() != self.deck.stop.words or not self.strip.isVisible():
            self.note("its words are not below it")
        if words.heightForWidth(words.width()) > words.height():
            self.note("its words are cut")
        faces = self.window.faces
        below = faces.mapTo(self.window, QPoint(0, faces.height())).y()
        if below > self.strip.mapTo(self.window, QPoint(0, 0)).y():
            self.note("its words cover the stage")


class Windows(QObject):
    """Tells of every window that is shown besides the one: it would take the keyboard away."""

    def __init__(self, window: MainWindow, tell: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._tell = window, tell
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, shown: QObject, event: QEvent) -> bool:
        shows = event.type() == QEvent.Type.Show and shown is not self._window
        if shows and isinstance(shown, QWidget) and shown.isWindow():
            self._tell(f"a window of its own: {type(shown).__name__}")
        return False


def _waits(of: QObject) -> bool:
    return any(clock.isActive() and clock.isSingleShot() for clock in of.findChildren(QTimer))


def _grey(picture: QImage) -> np.ndarray:
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return np.frombuffer(grey.constBits(), np.uint8).astype(np.int16)


def _whole(table: QTableView, index: object) -> bool:
    return table.viewport().rect().contains(table.visualRect(index))


def _holds(layout: object, part: QWidget) -> bool:
    """Whether a layout, or one within it, places a widget."""
    inner = (layout.itemAt(at).layout() for at in range(layout.count()))
    return layout.indexOf(part) >= 0 or any(_holds(each, part) for each in inner if each)


def _named(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName()!r}"
