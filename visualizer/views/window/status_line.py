"""StatusLine: the line at the foot of the window for notices, jobs, and the moment in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics
from PySide6.QtWidgets import QSizePolicy

from visualizer.session.session import Session
from visualizer.system.notice import Notice, Undo
from visualizer.system.throttle import single_shot
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.controls import IconButton
from visualizer.views.window.status_parts import (
    JobLine,
    MomentLine,
    StatusPart,
    TalkOffer,
    line_button,
)

HEIGHT = 24  # pixels at zoom 1
MOST_LETTERS = 600
READING_MILLISECONDS, LETTER_MILLISECONDS = 4000, 60
WRAPPED = Qt.TextFlag.TextWordWrap
ON_PAGE = ("Space: train or pause · F5: present · F1: all keys of this page", "F1: all keys")
ON_STAGE = ("Esc: back to the page · Page ↑ Page ↓: the other stages · F1: all keys", "Esc: back")


class StatusLine(Panel):
    """The line for all messages of the application; they cover nothing.

    It is always visible, and grows only for a long notice. In Present mode it appears only for
    errors and for a moment that is not live.
    """

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("status")
        self.setAccessibleName("Status")
        self.notice = NoticeLine(look, session)
        self.job = JobLine(look, session)
        self.moment = MomentLine(look, session)
        self.idle, self.offer = Elided(name="caption"), TalkOffer(look, session.first_look)
        self._idle: tuple[str, ...] = ("",)
        parts = ((self.notice, 1), (self.idle, 1), self.offer, self.job, self.moment)
        self._row = row(look, *parts, spacing=12, margins=(16, 0, 8, 0))
        self.setLayout(self._row)
        for part in (self.notice, self.offer, self.job, self.moment):
            part.changed.connect(self.fit)
        self.fit()

    def show_idle(self, on_stage: bool, remark: tuple[str, ...]) -> None:
        """Set the text for idle times: a page's remark in ever shorter forms, or keys."""
        forms = ON_STAGE if on_stage else remark or ON_PAGE
        if forms == self._idle:
            return  # called with every batch of a run
        self.idle.setObjectName("remark" if forms is remark else "caption")
        self.idle.style().polish(self.idle)
        self._idle = forms
        self.fit()

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Return a width of 0, so that the line never widens the window."""
        return QSize(0, self.theme.px(HEIGHT))

    def resizeEvent(self, event: object) -> None:
        self.fit()

    def fit(self) -> None:
        """Take the height of one line, or of a long notice."""
        present = self.theme.present
        self.notice.show_errors_alone(present)
        told = self.notice.wanted
        self.job.setVisible(self.job.wanted and not present)
        self.notice.setVisible(told)
        self.moment.setVisible(self.moment.wanted)
        self.idle.setVisible(not told)
        self.idle.show_text(*(("",) if present else self._idle))
        beside = (part for part in (self.job, self.moment) if not part.isHidden())
        taken = sum(part.sizeHint().width() + self._row.spacing() for part in beside)
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - taken
        needed = self.notice.height_in(room) if told else 0
        rests = told or present or not self.job.isHidden() or self._idle is ON_STAGE
        words = self.idle.fontMetrics().horizontalAdvance(self._idle[-1]) + self._row.spacing()
        self.offer.fit(0 if rests else room - words)
        self.setFixedHeight(max(self.theme.px(HEIGHT), needed))
        # Last: to be shown lays its parts out, and they would keep a height that is over.
        self.setVisible(not present or told or self.moment.wanted)


class NoticeLine(StatusPart):
    """The last notice; an error stays until it is closed, others go after reading time.

    Every notice goes as soon as its text is no longer true.
    """

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._undo: Undo | None = None
        self._holds: Callable[[], bool] | None = None
        self._errors_alone = False
        self.text = label("", "told", wraps=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.action = line_button(act=self._on_action)
        self.dismiss = IconButton(look, "close", "Close this message", "line", self._go)
        self._row.add((self.text, 1), self.action, self.dismiss)
        self._read = single_shot(self, "notice was read", self._go)
        session.noticed.connect(self.show_notice)
        session.ticked.connect(self._look_whether_it_holds)

    @property
    def kind(self) -> str:
        return str(self.property("kind"))

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one before; an empty notice removes it."""
        if not notice.text or (self._errors_alone and notice.kind != "error"):
            self._go()
            return
        shown = notice.text[:MOST_LETTERS] + ("…" if len(notice.text) > MOST_LETTERS else "")
        self.text.setText(shown)
        self._undo, self._holds = notice.action, notice.holds
        self.action.setVisible(notice.action is not None)
        if notice.action is not None:
            self.action.setText(notice.action.text)
        self.setProperty("kind", notice.kind)
        self.text.setProperty("kind", notice.kind)
        self.text.style().polish(self.text)
        self._read.stop()
        self._wait()
        self._want(True)

    def show_errors_alone(self, alone: bool) -> None:
        """Show only errors if `alone`; they then go by themselves, too."""
        if alone == self._errors_alone:
            return
        self._errors_alone = alone
        if self.wanted and self.kind == "error":
            self._read.stop()
            self._wait()
        elif alone:
            self.wanted = False
            self._forget()

    def height_in(self, width: int) -> int:
        """Return the height of the whole text in a given width, beside the buttons."""
        buttons = (self.action, self.dismiss)
        taken = (self._row.spacing() + it.sizeHint().width() for it in buttons if not it.isHidden())
        self.text.ensurePolished()
        room = QRect(0, 0, max(width - sum(taken), self.theme.px(80)), 1 << 20)
        needed = QFontMetrics(self.text.font()).boundingRect(room, WRAPPED, self.text.text())
        return needed.height() + self.theme.px(6)

    def _wait(self) -> None:
        """Stay as long as reading takes, twice that with a button to press."""
        if self.kind == "error" and not self._errors_alone:
            return
        letters = len(self.text.text()) * LETTER_MILLISECONDS
        self._read.start((READING_MILLISECONDS + letters) * (2 if self._undo else 1))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._read.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.wanted:
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
        self._forget()
        self._want(False)

    def _forget(self) -> None:
        self._read.stop()
        self._undo = self._holds = None
