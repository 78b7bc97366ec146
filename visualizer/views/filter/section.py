"""Section: a named part of the Filter view, with room for its controls beside the name."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme


class Section(Panel):
    """A heading, controls at its right, a line of explanation, and what stands below them."""

    def __init__(self, look: Look, *title: str) -> None:
        """`title` may have ever shorter forms."""
        super().__init__(look)
        self.title = Elided(name="heading")
        self.title.show_text(*title)
        self.remark = Elided(name="caption")
        self.remark.hide()
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self.head)
        self.column.addWidget(self.remark)

    def apply_theme(self, theme: Theme) -> None:
        self.column.setSpacing(theme.px(4))
        self.head.setSpacing(theme.px(6))

    def note(self, text: str, *shorter: str) -> None:
        """A line under the heading; none where it is empty."""
        self.remark.show_text(text, *shorter)
        self.remark.setVisible(bool(text))
