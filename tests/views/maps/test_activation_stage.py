"""One map before and after its activation: the network's own numbers, cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Pointer, stage_called
from tests.views.painted import unreadable_in
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.numbers import compact
from visualizer.views.base.look import Look
from visualizer.views.maps.activation_stage import ActivationStage
from visualizer.views.widgets.map_view import MapView
from visualizer.views.window.window import MainWindow

LAYERS = [0, 2, 4]


@pytest.fixture
def stage(show: Any, look: Look, session: Session) -> ActivationStage:
    made = ActivationStage(look, session.viewer)
    show(made, 1300, 680)
    return made


def negative_cell(session: Session, layer: int) -> Cell:
    sums = session.viewer.scene.trace.pre_activations[layer]
    return Cell(layer, *(int(at) for at in np.unravel_index(sums.argmin(), sums.shape)))


@pytest.mark.parametrize("layer", LAYERS)
def test_both_maps_are_the_networks_values_on_scales_with_numbers(
    layer: int, stage: ActivationStage, session: Session
) -> None:
    session.viewer.select(negative_cell(session, layer))
    scene = session.viewer.scene
    sums, outputs = scene.trace.pre_activations[layer], scene.trace.outputs[layer]
    channel = scene.selected.channel
    for view, values in zip(stage.maps, (sums, outputs), strict=True):
        np.testing.assert_array_equal(view._maps[:, :, 0], values[:, :, channel])
    before, after = (bar.labels for bar in stage.colour_bars)
    assert before[0][0] == -before[-1][0] == -float(np.abs(sums).max())
    assert after[0][0] == 0 and after[-1][0] == float(outputs.max())


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_negative_becomes_0_and_both_numbers_are_read(
    layer: int, stage: ActivationStage, session: Session
) -> None:
    cell = negative_cell(session, layer)
    session.viewer.select(cell)
    scene = session.viewer.scene
    value = float(scene.trace.pre_activations[layer][cell.row, cell.column, cell.channel])
    assert value < 0
    assert stage.numbers.text() == f"{compact(value)} → ReLU → 0"
    strongest = scene.strongest(layer)
    session.viewer.select(strongest)
    most = compact(session.viewer.scene.value(strongest))
    assert stage.numbers.text() == f"{most} → ReLU → {most}"
    assert stage.titles[1].whole == "after ReLU: output, 0 where it was negative"


@pytest.mark.parametrize("at", [0, 1])
def test_a_cell_pointed_at_in_either_map_is_outlined_and_read_in_both(
    at: int, stage: ActivationStage, session: Session, pointer: Pointer
) -> None:
    session.viewer.select(Cell(0, 3, 4, 5))
    view = stage.maps[at]
    pointer.move(view, view.cell_center((12, 13, 0)))
    session.viewer.settle()
    scene = session.viewer.scene
    assert scene.hovered == Cell(0, 12, 13, 5)
    before = scene.value(scene.hovered, pre_activation=True)
    after = compact(before) if before > 0 else "0"
    assert stage.numbers.text() == f"{compact(before)} → ReLU → {after}"
    assert stage.place.text() == "conv2d_1 [12, 13, 5]"
    outlined = [view._outlines for view in stage.maps]
    assert outlined[0] == outlined[1] and len(outlined[0]) == 2
    pointer.click(view, view.cell_center((12, 13, 0)))
    session.viewer.settle()
    assert session.viewer.scene.selected == Cell(0, 12, 13, 5)


def test_a_layer_without_activation_says_so(stage: ActivationStage, session: Session) -> None:
    for layer in (1, 5, 6):
        session.viewer.select_layer(layer)
        session.viewer.settle()
        assert not ActivationStage.can_show(session.viewer.scene)
        name = session.viewer.scene.layer.name
        assert stage.name.text() == f"{name} has no activation on maps."
        assert not any(view.isVisible() for view in stage.findChildren(MapView))
    session.viewer.select_layer(4)
    session.viewer.settle()
    assert all(view.isVisible() for view in stage.findChildren(MapView))


def test_the_remote_passes_it_by_where_there_is_no_activation(
    window: MainWindow, session: Session
) -> None:
    session.viewer.select_layer(1)
    window.open_stage(stage_called(window, "One feature map"))
    window.stage.go_on()
    assert window.stage.title.whole == "One number, whole"
    session.viewer.select_layer(2)
    window.stage.go_back()
    assert window.stage.title.whole == "Before and after the activation"


@pytest.mark.parametrize(
    "size", [QSize(1366, 768), QSize(1024, 700), QSize(1920, 1080)], ids=lambda size: size.width()
)
def test_nothing_is_cut_in_the_lecture_hall(
    size: QSize, window: MainWindow, look: Look, session: Session
) -> None:
    look.set_present(True)
    window.resize(size)
    for layer in LAYERS:
        session.viewer.select(negative_cell(session, layer))
        window.open_stage(stage_called(window, "Before and after the activation"))
        QApplication.processEvents()
        assert unreadable_in(window.stage) == []
        stage = window.stage.content
        assert isinstance(stage, ActivationStage)
        for words in (stage.numbers, stage.place, *stage.titles):
            assert words.text() == words.whole
