"""A storm: random events on the real window, the same for the same seed.

    python tests/storm.py SEED EVENTS [stage|talk]

With `stage`, half of the events are keys of the stage, Present mode and the black screen: B, F5
and F11 above all. With `talk`, half of them lead through a talk, and open and change it.

The last line of the output is one JSON object with the seed and what was complained of: failures
of overrides, errors in the log, warnings of Qt. The exit code is 0 where there is nothing, and
1 otherwise; a crash names the line it happened in on stderr.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from visualizer.system.environment import prepare_environment

prepare_environment()

HOME = tempfile.TemporaryDirectory(prefix="storm-")


def prepare_home() -> None:
    """Preferences, cache and log go into a folder of this run; a screen large enough for all."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = HOME.name
    os.environ.pop("VISUALIZER_DATA", None)
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        screen = {"name": "one", "x": 0, "y": 0, "width": 1920, "height": 1080}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        config = Path(HOME.name, "screens.json")
        screens = {"synchronousWindowSystemEvents": False, "screens": [screen]}
        config.write_text(json.dumps(screens))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"


prepare_home()

import shiboken6  # noqa: E402 - after the environment is prepared
from PySide6.QtCore import (  # noqa: E402
    QEvent,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import (  # noqa: E402
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QApplication,
    QFileDialog,
    QMenu,
    QMessageBox,
    QScrollArea,
    QWidget,
)

from visualizer.app import run as app  # noqa: E402
from visualizer.app import startup  # noqa: E402
from visualizer.app.options import AppOptions  # noqa: E402
from visualizer.core.edits import KeepOnly, Rescale, SetKernel, SwitchOff  # noqa: E402
from visualizer.core.network.layers import LAYERS  # noqa: E402
from visualizer.core.network.networks import NETWORKS  # noqa: E402
from visualizer.core.talk.stop import UNTRAINED, Ask, Stop, StopCell, Talk  # noqa: E402
from visualizer.data import mnist  # noqa: E402
from visualizer.data import open as opening  # noqa: E402
from visualizer.data.dataset import CLASSES  # noqa: E402
from visualizer.data.synthetic import synthetic  # noqa: E402
from visualizer.session.session import Session  # noqa: E402
from visualizer.storage.talk_file import save_talk, talk_text  # noqa: E402
from visualizer.system.notice import Notice, Undo  # noqa: E402
from visualizer.training.recipe import RECIPES  # noqa: E402
from visualizer.training.settings import Settings  # noqa: E402
from visualizer.views.compare.page import ComparePage  # noqa: E402
from visualizer.views.inspect.page import InspectPage  # noqa: E402
from visualizer.views.widgets.controls import Chip  # noqa: E402
from visualizer.views.window.window import MainWindow  # noqa: E402

Key, Button, Modifier = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier
TOLERATED = (
    "This plugin does not support",
    "Mouse event at",  # QTest, where the press made the window smaller than the release is far
)
SIZES = ((1024, 700), (1280, 720), (1366, 768), (1600, 900), (1920, 1080), (760, 430))
ZOOMS = (0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
KEYS = (
    *(Key(code) for code in range(Key.Key_A.value, Key.Key_Z.value + 1)),
    *(Key(code) for code in range(Key.Key_0.value, Key.Key_9.value + 1)),
    *(Key.Key_Space, Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab) * 2,
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down) * 3,
    *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End, Key.Key_Delete),
    *(Key.Key_Plus, Key.Key_Minus, Key.Key_Period, Key.Key_Backspace, Key.Key_Menu),
    *(Key.Key_F1, Key.Key_F5, Key.Key_F10, Key.Key_F11),
)
CONTROL_KEYS = (
    *(Key.Key_1, Key.Key_2, Key.Key_C, Key.Key_D, Key.Key_R, Key.Key_Z, Key.Key_Y, Key.Key_O),
    *(Key.Key_S, Key.Key_Plus, Key.Key_Minus, Key.Key_0, Key.Key_Period, Key.Key_A, Key.Key_V),
)
STAGE_KEYS = (
    *(Key.Key_B, Key.Key_F5, Key.Key_F11) * 3,
    *(Key.Key_Period, Key.Key_Escape, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Tab),
)
TALK_KEYS = (
    *(Key.Key_PageDown, Key.Key_PageUp) * 4,
    *(Key.Key_F5, Key.Key_A, Key.Key_T, Key.Key_O, Key.Key_K, Key.Key_Home, Key.Key_End) * 2,
    *(Key.Key_Space, Key.Key_Escape),
)
TIP_MILLISECONDS = 750  # Qt shows a real tool tip when the pointer has rested this long


