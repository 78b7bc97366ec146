"""The sliding window, large: what it shows at a place is the network's own."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import Show, settled
from tests.views.painted import unreadable_in
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms, PoolTerms
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.numbers import number
from visualizer.views.base.look import Look
from visualizer.views.position.stage.slide import SlideStage
from visualizer.views.widgets.number_grid import NumberGrids
from visualizer.views.window.window import MainWindow


@pytest.fixture
def stage(show: Show, look: Look, session: Session) -> SlideStage:
    made = SlideStage(look, session.viewer)
    show(made, 1200, 700)
    return made


def same_as_printed(grid: NumberGrids, values: Array, at: int = 0) -> bool:
    """Whether every number that a grid prints is the value, to the digits printed."""
    printed = [[text.replace("−", "-") for text in row] for row in grid.texts[at]]
    return all(
        abs(float(text) - value) <= 0.51 * 10.0 ** -len(text.partition(".")[2])
        for row, of_row in zip(printed, values.tolist(), strict=True)
        for text, value in zip(row, of_row, strict=True)
    )


def printed(figure: str) -> float:
    """The number that is printed."""
    return float(figure.replace("−", "-"))


def decimals(stage: SlideStage) -> int:
    """Decimals in which the sum is printed."""
    return len(stage.lines.lines[0].figure.partition(".")[2])


def last_figure(stage: SlideStage, value: float) -> str:
    """A value as the sum prints it."""
    return number(value, decimals(stage))


@pytest.mark.parametrize("layer", [0, 2, 4])
def test_patch_kernel_and_products_are_those_of_the_selected_cell(
    stage: SlideStage, session: Session, layer: int
) -> None:
    session.viewer.select_layer(layer)
    scene = session.viewer.scene
    terms = scene.terms(scene.selected)
    assert isinstance(terms, ConvTerms)
    channel = int(np.abs(terms.subtotals).argmax())
    for at, values in enumerate((terms.patch, terms.kernel, terms.products)):
        assert same_as_printed(stage.grids, values[:, :, channel], at)
    assert stage.lines.lines[-1].figure == last_figure(stage, terms.output)


@pytest.mark.parametrize("layer", [2, 4])
def test_the_channel_the_others_and_the_bias_add_up_as_printed(
    stage: SlideStage, session: Session, layer: int
) -> None:
    rows, columns, filters = session.viewer.scene.network.layers[layer].output_shape
    for at in range(0, filters, 7):
        session.viewer.select(Cell(layer, at % rows, (at * 2) % columns, at))
        scene = session.viewer.scene
        terms = scene.terms(scene.selected)
        assert isinstance(terms, ConvTerms)
        channel, others, bias, total = (printed(line.figure) for line in stage.lines.lines[:4])
        place = 0.51 * 10.0 ** -decimals(stage)
        largest = terms.subtotals[np.abs(terms.subtotals).argmax()]
        assert channel == pytest.approx(largest, abs=place)
        assert others == pytest.approx(terms.total - largest, abs=place)
        assert bias == pytest.approx(terms.bias, abs=place)
        assert total == pytest.approx(terms.pre_activation, abs=place)
        assert channel + others + bias == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("layer", [2, 4])
def test_a_cell_in_the_window_has_the_colour_of_its_number_as_in_the_patch(
    stage: SlideStage, session: Session, look: Look, layer: int, dark: bool
) -> None:
    look.set_dark(dark)
    session.viewer.select_layer(layer)
    view, patch = stage.slide.input_map, stage.grids.factors[0]
    picture = view.grab().toImage()
    lut = look.theme.sequential
    window = view._window
    for row in range(window.height):
        for column in range(window.width):
            place = view.cells.cell(window.top + row, window.left + column).center().toPoint()
            level = round(float(patch.values[row, column]) / patch.high * 255)
            near = [lut[at].tolist() for at in (max(level - 1, 0), level, min(level + 1, 255))]
            color = picture.pixelColor(place)
            assert [color.red(), color.green(), color.blue()] in near


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("present", [False, True])
def test_every_cell_is_square_and_every_number_whole(
    window: MainWindow,
    session: Session,
    look: Look,
    qtbot: QtBot,
    size: tuple[int, int],
    present: bool,
) -> None:
    look.set_present(present)
    window.resize(*size)
    slides = next(each for each in window.page.stages() if each.title == "The sliding window")
    for layer in range(5):
        session.viewer.select_layer(layer)
        window.open_stage(slides)
        settled(window, qtbot)
        assert unreadable_in(window.stage) == []
        stage = next(s for s in window.stage.findChildren(SlideStage) if s.isVisible())
        for view in (stage.slide.input_map, stage.slide.output_map):
            assert view.cells.width == view.cells.height
            assert view.rect().contains(view.cells.padded.toAlignedRect())
        said = stage.lines if layer % 2 == 0 else stage.sentence
        assert said.isVisible() and said.height() >= said.sizeHint().height() > 0
        assert stage.contentsRect().contains(said.geometry())


def test_a_pooling_shows_its_window(stage: SlideStage, session: Session) -> None:
    session.viewer.select_layer(1)
    scene = session.viewer.scene
    terms = scene.terms(scene.selected)
    assert isinstance(terms, PoolTerms)
    assert same_as_printed(stage.grids, terms.window) and len(stage.grids.factors) == 1
    assert f"{terms.output:.3f}" in stage.sentence.text()


@pytest.mark.motion
def test_the_channel_stays_while_the_window_slides(stage: SlideStage, session: Session) -> None:
    session.viewer.select_layer(2)
    player = stage.slide.player
    player.play.click()
    shown = stage.place.whole.split("channel")[1]
    for place in range(0, 121, 7):
        player.moved.emit(place)
        row, column = divmod(place, 11)
        selected = session.viewer.scene.selected
        assert (selected.row, selected.column) == (row, column)
        assert stage.place.whole.split("channel")[1] == shown
    player.pause()


def test_the_output_fills_in_as_the_window_goes(stage: SlideStage, session: Session) -> None:
    session.viewer.select(Cell(2, 0, 0, 5))
    stage.slide.player.moved.emit(60)
    empty = stage.grab().toImage()
    session.viewer.select(Cell(2, 0, 0, 5))
    session.viewer.select(Cell(2, 5, 5, 5))
    QApplication.processEvents()
    assert stage.grab().toImage() != empty


def test_the_remote_passes_it_by_where_nothing_slides(window: MainWindow, session: Session) -> None:
    session.viewer.select_layer(6)
    titles = []
    window.open_stage(window.page.stages()[0])
    for _ in window.page.stages():
        stage = window.stage.stage
        assert stage is not None
        titles.append(stage.title)
        window.stage.go_on()
    assert "The sliding window" not in titles and "Loss and accuracy" in titles
