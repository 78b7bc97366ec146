"""LabSettings: the settings of the lab, and the output size that follows from them."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel

from visualizer.core.lab.kernels import KERNELS
from visualizer.core.lab.lab import (
    LARGEST_INPUT,
    LARGEST_KERNEL,
    LARGEST_STRIDE,
    NETWORK,
    OWN,
    LabState,
    Source,
    with_grid_size,
    with_kernel,
    with_kernel_size,
)
from visualizer.core.lab.response import Response, Surroundings, from_network
from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.text.lab import dropped_sentence, formulas, padding_sentence
from visualizer.text.terms import HIDDEN
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, column, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.lab.pair import PairBox
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.spin import WholeSpin

SOURCES = (
    ("grid", "Grid", "A grid of whole numbers: click a cell and type"),
    ("digit", "Digit", "The digit that is picked on the Inspect page, 28 × 28"),
    ("map", "Map", "A feature map of 11 × 11 of the network"),
)
PADDINGS = (
    ("valid", "valid", "The window stays on the input"),
    ("same", "same", "Zeros around the input: at stride 1 the output is as large as the input"),
)
NO_FILTERS = "This network does not begin with a convolution of one channel."
HINT_FROM = 560
HINT = (
    "Point at a cell of any map to see what it is made of. Click a cell of the grid or the "
    "kernel and type a number; arrow keys move."
)
BESIDE = (
    "All three go at stride 2 with padding “valid”; the convolution's kernel is set above. "
    "Input and poolings have one colour scale."
)


class LabSettings(Panel):
    """The controls of a LabState.

    Signals
    -------
    changed : LabState
        The state that the user asks for; `show_response` emits nothing.
    """

    changed = Signal(LabState)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._state = LabState()
        self._around: Surroundings | None = None
        self.source = Segments(SOURCES, "Input")
        self.input_size = PairBox(look, "Input size", LARGEST_INPUT)
        self.kernel = PairBox(look, "Kernel size", LARGEST_KERNEL)
        self.stride = PairBox(look, "Stride", LARGEST_STRIDE)
        self.padding = Segments(PADDINGS, "Padding")
        self.values = sized(look, ComboBox("Kernel"), least_width=96)
        for name in KERNELS:
            self.values.addItem(name, name)
        self.values.addItem("from the network", NETWORK)
        self.values.addItem("your own values", OWN)
        self.filter = WholeSpin("Filter of the first layer")
        self.window_name = label("Kernel", "caption")
        self.values_name = label("Values", "caption")
        self.filter_name = label("Filter", "caption")
        self.size_heading = label("Output size", "heading")
        self.formula = label("", "sum", wraps=True)
        self.words = label("", "caption", wraps=True)
        self.dropped = label("", "caption", wraps=True)
        self.hint = label(HINT, "caption", wraps=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        look = self.look
        rows = Grid(
            look,
            (label("Input", "caption"), self.source),
            (label("Size", "caption"), self.input_size),
            (self.window_name, self.kernel),
            (self.values_name, self.values),
            (self.filter_name, self.filter),
            (label("Stride", "caption"), self.stride),
            (label("Padding", "caption"), self.padding),
            across=10,
            down=6,
        )
        rows.setColumnStretch(1, 1)
        for control in (self.source, self.padding):
            rows.setAlignment(control, Qt.AlignmentFlag.AlignLeft)
        texts = (self.formula, self.words, self.dropped)
        for text in texts:
            text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        above = column(look, label("Settings", "heading"), rows, spacing=6)
        below = column(look, self.size_heading, *texts, 1, self.hint, spacing=6)
        self.setLayout(column(look, above, (below, 1), spacing=14, margins=(16, 12, 16, 8)))
        sized(look, self, width=248)

    def _connect(self) -> None:
        self.source.chosen.connect(self._on_source)
        self.input_size.chosen.connect(self._on_size)
        self.kernel.chosen.connect(self._on_kernel_size)
        self.stride.chosen.connect(self._on_stride)
        self.padding.chosen.connect(self._on_padding)
        self.values.activated.connect(self._on_values)
        self.filter.valueChanged.connect(self._on_filter)

    def resizeEvent(self, event: object) -> None:
        self.hint.setVisible(self.height() >= self.theme.px(HINT_FROM))

    # What is shown

    def show_response(
        self, response: Response, around: Surroundings, beside: bool = False, asked: bool = False
    ) -> None:
        """Show a state's settings and its output size; or three operations `beside` each other.

        The size is not told while it is `asked`.
        """
        state = response.state
        self._state, self._around = state, around
        self.source.show_choice(state.source)
        height, width = response.inputs.shape
        self.input_size.show_pair((height, width))
        fixed = state.source != "grid"
        self.input_size.setEnabled(not fixed)
        self.input_size.setToolTip("Only the grid's size can be set." if fixed else "")
        self.kernel.show_pair((response.kernel.shape[0], response.kernel.shape[1]))
        self.stride.show_pair(state.stride)
        self.padding.show_choice(state.padding)
        for widget in (self.stride, self.padding):
            widget.setEnabled(not beside)
        self._show_kernel(state, around, state.operation == "convolution" or beside)
        self._show_size(response, beside, asked)

    def _show_kernel(self, state: LabState, around: Surroundings, conv: bool) -> None:
        self.window_name.setText("Kernel" if conv else "Window")
        from_net = state.kernel_name == NETWORK
        self.values_name.setVisible(conv)
        self.values.setVisible(conv)
        self.filter_name.setVisible(conv and from_net)
        self.filter.setVisible(conv and from_net)
        at = self.values.findData(NETWORK)
        model = self.values.model()
        assert isinstance(model, QStandardItemModel)  # which every combo box makes for itself
        item = model.item(at)
        has = around.filters is not None
        item.setEnabled(has)
        item.setText(f"{around.filters_name} filter" if has else "filter of the network")
        item.setToolTip("From the network: its live weights" if has else NO_FILTERS)
        self.values.setToolTip("" if has else NO_FILTERS)
        with QSignalBlocker(self.values), QSignalBlocker(self.filter):
            self.values.setCurrentIndex(self.values.findData(state.kernel_name))
            if around.filters is not None:
                self.filter.setRange(0, around.filters.shape[2] - 1)
                self.filter.setToolTip(f"0 to {around.filters.shape[2] - 1}")
            self.filter.setEnabled(has)
            self.filter.setValue(state.filter)

    def _show_size(self, response: Response, beside: bool, asked: bool) -> None:
        self.size_heading.setText("Side by side" if beside else "Output size")
        self.formula.setVisible(not beside)
        if beside:
            self.formula.setText("")
            self.words.setText(BESIDE)
            self.dropped.setText("")
            return
        if response.output is None or asked:
            self.formula.setText(HIDDEN if asked else "no place for the window")
            self.words.setText("")
            self.dropped.setText("")
            return
        self.formula.setText("\n".join(formulas(response.sliding)))
        self.words.setText(padding_sentence(response.sliding))
        self.dropped.setText(dropped_sentence(response))

    # The user

    def _on_source(self, key: str) -> None:
        self.changed.emit(replace(self._state, source=cast(Source, key)))

    def _on_size(self, size: RowsColumns) -> None:
        self.changed.emit(with_grid_size(self._state, size))

    def _on_kernel_size(self, size: RowsColumns) -> None:
        self.changed.emit(with_kernel_size(self._state, size))

    def _on_stride(self, stride: RowsColumns) -> None:
        self.changed.emit(replace(self._state, stride=stride))

    def _on_padding(self, key: str) -> None:
        self.changed.emit(replace(self._state, padding=cast(Padding, key)))

    def _on_values(self, index: int) -> None:
        name = str(self.values.itemData(index))
        if name == NETWORK and self._around is not None:
            self.changed.emit(from_network(self._state, self._around, self._around.strongest))
        elif name == OWN:
            self.changed.emit(replace(self._state, kernel_name=OWN))
        else:
            self.changed.emit(with_kernel(self._state, name))

    def _on_filter(self, at: int) -> None:
        if self._around is not None:
            self.changed.emit(from_network(self._state, self._around, at))
