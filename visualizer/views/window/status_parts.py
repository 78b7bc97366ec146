"""Parts of the status line beside the notice: jobs under way, and the moment in view."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visualizer.session.first_look import TALK, FirstLook
from visualizer.session.session import Session
from visualizer.storage.resources import resource
from visualizer.system.jobs import JobProgress
from visualizer.text.numbers import count, number
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.buttons import Act, Button
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.progress_line import ProgressLine

OFFERS = (
    "New here? Read the talk: {} stops, from a pixel to the answer",
    "New here? Read the talk",
)
STOP = "\n### "  # begins a stop in the text of a talk


class StatusPart(Panel):
    """A part of the status line.

    Signals
    -------
    changed
        The part is wanted or not, or has another size.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.wanted = False
        self._row = row(look, spacing=8)
        self.setLayout(self._row)
        self.hide()

    def _want(self, wanted: bool) -> None:
        self.wanted = wanted
        self.changed.emit()


def line_button(text: str = "", tip: str = "", act: Act = None) -> Button:
    """Return a button no higher than the status line."""
    button = Button(text, tip, act)
    button.setObjectName("line")
    return button


class JobLine(StatusPart):
    """The oldest job under way: its name, its progress, and a button to cancel it."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._jobs = session.jobs
        self._key = ""
        self._told: tuple[JobProgress, ...] = ()
        self.text = Elided(name="caption", natural=True)
        self.progress = ProgressLine(look, width=96, height=8)
        self.cancel = line_button("Cancel", act=self._on_cancel)
        self._row.add(self.text, self.progress, self.cancel)
        session.jobsChanged.connect(self.show_jobs)
        session.ticked.connect(self._on_tick)

    def _on_cancel(self) -> None:
        self._jobs.cancel(self._key)

    def _on_tick(self) -> None:
        """Show the jobs anew, as a panel that showed one may be out of view by now."""
        if self._told:
            self.show_jobs(self._told)

    def show_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        """Show the oldest job under way that no visible panel shows."""
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
    """The moment of the run in view, if not the newest, and a button back to live."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._time = session.time
        self.words = label("", "told")
        newest = "Back to the newest weights (Shift+Esc)"
        self.live = line_button("Live", newest, self._time.live)
        self._row.add(self.words, self.live)
        self._time.changed.connect(self._show)

    def _show(self) -> None:
        held = self._time.held
        before = self.words.text() if self.wanted else ""
        if held is not None:
            batch, epoch = count(held.step), number(held.epoch, 2)
            self.words.setText(f"Not live · batch {batch} · epoch {epoch}")
        if (held is not None) != self.wanted or (held and self.words.text() != before):
            self._want(held is not None)


class TalkOffer(StatusPart):
    """A quiet offer for newcomers: to read the talk; by use or its cross it is gone for good.

    Signals
    -------
    taken
        The talk is to be read.
    """

    taken = Signal()

    def __init__(self, look: Look, first_look: FirstLook) -> None:
        super().__init__(look)
        self._first_look = first_look
        self._texts: tuple[str, ...] = OFFERS
        self.read = line_button("", "The talk about this network, stop by stop", self.taken)
        self.read.setObjectName("hint")
        self.close_button = IconButton(
            look, "close", "Do not offer the talk again", "line", self._on_close
        )
        self._row.add(self.read, self.close_button)
        self._row.space(2)
        first_look.changed.connect(self._show)
        self._show()

    def fit(self, room: int) -> None:
        """Show the longest text that there is room for; with no room for any, none."""
        for text in self._texts if self.wanted else ():
            self.read.setText(text)
            if self.sizeHint().width() <= room:
                self.show()
                return
        self.hide()

    def _show(self) -> None:
        wanted = self._first_look.wants(TALK)
        if wanted:
            stops = resource("talk", "talk.md").read_text(encoding="utf-8").count(STOP)
            self._texts = tuple(text.format(stops) for text in OFFERS)
        if wanted != self.wanted:
            self._want(wanted)

    def _on_close(self) -> None:
        self._first_look.finish(TALK)
