"""No number is ever cut: not in a table, not in a sum, at no size that people have.

A digit less reads as another number: columns and decimals are dropped before a digit is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.session.test_last_step import step
from tests.views.conftest import Show, settled
from tests.views.numbers import cut_numbers_in
from tests.views.painted import unreadable_in
from visualizer.compare.comparison import Comparison
from visualizer.session.session import Session
from visualizer.views.base.labels import Sentence, label
from visualizer.views.base.look import Look
from visualizer.views.compare.page import ComparePage
from visualizer.views.compare.table_grid import TableGrid, column_of
from visualizer.views.inspect.page import InspectPage
from visualizer.views.position.terms_views import mark_result
from visualizer.views.window.window import MainWindow

SIZES = ((1024, 700), (1366, 768))
SUMS = ("3.0138", "1.084227")


def places(window: MainWindow, session: Session, qtbot: QtBot) -> Iterator[str]:
    """Every page at every layer or in every part of it, and every stage."""
    viewer = session.viewer
    for page in window.pages:
        window.show_page(page)
        if isinstance(page, ComparePage):
            for part in page.parts:
                page.show_part(part)
                settled(window, qtbot)
                yield f"{page.title}, {part}"
        else:
            for layer in range(len(viewer.scene.network.layers) if page is window.pages[0] else 1):
                viewer.select_layer(layer)
                settled(window, qtbot)
                yield f"{page.title}, layer {layer}"
        for stage in page.stages():
            for layer in range(len(viewer.scene.network.layers) if stage.by_layer else 1):
                viewer.select_layer(layer)
                if stage.available is None or stage.available():
                    window.open_stage(stage)
                    settled(window, qtbot)
                    yield f"{stage.title}, layer {layer}"
        window.close_stage()


@pytest.mark.slow
def test_no_number_is_cut_on_any_page_or_stage(
    window: MainWindow, look: Look, session: Session, qtbot: QtBot
) -> None:
    cut = []
    for present in (False, True):
        look.set_present(present)
        for width, height in SIZES:
            window.resize(width, height)
            where = f"{width}×{height}{', Present' if present else ''}"
            for place in places(window, session, qtbot):
                cut += [f"{where}, {place}: {told}" for told in cut_numbers_in(window)]
    assert not cut, "\n".join(cut)


@pytest.mark.slow
@pytest.mark.parametrize("size", [*SIZES, (1280, 720), (1920, 1080)])
def test_no_number_is_cut_backward_nor_in_the_last_step(
    size: tuple[int, int], window: MainWindow, look: Look, session: Session, qtbot: QtBot
) -> None:
    page, viewer = window.pages[0], session.viewer
    assert isinstance(page, InspectPage)
    window.resize(*size)
    viewer.show_backward(True)
    cut: list[str] = []
    layers = range(len(viewer.scene.network.layers))
    for goal in (viewer.scene.digit.label, 3, 5):
        viewer.show_backward(True, goal)
        for layer in layers:
            viewer.select_layer(layer)
            settled(window, qtbot)
            cut += [f"backward, layer {layer}: {told}" for told in cut_numbers_in(window)]
            cut += [f"backward, layer {layer}: {told}" for told in unreadable_in(window)]
    viewer.show_backward(False)
    page.side.show_tab("step")
    step(session, qtbot, 3)
    for layer in layers:
        viewer.select_layer(layer)
        for _ in range(2):
            settled(window, qtbot)
            cut += [f"the last step, layer {layer}: {told}" for told in cut_numbers_in(window)]
            page.side.step.parts.bias.click()
    assert not cut, "\n".join(cut)


def test_what_tells_of_cut_numbers_sees_those_of_labels_boxes_and_sentences(show: Show) -> None:
    around = QWidget()
    words = [label("15,860,224"), label("22 × 22 × 64"), label("no digit at all, but cut off")]
    box, sentence = QComboBox(), Sentence("explained")
    box.addItem("18 × 18 pixels")
    sentence.show_text("max(0,3.0138)")
    for widget in (*words, box, sentence):
        widget.setParent(around)
        widget.setGeometry(0, 0, 200, 40)
    show(around, 300, 60)
    assert cut_numbers_in(around) == []
    for widget in (*words, box, sentence):
        widget.resize(50, 40)
    told = cut_numbers_in(around)
    assert len(told) == 4 and not any("no digit" in each for each in told)


def test_a_sum_comes_apart_before_its_last_digits_are_cut(show: Show, look: Look) -> None:
    sentence = Sentence("explained")
    sums = [f"{digits} + (−0.0072) = {digits} → max(0, {digits}) = {digits}" for digits in SUMS]
    show(sentence, 900, 300)
    cut = []
    for width in (900, 320, 260, 200, 900):
        sentence.resize(width, 300)
        for at, text in enumerate(sums):
            sentence.show_text(mark_result(text, look.theme), at)
            cut += cut_numbers_in(sentence)
            assert [part for part in SUMS if part in sentence.text()]
    assert cut == []


@pytest.mark.parametrize("on_stage", [False, True])
def test_the_table_of_networks_leaves_out_columns_before_it_cuts_a_number(
    on_stage: bool, show: Show, look: Look, session: Session
) -> None:
    comparison = Comparison(session)
    around = QWidget()
    grid = TableGrid(look, on_stage)
    grid.setParent(around)
    show(around, 1400, 400)
    grid.show_networks(comparison.networks.all, comparison.measurements, "MNIST")
    shown = []
    for width in (1300, 1000, 860, 700, 600, 1300):
        grid.resize(width, 300)
        QApplication.processEvents()
        assert cut_numbers_in(grid) == []
        shown.append(grid.left_out)
    assert shown[0] == shown[-1] == 0 and shown[1:-1] == sorted(shown[1:-1]) and shown[-2] > 3
    assert not any(grid.isColumnHidden(column_of(each)) for each in ("Network", "Trained"))
