"""StageHolder: one panel in the whole window, and the way to the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

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
from visualizer.views.widgets.gear_box import GearBox
from visualizer.views.widgets.run_words import next_step, run_words


class StageHolder(Panel):
    """Shows one stage of a page at a time; the stage is made when shown, and deleted afterwards.

    Page Up and Page Down go to the stage before and after, as a presenter's remote control sends
    them. So do the left and right arrow, unless a widget on the stage has the keyboard. While a
    talk is under way its stops take the place of the page's stages.

    Attributes
    ----------
    turn : callable
        Goes so many stops on in the talk under way; returns whether there is one.

    Signals
    -------
    closed
        The user wants to leave the stage.
    ends : int
        The user wants to go to the first stop (−1) or the last (+1).
    turning, turned
        Another stage is about to be shown; is shown.
    """

    closed = Signal()
    ends = Signal(int)
    turning = Signal()
    turned = Signal()

    def __init__(self, window_look: Look, session: Session) -> None:
        self._stage_look = StageLook(window_look)
        super().__init__(self._stage_look)
        self.look.setParent(self)
        window_look.changed.connect(self._fit)
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Stage")
        self._stages: Sequence[Stage] = ()
        self._came_from: Stage | None = None  # the stage before a detour
        self._at = -1
        self._content: QWidget | None = None
        self.turn: Callable[[int], bool] = lambda by: False
        self.title = Elided(name="heading", natural=True)
        self.number = Elided(name="caption", natural=True)
        self.run, self._session = Elided(name="caption"), session
        self.run.setAlignment(Qt.AlignmentFlag.AlignRight)
        before, leave = "The stage before", "Back to the page"
        made = partial(IconButton, self.look, role="line")  # low: the stage needs the room
        self.train = made("play", "Train", act=session.train_or_pause)
        self.gear = GearBox(session.runs)
        self.before = made("step-back", before, act=self.go_back)
        self.after = made("step", "The next stage", act=self.go_on)
        self.leave = made("close", leave, act=self.closed)
        header = row(self.look, self.title, self.number, (self.run, 1), spacing=8)
        buttons = (self.train, self.before, self.after, self.leave)
        for button, keys in zip(buttons, ("Space", "Page ↑", "Page ↓", "Esc"), strict=True):
            button.show_keys(keys)
        for control in (self.train, self.gear, self.before, self.after, self.leave):
            control.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key; Tab stays below
            header.add(control)
        self._column = column(self.look, header, spacing=6, margins=(12, 10, 12, 8))
        self.setLayout(self._column)
        for key, act in ((Qt.Key.Key_PageUp, self.go_back), (Qt.Key.Key_PageDown, self.go_on)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

        for news in (session.runs.stateChanged, session.time.changed, session.viewer.sceneChanged):
            news.connect(self._show_run)
        self._show_run()

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self._show_run()

    def _show_run(self, *news: object) -> None:
        """Show how far the run is that changes what is on the stage."""
        if self.isVisible():
            told = self.stage is not None and self.stage.tells_run
            words = () if told else run_words(self._session, self.theme.present)
            self.run.show_text(*(words or ("",)))
            self.train.show_icon(*next_step(self._session))
            for control in (self.train, self.gear):  # where nothing else has them
                control.setVisible(self.theme.present and not told)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self, news: object = None) -> None:
        """Take the zoom of the room; in Present of the window, whatever stands below the stage."""
        self._stage_look.fit(self.window().size() if self.theme.present else self.size())

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
        number = f"{at + 1} of {len(stages)}"
        self.show_where(stage.title, number, first=self.first, last=self.last)
        self._content = stage.make(self.look)
        self._column.add((self._content, 1))
        dress(self, self.theme)
        self._content.show()  # at once, also where the holder is in view already
        self._show_run()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def show_where(self, title: str, *number: str, first: bool, last: bool) -> None:
        """Show a title, its number in ever shorter forms, and whether there are others around."""
        self.title.show_text(title)
        self.number.show_text(*number)
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)

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
        """Go to the next available stage, or stop of the talk; stay at the last one."""
        if not self.turn(1):
            self._go(range(self._at + 1, len(self._stages)))

    def go_back(self) -> None:
        """Go to the available stage before, or stop of the talk; stay at the first one."""
        if not self.turn(-1):
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
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.ends.emit(-1 if event.key() == Qt.Key.Key_Home else 1)
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
