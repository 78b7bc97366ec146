"""Pictures of the Filter view for the documentation: each kind of layer, and a what-if."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QWidget

from visualizer.core.edits import SwitchOff
from visualizer.session.session import Session
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.widgets.wait import wait_until


def filter_figures(panel: FilterPanel, session: Session) -> Iterator[tuple[str, QWidget]]:
    """Yield names and widgets; the panel must be in view. Leave the network as it was."""
    viewer = session.viewer
    for position, layer in enumerate(viewer.scene.network.layers):
        viewer.select_layer(position)
        wait_until(panel.complete, "Finding out the responses")
        yield f"filter-{position + 1}-{layer.name}", panel.content
    maps = [place for place, layer in enumerate(viewer.scene.network.layers) if layer.is_spatial]
    viewer.select_layer(maps[-1] if maps else 0)
    wait_until(panel.complete, "Finding out the responses")
    yield "inspect-filter", panel.window()
    last = viewer.scene.network.layers[-1]
    viewer.select_layer(len(viewer.scene.network.layers) - 1)
    session.study.switch_each_off(last.name)
    wait_until(lambda: session.study.without(last.name) is not None, "Switching off each filter")
    QApplication.processEvents()
    yield "filter-which-matter", panel.ablation
    viewer.select_layer(0)
    edit = SwitchOff(viewer.scene.layer.name, viewer.scene.selected.channel)
    try:
        session.what_if.add(edit)
    except ValueError:
        return
    wait_until(panel.complete, "Finding out the responses")
    yield "filter-what-if", panel.content
    yield "inspect-what-if", panel.window()
    session.what_if.remove(edit)
