"""TalkDialog: the stops of the talk in a window of their own, to prepare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from visualizer.core.talk.stop import Stop
from visualizer.core.talk.texts import LONGEST
from visualizer.session.session import Session
from visualizer.session.stop_editing import TALK, StopEditing
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.talk.files import TalkFiles
from visualizer.views.talk.form import StopForm
from visualizer.views.talk.table import StopTable
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.look_dialog import LookDialog
from visualizer.views.widgets.text_field import TextField, show_wrong

FORM = 380  # pixels at zoom 1
View = Callable[[], tuple[Stop, Mapping[str, bytes]]]


class TalkDialog(LookDialog):
    """The list of stops and the form of one; the window behind it stays in use.

    Signals
    -------
    asked : int
        A stop is to be shown in the window.
    """

    asked = Signal(int)

    def __init__(
        self, look: Look, session: Session, parent: QWidget, *, view: View, keep: Callable[[], None]
    ) -> None:
        """Make it; `view` returns what is in view as a stop, and `keep` adds that to the talk."""
        super().__init__(look, parent, QSize(1020, 620))
        look, talk = self.look, session.talk
        self.talk, self._view = talk, view
        self.editing = editing = StopEditing(talk, self)
        self.files = TalkFiles(self, talk)
        self.title = TextField("Title of the talk", LONGEST["title"])
        self.why = label("", "badge", wraps=True)
        self.file = Button("File")
        self.undo = IconButton(look, "undo", "Undo (Ctrl+Z)", act=talk.undo)
        self.redo = IconButton(look, "redo", "Redo (Ctrl+Y)", act=talk.redo)
        self.table = StopTable(look)
        self.up, self.down = (
            IconButton(look, f"move-{way}", f"Move the stop {way} (Alt+{key})", act=act)
            for way, key, act in (
                ("up", "↑", partial(editing.move, -1)),
                ("down", "↓", partial(editing.move, 1)),
            )
        )
        self.add = Button("Keep this view", "Add what is in view, behind this stop", keep)
        self.copy = Button("Duplicate", "A copy behind it (Ctrl+Shift+D)", editing.duplicate)
        self.remove = Button("Delete", "Take the stop out (Del)", editing.remove)
        self.form = StopForm(look, editing)
        self.facts = Elided(name="caption")
        self.close_button = Button("Close", act=self.reject)
        self._lay_out()
        self._make_keys()
        self._connect()
        self.show_talk()
        self.begin()
        self.table.setFocus()

    def _lay_out(self) -> None:
        look, in_row = self.look, partial(row, self.look, spacing=8)
        head = in_row(label("Talk", "caption"), (self.title, 1), self.file, self.undo, self.redo)
        acts = in_row(self.add, self.copy, self.remove, self.up, self.down, 1)
        stops = column(look, (self.table, 1), acts, spacing=8)
        across = row(look, (stops, 1), sized(look, self.form, width=FORM), spacing=20)
        foot = in_row((self.facts, 1), self.close_button)
        self.setLayout(column(look, head, self.why, (across, 1), foot, spacing=10, margins=12))
        menu = QMenu(self)
        for text, act in (
            ("&New talk", self.talk.begin_new),
            ("&Open …", self.files.choose),
            ("&Save", self.files.save),
            ("Save &as …", self.files.save_as),
            ("The &built-in talk", self.talk.begin_built_in),
        ):
            menu.addAction(text).triggered.connect(act)
        self.file.setMenu(menu)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def _make_keys(self) -> None:
        editing, talk, files = self.editing, self.talk, self.files
        for keys, act in (
            ("Ctrl+Z", talk.undo),
            ("Ctrl+Y", talk.redo),
            ("Ctrl+Shift+Z", talk.redo),
            ("Alt+Up", partial(editing.move, -1)),
            ("Alt+Down", partial(editing.move, 1)),
            ("Ctrl+Shift+D", editing.duplicate),
            ("Ctrl+N", talk.begin_new),
            ("Ctrl+O", files.choose),
            ("Ctrl+S", files.save),
            ("Ctrl+Shift+S", files.save_as),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _connect(self) -> None:
        table, form, editing = self.table, self.form, self.editing
        table.selected.connect(editing.select)
        table.removed.connect(editing.remove)
        table.chapter_named.connect(editing.rename_chapter)
        for asks in (table.asked, form.asked):
            asks.connect(self._on_asked)
        form.view_wanted.connect(self._on_view)
        self.title.textEdited.connect(partial(editing.type, TALK))
        editing.changed.connect(self.show_talk)

    def show_talk(self) -> None:
        """Show the talk as it is now."""
        editing, talk = self.editing, self.talk
        stops = editing.stops
        told = {at: editing.refused_of(stop) for at, stop in enumerate(stops)}
        wrong = {at: next(iter(of.values())).why for at, of in told.items() if of}
        self.table.show_stops(stops, editing.at, wrong)
        self.title.show_text(editing.text(TALK))
        refused = editing.refused(TALK)
        self.why.setText(refused.why if refused is not None else "")
        self.why.setVisible(refused is not None)
        show_wrong(self.title, refused is not None)
        for button, on in (
            (self.undo, talk.undoes),
            (self.redo, talk.redoes),
            (self.copy, bool(stops)),
            (self.remove, bool(stops)),
            (self.up, editing.at > 0),
            (self.down, editing.at + 1 < len(stops)),
        ):
            button.setEnabled(on)
        self._show_facts()

    def _show_facts(self) -> None:
        talk = self.talk
        name = talk.path.name if talk.path is not None else talk.talk.title
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')}[*] – Stops")
        self.setWindowModified(talk.unsaved)
        stops = len(talk.talk.stops)
        chapters = len({stop.chapter for stop in talk.talk.stops} - {""})
        counted = f"{stops} stop{'s' * (stops != 1)}"
        counted += f", {chapters} chapter{'s' * (chapters != 1)}" if chapters else ""
        kept = "not saved; kept for the next start" if talk.unsaved else str(talk.path or "")
        kept = "the built-in talk: what you change becomes your own" if talk.built_in else kept
        self.facts.show_text(" · ".join(filter(None, (counted, kept))), counted)

    # The user

    def _on_asked(self) -> None:
        if self.editing.stop is not None:
            self.asked.emit(self.editing.at)

    def _on_view(self) -> None:
        self.editing.show(*self._view())
