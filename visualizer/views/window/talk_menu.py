"""The entries of the Present menu: the talk, its file, and going through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMainWindow

from visualizer.core.talk.stop import Stop
from visualizer.session.kept_stop import kept_stop
from visualizer.session.session import Session
from visualizer.system.notice import Notice, Undo
from visualizer.views.base.look import Look
from visualizer.views.page import Action, Page, Stage
from visualizer.views.talk.dialog import TalkDialog
from visualizer.views.talk.files import TalkFiles
from visualizer.views.widgets.controls import IconButton
from visualizer.views.window.all_stops import AllStops
from visualizer.views.window.save_handout import SaveHandout
from visualizer.views.window.screen import Screen
from visualizer.views.window.talking import Talking


class TalkMenu:
    """What the Present menu offers on every page, and what it does.

    Attributes
    ----------
    in_focus : callable
        Returns the page in view and the stage of the panel that has the keyboard.
    read : Action
        Reads the talk in the window, or ends that.
    open : Action
        Asks for a talk's file; the files of earlier talks stand below it.
    """

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        session: Session,
        talking: Talking,
        all_stops: AllStops,
        *,
        handout: SaveHandout,
        room: Screen,
        in_focus: Callable[[], tuple[Page, Stage]],
    ) -> None:
        self._window, self._look, self._session = window, look, session
        self._talking, self._all_stops = talking, all_stops
        self._room, self._in_focus, self.handout = room, in_focus, handout
        self._dialog: TalkDialog | None = None
        self.files = TalkFiles(window, session.talk)
        in_present, deck = partial(Action, menu="&Present"), talking.deck
        self.read = in_present(
            "&Read the talk",
            talking.set_on,
            explain="read the talk stop by stop, in this window",
            checked=lambda: deck.on and not look.theme.present,
        )
        self.open = in_present("&Open talk …", self.files.choose, separated=True)
        session.talk.opened.connect(self._on_opened)

    def actions(
        self,
        present: Callable[[bool], None],
        present_elsewhere: Callable[[], None],
        button: IconButton,
    ) -> Sequence[Action]:
        """Return the commands; `present` begins and ends Present mode, as `button` does."""
        deck, look = self._talking.deck, self._look
        in_present = partial(Action, menu="&Present")
        return (
            in_present(
                "&Present mode",
                present,
                keys=("F5",),
                explain="present the talk, large enough for the back row; Esc ends it",
                button=button,
                checked=lambda: look.theme.present,
            ),
            in_present(
                "Present on the ne&xt screen",
                present_elsewhere,
                keys=("Shift+F5",),
                explain="present on the next screen (where there are several)",
                available=lambda: self._room.several,
            ),
            self.read,
            in_present(
                "&All stops",
                self._all_stops.show,
                keys=("O",),
                explain="all stops of the talk as small pictures (a number and Enter goes to one)",
                checked=lambda: self._all_stops.shown,
                available=lambda: deck.on,
                separated=True,
            ),
            in_present(
                "Capt&ions",
                self._talking.strip.show_captions,
                keys=("T",),
                explain="the words of each stop below the stage",
                checked=lambda: self._talking.strip.captions,
            ),
            in_present(
                "Re&veal",
                self._talking.reveal,
                keys=("A",),
                explain="show the answer for this digit, or what a stop asks for",
            ),
            in_present(
                "&Keep this view",
                self.keep,
                keys=("K",),
                explain="keep what is in view as a stop of the talk",
                separated=True,
            ),
            in_present(
                "S&tops …",
                self.show_stops,
                keys=("Ctrl+T",),
                explain="the stops of the talk: their order, their words, their file",
            ),
            self.open,
            in_present("&Save talk", self.files.save),
            in_present("Save talk as &…", self.files.save_as),
            in_present("Save &handout …", self.handout.ask),
            in_present("The &built-in talk", self._session.talk.begin_built_in),
            replace(self.read, menu="&Help"),
        )

    @property
    def dialog(self) -> TalkDialog:
        """The list of stops; it is made at the first call."""
        if self._dialog is None:
            self._dialog = TalkDialog(
                *(self._look, self._session, self._window), view=self._view, keep=self.keep
            )
            self._dialog.asked.connect(self.go_to)
            self._dialog.editing.moved.connect(self._on_selected)
        return self._dialog

    def show_stops(self) -> None:
        """Show the list of stops, beside this window."""
        self.dialog.open_window()

    def go_to(self, at: int) -> None:
        """Show a stop in the window."""
        self._session.talk.go_to(at)
        self._talking.set_on(True)

    def _on_selected(self, at: int) -> None:
        """Have what is kept come behind the stop that is prepared, unless another is shown."""
        if not self._talking.deck.on:
            self._session.talk.go_to(at)

    def _on_opened(self) -> None:
        """Begin to read a talk that was opened; one under way has its first stop in view by now."""
        if not self._talking.deck.on:
            self._talking.set_on(True)

    def _view(self) -> tuple[Stop, Mapping[str, bytes]]:
        """Return what is in view as a stop, and its files."""
        page, stage = self._in_focus()
        return kept_stop(self._session, stage.title, page.shown_settings())

    def keep(self) -> None:
        """Add what is in view to the talk as a stop, after the one where it is."""
        stop, files = self._view()
        talk = self._session.talk
        talk.keep(stop, files)
        told = f"Kept as stop {talk.at + 1} of “{talk.talk.title}”: {stop.stage}."
        self._session.noticed.emit(Notice(told, action=Undo(talk.undo)))
