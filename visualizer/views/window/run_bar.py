"""RunBar: the run's controls and counters, the three chips, and the Present button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from visualizer.runs.run_state import RunState
from visualizer.session.first_look import TRAIN
from visualizer.session.session import Session
from visualizer.text.numbers import as_tip, count, duration, number, percent
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.controls import Chip, IconButton
from visualizer.views.widgets.gear_box import GearBox
from visualizer.views.widgets.hint import HintButton
from visualizer.views.widgets.run_words import NEXT_STEPS

HINTS = {
    "ready": "Epoch",
    "stored": "Trained",
    "starting": "Starting …",
    "running": "Epoch",
    "stepping": "One step …",
    "paused": "Paused at",
    "finished": "Finished",
    "stopped": "Stopped at",
    "failed": "Failed at",
}

MOST_LETTERS = 28  # of a caption that names a data set


class Counter(Guarded, QWidget):
    """A caption with a large number below."""

    def __init__(self, look: Look, caption: str, widest: str) -> None:
        super().__init__()
        self._widest, self._caption = widest, caption
        self._fonts = QFont(), QFont()
        self.caption = Elided(caption, "caption")
        self.value = Elided("–", "counter")
        self.setLayout(column(look, self.caption, self.value, spacing=0))

    def show_text(self, text: str) -> None:
        self.value.show_text(text)
        if len(text) > len(self._widest):
            self._widest = text
            self._hold_width()

    def apply_theme(self, theme: Theme) -> None:
        self._fonts = theme.font("counter", bold=True), theme.font("caption")
        self.value.setFont(self._fonts[0])
        self._hold_width()

    def show_caption(self, text: str, widest: str = "") -> None:
        """Show a caption, with room for its widest form, so that nothing moves as it changes."""
        self.caption.show_text(text)
        if (widest or text) != self._caption:
            self._caption = widest or text
            self._hold_width()

    def _hold_width(self) -> None:
        """Keep room for the caption and the widest number, so that nothing moves in counting."""
        number = QFontMetrics(self._fonts[0]).horizontalAdvance(self._widest)
        caption = QFontMetrics(self._fonts[1]).horizontalAdvance(self._caption[:MOST_LETTERS])
        self.setMinimumWidth(max(number, caption) + 2)


class RunBar(Panel):
    """Buttons to train, step, stop and reset; epoch, loss, accuracy, speed; three chips."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("bar")
        self._session, self._told = session, ""
        begin = session.train_or_pause
        self.train = IconButton(look, "play", "Train", "primary", begin)
        self.step = IconButton(look, "step", "Train one batch", "round", session.step)
        self.stop = IconButton(look, "stop", "Stop the run", "round", session.stop)
        again = "Reset to initial weights"
        self.reset = IconButton(look, "reset", again, "round", session.reset)
        self.gear = GearBox(session.runs)
        self.epoch = Counter(look, "Epoch", "0.00 / 5")
        self.loss = Counter(look, "Train loss", "0.0000")
        self.accuracy = Counter(look, "Test accuracy", "99.99 %")
        self.speed = Counter(look, "images/s · left", "00,000 · 0:00")
        self.network = Chip(look, "Network")
        self.recipe = Chip(look, "Recipe")
        self.data = Chip(look, "Data")
        hinted = (
            "Space trains one from nothing;\nUndo brings this one back",
            "Space trains\nanother",
        )
        self.hint = HintButton(session.first_look, TRAIN, *hinted)
        self.full_screen = IconButton(look, "fullscreen", "Present mode", "flat")
        self._lay_out()
        session.runs.stateChanged.connect(self.show_state)
        session.runs.setupChanged.connect(self._on_setup)
        session.time.changed.connect(self._on_setup)
        session.what_if.changed.connect(self._on_setup)
        self.show_state(session.runs.state)

    def _lay_out(self) -> None:
        self._fitted = 0
        self._counters = (self.epoch, self.loss, self.accuracy, self.speed)
        self._chips = (self.network, self.recipe, self.data)
        left = (self.train, self.step, self.stop, self.reset, self.gear, *self._counters, self.hint)
        right = (*self._chips, self.full_screen)
        self._row = row(self.look, *left, 1, *right, spacing=10, margins=(16, 8, 12, 8))
        self.setLayout(self._row)

    def apply_theme(self, theme: Theme) -> None:
        for counter in self._counters:
            counter.apply_theme(theme)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit anew when a chip has become wider."""
        done = super().event(event)
        requested = event.type() == QEvent.Type.LayoutRequest
        if requested and self._row.minimumSize().width() != self._fitted:
            self._fit()
        return done

    def _fit(self) -> None:
        """Shorten and leave out what is least important where there is no room for all.

        A hint, which is gone once it was followed, outlasts what a run at rest can do without.
        """
        speed, loss, gear, accuracy, full_screen = (
            partial(_leave_out, each)
            for each in (self.speed, self.loss, self.gear, self.accuracy, self.full_screen)
        )
        shorter, chips = self.hint.show_short, self._shorten_chips
        ways = (shorter, speed, loss, chips, self.hint.leave_out, gear, accuracy, full_screen)
        for way in ways:
            way(False)
        for way in ways:
            if self._row.minimumSize().width() <= self.width():
                break
            way(True)
        self._fitted = self._row.minimumSize().width()

    def _shorten_chips(self, short: bool) -> None:
        for chip in self._chips:
            chip.show_short(short)

    def minimumSizeHint(self) -> object:  # type: ignore[override]
        hint = super().minimumSizeHint()
        hint.setWidth(self.theme.px(400))
        return hint

    def _on_setup(self) -> None:
        self.show_state(self._session.runs.state)

    def show_state(self, state: RunState) -> None:
        """Show a run's state, and the counters of the moment in view; emits nothing."""
        time = self._session.time
        held, shown = time.held, state if time.held is None else time.state
        running = state.phase in ("starting", "running")
        next_step = NEXT_STEPS.get(state.phase, "Train")
        changed = state is self._session.runs.state and not self._session.runs.goes_on
        if changed and state.phase in ("finished", "stopped"):
            next_step = "Train anew, as set up now"
        self.train.show_icon("pause" if running else "play", next_step)
        self.step.setEnabled(not running)
        self.stop.setEnabled(state.active)
        if held is None:
            self.epoch.show_caption(HINTS[state.phase])
        else:
            words = "Not live: batch {}".format
            self.epoch.show_caption(words(count(held.step)), words(count(10 * state.step)))
        unknown = state.phase == "stored" and not state.epochs
        self.epoch.show_text("–" if unknown else f"{number(shown.epoch, 2)} / {state.epochs}")
        self.loss.show_text("–" if shown.loss is None else number(shown.loss, 4))
        accuracy = shown.test_accuracy
        of = "Unaltered" if self._session.what_if.edits else "Accuracy"
        on = f"{of} on {state.dataset}" if state.dataset else f"{of} on test digits"
        self.accuracy.show_caption(on)
        self.accuracy.show_text("–" if accuracy is None else percent(accuracy))
        self.speed.show_caption("images/s · left" if state.moving else "time · images/s")
        self.speed.show_text(speed_text(state))
        how = self._how(state)
        if how != self._told:  # every new tool tip is an event
            self._told = how
            self.setToolTip(as_tip(how))

    def _how(self, state: RunState) -> str:
        """Return how the run in view is trained: recipe, seed, start, and the machine's plan."""
        run = self._session.runs.run
        if run.recipe is None:
            return state.plan
        lines = (f"{run.recipe.words}, seed {run.seed}{run.began}", state.plan)
        return "\n".join(filter(None, lines))


def _leave_out(widget: QWidget, away: bool) -> None:
    widget.setVisible(not away)


def speed_text(state: RunState) -> str:
    """Return images per second and the time left; of a run at rest, its time and mean speed."""
    if state.images_per_second is None:
        return "–"
    speed = count(round(state.images_per_second, -1))
    if not state.moving:
        return f"{duration(state.seconds)} · {speed}"
    return speed if state.seconds_left is None else f"{speed} · {duration(state.seconds_left)}"
