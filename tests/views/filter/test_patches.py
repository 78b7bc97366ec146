"""The pieces of digits that a filter answers to: the right pixels, and a click opens the digit."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer, Show
from tests.views.painted import unreadable_in, words_of
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.windowed import Windowed
from visualizer.core.responses import Patch
from visualizer.data.dataset import Images
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.training.initial import initial_weights
from visualizer.views.base.look import Look
from visualizer.views.filter.patches import COLUMNS, PatchesView, cut


@pytest.fixture(scope="module")
def inked() -> Images:
    """Images without any paper, so that no pixel off the image passes for one on it."""
    numbers = np.random.default_rng(5)
    pixels = numbers.integers(1, 256, (3, 28, 28), dtype=np.uint8)
    return Images(pixels, np.array([3, 8, 1], np.uint8))


def places(network: Network, layer: int) -> list[tuple[int, int, int]]:
    """Corners, edges and middle of a map, with first, middle and last channel."""
    height, width, channels = network.layers[layer].map_shape
    return [
        (row, column, channel)
        for row in sorted({0, height // 2, height - 1})
        for column in sorted({0, width // 2, width - 1})
        for channel in sorted({0, channels // 2, channels - 1})
    ]


def by_hand(
    network: Network, layer: int, place: tuple[int, int, int], pixels: np.ndarray
) -> np.ndarray:
    """The pixels from which a way leads up to a cell, found one layer at a time."""
    row, column, channel = place
    rows, columns = Ways([row]), Ways([column])
    for below in reversed(network.layers[: layer + 1]):
        source = below.source(channel)
        if source is not None:
            rows, columns, channel = Ways([source[0]]), Ways([source[1]]), source[2]
        elif isinstance(below, Windowed):
            (top, _), (left, _) = below.sliding.margins
            rows.down(below.sliding.kernel[0], below.sliding.stride[0], top, below.input_shape[0])
            columns.down(
                below.sliding.kernel[1], below.sliding.stride[1], left, below.input_shape[1]
            )
        else:
            return pixels
    room = 100
    seen = np.zeros((28 + 2 * room, 28 + 2 * room), np.uint8)
    inside = np.ix_(rows.real, columns.real)
    seen[room:-room, room:-room][inside] = pixels[inside]
    return seen[np.ix_([way + room for way in rows.all], [way + room for way in columns.all])]


class Ways:
    """Cells along one axis from which ways lead up; `real` ones never pass through padding."""

    def __init__(self, cells: list[int]) -> None:
        self.all, self.real = cells, cells

    def down(self, kernel: int, stride: int, margin: int, size: int) -> None:
        def below(cells: list[int]) -> list[int]:
            return sorted({at * stride - margin + n for at in cells for n in range(kernel)})

        self.all = below(self.all)
        self.real = [way for way in below(self.real) if 0 <= way < size]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_patch_is_what_its_cell_sees(name: str, inked: Images) -> None:
    network = named(name)
    for layer in range(len(network.layers)):
        for row, column, channel in places(network, layer):
            patch = Patch(1, row, column, 0.0)
            expected = by_hand(network, layer, (row, column, channel), inked.pixels[1])
            found = cut(network, layer, channel, inked, patch)
            np.testing.assert_array_equal(found, expected)


def test_nothing_off_the_patch_changes_the_response(inked: Images) -> None:
    """The network itself says the same: only pixels of the patch matter."""
    network = named("same-padding")
    weights = initial_weights(network, 0)
    layer = network.index("conv2d_2")
    for row, column in ((0, 0), (6, 13), (13, 5)):
        piece = cut(network, layer, 7, inked, Patch(0, row, column, 0.0))
        pixels = inked.pixels[0]
        top, left = _found(piece, pixels)
        other = np.full((28, 28), 128, np.uint8)
        rows, columns = np.nonzero(piece)
        other[rows + top, columns + left] = piece[rows, columns]
        one, two = (
            network.forward(image[:, :, None] / np.float32(255), weights).pre_activations[layer]
            for image in (pixels, other)
        )
        assert one[row, column, 7] == pytest.approx(two[row, column, 7], abs=1e-6)
        assert one[row, column - 5, 7] != pytest.approx(two[row, column - 5, 7], abs=1e-3)


def _found(piece: np.ndarray, pixels: np.ndarray) -> tuple[int, int]:
    """By how much the inked part of a piece is moved where it lies on the image."""
    rows, columns = np.nonzero(piece)
    part = piece[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    for top in range(29 - part.shape[0]):
        for left in range(29 - part.shape[1]):
            there = pixels[top : top + part.shape[0], left : left + part.shape[1]]
            if (there == part).all():
                return top - int(rows.min()), left - int(columns.min())
    raise AssertionError("the piece is not of this image")


# On the screen


@pytest.fixture
def view(show: Show, look: Look) -> PatchesView:
    """Thirty-three patches of conv2d_2."""
    images = synthetic_digits(train=0, test=40).test
    patches = [Patch(at, at % 11, 3, 5 - at / 10) for at in range(33)]
    view = PatchesView(look, "Patches")
    view.show_patches(named("book"), 2, 7, images, patches)
    show(view, 400, 10)
    return view


def test_many_patches_stand_in_rows_of_nine(view: PatchesView) -> None:
    tiles = [view.tile(at) for at in range(33)]
    assert len({tile.top() for tile in tiles}) == 4
    for at, tile in enumerate(tiles):
        assert view.rect().toRectF().contains(tile)
        assert tile.top() == tiles[at - at % COLUMNS].top()
        assert tile.left() == tiles[at % COLUMNS].left()
        assert not any(tile.intersects(other) for other in tiles[at + 1 :])
    assert unreadable_in(view) == []
    texts = [word.text for word in words_of(view)[0]]
    assert texts[:2] == ["5.00", f"a {synthetic_digits(train=0, test=40).test.labels[0]}"]
    assert len(texts) == 2 * 33


def test_fewer_patches_take_fewer_rows(view: PatchesView, qtbot: QtBot) -> None:
    images, before = synthetic_digits(train=0, test=40).test, view.sizeHint().height()
    view.show_patches(named("book"), 2, 7, images, view.patches[:9])
    assert view.sizeHint().height() == pytest.approx(before / 4, abs=1)
    assert view.height() == view.sizeHint().height()


def test_a_click_on_a_patch_or_its_words_opens_it(
    view: PatchesView, pointer: Pointer, qtbot: QtBot
) -> None:
    for at in (0, 8, 9, 32):
        tile = view.tile(at)
        for point in (tile.center(), tile.center() + QPointF(0, tile.height() / 2 + 10)):
            with qtbot.waitSignal(view.opened) as opened:
                pointer.click(view, point)
            assert opened.args == [view.patches[at]]


def test_a_tip_names_the_digit_and_its_place(view: PatchesView) -> None:
    tip = view.tip_at(view.tile(12).center())
    label = synthetic_digits(train=0, test=40).test.labels[12]
    assert tip == f"test digit 12, a {label}, at [1, 3]: 3.8"
    assert view.tip_at(QPointF(view.width() - 1, view.height() - 1)) == ""


def test_keys_go_along_the_rows_and_open(view: PatchesView, qtbot: QtBot) -> None:
    ways = [
        ([Qt.Key.Key_Right, Qt.Key.Key_Down], 10),
        ([Qt.Key.Key_Left, Qt.Key.Key_Up], 0),
        ([Qt.Key.Key_Left, Qt.Key.Key_Up], 0),
        ([Qt.Key.Key_Down] * 5, 27),
    ]
    for keys, reached in ways:
        for key in keys:
            QTest.keyClick(view, key)
        with qtbot.waitSignal(view.opened) as opened:
            QTest.keyClick(view, Qt.Key.Key_Return)
        assert opened.args == [view.patches[reached]]


@pytest.mark.parametrize("value", [0.0, -0.004, 9.999, -123.4, 4e-12, -3e9, 1e37])
def test_no_response_is_cut_or_covers_another(value: float, show: Show, look: Look) -> None:
    images = synthetic_digits(train=0, test=40).test
    view = PatchesView(look, "Patches")
    patches = [Patch(at, 0, 0, value * (1 + at / 50)) for at in range(18)]
    view.show_patches(named("book"), 2, 7, images, patches)
    show(view, 360, 10)
    assert unreadable_in(view) == []


def test_pixels_in_the_gaps_of_a_field_are_hatched_and_not_shown(
    look: Look, show: Show, inked: Images
) -> None:
    layers = (Conv2D(1, (2, 2), (3, 3)), Conv2D(1, (2, 2)), Flatten(), Dense(10, "softmax"))
    network = Network.build("sparse", (28, 28, 1), layers)
    patch = Patch(1, 1, 2, 0.5)
    piece = cut(network, 1, 0, inked, patch)
    seen = network.lines(1, 1, 2)[0]
    assert seen.has_gaps
    box = seen.box
    for row in range(box.height):
        for column in range(box.width):
            there = row + box.top in seen.rows and column + box.left in seen.columns
            shown = inked.pixels[1, row + box.top, column + box.left] if there else np.nan
            np.testing.assert_equal(piece[row, column], np.float32(shown))
    view = PatchesView(look, "Patches")
    show(view, 400, 120)
    view.show_patches(network, 1, 0, inked, [patch])
    picture, tile = view.grab().toImage(), view.tile(0)
    at = tile.topLeft() + QPointF(2.5 * tile.width() / 5, 2.5 * tile.height() / 5)
    gap = picture.pixelColor(at.toPoint()).name()
    assert gap in {look.theme.color(name).name() for name in ("control", "line")}
