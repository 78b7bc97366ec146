"""Moving pictures: the window over its places, the network over its run; they can be cancelled."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.page import Stage
from visualizer.views.window import save_film
from visualizer.views.window.film import FilmForm, spread
from visualizer.views.window.save_film import KEY, SaveFilm
from visualizer.views.window.window import MainWindow

Save = Callable[..., Path]


def stage(window: MainWindow, title: str) -> Stage:
    return next(each for each in window.pages[0].stages() if each.title == title)


@pytest.fixture
def save(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Path]:
    """A function that begins to save a stage as a moving picture, and returns the file's path."""

    def save(title: str, kind: str = "gif", moves: str = "") -> Path:
        path = tmp_path / f"moving.{kind}"
        monkeypatch.setattr(save_film, "ask_where", lambda *asked: path)
        window.pictures.save_film(stage(window, title))
        (dialog,) = window.findChildren(SaveFilm)
        dialog.kind.chosen.emit(kind)
        if moves:
            dialog.moves.chosen.emit(moves)
        dialog.where.click()
        return path

    return save


@pytest.mark.parametrize(("kind", "form"), [("gif", "GIF"), ("png", "PNG")])
def test_the_window_slides_over_every_place(
    window: MainWindow, session: Session, save: Save, qtbot: QtBot, kind: str, form: str
) -> None:
    session.viewer.select_layer(4)
    before = session.viewer.scene
    path = save("The sliding window", kind)
    qtbot.waitUntil(path.exists, timeout=60_000)
    film = Image.open(io.BytesIO(path.read_bytes()))
    assert film.format == form and film.size == FilmForm().size
    assert film.n_frames == 9
    pictures = []
    for at in range(9):
        film.seek(at)
        pictures.append(np.asarray(film.convert("RGB")))
    assert all((one != other).any() for one, other in pairwise(pictures))
    assert session.viewer.scene is before, "the person at the window sees nothing of it"
    qtbot.waitUntil(lambda: not window.findChildren(SaveFilm))


def test_a_cancelled_film_leaves_no_file(
    window: MainWindow, session: Session, save: Save, qtbot: QtBot
) -> None:
    path = save("The sliding window")
    qtbot.waitUntil(lambda: any(p.key == KEY and p.done for p in session.jobs.progress))
    assert any("moving.gif" in progress.name for progress in session.jobs.progress)
    session.jobs.cancel(KEY)
    assert session.jobs.close(20.0)
    assert not path.exists()


def test_on_a_full_disk_the_film_says_so(
    session: Session,
    save: Save,
    notices: list[Notice],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(save_film, "write_atomically", full)
    session.viewer.select_layer(4)
    save("The sliding window")
    qtbot.waitUntil(lambda: bool(notices) and notices[-1].kind == "error", timeout=60_000)
    assert "No space left" in notices[-1].text


def test_a_stage_that_does_not_move_offers_none(window: MainWindow) -> None:
    assert not window.pictures.moves(stage(window, "One number, whole"))
    assert not window.pictures.moves(stage(window, "Loss and accuracy"))
    assert window.pictures.moves(stage(window, "The sliding window")) == ("places",)


def test_of_many_places_some_are_taken_with_both_ends() -> None:
    assert spread(5) == [0, 1, 2, 3, 4]
    taken = spread(676, 120)
    assert len(set(taken)) == 120 and taken[0] == 0 and taken[-1] == 675
    assert max(np.diff(taken)) - min(np.diff(taken)) <= 1


@pytest.mark.parametrize("title", ["The network", "From a pixel to the answer"])
def test_the_run_goes_through_its_moments(
    window: MainWindow, session: Session, short: Session, save: Save, qtbot: QtBot, title: str
) -> None:
    session.train_or_pause()
    qtbot.waitUntil(lambda: session.runs.state.phase == "finished", timeout=60_000)
    assert window.pictures.moves(stage(window, title)) == ("moments",)
    many = len(session.time.snapshots)
    path = save(title)
    qtbot.waitUntil(path.exists, timeout=60_000)
    assert Image.open(io.BytesIO(path.read_bytes())).n_frames == len(spread(many))
