"""SaveFilm: the dialog that asks how and where to save a moving picture; a job then makes it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from visualizer.session.session import Session
from visualizer.system.atomic import write_atomically
from visualizer.system.jobs import Job
from visualizer.system.notice import Notice
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.page import Stage
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.save_dialog import ask_where
from visualizer.views.widgets.window_thread import WindowThread
from visualizer.views.window.film import (
    LAST_SECONDS,
    Film,
    FilmForm,
    film_bytes,
    pixels_of,
    steps_of,
)

MOVES = (
    ("places", "the window over its places", "The window slides, the output map fills in"),
    ("moments", "the network over its run", "From the first batch to the last moment kept"),
)
KINDS = (
    ("gif", "GIF", "Shown everywhere; 256 colours"),
    ("png", "APNG", "An animated PNG: all colours, larger; browsers and slides show it"),
)
SPEEDS = tuple((str(n), f"{n} a second", f"{n} pictures a second") for n in (2, 6, 20))
SIZES = (
    ("960", "960 × 540", "For a page or a mail"),
    ("1280", "1280 × 720", "For slides"),
)
KEY = "film"


class SaveFilm(Guarded, QDialog):
    """What moves, the format, the speed and the size; then a job with progress and cancel."""

    def __init__(
        self,
        window: QWidget,
        look: Look,
        session: Session,
        stage: Stage,
        source: str,
        moves: Sequence[str],
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._stage, self._source = stage, source
        self._thread = WindowThread(window)
        self.form = FilmForm(moves=moves[0])
        self.setWindowTitle(f"Save moving picture: {stage.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.moves = Segments([each for each in MOVES if each[0] in moves], "What moves")
        self.kind = Segments(KINDS, "Kind of file")
        self.speed, self.size_choice = Segments(SPEEDS, "Speed"), Segments(SIZES, "Size")
        self.told = label("", "caption")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.where = self.buttons.addButton("Save as …", role)
        self.where.setDefault(True)
        rows = [
            row(look, (label(name), 1), choice, spacing=24)
            for name, choice in (
                ("What moves", self.moves),
                ("Kind of file", self.kind),
                ("Pictures", self.speed),
                ("Size", self.size_choice),
            )
        ]
        ends = (self.told, self.buttons)
        self.setLayout(column(look, *rows, *ends, spacing=12, margins=(16, 16, 16, 12)))
        self._show()
        self.moves.chosen.connect(lambda key: self._change(moves=key))
        self.kind.chosen.connect(lambda key: self._change(format=key))
        self.speed.chosen.connect(lambda key: self._change(speed=int(key)))
        self.size_choice.chosen.connect(self._on_size)
        self.buttons.accepted.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)

    @property
    def _steps(self) -> Sequence[Callable[[Film], QImage]]:
        session = self._session
        return steps_of(self._stage, session.viewer.scene, session.runs.run, self.form)

    def _change(self, **changes: object) -> None:
        self.form = replace(self.form, **changes)  # type: ignore[arg-type]
        self._show()

    def _on_size(self, key: str) -> None:
        width = int(key)
        self._change(size=(width, width * 9 // 16))

    def _show(self) -> None:
        form, many = self.form, len(self._steps)
        self.moves.show_choice(form.moves)
        self.kind.show_choice(form.format)
        self.speed.show_choice(str(form.speed))
        self.size_choice.show_choice(str(form.size[0]))
        seconds = (many - 1) / form.speed + max(LAST_SECONDS, 1 / form.speed)
        pictures = "1 picture" if many == 1 else f"{many} pictures"
        self.told.setText(f"{pictures}, {seconds:.0f} seconds; the last one stays for a moment")

    def _ask_where(self) -> None:
        """Ask for the file; stay open where none was chosen."""
        suffix, name = self.form.format, f"{self._stage.name}-moving"
        kind = "GIF (*.gif)" if suffix == "gif" else "Animated PNG (*.png)"
        path = ask_where(self, "Save moving picture", f"{name}.{suffix}", kind, suffix)
        if path is not None:
            self._start(path)
            self.accept()

    def _start(self, path: Path) -> None:
        session, steps, form = self._session, self._steps, self.form
        scene = session.viewer.scene
        begin = partial(Film, self._window, self._stage, scene, self._source, form)
        made = partial(make_film, thread=self._thread, begin=begin, steps=steps)
        work = partial(made, form=form, path=path)
        done, failed = partial(_tell_saved, session, path), partial(_tell_failed, session)
        session.jobs.start(KEY, f"Moving picture {path.name}", work, done, failed)


def make_film(
    job: Job,
    *,
    thread: WindowThread,
    begin: Callable[[], Film],
    steps: Sequence[Callable[[Film], QImage]],
    form: FilmForm,
    path: Path,
) -> None:
    """Have each frame painted, and write the file; in a cancelled job nothing is written.

    Raises
    ------
    OSError
        The file cannot be written; an old one stays as it was.
    """
    film, frames = thread.call(job, begin), []
    try:
        for at, step in enumerate(steps):
            frames.append(zlib.compress(pixels_of(thread.call(job, partial(step, film))), 1))
            job.share(at / len(steps))
        data = film_bytes([zlib.decompress(frame) for frame in frames], form.size, form)
        job.share(1.0)
        write_atomically(path, data)
    finally:
        thread.later(film.end)


def _tell_saved(session: Session, path: Path, result: None = None) -> None:
    session.noticed.emit(Notice(f"Moving picture saved as {path}."))


def _tell_failed(session: Session, why: str) -> None:
    session.noticed.emit(Notice(f"The moving picture was not saved. {why}", "error"))
