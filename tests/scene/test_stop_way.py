"""A stop's cells become cells of the scene; what is open is where the answer is strongest."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.talk.places import check_way
from visualizer.core.talk.stop import Stop, StopCell
from visualizer.data.dataset import Dataset
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.stop_way import trail_of
from visualizer.scene.trail import INPUT, Cell, Trail
from visualizer.scene.viewer import first_scene


@pytest.fixture
def scene(bundled: Model, small_dataset: Dataset) -> Scene:
    return first_scene(bundled, Digit(small_dataset.test.pixels[0], None, "test digit 0"))


def test_a_stop_without_a_way_selects_the_strongest_cell_of_the_first_layer(scene: Scene) -> None:
    assert trail_of(Stop("a"), scene) == Trail((scene.strongest(0),))


def test_a_whole_cell_is_that_cell(scene: Scene) -> None:
    stop = Stop("a", way=(StopCell("conv2d_2", 38, 3, 4),))
    assert trail_of(stop, scene) == Trail((Cell(2, 3, 4, 38),))


def test_an_open_place_is_the_strongest_of_the_map(scene: Scene) -> None:
    [cell] = trail_of(Stop("a", way=(StopCell("conv2d_2", 38),)), scene).steps
    assert cell.channel == 38
    assert scene.value(cell) == scene.trace.outputs[2][:, :, 38].max()
    [cell] = trail_of(Stop("a", way=(StopCell("conv2d_2", None, 3, 4),)), scene).steps
    assert scene.value(cell) == scene.trace.outputs[2][3, 4].max()
    [cell] = trail_of(Stop("a", way=(StopCell("dense_2"),)), scene).steps
    assert cell.channel == scene.prediction


def test_a_way_that_is_left_open_is_a_way(scene: Scene) -> None:
    names = [layer.name for layer in reversed(scene.network.layers)]
    way = tuple(StopCell(name) for name in [*names, "input"])
    trail = trail_of(Stop("a", way=way, at=3), scene)
    assert trail.at == 3 and trail.steps[-1].layer == INPUT
    found = [
        StopCell(name, cell.channel, cell.row, cell.column)
        for name, cell in zip([*names, "input"], trail.steps, strict=True)
    ]
    check_way(tuple(found), scene.network)
    pixel = trail.steps[-1]
    window = scene.network.layers[0].window(trail.steps[-2].row, trail.steps[-2].column, 0)
    seen = scene.trace.inputs[window.top : window.bottom, window.left : window.right]
    assert scene.value(pixel) == np.max(seen)
