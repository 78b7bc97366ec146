"""TableView: the sizes, accuracy and speed of every network, and which of them to train."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
)

from visualizer.comparing.comparison import Comparison
from visualizer.comparing.contenders import Contender
from visualizer.comparing.findings import ANSWERS, SPEEDS
from visualizer.comparing.says import objections
from visualizer.core.measures import HEADINGS, measures, size_cells
from visualizer.views.compare.line_plot import DASHES
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pressed import Button, Check
from visualizer.views.widgets.text import number, percent, shortened
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import Elided, label

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MINE = (ANSWERS, SPEEDS)
TIPS = (
    "",
    "Numbers that are learnt",
    "Rows × columns × channels of the last feature map",
    "Numbers in that map: what the first dense layer gets",
    "Parameters that a Dense(512) on top of them would have",
    "Pixels of the digit that a cell of the last convolution sees",
    "Its longer side as part of that side of the digit",
    "Share of the test digits that it reads right",
    "Seconds an epoch of the recipe book takes on this machine, by a short trial",
    "Milliseconds from a digit to every number of the network, as this window computes them",
)
BROAD_NAME, NAME = 24, 16  # letters of a name
OF_IMAGE = HEADINGS.index("of image")  # which there is no room for on the stage


class Sample(Panel):
    """How a network's curves are drawn."""

    def __init__(self, look: Look, key: int) -> None:
        super().__init__(look)
        self._key = key

    def apply_theme(self, theme: Theme) -> None:
        self.setFixedSize(theme.px(22), theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.theme.run_color(self._key), 1.6 * self.theme.zoom)
        pen.setStyle(DASHES[self._key % len(DASHES)])
        painter.setPen(pen)
        middle = self.height() // 2
        painter.drawLine(1, middle, self.width() - 1, middle)


