"""The Inspect page: input at the left, the network and its maps, the curves, the position."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from visualizer.filters.what_if import WhatIf
from visualizer.scene.viewer import Viewer
from visualizer.session.first_look import hesitation
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.time_pictures import time_figures
from visualizer.views.filter.pictures import filter_figures
from visualizer.views.input.draw.panel import DrawPanel
from visualizer.views.input.panel import DRAW, InputPanel, draw_figures
from visualizer.views.inspect.digit_menu import digit_actions
from visualizer.views.inspect.follow_menu import follow_actions
from visualizer.views.inspect.layer_figures import layer_figures
from visualizer.views.inspect.saving import saving_actions
from visualizer.views.inspect.settings import show_settings, shown_settings
from visualizer.views.inspect.shares import read_layout, shares
from visualizer.views.inspect.side_menu import side_actions
from visualizer.views.inspect.side_tabs import SideTabs
from visualizer.views.inspect.stages import ANSWER, inspect_stages
from visualizer.views.maps.captions import map_as_table
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.page import Action, Hint, Page, Stage
from visualizer.views.step.pictures import step_figures
from visualizer.views.why.pictures import why_figures
from visualizer.views.widgets.cover import Cover, MapsCover, StepCover, WhyCover
from visualizer.views.widgets.fold import FoldSplitter
from visualizer.views.widgets.picture import Picture


class InspectPage(Page):
    """The Inspect page: its panels between splitters that can be moved, and panels folded."""

    title, icon = "Inspect", "inspect"
    hints = (
        Hint("1 … 9", "select a layer"),
        Hint("← → ↑ ↓", "move the selected cell (with the maps in focus)"),
        Hint("Page ↑ / Page ↓", "the map before / the next map (with the maps in focus)"),
        Hint("double click, 0", "enlarge one map, show all maps"),
        Hint("wheel, + / −", "zoom the maps"),
        Hint("double click on a term", "follow that term"),
        Hint("click on the digit", "select a pixel"),
        Hint("← → ↑ ↓, click", "on the whole way: along it, another term, another way"),
        Hint("click on a handle", "fold the panel beside it, or open it"),
    )

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        # Folded panels keep their size, out of sight.
        self.input = sized(look, InputPanel(look, viewer, session), least_width=180)
        self.strip = NetworkStrip(look, viewer, session.study)
        self.maps = MapsPanel(look, viewer, session.study, session.maps_shown)
        self.home = self.maps.maps
        self.curves = sized(look, CurvesPanel(look, session), least_height=112)
        self.side = SideTabs(look, viewer, session)
        self.position = self.side.position
        upright, level = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self.down = FoldSplitter(look, upright, (self.maps, self.curves), keep=0)
        self.beside = FoldSplitter(look, level, (self.down, self.side), keep=0)
        self._column = column(look, self.strip, (self.beside, 1))
        self._middle = held(self._column)
        self.across = FoldSplitter(look, level, (self.input, self._middle), keep=1)
        self.input.probabilities.chosen.connect(self._on_class)
        self.input.draw.save.clicked.connect(self.input.draw.choose_folder)
        self._stages = inspect_stages(
            viewer, session, self.input, self.strip, self.maps, self.side, self.curves
        )
        self._splitters = {"input": self.across, "side": self.beside, "curves": self.down}
        self.setLayout(row(look, self.across))
        MapsCover(look, viewer, self.maps)
        Cover(look, viewer, self.side.filter)
        StepCover(look, viewer, self.side.step)
        Cover(look, viewer, self.position, "sum")
        WhyCover(look, viewer, self.side.why)

    def _on_class(self, label: int) -> None:
        """Ask why this class, or take the loss for it, where that is what is explained."""
        scene = self.viewer.scene
        if self.side.tab == "why":
            self.session.why.choose(scene, label)
        elif scene.backward is not None:
            self.viewer.show_backward(True, None if label == scene.digit.label else label)

    def apply_theme(self, theme: Theme) -> None:
        self._share_out()

    # Room

    def minimumSizeHint(self) -> QSize:
        """Return no least size: the page adapts by itself (`shares`)."""
        return QSize(0, 0)

    def resizeEvent(self, event: object) -> None:
        self._share_out()

    def _share_out(self) -> None:
        """Give every panel its share of the page; a handle that was dragged stays."""
        px, zoom = self.theme.px, self.theme.zoom
        shared = shares(self.width() / zoom, self.height() / zoom, zoom)
        gap = px(shared.gap)
        self._column.space(shared.gap, (4, shared.gap, shared.gap, shared.gap))
        self.strip.setFixedHeight(px(shared.strip))
        self.across.setHandleWidth(px(8))
        for splitter in (self.beside, self.down):
            splitter.setHandleWidth(gap)
        self.across.share(px(shared.side), shared.shows_input)
        self.beside.share(px(shared.explained), True)
        self.down.share(px(shared.curves), shared.shows_curves)

    def reset_sizes(self) -> None:
        """Reset all panels: no handle dragged, nothing folded."""
        for splitter in self._splitters.values():
            splitter.reset()

    def layout_state(self) -> str:
        return json.dumps({name: splitter.kept for name, splitter in self._splitters.items()})

    def restore_layout(self, state: str) -> None:
        for name, kept in read_layout(state).items():
            if name in self._splitters:
                self._splitters[name].keep(*kept)

    # What can be done here

    def actions_here(self) -> Sequence[Action]:
        return (
            *self._editing(),
            *digit_actions(
                self.session, self.input.gallery, self.toggle_draw, self.side.show_teaching
            ),
            *follow_actions(self.viewer, self.position),
            *saving_actions(self.input.draw, self.side.filter.sheets),
            *self._panels(),
        )

    def _editing(self) -> Sequence[Action]:
        position, in_edit = self.position, partial(Action, menu="&Edit")
        return (
            in_edit(
                "&Copy map as table",
                self.copy_map,
                keys=("Ctrl+C",),
                explain="copy the selected map as a table",
            ),
            in_edit(
                "&Undo change",
                self.undo,
                keys=("Ctrl+Z",),
                explain="undo the last stroke, or the last change to the network",
                separated=True,
            ),
            in_edit(
                "&Redo change", self.redo, keys=("Ctrl+Y", "Ctrl+Shift+Z"), explain="make it again"
            ),
            in_edit(
                "Copy &terms as table",
                position.copy_terms,
                keys=("Ctrl+Shift+C",),
                explain="copy every term with all its digits",
                button=position.copy,
            ),
        )

    def _panels(self) -> Sequence[Action]:
        panels = (("&Input", self.across), ("P&osition", self.beside), ("&Curves", self.down))
        in_view = partial(Action, menu="&View")
        return (
            *side_actions(self.viewer, self.side, self.maps.direction),
            in_view("&Runs and their curves", self.curves.to_stage.click),
            in_view("&Gradient flow", self.curves.to_flow.click),
            in_view("Reset panel &sizes", self.reset_sizes),
            *(
                in_view(text, splitter.set_open, checked=splitter.is_open)
                for text, splitter in panels
            ),
        )

    def stages(self) -> Sequence[Stage]:
        return self._stages

    def shown_settings(self) -> dict[str, str]:
        return shown_settings(self.session, self.side.tab)

    def show_settings(self, settings: Mapping[str, str]) -> None:
        self.side.show_tab(show_settings(self.session, settings))

    def pictures(self) -> Sequence[Picture]:
        layer, side = self.scene.layer.name, self.side
        return (
            Picture("The digit and its answer", self.input),
            Picture("The network", self.strip),
            Picture(f"Feature maps of {layer}", self.maps),
            Picture(f"Where a number of {layer} comes from", side.position),
            Picture(f"What a filter of {layer} answers to", side.filter.content),
            Picture("Why this answer", side.why),
            Picture("Why a weight changed", side.step),
            Picture("Loss and accuracy", self.curves),
        )

    def picture_source(self) -> str:
        scene = self.scene
        return f"{scene.network.name}, {scene.model.origin} · {scene.digit.source}"

    @property
    def _undoes(self) -> DrawPanel | WhatIf:
        """The owner of the last step: the drawing or the what-if."""
        return self.input.draw if self.input.draw.takes_undo else self.session.what_if

    def undo(self) -> None:
        self._undoes.undo()

    def redo(self) -> None:
        self._undoes.redo()

    def toggle_draw(self, wanted: bool) -> None:
        """Draw, or go back to the picked digit; on a stage, draw large, and then go back to it."""
        answer = next(stage for stage in self._stages if stage.title == ANSWER)
        if self.isVisible() or not (self.detour(answer, not wanted) or wanted):
            self.input.toggle_draw(wanted)
        elif wanted:
            self.input.show_tab(DRAW)

    def go_back(self) -> bool:
        """Leave an enlarged map; else go up the trail; else go back to the live weights."""
        if self.maps.maps.zoomed:
            self.maps.maps.fit()
        elif self.scene.trail.at > 0:
            self.viewer.back()
        elif self.session.time.held is not None:
            self.session.time.live()
        else:
            return False
        return True

    def remark(self) -> tuple[str, ...]:
        """Return a remark if the network hesitates on this digit, or misreads it."""
        moving = self.session.runs.moving  # the remark would change with every batch
        return () if moving else hesitation(self.viewer.scene)

    def copy_map(self) -> None:
        """Copy the selected map to the clipboard as tab-separated values in full precision."""
        if not self.session.may_copy():
            return
        name, table = map_as_table(self.viewer.scene)
        QGuiApplication.clipboard().setText(table)
        self.session.noticed.emit(Notice(f"Copied {name} as a table."))

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        self.curves.refresh()
        yield from layer_figures(self.viewer, self.window(), self.position)
        self.side.show_tab("filter")
        for name, picture in filter_figures(self.side.filter, self.session):
            self.curves.refresh()
            yield name, picture
        self.side.show_tab("why")
        for name, picture in why_figures(self.side.why, self.session, self.window()):
            self.curves.refresh()
            yield name, picture
        self.side.show_tab("position")
        self.viewer.select_layer(0)
        yield "panel-input", self.input
        yield from draw_figures(self.input)
        yield "panel-network-strip", self.strip
        yield "panel-maps", self.maps
        yield "panel-curves", self.curves
        yield from time_figures(self, self.curves, self.session, self._step_figures)

    def _step_figures(self) -> Iterator[tuple[str, QWidget]]:
        self.side.show_tab("step")
        yield from step_figures(self, self.side.step, self.session)
        self.side.show_tab("position")
        self.viewer.select_layer(0)
