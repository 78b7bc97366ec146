"""Commands: the window's own actions; files, training, help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from visualizer.runs.bundled import bundled_run
from visualizer.session.session import Session
from visualizer.storage.run_file import is_run_file
from visualizer.storage.talk_file import PLAIN, SUFFIX
from visualizer.views.base.look import Look
from visualizer.views.page import Action, Page
from visualizer.views.window.dialogs import about_dialog
from visualizer.views.window.file_dialogs import FileDialogs
from visualizer.views.window.guide.opening import GuideOpening
from visualizer.views.window.network_editing import NetworkEditing
from visualizer.views.window.picture_input import PictureInput
from visualizer.views.window.run_bar import RunBar

MNIST_BYTES = 11_594_722


class Commands(QObject):
    """The actions of a window, and the methods that they call."""

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        session: Session,
        *,
        run_bar: RunBar,
        pages: Sequence[Page],
        view: Sequence[Action],
    ) -> None:
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._run_bar, self._pages = run_bar, pages
        self.dialogs = FileDialogs(window, session)
        self.editing = NetworkEditing(window, look, session)
        self.guide = GuideOpening(window, look, self.key_table)
        in_file = partial(Action, menu="&File")
        self.open_folder = in_file(
            "Open &folder of digits …",
            self.dialogs.choose_folder,
            keys=("Ctrl+Shift+O",),
            explain="open a folder of digits",
            separated=True,
        )
        self.download = in_file(
            f"&Download MNIST ({MNIST_BYTES / 1e6:.1f} MB)", self._session.source.download
        )
        self.pictures = PictureInput(window, look, session, self.open_path)
        self.actions: Sequence[Action] = (
            *self._files(),
            *self._training(),
            *view,
            *self._help(),
        )

    def _files(self) -> Sequence[Action]:
        in_file = partial(Action, menu="&File")
        return (
            in_file(
                "&Open weights …",
                self.dialogs.choose_weights,
                keys=("Ctrl+O",),
                explain="open weights",
            ),
            in_file(
                "&Save weights …",
                self.dialogs.save_weights,
                keys=("Ctrl+S",),
                explain="save weights",
            ),
            in_file("&Built-in trained network", self.show_built_in),
            in_file("Open r&un …", self.dialogs.choose_run, separated=True),
            in_file(
                "Sav&e run …",
                self.dialogs.save_run,
                keys=("Ctrl+Shift+S",),
                explain="save the run with its weights at many moments",
            ),
            in_file("E&xport curves …", self.dialogs.export_curves),
            in_file("Open &picture as digit …", self.pictures.choose, separated=True),
            in_file(
                "Paste pict&ure as digit",
                self.pictures.paste,
                keys=("Ctrl+V",),
                explain="a picture or a file from the clipboard as digit",
            ),
            self.open_folder,
            self.download,
            in_file(
                "&Quit",
                self._window.close,
                keys=("Ctrl+Q",),
                explain="close",
                separated=True,
                last=True,
            ),
        )

    def _training(self) -> Sequence[Action]:
        session, bar, in_train = self._session, self._run_bar, partial(Action, menu="&Train")
        return (
            in_train(
                "&Train / pause",
                session.train_or_pause,
                keys=("Space",),
                explain="train, pause, go on",
                button=bar.train,
            ),
            in_train(
                "Train one &batch",
                session.step,
                keys=("S",),
                explain="train one batch, then pause",
                button=bar.step,
            ),
            in_train(
                "&Stop",
                session.stop,
                keys=("Ctrl+.",),
                explain="stop the run; it can still go on",
                button=bar.stop,
            ),
            in_train(
                "&Reset to initial weights",
                session.reset,
                keys=("Ctrl+R",),
                explain="reset to the seed's initial weights",
                button=bar.reset,
            ),
            in_train(
                "&New seed",
                session.new_seed,
                keys=("Ctrl+Shift+R",),
                explain="reset to the initial weights of another seed",
            ),
            in_train(
                "S&lower",
                partial(session.runs.shift_gear, 1),
                keys=("G",),
                explain="train slower: 20, 5, 1 batches a second, to be watched",
                separated=True,
            ),
            in_train(
                "&Faster",
                partial(session.runs.shift_gear, -1),
                keys=("Shift+G",),
                explain="train faster, up to full speed",
            ),
            *self._in_time(),
            self.editing.action,
        )

    def _in_time(self) -> Sequence[Action]:
        time, in_train = self._session.time, partial(Action, menu="&Train")
        return (
            in_train(
                "&Moment before",
                partial(time.step, -1),
                keys=("[",),
                explain="the moment of the run before the one in view",
                available=lambda: time.available,
                separated=True,
            ),
            in_train(
                "Next m&oment",
                partial(time.step, 1),
                keys=("]",),
                explain="the moment of the run after the one in view; after the last, live",
                available=lambda: time.available,
            ),
            in_train(
                "&Live",
                time.live,
                keys=("Shift+Esc",),
                explain="back to the newest weights",
                available=lambda: time.held is not None,
            ),
            in_train(
                "&Go on from here",
                self._session.go_on_from_here,
                available=lambda: time.held is not None,
            ),
        )

    def _help(self) -> Sequence[Action]:
        in_help = partial(Action, menu="&Help")
        return (
            in_help("&Guide", self.guide.show),
            in_help(
                "&Keyboard and mouse", self.show_keys, keys=("F1",), explain="this list of keys"
            ),
            in_help("&About", self.show_about),
        )

    # Files

    def show_built_in(self) -> None:
        run = bundled_run()
        self._session.show_trained(run.model, run)

    def open_path(self, name: str) -> None:
        """Open a dropped file: weights, a run, a network, a talk, a picture, a folder of digits."""
        path = Path(name)
        if path.is_dir():
            self._session.source.open(folder=path)
        elif path.suffix.lower() == ".json":
            self.editing.open(path)
        elif path.suffix.lower() in (SUFFIX, PLAIN):
            self._session.talk.open(path)
        elif path.suffix.lower() == ".safetensors":
            run = is_run_file(path)
            self._session.library.open(path) if run else self._session.files.open(path)
        else:
            self._session.pictures.open(path)

    # Help

    def key_table(self) -> list[tuple[str, str, str]]:
        """Return (where, keys, what they do) of all actions and hints, in the menus' order."""
        rows = [row for action in self.actions for row in _row("Everywhere", action)]
        for page in self._pages:
            for action in page.actions_here():
                rows += _row(page.title, action)
            rows += [(page.title, hint.keys, hint.explain) for hint in page.hints]
        return rows

    def show_keys(self) -> None:
        in_view = next(page for page in self._pages if not page.isHidden())
        self.guide.show_keys(in_view.title)

    def show_about(self) -> None:
        about_dialog(self._look, self._window).show()


def _row(where: str, action: Action) -> list[tuple[str, str, str]]:
    if not (action.keys and action.listed):
        return []
    return [(where, action.key_text, action.explain or action.plain_text)]
