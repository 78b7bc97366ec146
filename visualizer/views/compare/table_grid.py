"""TableGrid: a line per network, in as many whole columns as fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from visualizer.compare.measurements import Measurements
from visualizer.compare.networks import ComparedNetwork
from visualizer.core.network.measures import HEADINGS, headings_on, measures, size_cells
from visualizer.text.numbers import number, percent, shortened
from visualizer.views.base.constants import RIGHT
from visualizer.views.base.look import Look
from visualizer.views.curves.sample import Sample
from visualizer.views.widgets.buttons import CheckBox, ComboBox
from visualizer.views.widgets.table import Table
from visualizer.views.widgets.table_model import Cell

HEAD_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
HEAD_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
TIPS = (
    "",
    "Numbers that are learnt",
    "Rows × columns × channels of the last feature map",
    "Numbers in that map: what the first dense layer gets",
    "Parameters that a Dense(512) on top of them would have",
    "Pixels of the digit that a cell of the last convolution sees",
    "Its longer side as part of that side of the digit",
    "How many epochs its weights were trained, of those planned, and on what",
    "Share of the test digits that it reads right",
    "Seconds an epoch of the recipe book takes on this machine, by a short trial",
    "Milliseconds from a digit to every number of the network, as this window computes them",
)
FIRST_TO_GO = (
    *("of image", "+ Dense(512)", "Coefficients", "Last map", "ms/digit", "s/epoch"),
    *("Field", "Param #"),
)
BROAD_NAME, NAME, DATASET = 24, 16, 18  # letters
CHOSEN, NETWORK, WEIGHTS = 0, 2, 3  # columns; column 1 has the look of the curves


def column_of(heading: str) -> int:
    """Return the column of one of HEADINGS: the first stands before the weights."""
    at = HEADINGS.index(heading)
    return at + WEIGHTS if at else NETWORK


class TableGrid(Table):
    """A table that leaves out its least needed columns rather than cut a number.

    Signals
    -------
    wanted_changed
        The choice of networks to be trained has changed.
    weights_chosen : str, str
        A network's name, and the title of the weights to be compared.
    """

    wanted_changed = Signal()
    weights_chosen = Signal(str, str)
    first_to_go = tuple(map(column_of, FIRST_TO_GO))

    def __init__(self, look: Look, on_stage: bool) -> None:
        across, down = (12, 12) if on_stage else (20, 5)
        super().__init__(look, "The networks in numbers", headings(""), across, down)
        self._on_stage = on_stage
        self._wanted: dict[str, bool] = {}
        self._rows: dict[str, list[Cell]] = {}
        self.every = CheckBox("all", "Choose all networks to be trained, or none")
        self.every.setParent(self.horizontalHeader())
        self.every.clicked.connect(self._on_every)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    # What is shown

    def show_networks(
        self, networks: Sequence[ComparedNetwork], measurements: Measurements, dataset: str
    ) -> None:
        """Show these networks, and their measurements on a data set."""
        self.model().headings = headings(shortened(dataset, DATASET))
        self._rows = {each.name: self._row(each, measurements) for each in networks}
        self._wanted = {
            each.name: self._wanted.get(each.name, each.model is None) for each in networks
        }
        self._show_wanted()
        for at, compared in enumerate(networks):
            self._show_choice(at, compared)
        self.measure()

    def _show_wanted(self) -> None:
        """Show which networks are to be trained; on the stage nothing is chosen."""
        for name, cells in self._rows.items():
            cells[CHOSEN] = Cell(
                name=(tip := f"Train {name}"),
                tip=tip,
                on=None if self._on_stage else self._wanted[name],
                act=partial(self._want, name),
            )
        self.show_rows(self._rows)

    def _row(self, compared: ComparedNetwork, measurements: Measurements) -> list[Cell]:
        model, how = compared.model, compared.trained
        answers, speed = measurements.answers(model), measurements.speed(model)
        told = str(how).replace(how.dataset, shortened(how.dataset, DATASET))
        words = (
            *size_cells(measures(compared.network)),
            "untrained" if model is None else told,
            "–" if answers is None else percent(answers.accuracy),
            "–" if speed is None else number(speed.epoch, 1),
            "–" if speed is None else number(1000 * speed.digit, 2),
        )
        tip = f"{compared.name}: {compared.weights}, {how}" if model else "untrained"
        name = shortened(compared.name, NAME if self._on_stage else BROAD_NAME)
        weights = Cell(shortened(compared.weights, NAME))
        picture = Sample(compared.place)
        row = [Cell(), Cell(picture=picture), Cell(name, tip), weights]
        return row + [Cell(text, side=RIGHT) for text in words]

    def _show_choice(self, at: int, compared: ComparedNetwork) -> None:
        """Show a box of the weights' titles to choose from, if there are several."""
        place, titles = self.model().index(at, WEIGHTS), [each.title for each in compared.choices]
        box = self.indexWidget(place)
        if len(titles) < 2 or self._on_stage:
            if box is not None:
                self.setIndexWidget(place, cast(QWidget, None))
            return
        if not isinstance(box, ComboBox):
            tip = f"Which weights of {compared.name} are compared"
            box = ComboBox(f"Weights of {compared.name}", tip, small=True)
            box.activated.connect(partial(self._on_weights, compared.name, box))
            self.setIndexWidget(place, box)
        with QSignalBlocker(box):
            if [box.itemData(at) for at in range(box.count())] != titles:
                box.clear()
                for title in titles:
                    box.addItem(shortened(title, NAME), title)
            box.setCurrentIndex(titles.index(compared.weights))

    def fit(self) -> None:
        super().fit()
        self.every.setVisible(not self._on_stage)
        self.every.adjustSize()
        self.every.move(0, self.horizontalHeader().height() - self.every.height())

    def wide(self, column: int, cells: Sequence[int]) -> int:
        """Return the width of a column; that of the boxes has the one for all of them, too."""
        if column != CHOSEN:
            return super().wide(column, cells)
        return 0 if self._on_stage else self.every.sizeHint().width() + self.gap

    def minimumSizeHint(self) -> QSize:
        """Return the room of the columns that always stay."""
        return QSize(self.theme.px(200), self.sizeHint().height())

    # The user

    @property
    def wanted(self) -> list[str]:
        """The names of the networks to be trained."""
        return [name for name, wanted in self._wanted.items() if wanted]

    def _want(self, *names: str) -> None:
        """Choose networks, or none of them if all are chosen."""
        wanted = not all(self._wanted[name] for name in names)
        self._wanted.update(dict.fromkeys(names, wanted))
        self._show_wanted()
        self.wanted_changed.emit()

    def _on_every(self) -> None:
        self._want(*self._wanted)

    def _on_weights(self, name: str, box: ComboBox, at: int) -> None:
        self.weights_chosen.emit(name, box.itemData(at))

    def as_text(self) -> str:
        """Return the table with all columns as tab-separated values."""
        rows = [self.model().headings, *self._rows.values()]
        return "\n".join(
            "\t".join(cell.text.replace("\n", " ") for cell in cells[NETWORK:]) for cells in rows
        )


def headings(dataset: str) -> list[Cell]:
    """Return the heading of every column."""
    which = "Built in, or of a run of this network: where both are, choose"
    names = [name.replace(" on ", "\non ") for name in headings_on(dataset)]
    made = [
        Cell(name, tip, role="caption", side=HEAD_RIGHT)
        for name, tip in zip(names, TIPS, strict=True)
    ]
    first = replace(made[0], side=HEAD_LEFT)
    return [
        Cell(),
        Cell(),
        first,
        Cell("Weights", which, role="caption", side=HEAD_LEFT),
        *made[1:],
    ]
