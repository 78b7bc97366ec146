"""The weights of a filter: slices named by their channel, numbers that are the weights, typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer, Show
from tests.views.painted import unreadable_in
from visualizer.core.network.layer import Array
from visualizer.core.network.layers import Flatten
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.viewer import first_scene
from visualizer.text.numbers import exact, number
from visualizer.training.initial import initial_weights
from visualizer.views.base.look import Look
from visualizer.views.filter.kernel_view import KernelView, sliced_by, slices
from visualizer.views.widgets.cell_editor import CellEditor

ViewOf = Callable[..., tuple[KernelView, Array]]


def scene_of(network: Network) -> Scene:
    weights = initial_weights(network, 4)
    digit = Digit(np.zeros((28, 28), np.uint8), None, "blank")
    return first_scene(Model(network, weights, "seed 4"), digit)


@pytest.fixture
def view_of(show: Show, look: Look) -> Iterator[ViewOf]:
    """A function that shows the kernel of a channel, and gives the layer's kernel with it."""

    def make(layer: str, channel: int, network: str = "book") -> tuple[KernelView, Array]:
        scene = scene_of(named(network))
        view = KernelView(look)
        view.show_filter(scene, scene.network[layer], channel)
        show(view, 380, 420)
        return view, scene.weights[f"{layer}.kernel"]

    yield make
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_slice(view: KernelView, pointer: Pointer, place: int) -> None:
    pointer.click(view.maps, view.maps.cell_center((0, 0, place)))


def numbers_of(view: KernelView) -> list[list[str]]:
    """All digits of the numbers in view."""
    grid = view.numbers
    rows, columns = grid.shape
    return [
        [grid.tip_at(grid.cells[0].cell(row, column).center()) for column in range(columns)]
        for row in range(rows)
    ]


def as_exact(weights: Array) -> list[list[str]]:
    return [[exact(value) for value in row] for row in weights.tolist()]


@pytest.mark.parametrize("name", NETWORKS)
def test_slices_hold_every_weight_at_the_cell_it_weighs(name: str) -> None:
    network = named(name)
    weights = initial_weights(network, 0)
    for position, layer in enumerate(network.layers):
        kernel = weights.get(f"{layer.name}.kernel")
        if kernel is None:
            continue
        found = slices(network, position, 3, kernel)
        assert found is not None
        below = network.layers[position - 1] if position else None
        if kernel.ndim == 4:
            np.testing.assert_array_equal(found, kernel[..., 3])
        elif isinstance(below, Flatten):
            assert found.shape == below.input_shape
            for row, column, channel in ((0, 0, 0), tuple(size - 1 for size in found.shape)):
                element = below.lands_at(row, column, channel)
                assert found[row, column, channel] == kernel[element, 3]
        else:
            np.testing.assert_array_equal(found[0, 0], kernel[:, 3])


def test_a_dense_layer_comes_back_into_the_maps_below_its_flatten(view_of: ViewOf) -> None:
    view, kernel = view_of("dense_1", 9)
    assert view.maps.mosaic.channels == 64
    assert (view.maps.mosaic.height, view.maps.mosaic.width) == (3, 3)
    own = kernel[:, 9].reshape(3, 3, 64)
    tip = view.maps.tip_at(view.maps.cell_center((2, 1, 40)))
    assert tip == exact(float(own[2, 1, 40]))
    assert "conv2d_3" in view.opened.whole


@pytest.mark.parametrize(
    ("network", "layer", "below"),
    [
        ("book", "conv2d_1", "the digit"),
        ("book", "conv2d_2", "maxpooling2d_1"),
        ("no-max-pool", "conv2d_2", "conv2d_1"),
        ("book", "dense_1", "conv2d_3"),
        ("book", "dense_2", "dense_1"),
        ("dense", "dense_1", "the digit"),
    ],
)
def test_slices_are_those_of_the_layer_whose_channels_they_weigh(
    network: str, layer: str, below: str
) -> None:
    built = named(network)
    assert sliced_by(built, built.index(layer)) == below


def test_a_slice_is_named_by_its_channel_and_its_norm(view_of: ViewOf, pointer: Pointer) -> None:
    view, kernel = view_of("conv2d_2", 5)
    for channel in (0, 31):
        norm = float(np.linalg.norm(kernel[..., channel, 5]))
        pointer.move(view.maps, view.maps.cell_center((1, 1, channel)))
        assert list(view.maps.tags()) == [channel]
        assert view.maps._names[channel] == f"channel {channel} · norm {number(norm, 2)}"


