"""The network as a flow: every block to one scale, its numbers the network's own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from tests.views.conftest import Pointer, Show
from visualizer.core.network.networks import NETWORKS
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.training.initial import initial_weights
from visualizer.views.base.look import Look
from visualizer.views.maps.flow_stage import FlowStage


@pytest.fixture
def stage(show: Show, look: Look, session: Session) -> FlowStage:
    made = FlowStage(look, session.viewer)
    show(made, 1100, 600)
    return made


def test_maps_shrink_as_their_shapes_do_and_blocks_deepen_with_the_channels(
    stage: FlowStage,
) -> None:
    digit = stage.block(0)
    for index, shape in enumerate(stage.shapes):
        if len(shape) == 3:
            block = stage.block(index)
            assert block.height() / digit.height() == pytest.approx(shape[0] / 28)
            assert block.width() / digit.width() == pytest.approx(shape[1] / 28)
            assert stage.depth_of(index) / stage.depth_of(1) == pytest.approx((shape[2] - 1) / 31)


@pytest.mark.parametrize("name", list(NETWORKS))
@pytest.mark.parametrize("size", [(1000, 620), (1920, 960), (1340, 620)])
def test_no_block_leaves_its_column(
    stage: FlowStage, session: Session, name: str, size: tuple[int, int]
) -> None:
    network = NETWORKS[name]()
    session.viewer.show_live(Model(network, initial_weights(network, 0), "untrained"))
    session.viewer.settle()
    stage.resize(*size)
    for index in range(len(stage.shapes)):
        front, depth = stage.block(index), stage.depth_of(index)
        whole = front.united(front.translated(depth, -depth))
        room = QRectF(stage.column(index))
        assert room.contains(whole), (name, index)
    for before in range(len(stage.shapes) - 1):
        back = stage.block(before).translated(stage.depth_of(before), 0)
        assert back.right() < stage.block(before + 1).left()


def test_a_click_on_a_layer_selects_it(stage: FlowStage, session: Session) -> None:
    for layer in (4, 7, 0):
        Pointer().click(stage, stage.column(layer + 1).center())
        assert session.viewer.scene.selected.layer == layer
    Pointer().click(stage, stage.column(0).center())
    assert session.viewer.scene.selected.layer == 0


def test_the_selected_layer_is_outlined_in_the_colour_of_the_selection(
    stage: FlowStage, session: Session, look: Look
) -> None:
    session.viewer.select_layer(2)
    picture = stage.grab().toImage()
    selection: QColor = look.theme.color("selection")
    block = stage.block(3).toRect()
    assert picture.pixelColor(block.left(), block.center().y()) == selection
    other = stage.block(1).toRect()
    assert picture.pixelColor(other.left(), other.center().y()) != selection
