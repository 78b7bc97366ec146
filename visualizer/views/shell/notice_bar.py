"""What the application has to say, in a bar under the controls: notices, and work under way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy

from visualizer.jobs import JobProgress
from visualizer.notice import Notice
from visualizer.session import Session
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.theme import Theme


class NoticeBar(Panel):
    """The last notice, until it is closed or another takes its place."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dismiss = IconButton(look, "close", "Close this message")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.dismiss)
        self.dismiss.clicked.connect(self.hide)
        session.noticed.connect(self.show_notice)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(16), theme.px(4), theme.px(12), theme.px(4))

    def show_notice(self, notice: Notice) -> None:
        self.text.setText(notice.text)
        self.setVisible(bool(notice.text))


class JobBar(Panel):
    """Reading, making or downloading digits: how far it is, and a way to give it up."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = QPushButton("Cancel")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text)
        self._row.addWidget(self.progress, 1)
        self._row.addWidget(self.cancel)
        self._jobs = session.jobs
        self._key = ""
        self.cancel.clicked.connect(self._on_cancel)
        session.jobsChanged.connect(self.show_jobs)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(16), theme.px(4), theme.px(12), theme.px(4))
        self._row.setSpacing(theme.px(12))
        self.progress.setFixedHeight(theme.px(8))

    def _on_cancel(self) -> None:
        self._jobs.cancel(self._key)

    def show_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        """Show the oldest of the jobs under way."""
        job = jobs[0] if jobs else None
        if job is not None:
            self._key = job.key
            done = f" · {job.done / 1e6:.1f} of {job.total / 1e6:.1f} MB" if job.total > 1e6 else ""
            self.text.setText(f"{job.name}{done}")
            self.progress.setRange(0, job.total)
            self.progress.setValue(job.done)
        self.setVisible(job is not None)
