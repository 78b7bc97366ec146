"""What the application has to say, floating over the page: a notice, and work under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visualizer.jobs import JobProgress
from visualizer.notice import Notice, Undo
from visualizer.session import Session
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pressed import Button
from visualizer.views.widgets.style import dress
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import Elided

WIDEST = 620
MOST_LETTERS = 600
READING_MILLISECONDS, LETTER_MILLISECONDS = 4000, 60


class Notices(Panel):
    """A column of cards at the foot of the page; nothing moves to make room for it."""

    def __init__(self, look: Look, session: Session, over: QWidget) -> None:
        super().__init__(look, over)
        self._over = over
        self.notice = NoticeCard(look, session)
        self.job = JobCard(look, session)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.job)
        self._column.addWidget(self.notice)
        for card in (self.notice, self.job):
            card.changed.connect(self.take_place)
            card.hide()
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self._column.setSpacing(theme.px(8))
        self.take_place()

    def take_place(self) -> None:
        """Lie in the middle of the foot of the page, as large as the cards on show."""
        cards = [card for card in (self.job, self.notice) if not card.isHidden()]
        self.setVisible(bool(cards))
        if not cards:
            return
        px = self.theme.px
        width = min(px(WIDEST), self._over.width() - px(32))
        for card in cards:
            card.setFixedWidth(width)
        asked = self._column.totalHeightForWidth(width)
        height = asked if asked > 0 else self._column.totalSizeHint().height()
        height = min(height, self._over.height() - px(16))
        left = (self._over.width() - width) // 2
        self.setGeometry(left, self._over.height() - height - px(16), width, height)
        self.raise_()


class Card(Panel):
    """One floating card.

    Signals
    -------
    changed
        It shows or hides, or its height may be another.
    """

    changed = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shadow = QGraphicsDropShadowEffect(self)
        self.setGraphicsEffect(self._shadow)
        self._row = QHBoxLayout(self)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._row.setContentsMargins(px(16), px(8), px(8), px(8))
        self._row.setSpacing(px(12))
        self._shadow.setBlurRadius(px(16))
        self._shadow.setOffset(0, px(2))
        self._shadow.setColor(
            theme.color("ink" if theme.palette.name == "light" else "ground", 0.35)
        )


class NoticeCard(Card):
    """The last notice; a problem stays until it is closed, all else goes when it was read.

    Either goes as soon as what it says is over.
    """

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "notice")
        self._undo: Undo | None = None
        self._holds: Callable[[], bool] | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = Button()
        self.dismiss = IconButton(look, "close", "Close this message")
        for widget, stretch in ((self.text, 1), (self.action, 0), (self.dismiss, 0)):
            self._row.addWidget(widget, stretch)
        self._read = QTimer(self)
        self._read.setObjectName("notice was read")
        self._read.setSingleShot(True)
        self._read.timeout.connect(self._go)
        self.dismiss.clicked.connect(self._go)
        self.action.clicked.connect(self._on_action)
        session.noticed.connect(self.show_notice)
        session.ticked.connect(self._look_whether_it_holds)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in the place of the one before; an empty one takes it away."""
        if not notice.text:
            self._go()
            return
        shown = notice.text[:MOST_LETTERS] + ("…" if len(notice.text) > MOST_LETTERS else "")
        self.text.setText(shown)
        self._undo, self._holds = notice.action, notice.holds
        self.action.setVisible(notice.action is not None)
        if notice.action is not None:
            self.action.setText(notice.action.text)
        self.setProperty("kind", notice.kind)
        self.style().polish(self)
        self._read.stop()
        if notice.kind == "info":
            self._wait()
        self.show()
        self.changed.emit()

    def _wait(self) -> None:
        """Stay as long as reading takes, twice that where there is something to press."""
        letters = len(self.text.text()) * LETTER_MILLISECONDS
        self._read.start((READING_MILLISECONDS + letters) * (2 if self._undo else 1))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._read.stop()

    def leaveEvent(self, event: object) -> None:
        if self.property("kind") == "info" and self.isVisible():
            self._wait()

    def _on_action(self) -> None:
        undo = self._undo
        self._go()
        if undo is not None:
            undo.act()

    def _look_whether_it_holds(self) -> None:
        if self._holds is not None and not self._holds():
            self._go()

    def _go(self) -> None:
        self._read.stop()
        self._undo = self._holds = None
        self.hide()
        self.changed.emit()


class JobCard(Card):
    """Reading, making, looking for or downloading: how far it is, and a way to give it up."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "card")
        self._jobs = session.jobs
        self._key = ""
        self.text = Elided(natural=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = Button("Cancel")
        self._row.addWidget(self.text)
        self._row.addWidget(self.progress, 1)
        self._row.addWidget(self.cancel)
        self.cancel.clicked.connect(self._on_cancel)
        session.jobsChanged.connect(self.show_jobs)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.progress.setFixedHeight(theme.px(8))
        self.progress.setMinimumWidth(theme.px(80))

    def _on_cancel(self) -> None:
        self._jobs.cancel(self._key)

    def show_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        """Show the oldest of the jobs under way that no panel in view shows itself."""
        job = next((job for job in jobs if not self._jobs.is_watched(job.key)), None)
        if job is not None:
            self._key = job.key
            done = f" · {job.done / 1e6:.1f} of {job.total / 1e6:.1f} MB" if job.total > 1e6 else ""
            self.text.show_text(f"{job.name}{done}")
            self.progress.setRange(0, job.total)
            self.progress.setValue(job.done)
        if self.isHidden() == (job is not None):
            self.setVisible(job is not None)
            self.changed.emit()
