"""LabView: the board with its player, and the arithmetic of one cell below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar

from visualizer.core.lab.lab import with_grid_cell, with_kernel_cell
from visualizer.core.network.geometry import RowsColumns
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.lab import LabModel
from visualizer.text.terms import HIDDEN
from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import column, held
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.lab.board import READABLE_CELL, VISIBLE_CELL, LabBoard
from visualizer.views.lab.marks import FocusedCell, Part, has_cell, marks_of
from visualizer.views.lab.readout import LabReadout
from visualizer.views.lab.switches import LabSwitches
from visualizer.views.widgets.player import Player

Span = tuple[float, float]


class BoardArea(Guarded, QScrollArea):
    """A scroll area for the board; it keeps the explained cells in view."""

    def __init__(self, board: LabBoard) -> None:
        super().__init__()
        self.board = board
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(board)
        for ground in (self.viewport(), board):
            ground.setAutoFillBackground(False)
        board.remade.connect(self.fit)

    def sizeHint(self) -> QSize:
        return self.board.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.board.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.follow()

    def fit(self) -> None:
        """Give the board its size; a scroll bar takes room from the other direction."""
        room = whole = self.maximumViewportSize()
        needed = self.board.needed_in(whole)
        across = self.verticalScrollBar().sizeHint().width()
        along = self.horizontalScrollBar().sizeHint().height()
        for _ in range(2):
            tall, wide = needed.height() > room.height(), needed.width() > room.width()
            room = whole - QSize(across if tall else 0, along if wide else 0)
        self.board.resize(needed.expandedTo(room))

    def follow(self, centred: bool = False) -> None:
        """Scroll to the explained cell, and to the cells that belong to it as far as they fit."""
        places = self.board.explained()
        if places:
            across = [(place.left(), place.right()) for place in places]
            down = [(place.top(), place.bottom()) for place in places]
            _reveal(self.horizontalScrollBar(), self.viewport().width(), across, centred)
            _reveal(self.verticalScrollBar(), self.viewport().height(), down, centred)


def _reveal(bar: QScrollBar, room: int, spans: Sequence[Span], centred: bool) -> None:
    """Scroll to the first span, and to others that fit with it, no further than needed."""
    low, high = spans[0]
    for start, end in spans[1:]:
        if max(high, end) - min(low, start) <= room:
            low, high = min(low, start), max(high, end)
    wanted = (low + high - room) / 2 if centred else bar.value()
    bar.setValue(round(min(max(wanted, high - room), low)))


class LabView(ScenePanel):
    """A view of a LabModel; cells can be pointed at, selected and typed into."""

    def __init__(self, look: Look, viewer: Viewer, model: LabModel, on_stage: bool = False) -> None:
        """Make the view; on the stage nothing scrolls, and three operations show colours alone.

        There the view has the preset's name, and switches: not for three operations, which have
        strides and paddings of their own.
        """
        super().__init__(look, viewer)
        self.model = model
        self.hovered: FocusedCell | None = None
        self._shown: int | None = None
        self._drawn: object = None
        self.board = LabBoard(look, VISIBLE_CELL if on_stage else READABLE_CELL)
        self.area = BoardArea(self.board)
        self.area.setAccessibleName("Input, kernel and output")
        if on_stage:
            self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.player = Player(look)
        self.readout = LabReadout(look)
        self.switches = LabSwitches(look, model) if on_stage else None
        self._lay_out()
        self.player.moved.connect(self._on_moved)
        self.player.started.connect(self._on_started)
        self.board.input.grid.pointed.connect(self._on_input_pointed)
        self.board.input.grid.edited.connect(self._on_input_edited)
        self.board.kernel.grid.pointed.connect(self._on_kernel_pointed)
        self.board.kernel.grid.edited.connect(self._on_kernel_edited)
        for block in (self.board.input, self.board.output, *self.board.beside):
            block.grid.walked.connect(self.area.follow)
        for block in (self.board.output, *self.board.beside):
            block.grid.pointed.connect(self._on_output_pointed)
            block.grid.selected.connect(self._on_output_selected)
        model.changed.connect(self._on_changed)
        model.marked.connect(self._on_marked)

    def _lay_out(self) -> None:
        switches = () if self.switches is None else (self.switches,)
        look, inside = self.look, (*switches, (self.area, 1), self.player)
        apart, around, below = (8, (16, 10, 16, 8), (16, 8)) if not switches else (4, 0, 0)
        above = held(column(look, *inside, spacing=apart, margins=around), "panel")
        told = held(column(look, self.readout, margins=below), "panel")
        self.setLayout(column(look, (above, 1), told, spacing=12 if not switches else 4))

    def apply_theme(self, theme: Theme) -> None:
        self._draw()

    # What is shown

    @property
    def focus(self) -> FocusedCell:
        """The explained cell: the one pointed at, else the selected output."""
        return self.hovered or FocusedCell("output", *self.model.selected)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self.model.take_scene(new)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._drawn != self._state:  # another view of the model was used meanwhile
            self._draw()
            self.area.follow(centred=True)

    def _on_changed(self) -> None:
        self.player.pause()
        self._shown = None
        if self.isVisible():
            self._draw()

    def _on_marked(self) -> None:
        if self.isVisible():
            self._mark()
            self.area.follow(centred=not self.player.playing)

    def _draw(self) -> None:
        model = self.model
        if self.switches is not None:
            self.switches.setVisible(not model.beside)
        asked = self.scene.asked == "size"
        if self.switches is not None:
            self.switches.show_asked(asked)
        if model.beside:
            self.board.show_side_by_side(model.beside, model.surroundings, asked)
        else:
            self.board.show_response(model.response, model.surroundings, asked)
        if self.hovered is not None and not has_cell(model.current, self.hovered):
            self.hovered = None
        self._mark()

    @property
    def _state(self) -> object:
        """Everything that the drawing depends on."""
        model = self.model
        return (id(model.response), *map(id, model.beside), model.chosen, model.selected)

    def _mark(self) -> None:
        """Mark what belongs to the focused cell, and explain it in numbers."""
        model, focus = self.model, self.focus
        self._drawn = self._state
        output = model.current.output
        size_asked = self.scene.asked == "size"
        asked = model.selected if self.scene.asked == "sum" else None
        self.player.setEnabled(output is not None and not size_asked)
        if size_asked:
            self.player.show_place(0, 1, f"place {HIDDEN}")
        elif output is not None:
            row, column = model.selected
            self.player.show_place(row * output.shape[1] + column, output.size)
        if model.beside:
            places = model.chosen, model.selected
            self.board.show_marks_beside(model.beside, focus, *places, asked)
            self.board.beside[model.chosen].grid.show_place(model.selected)
            self.readout.show_beside(model.beside, focus, asked)
        else:
            of = model.response, focus, model.selected, self.theme, self._shown
            marks = marks_of(*of, asked)
            self.board.show_marks(marks)
            self.board.output.grid.show_place(model.selected)
            self.readout.show_focus(model.response, focus, asked)
        if size_asked:
            self.readout.show_size_asked()

    # The user

    def _on_input_pointed(self, cell: RowsColumns | None) -> None:
        self._point("input", cell)

    def _on_kernel_pointed(self, cell: RowsColumns | None) -> None:
        self._point("kernel", cell)

    def _on_output_pointed(self, cell: RowsColumns | None) -> None:
        self._choose_sender()
        self._point("output", cell)

    def _point(self, part: Part, cell: RowsColumns | None) -> None:
        hovered = FocusedCell(part, *cell) if cell is not None else None
        if hovered != self.hovered:
            self.hovered = hovered
            self._mark()

    def _on_output_selected(self, row: int, column: int) -> None:
        self._choose_sender()
        self.player.pause()
        self._shown = None
        self.model.selected = (row, column)
        self._mark()

    def _choose_sender(self) -> None:
        """Choose the output, of three, that the user is at."""
        sender = self.sender()
        grids = [block.grid for block in self.board.beside]
        if self.model.beside and sender in grids:
            self.model.choose([grid is sender for grid in grids].index(True))

    def _on_input_edited(self, row: int, column: int, value: float) -> None:
        self.model.change(with_grid_cell(self.model.states.present, row, column, value))

    def _on_kernel_edited(self, row: int, column: int, value: float) -> None:
        self.model.change(with_kernel_cell(self.model.states.present, row, column, value))

    def play(self) -> None:
        """Let the window slide."""
        self.player.begin()

    def _on_started(self) -> None:
        """Begin where the window first sees ink; a held window goes on from its place."""
        output = self.model.current.output
        ended = output is not None and self.player.index == output.size - 1
        if self._shown is None or ended:
            self._on_moved(self.model.current.first_on_ink())

    def _on_moved(self, index: int) -> None:
        output = self.model.current.output
        if output is not None:
            self._shown = index + 1
            self.hovered = None
            self.model.selected = divmod(index, output.shape[1])
            self._mark()
            self.area.follow()