def test_by_norm_the_largest_slice_stands_first(view_of: ViewOf, pointer: Pointer) -> None:
    view, kernel = view_of("conv2d_2", 5)
    assert view.slice_order == list(range(32))
    view.orders.show_choice("norm")
    view.orders.chosen.emit("norm")
    norms = [float(np.linalg.norm(kernel[..., channel, 5])) for channel in view.slice_order]
    assert norms == sorted(norms, reverse=True)
    assert sorted(view.slice_order) == list(range(32))
    first = view.slice_order[0]
    assert view.maps._names[0].startswith(f"channel {first} · ")
    open_slice(view, pointer, 0)
    assert numbers_of(view) == as_exact(kernel[:, :, first, 5])
    assert view.opened.whole.startswith(f"Channel {first} of maxpooling2d_1")


def test_a_click_opens_the_numbers_of_a_slice_and_a_second_closes_them(
    view_of: ViewOf, pointer: Pointer
) -> None:
    view, kernel = view_of("conv2d_2", 5)
    assert not view.numbers.isVisible()
    open_slice(view, pointer, 17)
    assert view.numbers.isVisible()
    assert numbers_of(view) == as_exact(kernel[:, :, 17, 5])
    assert [mark.channel for mark in view.maps.outlines] == [17]
    open_slice(view, pointer, 17)
    assert not view.numbers.isVisible()
    assert view.maps.outlines == ()


def test_another_filter_keeps_the_slice_that_is_open(
    view_of: ViewOf, pointer: Pointer, look: Look
) -> None:
    view, kernel = view_of("conv2d_2", 5)
    open_slice(view, pointer, 17)
    scene = scene_of(named("book"))
    view.show_filter(scene, scene.network["conv2d_2"], 6)
    assert numbers_of(view) == as_exact(kernel[:, :, 17, 6])


def test_a_layer_without_weights_has_no_kernel(view_of: ViewOf) -> None:
    view, _ = view_of("conv2d_2", 5)
    scene = scene_of(named("book"))
    view.show_filter(scene, scene.network["maxpooling2d_1"], 5)
    assert not view.isVisible()


@pytest.mark.parametrize(
    ("network", "layer"),
    [("book", "conv2d_1"), ("book", "conv2d_2"), ("book", "dense_1"), ("dense", "dense_1")],
)
def test_nothing_in_it_is_cut(network: str, layer: str, view_of: ViewOf) -> None:
    view, _ = view_of(layer, 3, network)
    assert unreadable_in(view) == []


# A kernel on the image is typed into


def edit(view: KernelView, pointer: Pointer, row: int, column: int) -> CellEditor:
    pointer.double_click(view.numbers, view.numbers.cells[0].cell(row, column).center())
    assert view.editor is not None
    return view.editor


def test_the_kernel_on_the_image_shows_its_nine_numbers(view_of: ViewOf) -> None:
    view, kernel = view_of("conv2d_1", 12)
    assert numbers_of(view) == as_exact(kernel[:, :, 0, 12])
    assert not view.maps.isVisible()


def test_a_number_that_is_typed_is_told_with_its_place(
    view_of: ViewOf, pointer: Pointer, qtbot: QtBot
) -> None:
    view, _ = view_of("conv2d_1", 12)
    editor = edit(view, pointer, 2, 1)
    QTest.keyClicks(editor, "-0.75")
    with qtbot.waitSignal(view.edited) as edited:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [2, 1, -0.75]
    assert view.editor is None


def test_esc_drops_what_was_typed(view_of: ViewOf, pointer: Pointer) -> None:
    view, kernel = view_of("conv2d_1", 12)
    told: list[object] = []
    view.edited.connect(told.append)
    editor = edit(view, pointer, 0, 0)
    QTest.keyClicks(editor, "9")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert told == []
    assert view.editor is None
    assert numbers_of(view) == as_exact(kernel[:, :, 0, 12])


def test_what_is_no_number_is_not_told(view_of: ViewOf, pointer: Pointer) -> None:
    view, _ = view_of("conv2d_1", 12)
    told: list[object] = []
    view.edited.connect(told.append)
    editor = edit(view, pointer, 0, 0)
    QTest.keyClicks(editor, "a lot")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told == []
    assert view.editor is editor


def test_another_filter_closes_the_cell(view_of: ViewOf, pointer: Pointer) -> None:
    """A number meant for one filter never lands in another."""
    view, _ = view_of("conv2d_1", 12)
    told: list[object] = []
    view.edited.connect(told.append)
    QTest.keyClicks(edit(view, pointer, 0, 0), "9")
    scene = scene_of(named("book"))
    view.show_filter(scene, scene.network["conv2d_1"], 13)
    assert view.editor is None
    assert told == []


@pytest.mark.parametrize("layer", ["conv2d_2", "dense_1"])
def test_only_a_kernel_on_the_image_is_typed_into(
    layer: str, view_of: ViewOf, pointer: Pointer
) -> None:
    view, _ = view_of(layer, 3)
    open_slice(view, pointer, 2)
    pointer.double_click(view.numbers, view.numbers.cells[0].cell(0, 0).center())
    assert view.editor is None
    assert "Double-click" not in view.remark.text()
