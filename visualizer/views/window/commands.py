"""Commands: what the window itself can do, as actions; files, training, looks, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from visualizer.runs.bundled import bundled_run
from visualizer.session.session import Session
from visualizer.storage.run_file import is_run_file
from visualizer.views.base.look import Look
from visualizer.views.page import Action
from visualizer.views.window.dialogs import about_dialog
from visualizer.views.window.file_dialogs import FileDialogs
from visualizer.views.window.guide.opening import GuideOpening
from visualizer.views.window.network_editing import NetworkEditing
from visualizer.views.window.picture_input import PictureInput
from visualizer.views.window.rail import Rail
from visualizer.views.window.run_bar import RunBar
from visualizer.views.window.screen import Screen

MNIST_BYTES = 11_594_722


class Commands(QObject):
    """The actions of a window, and what they do."""

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        session: Session,
        *,
        run_bar: RunBar,
        rail: Rail,
        room: Screen,
        go_back: Callable[[], None],
        present: Callable[[bool], None],
        present_elsewhere: Callable[[], None],
        stage: Callable[[bool], None],
        on_stage: Callable[[], bool],
        blank: Callable[[], None],
        spotlight: Callable[[int], None],
    ) -> None:
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._run_bar, self._rail, self._room, self._go_back = run_bar, rail, room, go_back
        self._present, self._stage, self._on_stage = present, stage, on_stage
        self._blank, self._spotlight = blank, spotlight
        self._present_elsewhere = present_elsewhere
        self.dialogs = FileDialogs(window, session)
        self.editing = NetworkEditing(window, look, session)
        self.guide = GuideOpening(window, look, self.key_table)
        self.open_folder = Action(
            *("Open &folder of digits …", self.dialogs.choose_folder, ("Ctrl+Shift+O",), "&File"),
            explain="open a folder of digits",
            separated=True,
        )
        self.download = Action(
            *(f"&Download MNIST ({MNIST_BYTES / 1e6:.1f} MB)", self._session.source.download),
            menu="&File",
        )
        self.pictures = PictureInput(window, look, session, self.open_path)
        self.actions: Sequence[Action] = (
            *self._files(),
            *self._training(),
            *self._looks(),
            *self._help(),
        )

    def _files(self) -> Sequence[Action]:
        file = "&File"
        return (
            Action(
                "&Open weights …", self.dialogs.choose_weights, ("Ctrl+O",), file, "open weights"
            ),
            Action("&Save weights …", self.dialogs.save_weights, ("Ctrl+S",), file, "save weights"),
            Action("&Built-in trained network", self.show_built_in, menu=file),
            Action("Open r&un …", self.dialogs.choose_run, menu=file, separated=True),
            Action(
                *("Sav&e run …", self.dialogs.save_run, ("Ctrl+Shift+S",), file),
                explain="save the run with its weights at many moments",
            ),
            Action("E&xport curves …", self.dialogs.export_curves, menu=file),
            Action("Open &picture as digit …", self.pictures.choose, menu=file, separated=True),
            Action(
                *("Paste pict&ure as digit", self.pictures.paste, ("Ctrl+V",), file),
                explain="a picture or a file from the clipboard as digit",
            ),
            self.open_folder,
            self.download,
            Action(
                *("&Quit", self._window.close, ("Ctrl+Q",), file, "close"),
                separated=True,
                last=True,
            ),
        )

    def _training(self) -> Sequence[Action]:
        session, bar, train = self._session, self._run_bar, "&Train"
        return (
            Action(
                *("&Train / pause", session.train_or_pause, ("Space",), train),
                *("train, pause, go on", bar.train),
            ),
            Action(
                *("Train one &batch", session.step, ("S",), train),
                *("train one batch, then pause", bar.step),
            ),
            Action(
                *("&Stop", session.stop, ("Ctrl+.",), train),
                *("stop the run; it can still go on", bar.stop),
            ),
            Action(
                *("&Reset to initial weights", session.reset, ("Ctrl+R",), train),
                *("reset to the seed's initial weights", bar.reset),
            ),
            Action(
                *("&New seed", session.new_seed, ("Ctrl+Shift+R",), train),
                explain="reset to the initial weights of another seed",
            ),
            *self._in_time(),
            self.editing.action,
        )

    def _in_time(self) -> Sequence[Action]:
        time, train = self._session.time, "&Train"
        return (
            Action(
                *("&Moment before", partial(time.step, -1), ("[",), train),
                explain="the moment of the run before the one in view",
                available=lambda: time.available,
                separated=True,
            ),
            Action(
                *("Next m&oment", partial(time.step, 1), ("]",), train),
                explain="the moment of the run after the one in view; after the last, live",
                available=lambda: time.available,
            ),
            Action(
                *("&Live", time.live, ("Shift+Esc",), train, "back to the newest weights"),
                available=lambda: time.held is not None,
            ),
            Action(
                *("&Go on from here", self._session.go_on_from_here),
                menu=train,
                available=lambda: time.held is not None,
            ),
        )

    def _looks(self) -> Sequence[Action]:
        rail, look, room, view = self._rail, self._look, self._room, "&View"
        pages = [
            Action(
                *(f"Page: {page.title}", rail.button(page).click, (f"Ctrl+{number}",), view),
                *(f"the page {page.title}", rail.button(page)),
                separated=number == 1,
            )
            for number, page in enumerate(rail.pages, start=1)
        ]
        return (
            Action(
                *("&Dark", look.set_dark, ("Ctrl+D",), view, "dark or light"),
                checked=lambda: look.theme.palette.name == "dark",
            ),
            Action(
                *("&Present mode", self._present, ("F5",), view),
                *("Present mode: large enough for the back row", self._run_bar.full_screen),
                checked=lambda: look.theme.present,
            ),
            Action(
                *("Present on the ne&xt screen", self._present_elsewhere, ("Shift+F5",), view),
                explain="Present mode on the next screen (where there are several)",
                available=lambda: room.several,
            ),
            Action(
                *("Reduce &motion", look.set_reduce_motion),
                menu=view,
                checked=lambda: look.theme.reduce_motion,
            ),
            Action(
                *("St&age: one panel in the whole window", self._stage, ("F11",), view),
                explain="the focused panel in the whole window; a double click on a title, too",
                checked=self._on_stage,
            ),
            Action(
                *("&Full screen", room.set_full, ("Shift+F11",), view, "full screen"),
                checked=self._window.isFullScreen,
            ),
            Action(
                *("&Blank screen", self._blank, ("B", "."), view),
                explain="a black screen until the next key (on the stage and in Present mode)",
                available=self._in_front,
            ),
            Action(
                *("Spot&light", self._light, ("L",), view),
                explain="held: a spotlight on what the pointer is at (where B blanks, too)",
                available=self._in_front,
                repeats=False,
            ),
            Action("&Step back", self._go_back, ("Esc",), view, "one step back"),
            *pages,
            Action(
                *(
                    "&Larger",
                    partial(look.zoom_by, 1),
                    ("Ctrl++", "Ctrl+="),
                    view,
                    "everything larger",
                ),
                separated=True,
            ),
            Action("S&maller", partial(look.zoom_by, -1), ("Ctrl+-",), view, "everything smaller"),
            Action("100 %", partial(look.zoom_by, 0), ("Ctrl+0",), view, "everything at 100 %"),
        )

    def _in_front(self) -> bool:
        """Whether the window is shown to others."""
        return self._look.theme.present or self._on_stage()

    def _light(self) -> None:
        self._spotlight(Qt.Key.Key_L)

    def _help(self) -> Sequence[Action]:
        return (
            Action("&Guide", self.guide.show, menu="&Help"),
            Action("&Keyboard and mouse", self.show_keys, ("F1",), "&Help", "this list of keys"),
            Action("&About", self.show_about, menu="&Help"),
        )

    # Files

    def show_built_in(self) -> None:
        run = bundled_run()
        self._session.show_trained(run.model, run)

    def open_path(self, name: str) -> None:
        """Open whatever was dropped: weights, a run, a folder of digits, or a picture."""
        path = Path(name)
        if path.is_dir():
            self._session.source.open(folder=path)
        elif path.suffix.lower() == ".json":
            self.editing.open(path)
        elif path.suffix.lower() == ".safetensors":
            run = is_run_file(path)
            self._session.library.open(path) if run else self._session.files.open(path)
        else:
            self._session.pictures.open(path)

    # Help

    def key_table(self) -> list[tuple[str, str, str]]:
        """Where, keys, what they do: of every action and hint, in the order of the menus."""
        rows = [row for action in self.actions for row in _row("Everywhere", action)]
        for page in self._rail.pages:
            for action in page.actions_here():
                rows += _row(page.title, action)
            rows += [(page.title, hint.keys, hint.explain) for hint in page.hints]
        return rows

    def show_keys(self) -> None:
        in_view = next(page for page in self._rail.pages if self._rail.button(page).isChecked())
        self.guide.show_keys(in_view.title)

    def show_about(self) -> None:
        about_dialog(self._look, self._window).show()


def _row(where: str, action: Action) -> list[tuple[str, str, str]]:
    if not (action.keys and action.listed):
        return []
    return [(where, action.key_text, action.explain or action.plain_text)]
