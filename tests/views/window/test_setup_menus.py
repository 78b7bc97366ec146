"""The chips: which network, which recipe, which digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from visualizer.core.network.networks import NETWORKS, named
from visualizer.data.dataset import Dataset, Images
from visualizer.session.session import Session
from visualizer.training.recipe import RECIPES
from visualizer.views.window.window import MainWindow


def action_of(menu: QMenu, text: str) -> QAction:
    (action,) = (action for action in menu.actions() if action.text().startswith(text))
    return action


@pytest.mark.parametrize("name", NETWORKS)
def test_the_menu_shows_the_network(name: str, window: MainWindow, session: Session) -> None:
    session.choose_network("dense" if name != "dense" else "book")
    menu = window.network_menu.menu
    action_of(menu, f"{name}   {named(name).parameter_count:,}").trigger()
    assert session.viewer.scene.network.name == name
    checked = [action.data() for action in menu.actions() if action.isChecked()]
    assert checked == [name]
    chip = window.run_bar.network
    assert chip.value.text() == f"{name} · {named(name).parameter_count:,} ▾"
    assert session.viewer.scene.model.origin in chip.toolTip()


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_reaches_the_next_run(name: str, window: MainWindow, session: Session) -> None:
    form = window.recipe_menu.form
    form.recipe.setCurrentText("book" if name != "book" else "fast")
    form.recipe.setCurrentText(name)
    recipe = RECIPES[name]
    assert session.runs.recipe == recipe
    shown = (form.epochs.value(), form.batch.value(), form.rate.value())
    assert shown == (recipe.epochs, recipe.batch_size, recipe.learning_rate)
    assert window.run_bar.recipe.value.text() == f"{name} · batch {recipe.batch_size} ▾"
    session.reset()
    assert window.run_bar.epoch.value.text() == f"0.00 / {recipe.epochs}"


@pytest.mark.parametrize(
    ("field", "value", "attribute"),
    [("epochs", 9, "epochs"), ("batch", 17, "batch_size"), ("rate", 0.0125, "learning_rate")],
)
def test_a_changed_field_reaches_the_next_run(
    field: str, value: Any, attribute: str, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    form = window.recipe_menu.form
    getattr(form, field).setValue(value)
    assert session.runs.recipe == replace(RECIPES["book"], **{attribute: value})
    assert "(changed)" in window.run_bar.recipe.value.text()
    qtbot.mouseClick(form.defaults, Qt.MouseButton.LeftButton)
    assert session.runs.recipe == RECIPES["book"]
    assert getattr(form, field).value() == getattr(RECIPES["book"], attribute)
    assert "(changed)" not in window.run_bar.recipe.value.text()


def test_seed_and_precision_reach_the_next_run(window: MainWindow, session: Session) -> None:
    form = window.recipe_menu.form
    form.seed.setValue(41)
    form.precision.setCurrentText("float32")
    assert (session.runs.seed, session.runs.settings.precision) == (41, "float32")
    session.reset()
    assert session.viewer.scene.model.origin == "untrained, seed 41"


def test_the_form_shows_what_is_set_elsewhere(window: MainWindow, session: Session) -> None:
    told: list[object] = []
    recipe = replace(RECIPES["fast"], epochs=7)
    session.runs.setupChanged.connect(lambda: told.append(session.runs.recipe))
    session.runs.configure(recipe, 5, session.runs.settings)
    form = window.recipe_menu.form
    assert (form.recipe.currentText(), form.epochs.value(), form.seed.value()) == ("fast", 7, 5)
    assert "AdamW" in form.optimizer.text()
    assert told == [recipe], "showing must not set anything"


def test_a_run_trains_as_the_form_says(window: MainWindow, short: Session, qtbot: QtBot) -> None:
    form = window.recipe_menu.form
    form.epochs.setValue(2)
    form.batch.setValue(50)
    qtbot.mouseClick(window.run_bar.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    assert (short.runs.state.step, short.runs.state.epoch) == (8, 2.0)


def test_the_data_chip_says_which_digits_these_are(
    window: MainWindow, session: Session, small_dataset: Dataset
) -> None:
    chip = window.run_bar.data
    assert chip.value.text() == "bars · 200 ▾"
    none = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    session.source.dataset = Dataset("MNIST", "mnist", none, small_dataset.test)
    session.source.changed.emit(session.source.dataset)
    assert chip.value.text() == "MNIST · loading … ▾"


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the data source is asked to open, in place of opening it."""
    asked: list[object] = []

    def open_(choice: str = "auto", folder: Path | None = None) -> None:
        asked.append(folder or choice)

    monkeypatch.setattr(session.source, "open", open_)
    return asked


def test_the_data_menu_opens_mnist_and_synthetic_digits(
    window: MainWindow, asked: list[object]
) -> None:
    window.data_menu.mnist.trigger()
    window.data_menu.synthetic.trigger()
    assert asked == ["mnist", "synthetic"]


@pytest.mark.parametrize("chosen", ["", "/some/folder"])
def test_a_folder_is_asked_for(
    chosen: str, window: MainWindow, asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments, **more: chosen)
    window.data_menu.folder.trigger()
    assert asked == ([Path(chosen)] if chosen else [])


def test_the_size_of_the_download_is_said(window: MainWindow) -> None:
    assert window.data_menu.download.text().replace("&", "") == "Download MNIST (11.6 MB)"


@pytest.mark.parametrize("kind", ["mnist", "synthetic", "folder"])
def test_the_data_in_use_is_checked(kind: str, make_window: Callable[[str], MainWindow]) -> None:
    menu = make_window(kind).data_menu
    checked = [menu.mnist.isChecked(), menu.synthetic.isChecked()]
    assert checked == [kind == "mnist", kind == "synthetic"]


@pytest.fixture
def make_window(
    show: Any,
    look: Any,
    make_session: Callable[[Dataset], Session],
    small_dataset: Dataset,
) -> Callable[[str], MainWindow]:
    def make(kind: str) -> MainWindow:
        data = Dataset(kind, kind, small_dataset.train, small_dataset.test)
        window = MainWindow(look, make_session(data))
        show(window, 1280, 800)
        return window

    return make
