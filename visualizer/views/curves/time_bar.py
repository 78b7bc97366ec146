"""TimeBar: which moment of the run is in view; plays through them, and goes back to live."""

from __future__ import annotations

from PySide6.QtCore import QSize

from visualizer.session.session import Session
from visualizer.text.numbers import count, number
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.player import Player, PlayerTexts

WORDS = PlayerTexts(
    play="Play the run from the moment in view",
    hold="Hold this moment",
    back="The moment before (←)",
    step="The next moment (→)",
    scrub="Moment of the run",
    speed="Moments a second",
)
LEAST_FOR_WORDS = 330  # of width at zoom 1, for the buttons that stay and "not live: batch 4,690"
GO_ON = "Begin a new run from the weights of this moment"
NOT_NOW = "Go to a moment of the run first"


class TimeBar(Panel):
    """A player over the snapshots of the run in view, with what can be done at one."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._session, self._time = session, session.time
        self.player = Player(look, WORDS, "flat")
        self.live = Button("Live", "Back to the newest weights (Esc)", self._on_live)
        self.go_on = Button("Go on from here", act=session.go_on_from_here)
        parts = ((self.player, 1), self.live, self.go_on)
        self._row = row(look, *parts, spacing=6, margins=(16, 0, 8, 2))
        self.setLayout(self._row)
        self.player.moved.connect(self._time.show)
        self._time.changed.connect(self.refresh)
        session.runs.stateChanged.connect(self._on_state)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        """Return so little that the bar never widens the panel."""
        return QSize(self.theme.px(200), super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Hide the speed first, then what the menu has, too: the moment matters most."""
        room = self.theme.px(LEAST_FOR_WORDS) - self.width()
        for widget in (self.go_on, self.player.speed):
            room += widget.sizeHint().width() + self._row.spacing()
        for widget in (self.player.speed, self.go_on):
            widget.setVisible(room <= 0)
            room -= widget.sizeHint().width() + self._row.spacing()

    def showEvent(self, event: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the moment in view."""
        if not self.isVisible():
            return
        time, held = self._time, self._time.held
        self.player.show_place(
            time.index, max(len(time.snapshots), 1), *moment_texts(self._session)
        )
        self.player.step.setEnabled(held is not None)
        self.live.setEnabled(held is not None)
        self.go_on.setEnabled(held is not None)
        self.go_on.setToolTip(GO_ON if held is not None else NOT_NOW)

    def _on_state(self, state: object) -> None:
        if self._time.held is None:
            self.refresh()

    def _on_live(self) -> None:
        self.player.pause()
        self._time.live()


def moment_texts(session: Session) -> tuple[str, ...]:
    """Return the moment in view in words, the longest form first, and whether it is live."""
    time = session.time
    state, held = time.state, time.held
    batch, epoch = count(state.step), number(time.epoch, 2)
    began = session.runs.run.beginning
    more = f" · the run went on {began.words}" if began else ""
    if held is None:
        said = "live" if session.runs.moving else "the last weights"
        whole = f"{said}: batch {batch} · epoch {epoch}"
        short = "live" if said == "live" else "last"
        return (f"{whole}{more}", whole, f"{said}: batch {batch}", said, short)
    whole = f"not live: batch {batch} · epoch {epoch}"
    return (
        f"{whole}{more}",
        whole,
        f"not live: batch {batch}",
        f"batch {batch}",
        "not live",
        batch,
    )
