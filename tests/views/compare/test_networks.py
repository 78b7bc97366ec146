"""The table of networks, how they learnt, and training them all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.compare.cells import cell_of
from visualizer.compare.measurements import ANSWERS, SHIFTS
from visualizer.core.network.measures import HEADINGS, headings_on, measures
from visualizer.core.network.networks import NETWORKS, named
from visualizer.session.session import Session
from visualizer.views.compare.page import ComparePage, NetworksView
from visualizer.views.compare.table_grid import CHOSEN
from visualizer.views.window.window import MainWindow


@pytest.fixture
def view(page: ComparePage, qtbot: QtBot) -> NetworksView:
    made = page.show_part("networks")
    assert isinstance(made, NetworksView)
    comparison = page.comparison

    def known() -> bool:
        return all(comparison.measurements.answers(model) for model in comparison.models)

    qtbot.waitUntil(known)
    return made


def row(view: NetworksView, name: str) -> dict[str, str]:
    return {heading: cell_of(view.table.grid, name, heading).text for heading in HEADINGS}


def click(view: NetworksView, name: str) -> None:
    """Click on the box of a network."""
    grid = view.table.grid
    place = grid.visualRect(grid.model().index(grid.model().keys.index(name), CHOSEN))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def test_the_six_stand_in_the_table_with_the_numbers_of_the_book(view: NetworksView) -> None:
    assert view.table.grid.model().keys == list(NETWORKS)
    assert row(view, "book")["Param #"] == "93,322"
    without = row(view, "no-max-pool")
    assert (without["Field"], without["of image"]) == ("7 × 7", "25%")
    assert (without["Coefficients"], without["+ Dense(512)"]) == ("30,976", "15,860,224")
    assert "15,860,224" in view.table.says.text()
    for name in NETWORKS:
        assert row(view, name)["Param #"] == f"{measures(named(name)).parameters:,}"


def test_accuracies_are_found_out_by_themselves(page: ComparePage, view: NetworksView) -> None:
    book = page.comparison.networks.of("book")
    assert book is not None
    answers = page.comparison.measurements.answers(book.model)
    assert answers is not None
    assert row(view, "book")["Accuracy"].startswith(f"{100 * answers.accuracy:.2f}")
    assert row(view, "same-padding")["Accuracy"] == "–"
    assert row(view, "book")["s/epoch"] == "–"


def test_the_untrained_are_chosen_at_first_and_others_can_be(
    view: NetworksView, qtbot: QtBot
) -> None:
    assert (
        view.table.grid.wanted == ["same-padding"] and view.table.train.text() == "Train 1 network"
    )
    click(view, "dense")
    assert view.table.train.text() == "Train 2 networks"
    for name in ("dense", "same-padding"):
        click(view, name)
    assert not view.table.train.isEnabled()


def test_all_are_chosen_at_once_or_none(view: NetworksView) -> None:
    table = view.table
    assert table.grid.every.checkState() == Qt.CheckState.PartiallyChecked
    table.grid.every.click()
    assert table.train.text() == "Train 6 networks"
    assert table.grid.every.checkState() == Qt.CheckState.Checked
    table.grid.every.click()
    assert not table.train.isEnabled() and table.train.text() == "Train …"
    assert table.grid.every.checkState() == Qt.CheckState.Unchecked


def test_train_all_fills_the_table_and_draws_the_curves(
    page: ComparePage, view: NetworksView, short: Session, qtbot: QtBot
) -> None:
    click(view, "same-padding")
    for name in ("dense", "strided"):
        click(view, name)
    assert view.curves.plot._lines == ()
    view.table.train.click()
    queue = page.comparison.queue
    assert queue.active and view.table.cancel.isVisible()
    assert view.table.state.whole == "Training strided, 1 of 2"
    qtbot.waitUntil(lambda: not queue.active)
    qtbot.waitUntil(lambda: not page.comparison.measurements.answering.busy)
    assert [line.name for line in view.curves.plot._lines] == ["strided", "dense"]
    run = short.runs.registry.of(named("dense"))
    assert run is not None and run.state.test_accuracy is not None
    told = f"{100 * run.state.test_accuracy:.2f}"
    qtbot.waitUntil(lambda: row(view, "dense")["Accuracy"].startswith(told))
    assert not view.table.cancel.isVisible()


def test_a_cancelled_queue_can_begin_again(
    page: ComparePage, view: NetworksView, short: Session, qtbot: QtBot
) -> None:
    view.table.train.click()
    view.table.cancel.click()
    assert not page.comparison.queue.active and view.table.train.isEnabled()


def test_the_table_is_copied_with_its_headings(page: ComparePage, view: NetworksView) -> None:
    copy = next(action for action in page.actions_here() if action.keys == ("Ctrl+C",))
    copy.act()
    lines = QGuiApplication.clipboard().text().splitlines()
    headings = lines[0].split("\t")
    on = page.session.source.dataset.name
    assert headings == ["Network", "Weights", *headings_on(on)[1:]]
    book = dict(zip(headings, lines[1].split("\t"), strict=True))
    assert (book["Network"], book["Param #"]) == ("book", "93,322") and len(lines) == 7


def test_nothing_is_found_out_of_what_nobody_looks_at(window: MainWindow) -> None:
    page = window.pages[2]
    assert isinstance(page, ComparePage)
    jobs = window.session.jobs
    assert not any(jobs.is_running(key) for key in (ANSWERS, SHIFTS))
    assert all(part.view is None for part in page.parts.values())
