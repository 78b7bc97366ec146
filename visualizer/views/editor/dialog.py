"""EditorDialog: a network row by row, with its sizes and problems after every key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from visualizer.core.editing.draft import Draft
from visualizer.core.editing.problem import Problem
from visualizer.core.editing.remedies import remedy_text
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.spec import LONGEST_NAME
from visualizer.session.editor import EditorModel
from visualizer.session.epoch_trial import KEY, EpochTrial
from visualizer.session.session import Session
from visualizer.text.numbers import as_tip, count
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.editor.file_menu import FileMenu
from visualizer.views.editor.table import RowTable
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.look_dialog import LookDialog
from visualizer.views.widgets.text_field import TextField

BYTES = 4  # per parameter


class EditorDialog(LookDialog):
    """The network editor; closed, it keeps what was typed until another network is begun from."""

    def __init__(self, look: Look, session: Session, parent: QWidget) -> None:
        super().__init__(look, parent, QSize(1020, 620))
        self.setWindowTitle("Edit network")
        self._session, look = session, self.look
        self.model = EditorModel(session.network, session.own, self)
        self.name = TextField("Name of the network", LONGEST_NAME)
        undo, redo = self.model.undo, self.model.redo
        self.undo_button = IconButton(look, "undo", "Undo (Ctrl+Z)", act=undo)
        self.redo_button = IconButton(look, "redo", "Redo (Ctrl+Y)", act=redo)
        self.presets, self.add, self.more = (
            Button(text) for text in ("Begin from", "Add layer", "File and code")
        )
        self.table = RowTable(look)
        self.why = label("", "badge", wraps=True)
        self.take = Button(act=self._on_take)
        self.totals, self.speed = Elided(name="heading"), Elided(name="caption")
        self.close_button = Button("Close", act=self.reject)
        self.train = Button("Train it", act=self._on_train)
        self.use = Button("Show it", act=self._on_use)
        self.trial = EpochTrial(session, self)
        self._menus()
        self._lay_out()
        self._connect()
        self._show()
        self.begin()

    def _menus(self) -> None:
        presets, add = QMenu(self), QMenu(self)
        self.files = FileMenu(self.model, self._session, self)
        for name in NETWORKS:
            presets.addAction(name).triggered.connect(partial(self._on_preset, name))
        for kind in LAYERS:
            add.addAction(kind).triggered.connect(partial(self.add_layer, kind))
        for button, menu in ((self.presets, presets), (self.add, add), (self.more, self.files)):
            button.setMenu(menu)

    def _lay_out(self) -> None:
        name, in_row = label("Name", "caption"), partial(row, self.look, spacing=8)
        acts = (self.presets, self.more, self.undo_button, self.redo_button)
        whole = column(
            self.look,
            in_row(name, (self.name, 1), *acts),
            (self.table, 1),
            in_row(self.add, (self.totals, 1)),
            in_row((self.why, 1), self.take),
            in_row((self.speed, 1), self.close_button, self.use, self.train),
            spacing=10,
            margins=12,
        )
        self.setLayout(whole)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
        self.train.setDefault(True)

    def _connect(self) -> None:
        table, session = self.table, self._session
        model = self.model
        table.typed.connect(model.type_setting)
        table.kind_chosen.connect(model.choose_kind)
        table.moved.connect(self._on_moved)
        table.removed.connect(model.remove)
        table.remedy_taken.connect(model.take)
        model.changed.connect(self._show)
        self.name.textEdited.connect(model.type_name)
        self.trial.changed.connect(self._show_speed)
        self.files.told.connect(self.speed.show_text)
        session.runs.stateChanged.connect(self._on_news)
        session.runs.setupChanged.connect(self._on_news)
        session.source.changed.connect(self._on_news)
        undo, redo = model.undo, model.redo
        for keys, act in (("Ctrl+Z", undo), ("Ctrl+Y", redo), ("Ctrl+Shift+Z", redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # What can be done

    @property
    def draft(self) -> Draft:
        return self.model.draft

    def open_for(self, network: Network) -> None:
        """Show the editor with what was typed before, else with the network in view."""
        self.model.look_at(network)
        self.open_window()

    def add_layer(self, kind: str, checked: bool = False) -> None:
        """Add a layer below the row that has the keyboard, else above the last row."""
        self.table.focus(self.model.add(kind, self.table.current))

    def _on_moved(self, row: int, by: int) -> None:
        column = self.table.place[1]
        self.model.move(row, by)
        self.table.focus(row + by, column)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, KEY)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)
        self.trial.stop()

    def _show(self) -> None:
        draft = self.draft
        if self.name.text() != draft.name:
            self.name.setText(draft.name)
        self.table.show_draft(draft)
        network = draft.network
        self.undo_button.setEnabled(bool(self.model.steps.past))
        self.redo_button.setEnabled(bool(self.model.steps.future))
        self._show_whole(self.model.whole)
        parameters = draft.examined.network.parameter_count
        megabytes = f"{parameters * BYTES / 1e6:.2f} MB"
        whole = f"{count(parameters)} parameters ({megabytes})"
        self.totals.show_text(
            f"{whole} · {count(draft.multiply_adds)} multiply-adds a digit", whole
        )
        problems = self.model.problems
        for button in (self.use, self.train):
            button.setEnabled(not problems)
            button.setToolTip(as_tip(str(problems[0])) if problems else "")
        if self.isVisible():
            self.trial.show_network(network)
        self._show_speed()

    def _show_whole(self, problem: Problem | None) -> None:
        """Show the problem of the network as a whole, if there is one."""
        for widget in (self.why, self.take):
            widget.setVisible(problem is not None)
        if problem is None:
            return
        place = problem.place[0].upper() + problem.place[1:]
        self.why.setText(f"{place}: {problem.reason}")
        self.take.setText(remedy_text(problem))
        self.take.setVisible(bool(self.take.text()))

    def _show_speed(self) -> None:
        if wrong := len(self.model.problems):
            rows = f"{wrong} thing{'s' if wrong != 1 else ''}"
            self.speed.show_text(f"Train is off: {rows} to be put right first.", f"{rows} wrong")
        else:
            words = self.trial.words
            self.speed.show_text(words, words.partition(" on this")[0])

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self.trial.show_network(self.draft.network)

    # The user

    def _on_take(self) -> None:
        problem = self.model.whole
        if problem is not None:
            self.model.take(problem)

    def _on_preset(self, name: str, checked: bool = False) -> None:
        self.model.begin(Draft.of(named(name)))

    def _on_use(self) -> None:
        network = self.draft.network
        if network is not None and not self.model.problems:
            self.model.settle()
            self._session.own.add(network)
            self._session.show_network(network)
            self.accept()

    def _on_train(self) -> None:
        self._on_use()
        session = self._session
        if not (session.runs.moving or session.runs.goes_on):
            session.train_or_pause()
