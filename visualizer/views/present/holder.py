"""StageHolder: one panel in the whole window, and the way to the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel, StageLook
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme
from visualizer.views.page import Stage
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.run_words import run_words


class StageHolder(Panel):
    """Shows one stage of a page at a time; the stage is made when shown, and deleted afterwards.

    Page Up and Page Down go to the stage before and after, as a presenter's remote control sends
    them. So do the left and right arrow, unless a widget on the stage has the keyboard.

    Signals
    -------
    closed
        The user wants to leave the stage.
    turning, turned
        Another stage is about to be shown; is shown.
    """

    closed = Signal()
    turning = Signal()
    turned = Signal()

    def __init__(self, window_look: Look, session: Session) -> None:
        self._stage_look = StageLook(window_look)
        super().__init__(self._stage_look)
        self.look.setParent(self)
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Stage")
        self._stages: Sequence[Stage] = ()
        self._came_from: Stage | None = None  # the stage before a detour
        self._at = -1
        self._content: QWidget | None = None
        self.title = Elided(name="heading", natural=True)
        self.number = Elided(name="caption")
        self.run, self._session = Elided(name="caption", natural=True), session
        before, leave = "The stage before", "Back to the page"
        self.before = IconButton(self.look, "step-back", before, act=self.go_back)
        self.after = IconButton(self.look, "step", "The next stage", act=self.go_on)
        self.leave = IconButton(self.look, "close", leave, act=self.closed)
        header = row(self.look, self.title, (self.number, 1), self.run, spacing=8)
        for button, keys in ((self.before, "Page ↑"), (self.after, "Page ↓"), (self.leave, "Esc")):
            button.show_keys(keys)
            header.add(button)
        self._column = column(self.look, header, spacing=6, margins=12)
        self.setLayout(self._column)
        for key, act in ((Qt.Key.Key_PageUp, self.go_back), (Qt.Key.Key_PageDown, self.go_on)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

        for news in (session.runs.stateChanged, session.time.changed):
            news.connect(self._show_run)
        self._show_run()

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        for button in (self.before, self.after, self.leave):
            button.setVisible(not theme.present)  # Present mode has a line of its own

    def _show_run(self, news: object = None) -> None:
        """Show how far the run is that changes what is on the stage."""
        if self.isVisible():
            told = self.stage is not None and self.stage.tells_run
            self.run.show_text(*((not told and run_words(self._session)) or ("",)))

    def showEvent(self, event: QShowEvent) -> None:
        self._show_run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._stage_look.fit(self.size())

    # Which stage

    @property
    def stage(self) -> Stage | None:
        """The stage on show."""
        return self._stages[self._at] if self._content is not None else None

    @property
    def first(self) -> bool:
        """Whether no stage comes before the one on show."""
        return self._at <= 0

    @property
    def last(self) -> bool:
        """Whether no stage comes after the one on show."""
        return self._at + 1 >= len(self._stages)

    @property
    def content(self) -> QWidget | None:
        """The widget of the stage on show."""
        return self._content

    def show_stage(self, stages: Sequence[Stage], at: int) -> None:
        """Show one of a page's stages."""
        self._clear()
        self._stages, self._at, self._came_from = stages, at, None
        stage = stages[at]
        self.title.show_text(stage.title)
        self.number.show_text(f"{at + 1} of {len(stages)}")
        self.before.setEnabled(not self.first)
        self.after.setEnabled(not self.last)
        self._content = stage.make(self.look)
        self._column.add((self._content, 1))
        dress(self, self.theme)
        self._show_run()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def clear(self) -> None:
        """Delete the stage on show."""
        self._clear()
        self._stages, self._at = (), -1

    def detour(self, stage: Stage, back: bool) -> bool:
        """Go to another stage; if it is on show, with `back`, to the one before; or go nowhere."""
        shown = self.stage
        to = stage if shown is not stage else self._came_from if back else None
        if shown is None or to is None:
            return False
        self.turning.emit()
        self.show_stage(self._stages, self._stages.index(to))
        self._came_from = shown if to is stage else None
        return True

    def go_on(self) -> None:
        """Go to the next available stage; stay at the last one."""
        self._go(range(self._at + 1, len(self._stages)))

    def go_back(self) -> None:
        """Go to the available stage before; stay at the first one."""
        self._go(range(self._at - 1, -1, -1))

    def _go(self, places: range) -> None:
        for place in places:
            available = self._stages[place].available
            if available is None or available():
                self.turning.emit()
                self.show_stage(self._stages, place)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self.go_back()
        elif event.key() == Qt.Key.Key_Right:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None


class StageOpener(Guarded, QObject):
    """Opens a stage by a double click on the panel's title, or by the panel's button.

    Signals
    -------
    asked : Stage
        The stage to be shown.
    """

    asked = Signal(Stage)

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        if stage.button is not None:
            stage.button.clicked.connect(self._ask)
            stage.button.show_keys(stage.key)
        if stage.heading is not None:
            stage.heading.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._ask()
            return True
        return False

    def _ask(self) -> None:
        self.asked.emit(self._stage)
