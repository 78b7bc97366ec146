"""StopForm: the words of the selected stop, what it asks for, and in words what it shows."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel

from visualizer.core.talk.stop import Stop
from visualizer.core.talk.texts import LONGEST, MOST_SENTENCES, in_one_line, sentences
from visualizer.session.stop_editing import Refused, StopEditing
from visualizer.text.stops import shown_by
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, column, held, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.buttons import Button, ComboBox
from visualizer.views.widgets.text_field import TextField, WordsField, show_wrong

ASKS = {
    "": "Nothing",
    "answer": "The answer",
    "sum": "The sum",
    "size": "The output size",
    "filter": "The filter",
}
BEGINS = {"wait": "Waits for you", "play": "Plays by itself"}
WORD_LINES = 5
NO_STOP = (
    "There is no stop yet. Show in the window what you want to talk about, and press K there: "
    "the view is kept as a stop. Or open a talk."
)


class StopForm(Panel):
    """The fields of the stop that is prepared; a text that cannot be stays, and says why.

    Signals
    -------
    view_wanted
        The stop is to show what is in view.
    asked
        The stop is to be shown in the window.
    """

    view_wanted = Signal()
    asked = Signal()

    def __init__(self, look: Look, editing: StopEditing) -> None:
        super().__init__(look)
        self._editing = editing
        self.none = label(NO_STOP, "soft", wraps=True)
        self.title = TextField("Title of the stop", LONGEST["title"])
        self.words = WordsField(look, "Caption", WORD_LINES)
        self.chapter = ComboBox("Chapter", "The part of the talk that it belongs to; empty: none")
        self.chapter.setEditable(True)
        self.chapter.setLineEdit(chapter := TextField("Chapter", LONGEST["chapter"]))
        self.chapter.setCompleter(None)  # type: ignore[arg-type]
        self.ask = ComboBox("What it asks for", "Hidden until A reveals it", ASKS.values())
        self.begin = ComboBox("How it begins", "Whether a window slides, or training begins")
        self.begin.addItems(list(BEGINS.values()))
        self.counted, self.why = (label("", name, wraps=True) for name in ("caption", "badge"))
        self.shows = label("", "told", wraps=True)
        self.shows.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.take = Button("Set to what is in view", act=self.view_wanted)
        self.go = Button("Go there", "Show this stop in the window (Enter in the list)", self.asked)
        self._lay_out()
        self.title.textEdited.connect(self._on_title)
        self.words.textChanged.connect(self._on_words)
        chapter.textEdited.connect(self._on_chapter)
        self.chapter.textActivated.connect(self._on_chapter)
        self.ask.activated.connect(self._on_chosen)
        self.begin.activated.connect(self._on_chosen)
        editing.changed.connect(self.show_stop)
        self.show_stop()

    def _lay_out(self) -> None:
        names = {
            "Title": self.title,
            "Caption": self.words,
            "": self.counted,
            "Chapter": self.chapter,
            "Asks for": self.ask,
            "Begins": self.begin,
            "Shows": self.shows,
        }
        rows = [(_named(name), widget) for name, widget in names.items()]
        grid = Grid(self.look, *rows, across=12, down=8)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows), 1)
        for name, widget in rows:
            if widget in (self.words, self.shows):
                grid.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        buttons = row(self.look, 1, self.take, self.go, spacing=8)
        fields = column(self.look, (grid, 1), self.why, buttons, spacing=8)
        self._fields = held(fields)
        self.setLayout(column(self.look, self.none, (self._fields, 1), spacing=0))

    # What is shown

    def show_stop(self) -> None:
        """Show the stop that is prepared, or how there comes to be one."""
        editing, stop = self._editing, self._editing.stop
        self.none.setVisible(stop is None)
        self._fields.setVisible(stop is not None)
        shown = stop or Stop("")
        self.title.show_text(editing.text("title"))
        self.title.setPlaceholderText(shown.stage)
        words = editing.text("words")
        if in_one_line(self.words.toPlainText()) != in_one_line(words):
            with QSignalBlocker(self.words):
                self.words.setPlainText(words)
        self._show_chapter(editing.text("chapter"))
        self.ask.setCurrentText(ASKS[shown.ask])
        self.begin.setCurrentText(BEGINS[shown.begin])
        told = shown_by(stop) if stop is not None else []
        self.shows.setText("\n".join(f"{what}: {how}" for what, how in told))
        self._show_refused()

    def _show_chapter(self, name: str) -> None:
        chapters = list(dict.fromkeys(stop.chapter for stop in self._editing.stops if stop.chapter))
        with QSignalBlocker(self.chapter):
            typed = self.chapter.currentText()
            if [self.chapter.itemText(at) for at in range(self.chapter.count())] != chapters:
                self.chapter.clear()
                self.chapter.addItems(chapters)
            kept = in_one_line(typed) == in_one_line(name)
            self.chapter.setEditText(typed if kept else name)

    def _show_refused(self) -> None:
        """Show what cannot be beside its field, and count the caption's sentences."""
        editing = self._editing
        refused = {name: editing.refused(name) for name in ("title", "words", "chapter")}
        for field, name in ((self.title, "title"), (self.chapter, "chapter")):
            show_wrong(field, refused[name] is not None)
        self._show_count(refused.pop("words"))
        why = [each.why for each in refused.values() if each is not None]
        self.why.setText(" ".join([*why, editing.trouble]).strip())
        self.why.setVisible(bool(self.why.text()))

    def _show_count(self, refused: Refused | None) -> None:
        text = in_one_line(self.words.toPlainText())
        number, most = sentences(text), LONGEST["words"]
        counted = f"{number} of {MOST_SENTENCES} sentences · {len(text)} of {most} signs"
        if refused is not None:
            counted = f"{refused.why} It is not in the talk yet."
        show_wrong(self.words, refused is not None)
        self.counted.setText(counted)
        self.counted.setProperty("kind", "error" if refused is not None else "")
        self.counted.style().polish(self.counted)

    # The user

    def _on_title(self, text: str) -> None:
        self._editing.type("title", text)

    def _on_words(self) -> None:
        self._editing.type("words", self.words.toPlainText())

    def _on_chapter(self, text: str) -> None:
        self._editing.type("chapter", text)

    def _on_chosen(self, index: int) -> None:
        asks, begins = list(ASKS), list(BEGINS)
        ask, begin = asks[self.ask.currentIndex()], begins[self.begin.currentIndex()]
        self._editing.choose(ask=ask, begin=begin)


def _named(name: str) -> QLabel:
    return label(name, "caption")
