"""PresentLine: the controls of Present mode, in one line that hides itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from visualizer.runs.run import RunState
from visualizer.session.session import Session
from visualizer.system.throttle import single_shot
from visualizer.text.numbers import number, percent
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme
from visualizer.views.page import Page
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.gear_box import GearBox
from visualizer.views.widgets.run_words import NEXT_STEPS

SLIDE_MILLISECONDS = 300
REST_MILLISECONDS = 2500  # until the line hides
EDGE = 2  # pixels at zoom 1 that stay visible at the window's upper edge


class PresentLine(Panel):
    """Buttons for pages, the run, the stages, and to leave Present mode.

    The line lies over the window's upper edge, and hides above it while the pointer is elsewhere.

    Signals
    -------
    chosen : Page
        The page to be brought into view.
    """

    chosen = Signal(Page)

    def __init__(self, look: Look, session: Session, pages: Sequence[Page], over: QWidget) -> None:
        super().__init__(look, over)
        self.setObjectName("bar")
        self.setAccessibleName("Present mode")
        self._session, self._over = session, over
        self.pages = {page: IconButton(look, page.icon, page.title) for page in pages}
        self.train = IconButton(look, "play", "Train", act=session.train_or_pause)
        self.gear = GearBox(session.runs)
        self.gear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.run = Elided(name="caption")
        self.before = IconButton(look, "step-back", "The stage before")
        self.after = IconButton(look, "step", "The next stage")
        self.leave = IconButton(look, "close", "Leave Present mode")
        self._lay_out()
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._rest = single_shot(self, "line put away", self.put_away, REST_MILLISECONDS)
        session.runs.stateChanged.connect(self._on_state)
        session.time.changed.connect(self._on_time)
        session.what_if.changed.connect(self._on_time)
        group = QButtonGroup(self)
        for button in self.pages.values():
            button.setCheckable(True)
            group.addButton(button)
        group.buttonClicked.connect(self._on_page)
        self.hide()

    def _lay_out(self) -> None:
        left = (*self.pages.values(), self.train, self.gear)
        right = (self.before, self.after, self.leave)
        whole = row(self.look, *left, (self.run, 1), *right, spacing=6, margins=(12, 4))
        self.setLayout(whole)
        keys = ("Space", "Page ↑", "Page ↓", "F5")
        keyed = (self.train, *right)
        for button, key in zip(keyed, keys, strict=True):
            button.show_keys(key)
        for button in (*self.pages.values(), *keyed):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key; Tab stays below

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.fit()

    # Where it is

    def set_on(self, on: bool) -> None:
        """Show the line, at first in view, or remove it."""
        if on == self.isVisible():
            return
        self.setVisible(on)
        if on:
            self.show_state(self._session.runs.state)
            self.fit()
            self.bring()
            self._rest.start()
        else:
            self._rest.stop()

    def event(self, event: QEvent) -> bool:
        """Take the new height after buttons have become larger."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.height() != self.sizeHint().height():
            self.fit()
        return done

    def fit(self) -> None:
        """Take the width of the window."""
        self.resize(self._over.width(), self.sizeHint().height())
        self._slide.stop()
        self.move(self._place(self._rest.isActive() or self.underMouse()))

    def bring(self) -> None:
        """Slide into view."""
        self.raise_()
        self._go(True)

    def put_away(self) -> None:
        """Slide out of view, above the edge."""
        self._go(False)

    def settle(self) -> None:
        """Hide at once, without sliding."""
        self._rest.stop()
        self._slide.stop()
        self.move(self._place(False))

    @property
    def away(self) -> bool:
        """Whether the line is hidden, or is about to be."""
        end = self._slide.endValue() if self._moving else self.pos()
        return bool(end.y() < 0)

    @property
    def _moving(self) -> bool:
        return self._slide.state() == QPropertyAnimation.State.Running

    def _place(self, in_view: bool) -> QPoint:
        return QPoint(0, 0 if in_view else self.theme.px(EDGE) - self.height())

    def _go(self, in_view: bool) -> None:
        place = self._place(in_view)
        self._slide.stop()
        if self.theme.reduce_motion:
            self.move(place)
        elif place != self.pos():
            self._slide.setDuration(SLIDE_MILLISECONDS)
            self._slide.setStartValue(self.pos())
            self._slide.setEndValue(place)
            self._slide.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._rest.stop()
        self.bring()

    def leaveEvent(self, event: QEvent) -> None:
        self._rest.start()

    # What it shows

    def show_where(self, page: Page, first: bool, last: bool) -> None:
        """Show whose stages are on show, and whether there are some before and after."""
        for known, button in self.pages.items():
            button.setChecked(known is page)
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)

    def _on_page(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(page for page, button in self.pages.items() if button is clicked))

    def _on_state(self, state: RunState) -> None:
        if self.isVisible():
            self.show_state(state)

    def _on_time(self) -> None:
        self._on_state(self._session.runs.state)

    def show_state(self, state: RunState) -> None:
        """Show where the run is, or the moment in view, in a few words."""
        held = self._session.time.held
        state = state if held is None else self._session.time.state
        running = state.phase in ("starting", "running")
        self.train.show_icon("pause" if running else "play", NEXT_STEPS.get(state.phase, "Train"))
        known = state.phase != "stored" or state.epochs
        when = "epoch" if held is None else "not live: epoch"
        epoch = f"{when} {number(state.epoch, 2)} of {state.epochs}" if known else ""
        accuracy = state.test_accuracy
        of = "unaltered " if self._session.what_if.edits else ""
        right = "" if accuracy is None else f"{of}test accuracy {percent(accuracy)}"
        words = [word for word in (epoch, right) if word]
        self.run.show_text(" · ".join(words), *words[:1])