class Complaints(logging.Handler):
    """What was logged as an error, and what Qt warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        logging.getLogger().addHandler(self)
        qInstallMessageHandler(self.on_message)

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if record.exc_info:
            words += "\n" + logging.Formatter().formatException(record.exc_info)
        self.found.append(words)

    def on_message(self, kind: QtMsgType, context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith(TOLERATED):
            self.found.append(f"Qt: {message}")


class Storm(QObject):
    """Does one random thing after the other; step n is the same whatever the steps before took."""

    def __init__(self, seed: int, events: int, weighting: str) -> None:
        super().__init__()
        self._weights = WEIGHTINGS[weighting]
        self.seed, self.events, self.step = seed, events, 0
        self.random = random.Random(seed)
        self.history: list[str] = []
        self.reached: Counter[str] = Counter()
        self._depth = 0
        self._ready = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_time)
        self._timer.start(1)
        self._window: MainWindow | None = None

    @property
    def window(self) -> MainWindow:
        assert self._window is not None
        return self._window

    def _on_time(self) -> None:
        if self._window is None:
            shown = QApplication.topLevelWidgets()
            self._window = next((w for w in shown if isinstance(w, MainWindow)), None)
            if self._window is not None:
                self._watch(self._window.session)
        elif not self._ready:
            self._ready = self.window.isVisible() and bool(
                len(self.window.session.source.dataset.train)
            )
        elif not self._depth or opened():
            # Events that a step sends are handled within it; only a loop of its own, as a menu
            # has one, lets the next step come before this one is over.
            QTimer.singleShot(0, self, self._go_on)

    def _watch(self, session: Session) -> None:
        """Count what the storm brings about: one that reaches nothing tests nothing."""
        session.study.changed.connect(self._on_study)
        session.what_if.changed.connect(self._on_what_if)
        session.activation_max.changed.connect(self._on_ascent)
        session.source.filterChanged.connect(self._on_gallery)

    def _on_study(self) -> None:
        study = self.window.session.study
        self.reached["a pass under way"] += study.responses.busy
        self.reached["responses known"] += study.fresh
        self.reached["filters switched off in turn"] += study.ablations.busy

    def _on_what_if(self) -> None:
        self.reached["changes to the network"] += bool(self.window.session.what_if.edits)

    def _on_ascent(self) -> None:
        self.reached["a search for an input"] += self.window.session.activation_max.busy

    def _on_gallery(self) -> None:
        self.reached["digits ranked by a filter"] += bool(self.window.session.source.ranking)

    def _go_on(self) -> None:
        if self.step >= self.events:
            self._timer.stop()
            super(MainWindow, self.window).close()
            return
        self.random.seed(f"{self.seed}:{self.step}")
        self.step += 1
        self._depth += 1
        try:
            act = self.random.choices(ACTS, self._weights)[0]
            self.history.append(act.__name__)
            self._timer.start(1)
            act(self)
        finally:
            self._depth -= 1

    # Where

    def top(self) -> QWidget:
        """The window that events go to: mostly an open menu or dialog, where there is one."""
        popup = QApplication.activePopupWidget()
        if popup is not None and self.random.random() < 0.85:
            return popup
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal
        others = [
            w
            for w in QApplication.topLevelWidgets()
            if w.isVisible() and w is not self.window and w.windowHandle() and not is_tip(w)
        ]
        if others and self.random.random() < 0.5:
            return self.random.choice(others)
        return self.window

    def place(self, top: QWidget) -> QPoint:
        """A point of a window; half of them in the middle of some widget."""
        if self.random.random() < 0.5:
            seen = [w for w in top.findChildren(QWidget) if w.isVisible() and w.window() is top]
            if seen:
                widget = self.random.choice(seen)
                x = self.random.randrange(max(widget.width(), 1))
                y = self.random.randrange(max(widget.height(), 1))
                at = widget.mapTo(top, QPoint(x, y))
                if top.rect().contains(at):
                    return at
        return QPoint(
            self.random.randrange(max(top.width(), 1)), self.random.randrange(max(top.height(), 1))
        )

    def aim(self) -> tuple[QWidget, QPoint]:
        """The innermost widget under a random point, and the point on it."""
        # Kept: where the wrapper of a window of Qt's own goes, those of its children go with it
        self._aimed_at = top = self.top()
        at = self.place(top)
        child = top.childAt(at)
        return (child, child.mapFrom(top, at)) if child is not None else (top, at)

    def modifier(self) -> Modifier:
        often = Modifier.NoModifier
        rarely = (Modifier.ShiftModifier, Modifier.ControlModifier, Modifier.AltModifier)
        return self.random.choices((often, *rarely), (20, 2, 2, 1))[0]

    # Pointer

    def click(self) -> None:
        top = self.top()
        button = self.random.choices((Button.LeftButton, Button.RightButton), (6, 1))[0]
        handle = top.windowHandle()
        if handle is not None:
            QTest.mouseClick(handle, button, self.modifier(), self.place(top))

    def double_click(self) -> None:
        top = self.top()
        handle = top.windowHandle()
        if handle is not None:
            QTest.mouseDClick(handle, Button.LeftButton, self.modifier(), self.place(top))

    def press_of_a_widget(self) -> None:
        """A click that is sent to the widget itself, with no word of it to the platform."""
        widget, at = self.aim()
        glob = QPointF(widget.mapToGlobal(at))
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            held = Button.LeftButton if kind == QEvent.Type.MouseButtonPress else Button.NoButton
            event = QMouseEvent(kind, QPointF(at), glob, Button.LeftButton, held, self.modifier())
            QApplication.postEvent(widget, event)

    def drag(self) -> None:
        top = self.top()
        handle = top.windowHandle()
        if handle is None:
            return
        QTest.mousePress(handle, Button.LeftButton, Modifier.NoModifier, self.place(top))
        for _ in range(self.random.randrange(1, 5)):
            if shiboken6.isValid(handle) and handle.isVisible():
                QTest.mouseMove(handle, self.place(top))
        if shiboken6.isValid(handle) and shiboken6.isValid(top):
            QTest.mouseRelease(handle, Button.LeftButton, Modifier.NoModifier, self.place(top))

    def move(self) -> None:
        top = self.top()
        handle = top.windowHandle()
        if handle is not None:
            QTest.mouseMove(handle, self.place(top))

    def rest(self) -> None:
        """Stay long enough for Qt's own tool tip."""
        self.move()
        self._timer.start(TIP_MILLISECONDS)

    def wheel(self) -> None:
        top = self.top()
        handle = top.windowHandle()
        if handle is not None:
            turn = self.random.choice((120, -120, 15, -15, 1200, -1200, 1))
            sideways = self.random.random() < 0.2
            delta = QPoint(turn, 0) if sideways else QPoint(0, turn)
            QTest.wheelEvent(handle, QPointF(self.place(top)), delta, QPoint(0, 0), self.modifier())

    def tip(self) -> None:
        widget, at = self.aim()
        help_event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
        if self.random.random() < 0.5:
            QApplication.sendEvent(widget, help_event)
        else:
            QApplication.postEvent(widget, help_event)

    def leave(self) -> None:
        widget, _ = self.aim()
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    # Keys

    def key(self) -> None:
        self._press(self.random.choice(KEYS), self.modifier())

    def shortcut(self) -> None:
        shift = self.random.random() < 0.15
        more = Modifier.ShiftModifier if shift else Modifier.NoModifier
        self._press(self.random.choice(CONTROL_KEYS), Modifier.ControlModifier | more)

    def stage_key(self) -> None:
        """A key of the stage, of Present mode, or of the black screen, which any key lifts."""
        self.reached["black screens"] += self.window.blank.isVisible()
        self.reached["stages"] += self.window.on_stage
        self._press(self.random.choice(STAGE_KEYS), Modifier.NoModifier)

    def talk_key(self) -> None:
        """A key of a talk, or the number of a stop and Enter."""
        deck = self.window.deck
        self.reached["stops of a talk"] += deck.on
        self.reached["what a stop asks, hidden"] += deck.hides
        if not (deck.on or opened()) and self.random.random() < 0.8:
            if self.random.random() < 0.6:
                self.window.session.talk.open(Path(HOME.name, TALK_FILES[0]))
            begin = self.random.choice((self.window.set_present, self.window.talking.set_on))
            begin(True)
        elif self.random.random() < 0.2:
            for digit in str(self.random.randrange(1, 36)):
                self._press(Key(Key.Key_0.value + int(digit)), Modifier.NoModifier)
            self._press(Key.Key_Return, Modifier.NoModifier)
        else:
            self._press(self.random.choice(TALK_KEYS), Modifier.NoModifier)

    def talk(self) -> None:
        """Open a talk, go through it or read it, keep a view or change a stop."""
        window, talk = self.window, self.window.session.talk
        last = max(len(talk.talk.stops) - 1, 0)
        at, to = (self.random.randint(0, last) for _ in range(2))
        acts: list[Callable[[], object]] = [
            *(talk.begin_built_in, window.talk_menu.keep, talk.undo, talk.redo),
            *(partial(window.talking.set_on, True), partial(window.talking.set_on, False)),
            partial(window.set_present, True),
            partial(talk.open, Path(HOME.name, self.random.choice(TALK_FILES))),
        ]
        if talk.talk.stops:
            changed = replace(talk.talk.stops[at], ask=self.random.choice(ASKS))
            acts += [
                *(partial(talk.go_to, at), partial(talk.move, at, to), partial(talk.remove, at)),
                *(partial(talk.duplicate, at), partial(talk.change, at, changed)),
            ]
        self.random.choice(acts)()

    def black(self) -> None:
        """Blank the screen whatever has the keyboard, as the menu and a remote can."""
        if not opened():
            self.window.blank.cover()

    def _press(self, key: Key, modifier: Modifier) -> None:
        if key == Key.Key_Q and modifier & Modifier.ControlModifier:
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            # A menu's window is gone once a key has closed it: QTest would still send to it.
            QApplication.sendEvent(popup, QKeyEvent(QEvent.Type.KeyPress, key, modifier))
            return
        handle = QApplication.focusWindow() or self.window.windowHandle()
        if handle is not None:
            # A key may close a dialog: QTest would still release Shift, Ctrl or Alt on its window.
            stays = handle == self.window.windowHandle()
            QTest.keyClick(handle, key, modifier if stays else Modifier.NoModifier)

    # The window

    def resize(self) -> None:
        if not self.window.isFullScreen():
            self.window.resize(*self.random.choice(SIZES))

    def zoom(self) -> None:
        self.window.look.set_zoom(self.random.choice(ZOOMS))

    def dark(self) -> None:
        self.window.look.set_dark(self.random.random() < 0.5)

    def page(self) -> None:
        self.window.show_page(self.random.choice(self.window.pages))

    def entry(self) -> None:
        """Choose an entry of the menus."""
        entries = [
            action
            for menu in self.window.menuBar().findChildren(QMenu)
            for action in menu.actions()
            if action.isEnabled() and not action.isSeparator()
        ]
        if entries:
            self.random.choice(entries).trigger()

    def open_menu(self) -> None:
        menus = self.window.menuBar().findChildren(QMenu)
        menu = self.random.choice(menus)
        menu.popup(self.window.mapToGlobal(self.place(self.window)))

    def open_chip(self) -> None:
        chips = [chip for chip in self.window.findChildren(Chip) if chip.isVisible()]
        handle = self.window.windowHandle()
        if chips and handle is not None:
            chip = self.random.choice(chips)
            at = chip.mapTo(self.window, chip.rect().center())
            QTest.mouseClick(handle, Button.LeftButton, Modifier.NoModifier, at)

    def close_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def dialog(self) -> None:
        commands = self.window.commands
        self.random.choice((commands.show_keys, commands.show_about))()

    def close_dialog(self) -> None:
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top is not self.window and top.isWindow() and not is_tip(top):
                top.close()

    def press_button(self) -> None:
        buttons = [b for b in self.window.findChildren(QAbstractButton) if b.isVisible()]
        if buttons:
            button = self.random.choice(buttons)
            handle = button.window().windowHandle()
            if button.isEnabled() and not isinstance(button, Chip) and handle is not None:
                # The window gets the click: an open menu may outlive the button it belongs to
                at = button.mapTo(button.window(), button.rect().center())
                QTest.mouseClick(handle, Button.LeftButton, Modifier.NoModifier, at)

    def drop(self) -> None:
        """Drop a picture, or something that is none."""
        data = QMimeData()
        name = self.random.choice(("digit.png", "none.png", "own.safetensors", ".", *TALK_FILES))
        data.setUrls([QUrl.fromLocalFile(str(Path(HOME.name, name)))])
        at = self.place(self.window)
        how = Qt.DropAction.CopyAction, data, Button.LeftButton, Modifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(at, *how))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), *how))

    # The session

    def train(self) -> None:
        session = self.window.session
        self.random.choice((session.train_or_pause, session.step, session.stop, session.reset))()

    def recipe(self) -> None:
        """A tiny recipe, or one whose run becomes not a number."""
        runs = self.window.session.runs
        rate = self.random.choice((0.001, 0.01, 0.1, 10.0))
        name = self.random.choice(tuple(RECIPES))
        recipe = replace(RECIPES[name], epochs=1, batch_size=16, learning_rate=rate)
        runs.configure(recipe, self.random.randrange(5), Settings("float32", 1, "cpu"))

    def network(self) -> None:
        self.window.session.choose_network(self.random.choice(tuple(NETWORKS)))

    def layer(self) -> None:
        viewer = self.window.session.viewer
        viewer.select_layer(self.random.randrange(len(viewer.scene.network.layers)))

    # The Filter view and its background work

    @property
    def inspect(self) -> InspectPage:
        return next(page for page in self.window.pages if isinstance(page, InspectPage))

    def filter_view(self) -> None:
        """Bring the Filter view into view, or now and then put it away."""
        self.window.show_page(self.inspect)
        self.inspect.side.show_filter(self.random.random() < 0.85)

    def press_in_filter_view(self) -> None:
        """A click or double click on some part of the Filter view, scrolled to where it is seen."""
        panel, handle = self.inspect.side.filter, self.window.windowHandle()
        parts = [part for part in panel.findChildren(QWidget) if part.isVisible()]
        if not parts or handle is None or opened():
            return
        part = self.random.choice(parts)
        for area in panel.findChildren(QScrollArea):
            if area.isAncestorOf(part):
                area.ensureWidgetVisible(part)
        x = self.random.randrange(max(part.width(), 1))
        y = self.random.randrange(max(part.height(), 1))
        at = part.mapTo(self.window, QPoint(x, y))
        if self.window.rect().contains(at):
            press = self.random.choice((QTest.mouseClick, QTest.mouseDClick))
            press(handle, Button.LeftButton, Modifier.NoModifier, at)

    def type_in_kernel(self) -> None:
        """Open a number of the first layer's kernel and type; half of the time leave it open."""
        numbers = self.inspect.side.filter.kernel.numbers
        if not numbers.isVisible() or opened():
            self.window.session.viewer.select_layer(0)
            return
        at = QPoint(self.random.randrange(numbers.width()), numbers.height() // 2)
        QTest.mouseDClick(numbers, Button.LeftButton, Modifier.NoModifier, at)
        editor = self.inspect.side.filter.kernel.editor
        if editor is not None:
            QTest.keyClicks(editor, self.random.choice(("0.5", "-3", "1e30", "x", "")))
            if self.random.random() < 0.5:
                QTest.keyClick(editor, Key.Key_Return)

    def edit(self) -> None:
        """Change the network in view; a change that cannot be is explained."""
        scene = self.window.session.viewer.scene
        of = scene.layer.name, scene.selected.channel
        edits = (
            *(
                SwitchOff(*of),
                KeepOnly(*of),
                Rescale(*of, self.random.choice((0.0, 0.5, 2.0, 1e9))),
            ),
            SetKernel(*of, self.random.randrange(3), self.random.randrange(3), 0.25),
        )
        self.inspect.side.filter.what_if.add(self.random.choice(edits))

    def history(self) -> None:
        what_if = self.window.session.what_if
        self.random.choice((what_if.undo, what_if.redo, what_if.clear))()

    def study(self) -> None:
        """Begin or give up one of the passes in the background."""
        session = self.window.session
        study, search = session.study, session.activation_max
        switch = self.inspect.side.filter.ablation.ask
        acts = (
            study.ask,
            study.responses.cancel,
            study.ablations.cancel,
            search.cancel,
            switch.click,
        )
        self.random.choice(acts)()

    def sort(self) -> None:
        """Sort the maps by what can be sorted by."""
        entries = self.inspect.maps.order.entries.values()
        self.random.choice([entry for entry in entries if entry.isEnabled()]).trigger()

    def rank(self) -> None:
        """Fill the gallery with a class, what the filter answers to most first."""
        self.inspect.side.filter.responses.classes.clicked.emit(self.random.randrange(CLASSES))

    # Networks beside each other, edited, and their runs

    def compare(self) -> None:
        """Bring a part of the Compare page into view, or press somewhere in the one there is."""
        page = next(page for page in self.window.pages if isinstance(page, ComparePage))
        self.window.show_page(page)
        if self.random.random() < 0.4:
            page.show_part(self.random.choice(tuple(page.parts)))

    def editor(self) -> None:
        """Open the editor, or do something to a row of it."""
        editing = self.window.commands.editing
        if not editing.dialog.isVisible():
            editing.show()
            return
        model, rows = editing.dialog.model, len(editing.dialog.draft.rows)
        row = self.random.randrange(max(rows, 1))
        setting = self.random.choice(("filters", "units", "kernel_size", "window_size", "stride"))
        value = self.random.choice((1, 8, -3, "x", "", None, [3, 3], [40, 1], [5, 2], 10**7))
        acts: list[Callable[[], object]] = [
            *(model.undo, model.redo, editing.dialog.use.click, editing.dialog.close),
            lambda: model.add(self.random.choice(tuple(LAYERS)), row if rows else None),
        ]
        if rows:
            acts += [
                lambda: model.type_setting(row, setting, value),
                lambda: model.choose_kind(row, self.random.choice(tuple(LAYERS))),
                lambda: model.move(row, self.random.choice((-1, 1))),
                lambda: model.remove(row),
                *[partial(model.take, problem) for problem in model.draft.problems[:1]],
            ]
        self.random.choice(acts)()

    def run_list(self) -> None:
        """Bring, hide, rename or delete one of the session's runs."""
        library = self.window.session.library
        if library.runs:
            run = self.random.choice(library.runs)
            acts: tuple[Callable[[], object], ...] = (
                *(lambda: library.bring(run), lambda: library.delete(run)),
                *(lambda: library.rename(run, "another"), lambda: library.point(run)),
                lambda: library.show_curve(run, self.random.random() < 0.5),
            )
            self.random.choice(acts)()

    def notice(self) -> None:
        long = "A long sentence that needs some room. " * self.random.choice((1, 5, 40))
        kind = self.random.choice(("info", "error"))
        undo = Undo(self.window.session.train_or_pause, "Undo")
        with_undo = self.random.random() < 0.5
        self.window.session.noticed.emit(Notice(long, kind, undo if with_undo else None))


ACTS_WEIGHTED: tuple[tuple[Callable[[Storm], None], float], ...] = (
    *((Storm.click, 60), (Storm.double_click, 12), (Storm.press_of_a_widget, 20)),
    *((Storm.drag, 14), (Storm.move, 40), (Storm.rest, 1), (Storm.wheel, 30)),
    *((Storm.tip, 30), (Storm.leave, 6), (Storm.key, 70), (Storm.shortcut, 14)),
    *((Storm.resize, 4), (Storm.zoom, 2), (Storm.dark, 2), (Storm.page, 12)),
    *((Storm.entry, 10), (Storm.open_menu, 5), (Storm.open_chip, 5), (Storm.close_popup, 8)),
    *((Storm.dialog, 8), (Storm.close_dialog, 5), (Storm.press_button, 20), (Storm.drop, 3)),
    *((Storm.train, 12), (Storm.recipe, 4), (Storm.network, 5), (Storm.layer, 8)),
    *((Storm.notice, 4), (Storm.filter_view, 14), (Storm.press_in_filter_view, 40)),
    *((Storm.type_in_kernel, 8), (Storm.edit, 12), (Storm.history, 10), (Storm.study, 14)),
    *((Storm.sort, 8), (Storm.rank, 5), (Storm.compare, 16), (Storm.editor, 12)),
    *((Storm.run_list, 8), (Storm.talk, 12), (Storm.talk_key, 24)),
)
ACTS = [*(act for act, _ in ACTS_WEIGHTED), Storm.stage_key, Storm.black, Storm.talk_key]
EVERYWHERE = [weight for _, weight in ACTS_WEIGHTED]
WEIGHTINGS = {
    "": [*EVERYWHERE, 0.0, 0.0, 0.0],
    "stage": [*EVERYWHERE, sum(EVERYWHERE) * 0.8, sum(EVERYWHERE) * 0.2, 0.0],
    "talk": [*EVERYWHERE, 0.0, 0.0, sum(EVERYWHERE)],
}
ASKS: tuple[Ask, ...] = ("", "answer", "sum", "size", "filter")
TALK_FILES = ("own.talk", "own.md", "broken.talk", "broken.md")


def opened() -> bool:
    """Whether a menu or a dialog has the events for itself."""
    return bool(QApplication.activePopupWidget() or QApplication.activeModalWidget())


def is_tip(widget: QWidget) -> bool:
    return widget.windowType() == Qt.WindowType.ToolTip


def shelter() -> None:
    """Small digits, no network, no Quit, and file dialogs that answer by themselves."""
    made = synthetic.synthetic_digits(300, 60)
    opening.synthetic_digits = lambda *more, **others: made

    def no_download(*more: object) -> None:
        raise OSError("there is no network here")

    mnist.download = no_download
    MainWindow.close = lambda window: False
    picture = QImage(40, 50, QImage.Format.Format_Grayscale8)
    picture.fill(QColor("white"))
    picture.save(str(Path(HOME.name, "digit.png")))
    write_talks(Path(HOME.name))
    answers = (str(Path(HOME.name, "own.safetensors")), "")
    QFileDialog.getOpenFileName = staticmethod(lambda *more, **others: answers)
    QFileDialog.exec = lambda dialog: QFileDialog.DialogCode.Accepted
    QFileDialog.selectedFiles = lambda dialog: [answers[0]]
    QMessageBox.question = staticmethod(lambda *more: QMessageBox.StandardButton.Yes)
    QFileDialog.getExistingDirectory = staticmethod(lambda *more, **others: HOME.name)


def write_talks(folder: Path) -> None:
    """A talk whose stops ask for everything on every stage, as two files, and what is none."""
    way = (StopCell("conv2d_2", 5), StopCell("maxpooling2d_1"))
    stages = ("One number, whole", "The network", "One feature map", "The convolution lab")
    stops = [Stop(stage, f"{ask} of {stage}", ask=ask) for stage in stages for ask in ASKS]
    more = (
        Stop("From a pixel to the answer", way=way, at=1, ask="sum", chapter="Ways"),
        Stop("The sliding window", way=way[:1], ask="sum", begin="play", chapter="Ways"),
        Stop("A network learns", weights=UNTRAINED, seed=2, gear=20, begin="play"),
        Stop("The networks in numbers", "Six", "In numbers."),
    )
    talk = Talk("A storm", stops=(*stops, *more))
    save_talk(folder / "own.talk", talk)
    (folder / "own.md").write_bytes(talk_text(talk))
    (folder / "broken.talk").write_bytes(b"PK nothing")
    (folder / "broken.md").write_text("# A talk\n\n~~~ stop\nstage: none\n~~~\n")


def main() -> int:
    seed, events = int(sys.argv[1]), int(sys.argv[2])
    weighting = sys.argv[3] if len(sys.argv) > 3 else ""
    faulthandler.enable()
    faulthandler.dump_traceback_later(60 + events / 5, exit=True)
    application = startup.make_application()
    complaints = Complaints()
    shelter()
    storm = Storm(seed, events, weighting)
    code = app.run(AppOptions(dataset="synthetic"))
    del application
    found = complaints.found
    if code != 0:
        found.append(f"the exit code of the application is {code}")
    if storm.step != events:
        found.append(f"the window closed by itself after {storm.history[-5:]}")
    report = {"seed": seed, "events": storm.step, "complaints": found, "reached": storm.reached}
    sys.stdout.write(json.dumps(report) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
