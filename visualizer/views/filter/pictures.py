"""Pictures of the Filter view for the documentation: each kind of layer, and a what-if."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.core.edits import SwitchOff
from visualizer.session import Session
from visualizer.views.filter.panel import FilterPanel

LONGEST_SECONDS = 300


def filter_figures(panel: FilterPanel, session: Session) -> Iterator[tuple[str, QWidget]]:
    """Names and widgets; the panel must be in view. The network is left as it was."""
    viewer = session.viewer
    for position, layer in enumerate(viewer.scene.network.layers):
        viewer.select_layer(position)
        _wait(panel.complete)
        yield f"filter-{position + 1}-{layer.name}", panel.content
    yield "inspect-filter", panel.window()
    last = viewer.scene.network.layers[-1]
    session.study.switch_each_off(last.name)
    _wait(lambda: session.study.without(last.name) is not None)
    QApplication.processEvents()
    yield "filter-which-matter", panel.matter
    viewer.select_layer(0)
    edit = SwitchOff(viewer.scene.layer.name, viewer.scene.selected.channel)
    try:
        session.what_if.add(edit)
    except ValueError:
        return
    _wait(panel.complete)
    yield "filter-what-if", panel.content
    yield "inspect-what-if", panel.window()
    session.what_if.remove(edit)


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ValueError("The responses were not found out in time.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
