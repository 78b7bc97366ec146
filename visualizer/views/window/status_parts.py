"""What the status line shows beside a notice: work under way, and the moment in view."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.text.numbers import count, number
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.buttons import Button


class StatusPart(Panel):
    """Something that the status line may show.

    Signals
    -------
    changed
        It is wanted or not, or needs other room.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.wanted = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(8))

    def _want(self, wanted: bool) -> None:
        self.wanted = wanted
        self.changed.emit()


def line_button(text: str = "") -> Button:
    """A button that is no higher than the line."""
    button = Button(text)
    button.setObjectName("line")
    return button


class JobLine(StatusPart):
    """Reading, making, looking for or downloading: how far it is, and a way to give it up."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._jobs = session.jobs
        self._key = ""
        self._told: tuple[JobProgress, ...] = ()
        self.text = Elided(name="caption", natural=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = line_button("Cancel")
        for widget in (self.text, self.progress, self.cancel):
            self._row.addWidget(widget)
        self.cancel.clicked.connect(self._on_cancel)
        session.jobsChanged.connect(self.show_jobs)
        session.ticked.connect(self._on_tick)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.progress.setFixedSize(QSize(theme.px(96), theme.px(8)))

    def _on_cancel(self) -> None:
        self._jobs.cancel(self._key)

    def _on_tick(self) -> None:
        """A panel that showed a job itself may be out of view by now."""
        if self._told:
            self.show_jobs(self._told)

    def show_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        """Show the oldest of the jobs under way that no panel in view shows itself."""
        self._told = jobs
        unseen = [job for job in jobs if not self._jobs.is_watched(job.key)]
        if not unseen:
            if self.wanted:
                self._want(False)
            return
        job, before = unseen[0], self.text.whole
        self._key = job.key
        done = f" · {job.done / 1e6:.1f} of {job.total / 1e6:.1f} MB" if job.total > 1e6 else ""
        more = f" · and {len(unseen) - 1} more" if unseen[1:] else ""
        self.text.show_text(f"{job.name}{done}{more}")
        self.progress.setRange(0, job.total)
        self.progress.setValue(job.done)
        if not self.wanted or len(self.text.whole) != len(before):
            self._want(True)


class MomentLine(StatusPart):
    """Which moment of the run is in view, where it is not the newest; and the way back."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._time = session.time
        self.words = label("", "told")
        self.live = line_button("Live")
        self.live.setToolTip("Back to the newest weights (Shift+Esc)")
        self._row.addWidget(self.words)
        self._row.addWidget(self.live)
        self.live.clicked.connect(self._time.live)
        self._time.changed.connect(self._show)

    def _show(self) -> None:
        held = self._time.held
        before = self.words.text() if self.wanted else ""
        if held is not None:
            batch, epoch = count(held.step), number(held.epoch, 2)
            self.words.setText(f"Not live · batch {batch} · epoch {epoch}")
        if (held is not None) != self.wanted or (held and self.words.text() != before):
            self._want(held is not None)
