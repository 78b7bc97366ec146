"""Announcer: has a screen reader say a newly selected value, and a new prediction."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import percent
from visualizer.views.maps.captions import told_of


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text, if a screen reader is active."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Announcer(QObject):
    """Announces what is new in a scene, but not numbers that change while a network trains."""

    def __init__(self, viewer: Viewer, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        viewer.sceneChanged.connect(self._on_scene)

    def _on_scene(self, old: Scene, new: Scene) -> None:
        for words in news(old, new):
            announce(self._widget, words)


def news(old: Scene, new: Scene) -> list[str]:
    """Return sentences, without their full stops, about what is new in a scene."""
    said = []
    hidden = new.answer_hidden
    answer, before = (int(scene.trace.probabilities.argmax()) for scene in (new, old))
    shown_again = old.answer_hidden
    if not hidden and (old.digit is not new.digit or answer != before or shown_again):
        sure = percent(float(new.trace.probabilities[answer]), 2)
        empty = new.digit.drawn and not new.digit.pixels.any()
        said.append("No ink, no prediction" if empty else f"Prediction {answer}, {sure}")
    tells = hidden and new.selected.layer == new.last  # it is the answer
    if not tells and (old.selected != new.selected or old.network is not new.network):
        said.append(told_of(new, new.selected)[1])
    return said
