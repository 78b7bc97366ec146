"""TableGrid: a line per network, in as many whole columns as fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from visualizer.compare.measurements import Measurements
from visualizer.compare.networks import ComparedNetwork
from visualizer.core.network.measures import HEADINGS, headings_on, measures, size_cells
from visualizer.text.numbers import as_tip, number, percent, shortened
from visualizer.views.base.constants import LEFT, RIGHT
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.curves.plot import run_pen
from visualizer.views.widgets.buttons import CheckBox, ComboBox

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
WEIGHTS = 3  # column of the choice of weights; the name has 2, heading n has n + 4
ACCURACY = HEADINGS.index("Accuracy")
TRAINED = HEADINGS.index("Trained")


class CurveSample(Panel):
    """A sample of the line of a network's curves."""

    def __init__(self, look: Look, key: int) -> None:
        super().__init__(look)
        self._key = key
        sized(look, self, width=22, height=14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(run_pen(self.theme, self._key, 1.6 * self.theme.zoom))
        middle = self.height() // 2
        painter.drawLine(1, middle, self.width() - 1, middle)


class TableGrid(Panel):
    """A table that leaves out its least needed columns rather than cut a number.

    Signals
    -------
    wanted_changed
        The choice of networks to be trained has changed.
    weights_chosen : str, str
        A network's name, and the title of the weights to be compared.
    refitted
        More or fewer columns are shown.
    """

    wanted_changed = Signal()
    weights_chosen = Signal(str, str)
    refitted = Signal()

    def __init__(self, look: Look, on_stage: bool) -> None:
        super().__init__(look)
        self._on_stage = on_stage
        self._networks: list[object] = []
        self._columns: dict[int, list[QWidget]] = {}
        self.left_out = 0
        self.checks: dict[str, CheckBox] = {}
        self.cells: dict[str, list[QLabel]] = {}
        self.weights: dict[str, QComboBox | QLabel] = {}
        self.headings: list[QLabel] = []
        self.every = CheckBox("all", "Choose all networks to be trained, or none")
        self.every.setParent(self)
        self.every.clicked.connect(self._on_every)
        across, down = (12, 12) if on_stage else (20, 5)
        self._grid = Grid(look, across=across, down=down)
        self.setLayout(self._grid)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the columns that always stay."""
        return QSize(self.theme.px(200), self._grid.minimumSize().height())

    # What is shown

    def show_rows(
        self, networks: Sequence[ComparedNetwork], measurements: Measurements, dataset: str
    ) -> None:
        """Show these networks, and their measurements on a data set."""
        if [each.network for each in networks] != self._networks:
            self._networks = [each.network for each in networks]
            self._make(networks)
        for text, heading in zip(
            headings_on(shortened(dataset, DATASET)), self.headings, strict=True
        ):
            heading.setText(text.replace(" on ", "\non "))
        for compared in networks:
            self._show_row(compared, measurements)
        self._fit()

    def _make(self, networks: Sequence[ComparedNetwork]) -> None:
        """Make the rows anew; keep which networks are to be trained."""
        wanted, known = set(self.wanted), set(self.checks)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) and widget is not self.every:
                widget.hide()
                widget.deleteLater()
        self.checks, self.cells, self.weights, self._columns = {}, {}, {}, {}
        self._make_headings()
        for row, compared in enumerate(networks, start=1):
            name = compared.name
            check = CheckBox(tip=f"Train {name}")
            check.setAccessibleName(f"Train {name}")
            check.setChecked(compared.model is None if name not in known else name in wanted)
            check.toggled.connect(self.wanted_changed)
            self.checks[name] = check
            self._grid.addWidget(check, row, 0)
            check.setVisible(not self._on_stage)
            self._grid.addWidget(CurveSample(self.look, compared.place), row, 1)
            cells = [label(shortened(name, NAME if self._on_stage else BROAD_NAME))]
            cells += [label(text) for text in size_cells(measures(compared.network))]
            cells += [label("–") for _ in HEADINGS[len(cells) :]]
            self.cells[name] = cells
            for column, cell in enumerate(cells):
                self._add(cell, row, column, RIGHT if column else LEFT)

    def _make_headings(self) -> None:
        self.headings = [label(heading, "caption") for heading in HEADINGS]
        for column, (head, tip) in enumerate(zip(self.headings, TIPS, strict=True)):
            head.setToolTip(tip)
            side = HEAD_RIGHT if column else HEAD_LEFT
            head.setAlignment(side)
            self._add(head, 0, column, side)
        which = label("Weights", "caption")
        which.setToolTip("Built in, or of a run of this network: where both are, choose")
        self._grid.addWidget(which, 0, WEIGHTS, HEAD_LEFT)
        self._grid.addWidget(self.every, 0, 0, HEAD_LEFT)
        self.every.setVisible(not self._on_stage)
        self._grid.setColumnStretch(len(HEADINGS) + 4, 1)

    def _add(self, widget: QWidget, row: int, column: int, side: Qt.AlignmentFlag) -> None:
        self._columns.setdefault(column, []).append(widget)
        self._grid.addWidget(widget, row, column + 4 if column else 2, side)

    def _show_row(self, compared: ComparedNetwork, measurements: Measurements) -> None:
        model, cells = compared.model, self.cells[compared.name]
        answers, speed = measurements.answers(model), measurements.speed(model)
        how = compared.trained
        told = str(how).replace(how.dataset, shortened(how.dataset, DATASET))
        cells[TRAINED].setText("untrained" if model is None else told)
        cells[ACCURACY].setText("–" if answers is None else percent(answers.accuracy))
        cells[ACCURACY + 1].setText("–" if speed is None else number(speed.epoch, 1))
        cells[ACCURACY + 2].setText("–" if speed is None else number(1000 * speed.digit, 2))
        tip = f"{compared.name}: {compared.weights}, {how}" if model else "untrained"
        cells[0].setToolTip(as_tip(tip))
        self._show_weights(compared)

    def _show_weights(self, compared: ComparedNetwork) -> None:
        """Show the weights' title, in a box to choose from if there are several."""
        titles = [each.title for each in compared.choices]
        choice = len(titles) > 1 and not self._on_stage
        there = self.weights.get(compared.name)
        if there is None or isinstance(there, QComboBox) != choice:
            there = self._replace_weights(compared.name, there, choice)
        if isinstance(there, QLabel):
            there.setText(shortened(compared.weights, NAME))
            return
        with QSignalBlocker(there):
            if [there.itemData(at) for at in range(there.count())] != titles:
                there.clear()
                for title in titles:
                    there.addItem(shortened(title, NAME), title)
            there.setCurrentIndex(titles.index(compared.weights))

    def _replace_weights(
        self, name: str, there: QWidget | None, choice: bool
    ) -> QComboBox | QLabel:
        if there is not None:
            there.hide()
            there.deleteLater()
        made: QComboBox | QLabel = label("–")
        if choice:
            tip = f"Which weights of {name} are compared"
            made = ComboBox(f"Weights of {name}", tip, small=True)
            made.activated.connect(partial(self._on_weights, name))
        self.weights[name] = made
        self._grid.addWidget(made, 1 + list(self.cells).index(name), WEIGHTS, LEFT)
        return made

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        """Leave out columns, the least needed first, until the others fit."""
        if not self._columns:
            return
        gap = self._grid.horizontalSpacing()
        wide = {column: self._wide(widgets) + gap for column, widgets in self._columns.items()}
        first = 0 if self._on_stage else self._wide([*self.checks.values(), self.every]) + gap
        spare = self.width() - self.theme.px(22) - gap - first
        spare -= self._wide(list(self.weights.values())) + gap + sum(wide.values())
        out = set()
        for heading in FIRST_TO_GO:
            if spare < 0:
                column = HEADINGS.index(heading)
                out.add(column)
                spare += wide[column]
        for column, widgets in self._columns.items():
            for widget in widgets:
                widget.setVisible(column not in out)
        if len(out) != self.left_out:
            self.left_out = len(out)
            self.refitted.emit()

    @staticmethod
    def _wide(widgets: Sequence[QWidget]) -> int:
        for widget in widgets:
            widget.ensurePolished()
        return max((widget.sizeHint().width() for widget in widgets), default=0)

    # The user

    @property
    def wanted(self) -> list[str]:
        """The names of the networks to be trained."""
        return [name for name, check in self.checks.items() if check.isChecked()]

    def _on_every(self) -> None:
        """Choose all networks, or none if all were chosen."""
        wanted = len(self.wanted) < len(self.checks)
        for check in self.checks.values():
            check.setChecked(wanted)
        self.wanted_changed.emit()

    def _on_weights(self, name: str, row: int) -> None:
        box = self.weights[name]
        if isinstance(box, QComboBox):
            self.weights_chosen.emit(name, box.itemData(row))

    def as_text(self) -> str:
        """Return the table with all columns as tab-separated values."""
        headings = [head.text().replace("\n", " ") for head in self.headings]
        lines = [(*headings[:1], "Weights", *headings[1:])]
        for name, row in self.cells.items():
            box = self.weights[name]
            which = box.currentText() if isinstance(box, QComboBox) else box.text()
            first, *others = (cell.text() for cell in row)
            lines.append((first, which, *others))
        return "\n".join(map("\t".join, lines))