class TableView(Panel):
    """A line a network; accuracies are found out by themselves, speeds where they are asked for."""

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look)
        self._comparison, self._on_stage = comparison, on_stage
        self._shown: list[Contender] = []
        self._sought: object = None
        self.checks: dict[str, QCheckBox] = {}
        self.cells: dict[str, list[QLabel]] = {}
        self._grid = QGridLayout()
        self.says = label(objections(), "explained" if on_stage else "")
        self.says.setWordWrap(True)
        self.of = Elided(name="caption")
        self.speed = Button("Measure speed")
        self.speed.setToolTip("Measure how long an epoch and a digit take, one after the other")
        self.train = Button()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.state = Elided(name="caption")
        self.cancel = Button("Cancel")
        self._lay_out()
        self.speed.clicked.connect(self._on_speed)
        self.train.clicked.connect(self._on_train)
        self.cancel.clicked.connect(self._on_cancel)
        session = comparison.session
        for news in (
            comparison.contenders.changed,
            comparison.findings.changed,
            comparison.queue.changed,
            session.runs.setupChanged,
            session.runs.stateChanged,
            session.jobsChanged,
        ):
            news.connect(self._on_news)

    def _lay_out(self) -> None:
        self._acts = QHBoxLayout()
        for widget in (self.train, self.speed):
            self._acts.addWidget(widget)
        self._acts.addWidget(self.of, 1)
        self._under_way = QHBoxLayout()
        self._under_way.addWidget(self.state, 1)
        self._under_way.addWidget(self.progress, 1)
        self._under_way.addWidget(self.cancel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._grid)
        self._column.addLayout(self._acts)
        self._column.addLayout(self._under_way)
        self._column.addWidget(self.says)
        self._column.addStretch(1)
        for widget in (self.train, self.speed):
            widget.setVisible(not self._on_stage)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._grid.setHorizontalSpacing(px(12 if self._on_stage else 20))
        self._grid.setVerticalSpacing(px(12 if self._on_stage else 5))
        self._column.setSpacing(px(10))
        self._acts.setSpacing(px(8))
        self._under_way.setSpacing(px(8))
        self.progress.setFixedHeight(px(6))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._comparison.session.jobs.watch(self, *MINE)
        self._sought = None
        self._on_news()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._comparison.session.jobs.watch(self)

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self._show()
            self._find()

    def _find(self) -> None:
        """Accuracies are found out by themselves, once, while nothing trains."""
        comparison = self._comparison
        sought = comparison.models, comparison.findings.digits
        if sought != self._sought and not comparison.session.runs.state.moving:
            self._sought = sought
            comparison.findings.find_answers(comparison.models)

    # What is shown

    def _show(self) -> None:
        contenders = list(self._comparison.contenders.all)
        if [each.network for each in contenders] != [each.network for each in self._shown]:
            self._make(contenders)
        self._shown = contenders
        for contender in contenders:
            self._show_row(contender)
        self._show_state()

    def _make(self, contenders: list[Contender]) -> None:
        """The rows anew; which are to be trained is kept."""
        wanted = {name for name, check in self.checks.items() if check.isChecked()}
        known = set(self.checks)
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.checks, self.cells = {}, {}
        for column, (heading, tip) in enumerate(zip(HEADINGS, TIPS, strict=True)):
            head = label(heading, "caption")
            head.setToolTip(tip)
            self._grid.addWidget(head, 0, column + 2, RIGHT if column else LEFT)
            head.setHidden(self._on_stage and column == OF_IMAGE)
        self.every = Check("all")
        self.every.setToolTip("Choose all networks to be trained, or none")
        self.every.clicked.connect(self._on_every)
        self._grid.addWidget(self.every, 0, 0)
        self.every.setVisible(not self._on_stage)
        self._grid.setColumnStretch(len(HEADINGS) + 2, 1)
        for row, contender in enumerate(contenders, start=1):
            check = Check()
            check.setAccessibleName(f"Train {contender.name}")
            check.setToolTip(f"Train {contender.name}")
            new = contender.name not in known
            check.setChecked(contender.model is None if new else contender.name in wanted)
            check.toggled.connect(self._show_state)
            self.checks[contender.name] = check
            self._grid.addWidget(check, row, 0)
            check.setVisible(not self._on_stage)
            self._grid.addWidget(Sample(self.look, contender.place), row, 1)
            cells = [label(shortened(contender.name, NAME if self._on_stage else BROAD_NAME))]
            cells += [label(text) for text in size_cells(measures(contender.network))]
            cells += [label("–") for _ in range(3)]
            self.cells[contender.name] = cells
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column + 2, RIGHT if column else LEFT)
                cell.setHidden(self._on_stage and column == OF_IMAGE)

    def _show_row(self, contender: Contender) -> None:
        findings, model = self._comparison.findings, contender.model
        cells = self.cells[contender.name]
        answers, speed = findings.answers(model), findings.speed(model)
        cells[7].setText("–" if answers is None else percent(answers.accuracy))
        cells[8].setText("–" if speed is None else number(speed.epoch, 1))
        cells[9].setText("–" if speed is None else number(1000 * speed.digit, 2))
        cells[0].setToolTip("untrained" if model is None else f"{contender.name}: {model.origin}")

    def _show_state(self, news: object = None) -> None:
        comparison, runs = self._comparison, self._comparison.session.runs
        queue, findings = comparison.queue, comparison.findings
        wanted = self._wanted
        some, every = Qt.CheckState.PartiallyChecked, len(wanted) == len(self.checks)
        whole = Qt.CheckState.Checked if every else some if wanted else Qt.CheckState.Unchecked
        self.every.setCheckState(whole)
        count = f"{len(wanted)} network{'s' if len(wanted) != 1 else ''}"
        self.train.setText(f"Train {count}" if wanted else "Train …")
        self.train.setToolTip(
            f"One after the other, with the recipe {runs.recipe.title} and seed {runs.seed}"
            if wanted
            else "Choose the networks at the left of the table"
        )
        self.train.setEnabled(bool(wanted) and not queue.active)
        answering, measuring = findings.is_busy(ANSWERS), findings.is_busy(SPEEDS)
        self.speed.setEnabled(not (measuring or queue.active or runs.state.moving))
        dataset = comparison.session.source.dataset
        digits = f"{len(dataset.test):,} test digits of {dataset.name}"
        setup = f"recipe {runs.recipe.title}, seed {runs.seed}"
        said = f"accuracy on {digits}" + ("" if self._on_stage else f" · training: {setup}")
        self.of.show_text(said, f"accuracy on {digits}", f"on {dataset.name}")
        busy = queue.active or answering or measuring
        for widget in (self.state, self.progress, self.cancel):
            widget.setVisible(busy)
        self.cancel.setVisible(busy and not self._on_stage)
        if queue.active:
            at = queue.names.index(queue.current) + 1
            self.state.show_text(f"Training {queue.current}, {at} of {len(queue.names)}")
            self._show_progress(round(1000 * queue.done), 1000)
        elif busy:
            job = next(each for each in comparison.session.jobs.progress if each.key in MINE)
            self.state.show_text(job.name)
            self._show_progress(job.done, job.total)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    # The user

    @property
    def _wanted(self) -> list[str]:
        return [name for name, check in self.checks.items() if check.isChecked()]

    def _on_every(self) -> None:
        """All of them, or none where all were chosen."""
        wanted = len(self._wanted) < len(self.checks)
        for check in self.checks.values():
            check.setChecked(wanted)
        self._show_state()

    def _on_train(self) -> None:
        wanted = self._wanted
        self._comparison.queue.start([it.network for it in self._shown if it.name in wanted])

    def _on_speed(self) -> None:
        self._comparison.findings.find_speeds(self._comparison.models)

    def _on_cancel(self) -> None:
        if self._comparison.queue.active:
            self._comparison.queue.cancel()
        else:
            for key in MINE:
                self._comparison.findings.cancel(key)

    def as_text(self) -> str:
        """The table as tab-separated values."""
        rows = [list(HEADINGS), *([cell.text() for cell in row] for row in self.cells.values())]
        return "\n".join("\t".join(row) for row in rows)
