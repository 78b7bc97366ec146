"""AnswerCover: hides a panel while the answer on it is still to be guessed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from visualizer.scene.viewer import Viewer
from visualizer.views.base.look import Look, Panel

WORDS = "Which digit is it?"


class AnswerCover(Panel):
    """A cover over a panel while the selected layer is the one with the hidden answer."""

    def __init__(
        self, look: Look, viewer: Viewer, over: QWidget, *, whatever_layer: bool = False
    ) -> None:
        """Cover a panel; one that tells the answer of itself, whatever layer is selected."""
        super().__init__(look, over)
        self._viewer, self._over, self._whatever_layer = viewer, over, whatever_layer
        self.setAccessibleName(f"{WORDS} The answer is hidden.")
        over.installEventFilter(self)
        viewer.sceneChanged.connect(self._follow)
        self._follow()

    def _follow(self, old: object = None, new: object = None) -> None:
        scene = self._viewer.scene
        hides = scene.hides(scene.selected.layer)
        hides = hides or (self._whatever_layer and scene.answer_hidden)
        if hides == self.isHidden():
            self.setGeometry(self._over.rect())
            self.setVisible(hides)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("panel"))
        painter.setFont(self.theme.font("heading"))
        painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, WORDS)
