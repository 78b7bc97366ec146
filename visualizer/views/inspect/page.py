"""The Inspect page: input at the left, the network and its maps, the curves, the position."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.filters.what_if import WhatIf
from visualizer.scene.viewer import Viewer
from visualizer.session.first_look import hesitation
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.time_pictures import time_figures
from visualizer.views.filter.pictures import filter_figures
from visualizer.views.input.draw.panel import DrawPanel
from visualizer.views.input.panel import InputPanel
from visualizer.views.input.pictures import draw_figures
from visualizer.views.inspect.shares import read_layout, shares
from visualizer.views.inspect.side import Side
from visualizer.views.inspect.stages import Open, Select, inspect_stages
from visualizer.views.maps.captions import map_as_table
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.maps.strip import NetworkStrip
from visualizer.views.page import Action, Hint, Page, Stage
from visualizer.views.widgets.answer_cover import AnswerCover
from visualizer.views.widgets.fold import FoldSplitter

MOST_LAYER_KEYS = 9


class InspectPage(Page):
    """Lays out the panels; splitters between them can be moved, and panels folded."""

    title, icon = "Inspect", "inspect"
    hints = (
        Hint("1 … 9", "select a layer"),
        Hint("← → ↑ ↓", "move the selected cell (with the maps in focus)"),
        Hint("Page ↑ / Page ↓", "the map before / the next map (with the maps in focus)"),
        Hint("double click, 0", "enlarge one map, show all maps"),
        Hint("wheel, + / −", "zoom the maps"),
        Hint("double click on a term", "follow that term"),
        Hint("click on a handle", "fold the panel beside it, or open it"),
    )

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.input = InputPanel(look, viewer, session)
        self.strip = NetworkStrip(look, viewer, session.study)
        self.maps = MapsPanel(look, viewer, session.study)
        self.home = self.maps.maps
        self.curves = CurvesPanel(look, session)
        self.side = Side(look, viewer, session)
        self.position = self.side.position
        upright, level = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self.down = FoldSplitter(look, upright, (self.maps, self.curves), keep=0)
        self.beside = FoldSplitter(look, level, (self.down, self.side), keep=0)
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.beside, 1)
        self.across = FoldSplitter(look, level, (self.input, self._middle), keep=1)
        self.input.draw.save.clicked.connect(self.input.draw.choose_folder)
        panels = (self.input, self.strip, self.maps, self.side, self.curves)
        self._stages = inspect_stages(viewer, session, *panels)
        self._splitters = {"input": self.across, "side": self.beside, "curves": self.down}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.across)
        for answering in (self.maps, self.position, self.side.filter):
            AnswerCover(look, viewer, answering)
        for panel in (self.maps, self.input, self.curves):
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def apply_theme(self, theme: Theme) -> None:
        self._share_out()

    # Room

    def minimumSizeHint(self) -> QSize:
        """Nothing: the page gives way by itself (`shares`)."""
        return QSize(0, 0)

    def resizeEvent(self, event: object) -> None:
        self._share_out()

    def _share_out(self) -> None:
        """Give every panel its part of the room; a handle that was dragged stays."""
        px, zoom = self.theme.px, self.theme.zoom
        shared = shares(self.width() / zoom, self.height() / zoom, zoom)
        gap = px(shared.gap)
        self._column.setContentsMargins(px(4), gap, gap, gap)
        self._column.setSpacing(gap)
        self.strip.setFixedHeight(px(shared.strip))
        self.input.setMinimumWidth(px(180))  # folded, they go out of sight, not to nothing
        self.curves.setMinimumHeight(px(112))
        self.across.setHandleWidth(px(8))
        for splitter in (self.beside, self.down):
            splitter.setHandleWidth(gap)
        self.across.share(px(shared.side), shared.shows_input)
        self.beside.share(px(shared.explained), True)
        self.down.share(px(shared.curves), shared.shows_curves)

    def reset_sizes(self) -> None:
        """Share out the room as at first: no handle was dragged, nothing is folded."""
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
        return (*self._editing(), *self._digits(), *self._following(), *self._panels())

    def _editing(self) -> Sequence[Action]:
        position = self.position
        return (
            Action(
                *("&Copy map as table", self.copy_map, ("Ctrl+C",), "&Edit"),
                explain="copy the selected map as a table",
            ),
            Action(
                *("&Undo change", self.undo, ("Ctrl+Z",), "&Edit"),
                explain="undo the last stroke, or the last change to the network",
                separated=True,
            ),
            Action(
                *("&Redo change", self.redo, ("Ctrl+Y", "Ctrl+Shift+Z"), "&Edit"),
                explain="make it again",
            ),
            Action(
                *("Copy &terms as table", position.copy_terms, ("Ctrl+Shift+C",), "&Edit"),
                explain="copy every term with all its digits",
                button=position.copy,
            ),
        )

    def _digits(self) -> Sequence[Action]:
        session, gallery = self.session, self.input.gallery
        return (
            Action("&Next", session.next_digit, ("N",), "&Digit", "the next digit"),
            Action("&Previous", session.previous_digit, ("P",), "&Digit", "the digit before"),
            Action(
                *("&Random", session.random_digit, ("R",), "&Digit", "a random digit"),
                button=gallery.random,
            ),
            Action(
                *("Next &misclassified", session.next_misclassified, ("M",), "&Digit"),
                explain="the next digit that the network gets wrong",
                button=gallery.wrong,
            ),
            Action(
                *("&Draw", self.input.toggle_draw, ("D",), "&Digit"),
                explain="draw a digit; again: back to the picked one",
                checked=lambda: self.viewer.scene.digit.drawn,
                separated=True,
            ),
            Action(
                *("Pre&dict, then reveal", self.viewer.predict, ("Shift+A",), "&Digit"),
                explain="hide the answers, so that they can be guessed; or show them again",
                checked=lambda: self.viewer.scene.predicts,
                separated=True,
            ),
            Action(
                *("Reveal the &answer", self.viewer.reveal, ("A",), "&Digit"),
                explain="show the answer for this digit",
            ),
            Action(
                *("Save drawings as data se&t …", self.input.draw.choose_folder, (), "&File"),
                button=self.input.draw.save,
                separated=True,
            ),
        )

    def _following(self) -> Sequence[Action]:
        viewer, position, menu = self.viewer, self.position, "F&ollow"
        layers = [
            Action(
                *(f"Layer {number}", Select(viewer, number - 1), (str(number),), menu),
                listed=False,
                available=Select(viewer, number - 1).exists,
                named=Select(viewer, number - 1).name,
                separated=number == 1,
            )
            for number in range(1, MOST_LAYER_KEYS + 1)
        ]
        return (
            Action(
                *("&Largest term", position.follow_main_term, ("Return", "Enter"), menu),
                explain="follow the largest term one layer down",
                button=position.follow,
            ),
            Action("&Back", viewer.back, ("Alt+Left",), menu, "back up the trail", position.back),
            Action(
                *("&Forward", viewer.forward, ("Alt+Right",), menu, "down the trail again"),
                button=position.forward,
            ),
            *layers,
        )

    def _panels(self) -> Sequence[Action]:
        panels = (("&Input", self.across), ("P&osition", self.beside), ("&Curves", self.down))
        return (
            Action(
                *("&Filter", self.side.show_filter, ("F",), "&View"),
                explain="what the selected filter answers to, or the sum of the selected number",
                checked=lambda: self.side.tab == "filter",
                separated=True,
            ),
            Action("&Runs and their curves", self.curves.stage.click, menu="&View"),
            Action("Reset panel &sizes", self.reset_sizes, menu="&View"),
            *(
                Action(text, Open(splitter), menu="&View", checked=Open(splitter).is_open)
                for text, splitter in panels
            ),
        )

    def stages(self) -> Sequence[Stage]:
        return self._stages

    @property
    def _undoes(self) -> DrawPanel | WhatIf:
        """Where the last step was done."""
        return self.input.draw if self.input.draw.takes_undo else self.session.what_if

    def undo(self) -> None:
        self._undoes.undo()

    def redo(self) -> None:
        self._undoes.redo()

    def go_back(self) -> bool:
        """Out of an enlarged map, then up the trail, then back to the live weights."""
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
        """That the network hesitates on this digit, or misreads it."""
        moving = self.session.runs.state.moving  # then it would be another with every batch
        return () if moving else hesitation(self.viewer.scene)

    def copy_map(self) -> None:
        """Put the selected map on the clipboard as tab-separated values in full precision."""
        name, table = map_as_table(self.viewer.scene)
        QGuiApplication.clipboard().setText(table)
        self.session.noticed.emit(Notice(f"Copied {name} as a table."))

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        self.curves.refresh()
        for position, layer in enumerate(self.viewer.scene.network.layers):
            self.viewer.select_layer(position)
            yield f"inspect-{position + 1}-{layer.name}", self.window()
            yield f"position-{position + 1}-{layer.name}", self.position
        self.side.show_tab("filter")
        for name, picture in filter_figures(self.side.filter, self.session):
            self.curves.refresh()
            yield name, picture
        self.side.show_tab("position")
        self.viewer.select_layer(0)
        yield "panel-input", self.input
        yield from draw_figures(self.input)
        yield "panel-network-strip", self.strip
        yield "panel-maps", self.maps
        yield "panel-curves", self.curves
        yield from time_figures(self, self.curves, self.session)
