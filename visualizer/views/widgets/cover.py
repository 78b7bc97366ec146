"""Cover: hides a panel while what it tells is still to be guessed or worked out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from visualizer.core.talk.stop import Ask
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.views.base.look import Look, Panel

WORDS: dict[Ask, str] = {
    "": "",
    "answer": "Which digit is it?",
    "sum": "How much is it?",
    "size": "How large is it?",
    "filter": "Which filter is it?",
}


class Cover(Panel):
    """A cover over a panel while it would tell the hidden answer, or what a stop asks for."""

    def __init__(self, look: Look, viewer: Viewer, over: QWidget, *own: Ask) -> None:
        """Cover a panel, but not for what it hides of its `own` accord."""
        super().__init__(look, over)
        self._viewer, self._over, self._own, self.words = viewer, over, own, ""
        over.installEventFilter(self)
        viewer.sceneChanged.connect(self._follow)
        self._follow()

    def _follow(self, old: object = None, new: object = None) -> None:
        asked = self.asked(self._viewer.scene)
        words = "" if asked in self._own else WORDS[asked]
        if words != self.words or bool(words) == self.isHidden():
            self.words = words
            self.setAccessibleName(f"{words} It is hidden.")
            self.setGeometry(self._over.rect())
            self.setVisible(bool(words))
            self.raise_()
            self.update()

    def asked(self, scene: Scene) -> Ask:
        """Return what a panel about the selected layer would tell of what is hidden."""
        return scene.asked or ("answer" if scene.hides(scene.selected.layer) else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("panel"))
        painter.setFont(self.theme.font("heading"))
        painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)


class MapsCover(Cover):
    """A cover over maps: a sum is told by the bars of units, not by the colours of maps."""

    def asked(self, scene: Scene) -> Ask:
        maps = scene.asked == "sum" and scene.layer.is_spatial
        return "" if maps else super().asked(scene)


class WhyCover(Cover):
    """A cover over what tells the answer, and its sums, whatever layer is selected."""

    def asked(self, scene: Scene) -> Ask:
        return "sum" if scene.asked == "sum" else "answer" if scene.answer_hidden else ""


class StepCover(Cover):
    """A cover over the last step: its batch may hold the digit that is to be guessed."""

    def asked(self, scene: Scene) -> Ask:
        return super().asked(scene) or ("answer" if scene.answer_hidden else "")
