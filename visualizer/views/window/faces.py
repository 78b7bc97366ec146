"""Faces: the two faces of the window, its pages or one panel's stage, and the fade between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.page import Page, Stage
from visualizer.views.present.fade import Fade
from visualizer.views.present.holder import StageHolder
from visualizer.views.widgets.widget_ref import WidgetRef


class Faces(Guarded, QStackedWidget):
    """The pages with what stands around them, or a stage; the keyboard returns where it was.

    Attributes
    ----------
    body : QWidget
        What is in view off the stage.
    stage : StageHolder

    Signals
    -------
    changed
        The other face is in view, or another stage.
    """

    changed = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self.body, self.stage = QWidget(), StageHolder(look, session)
        for face in (self.body, self.stage):
            self.addWidget(face)
        self.setMinimumSize(1, 1)
        self.fade = Fade(look, self)
        self._focused: WidgetRef[QWidget] = WidgetRef()
        self.stage.turning.connect(self.fade.cover)

    @property
    def on_stage(self) -> bool:
        """Whether one panel has the whole window."""
        return self.currentWidget() is self.stage

    def open(self, page: Page, stage: Stage) -> None:
        """Show a stage of a page in the whole window."""
        self.fade.cover()
        self.show_stage(page, stage)

    def show_stage(self, page: Page, stage: Stage) -> None:
        """Show a stage of a page, over the picture that is kept of what was in view."""
        stages = page.stages()
        self.enter()
        self.stage.show_stage(stages, stages.index(stage))
        self.changed.emit()
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Bring the stage into view, whatever is on it."""
        if self.currentWidget() is self.body:
            self._focused.keep(self.window().focusWidget())
        self.setCurrentWidget(self.stage)

    def empty(self) -> None:
        """Keep the picture of the stage, and no more of it, while the next one is prepared."""
        self.fade.cover()
        self.enter()
        self.stage.clear()

    def show_face(self, face: QWidget | None) -> None:
        """Show an added face in place of the stage; with None the stage again."""
        self.fade.cover()
        self.setCurrentWidget(face or self.stage)
        (face or self.stage).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_stage(self, home: QWidget) -> None:
        """Go back to the pages; the keyboard goes back to its former place, or to `home`."""
        if self.currentWidget() is not self.body:
            self.fade.cover()
            self.setCurrentWidget(self.body)
            self.stage.clear()
            self.changed.emit()
            self._focused.focus(home)
