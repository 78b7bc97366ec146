"""MomentLine: says over the stage, and in Present mode, that another moment is in view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.session import Session
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pressed import Button
from visualizer.views.widgets.text import count, number
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import Elided


class MomentLine(Panel):
    """One line above what is in front, where the run bar that would say so is away."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._time, self._wanted = session.time, False
        self.words = Elided(name="heading")
        self.live = Button("Live")
        self.live.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Shift+Esc does the same
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.live)
        self.live.clicked.connect(session.time.live)
        session.time.changed.connect(self._show)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(16), theme.px(4), theme.px(12), theme.px(4))

    def above(self, faces: QWidget) -> QWidget:
        """A widget that holds this line above what is in front."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self)
        column.addWidget(faces, 1)
        return both

    def set_on(self, wanted: bool) -> None:
        """Be there while another moment is held; or not."""
        self._wanted = wanted
        self._show()

    def _show(self) -> None:
        held = self._time.held
        self.setVisible(self._wanted and held is not None)
        if held is not None:
            batch, epoch = count(held.step), number(held.epoch, 2)
            self.words.show_text(
                f"Not live: batch {batch}, epoch {epoch}", f"Not live: batch {batch}", "Not live"
            )
