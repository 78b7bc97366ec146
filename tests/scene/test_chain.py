"""The whole chain: its way is the selection's, its terms the largest, its numbers the network's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from tests.scene.chains import ALL, network_of, picture, scene_of, some_cell, weights_of
from visualizer.core.edits import SwitchOff
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.scene.chain import chain_of, counts_most
from visualizer.scene.link import Link
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.scene.viewer import first_scene
from visualizer.training.torch_network import TorchNetwork

EACH = pytest.mark.parametrize("name", ALL)


def answer_of(scene: Scene) -> Cell:
    return Cell(len(scene.network.layers) - 1, 0, 0, scene.prediction)


def products_below(scene: Scene, cell: Cell) -> dict[Cell, float]:
    """Every term of a number with its product, or its value under a pooling: by hand."""
    layer, below = scene.network.layers[cell.layer], scene.trace.below(cell.layer)
    kernel = scene.weights.get(f"{layer.name}.kernel")
    if layer.source(cell.channel) is not None:
        place = layer.source(cell.channel)
        return {Cell(cell.layer - 1, *place): float(below[place])}
    if below.ndim == 1:
        products = below * kernel[:, cell.channel]
        return {Cell(cell.layer - 1, 0, 0, n): float(p) for n, p in enumerate(products)}
    found, window = {}, layer.window(cell.row, cell.column, cell.channel)
    for row in range(max(window.top, 0), min(window.bottom, below.shape[0])):
        for column in range(max(window.left, 0), min(window.right, below.shape[1])):
            for channel in range(below.shape[2]):
                value, place = (
                    below[row, column, channel],
                    Cell(cell.layer - 1, row, column, channel),
                )
                if kernel is not None:
                    at = row - window.top, column - window.left, channel, cell.channel
                    found[place] = float(value * kernel[at])
                elif channel == cell.channel:
                    found[place] = float(value)
    return found


def term_in(scene: Scene, above: Cell, cell: Cell) -> float | None:
    """What a cell adds to one number above it; None where it is no term: by hand."""
    layer = scene.network.layers[above.layer]
    if len(layer.input_shape) == 1:
        weight = scene.weights[f"{layer.name}.kernel"][cell.channel, above.channel]
        return float(np.float32(scene.value(cell)) * weight)
    return products_below(scene, above).get(cell)


def is_pooling(scene: Scene, layer: int) -> bool:
    return "pooling" in scene.network.layers[layer].name


def leads(scene: Scene, cell: Cell) -> bool:
    """Whether a way leads from a cell to the last layer: some cell above is reached, and so on."""
    if cell.layer + 1 == len(scene.network.layers):
        return True
    layer = scene.network.layers[cell.layer + 1]
    rect = layer.seeing(Rect.cell(cell.row, cell.column))
    above = {
        (row, column)
        for row in range(rect.top, rect.bottom)
        for column in range(rect.left, rect.right)
    }
    return any(leads(scene, Cell(cell.layer + 1, row, column, 0)) for row, column in above)


@EACH
def test_the_way_has_a_cell_in_every_layer_each_a_term_of_the_next(name: str) -> None:
    scene = scene_of(name)
    rng = np.random.default_rng(1)
    for layer in range(len(scene.network.layers)):
        cell = some_cell(scene, layer, rng)
        chain = chain_of(scene.with_selection(cell))
        assert [each.layer for each in chain.cells] == list(range(INPUT, len(chain.cells) - 1))
        assert cell in chain.cells
        for below, above in pairwise(chain.cells):
            assert below in products_below(scene, above)


@EACH
def test_below_the_selection_it_takes_the_largest_term_of_each_sum(name: str) -> None:
    scene = scene_of(name)
    rng = np.random.default_rng(2)
    for layer in (*range(len(scene.network.layers)), len(scene.network.layers) - 1):
        cell = some_cell(scene, layer, rng)
        cells = chain_of(scene.with_selection(cell)).cells[: layer + 2]
        for below, above in pairwise(cells):
            terms = products_below(scene, above)
            sizes = (
                terms if is_pooling(scene, above.layer) else {k: abs(v) for k, v in terms.items()}
            )
            assert sizes[below] == max(sizes.values())


@EACH
def test_above_the_selection_it_takes_the_cell_in_which_it_counts_most(name: str) -> None:
    scene = scene_of(name)
    rng = np.random.default_rng(3)
    last = len(scene.network.layers) - 1
    for layer in [n for n in range(last) for _ in range(3)]:
        cell = some_cell(scene, layer, rng)
        above = counts_most(scene, cell)
        height, width, channels = scene.network.layers[layer + 1].map_shape
        rect = scene.network.layers[layer + 1].seeing(Rect.cell(cell.row, cell.column))
        places = [
            Cell(layer + 1, row, column, channel)
            for row in range(rect.top, min(rect.bottom, height))
            for column in range(rect.left, min(rect.right, width))
            for channel in range(channels)
        ]
        seeing = {}
        for place in places:
            term = term_in(scene, place, cell) if layer + 1 < last else None
            if term is not None:
                seeing[place] = abs(term)
        if layer + 1 == last:
            assert above == answer_of(scene)
        elif not seeing:
            assert above is None
        elif is_pooling(scene, layer + 1):
            won = [place for place in seeing if scene.value(place) == scene.value(cell)]
            leading = [place for place in won or seeing if leads(scene, place)]
            assert above in (leading or won or seeing)
        else:
            relu = scene.network.layers[layer + 1].activation_name == "relu"
            leading = {k: v for k, v in seeing.items() if leads(scene, k)}
            live = {k: v for k, v in leading.items() if scene.value(k) > 0 or not relu}
            best = live or leading or seeing
            assert best[above] == max(best.values())


@EACH
def test_the_numbers_are_torchs(name: str) -> None:
    network = network_of(name)
    weights = weights_of(network)
    scene = first_scene(Model(network, weights, "random"), picture())
    chain = chain_of(scene.with_selection(answer_of(scene)))
    image = torch.from_numpy(picture().pixels.astype(np.float32) / 255)[None, None]
    for link in chain.links[1:]:
        part = replace(network, layers=network.layers[: link.cell.layer + 1])
        with torch.no_grad():
            values = TorchNetwork(part, {key: weights[key] for key in part.parameters}).chain(image)
            if link.layer.activation_name == "softmax":
                values = values.softmax(dim=1)
        cell = link.cell
        at = (cell.channel, cell.row, cell.column) if values.dim() == 4 else (cell.channel,)
        assert link.value == pytest.approx(float(values[0][at]), rel=1e-4, abs=1e-5)
        if link.sum is not None:
            positive, negative = link.sides
            total = positive + negative + link.sum.bias
            assert total == pytest.approx(link.sum.pre_activation, rel=1e-4, abs=1e-5)
            assert positive >= 0 >= negative


@EACH
def test_terms_are_counted_by_size_without_padding(name: str) -> None:
    scene = scene_of(name)
    rng = np.random.default_rng(4)
    for layer in range(len(scene.network.layers)):
        link = Link(scene, some_cell(scene, layer, rng))
        terms = products_below(scene, link.cell)
        sizes = {k: v if link.pool else abs(v) for k, v in terms.items()}
        assert link.count == len(terms)
        walked, cell = [link.largest_below], link.largest_below
        while len(walked) < 6 and (following := Link(scene, link.cell, cell).next_to(1)):
            walked.append(following)
            cell = following
        ranked = sorted(sizes.values(), reverse=True)
        assert [sizes.get(each, 1.0) for each in walked[:6]] == ranked[
            : len(walked)
        ] or link.sum is None
        for place, each in enumerate(walked, start=1):
            assert Link(scene, link.cell, each).rank <= place
        if len(walked) > 1:
            assert Link(scene, link.cell, walked[1]).next_to(-1) == walked[0]


def test_flatten_only_copies_and_has_no_column() -> None:
    chain = chain_of(scene_of("book"))
    names = [chain.scene.network.layers[n].name for n in chain.layers[1:]]
    assert names == [n.name for n in chain.scene.network.layers if n.name != "flatten_1"]
    scene = chain.scene.with_selection(chain.cells[6])
    assert chain_of(scene).column == 5  # a cell of Flatten is that of conv2d_3, which it copies


def test_where_no_cell_sees_the_selection_the_way_ends() -> None:
    scene = scene_of("book").with_selection(Cell(2, 10, 10, 5))  # pooling drops this line
    chain = chain_of(scene)
    assert not chain.whole and chain.cells[-1] == Cell(2, 10, 10, 5)
    assert len(chain.links) == 4 and len(chain.layers) == 8


# Other ways


@EACH
def test_a_cell_that_is_a_term_keeps_the_way_above(name: str) -> None:
    scene = scene_of(name)
    scene = scene.with_selection(answer_of(scene))
    chain = chain_of(scene)
    for link in chain.links[1:]:
        other = link.next_to(1)
        if other is None:
            continue
        column = chain.layers.index(link.cell.layer)
        below = Link(scene, other).largest_below if other.layer not in chain.layers else other
        led = chain_of(replace(scene, trail=chain.trail_to(below)))
        assert led.cells[link.cell.layer + 1 :] == chain.cells[link.cell.layer + 1 :]
        assert other in led.cells and below in led.cells
        assert led.column == column - 1
        through = chain_of(replace(scene, trail=chain.trail_through(link.cell, other)))
        assert other in through.cells and through.column == column
        for below_, above in zip(led.cells[: other.layer + 1], led.cells[1:], strict=False):
            assert below_ == Link(scene, above).largest_below


def test_a_cell_that_is_no_term_begins_a_way_of_its_own() -> None:
    scene = scene_of("book")
    chain = chain_of(scene.with_selection(answer_of(scene)))
    row, column = chain.cells[1].row, chain.cells[1].column
    elsewhere = Cell(0, (row + 13) % 26, (column + 13) % 26, 1)
    led = chain_of(replace(scene, trail=chain.trail_to(elsewhere)))
    assert led.cells == chain_of(scene.with_selection(elsewhere)).cells
    pixel = Cell(INPUT, (row + 13) % 26, (column + 13) % 26, 0)
    led = chain_of(replace(scene, trail=chain.trail_to(pixel)))
    assert led.cells[0] == pixel and led.column == 0
    dropped = Cell(INPUT, 27, 27, 0)  # the first layer sees it, the last does not
    assert not chain_of(replace(scene, trail=chain.trail_to(dropped))).whole


def test_a_pixel_that_no_cell_sees_leads_nowhere() -> None:
    scene = scene_of("gaps")
    chain = chain_of(scene)
    assert chain.trail_to(Cell(INPUT, 2, 2, 0)) is scene.trail  # between two windows


@EACH
def test_walking_along_the_way_changes_no_cell_of_it(name: str) -> None:
    scene = scene_of(name)
    start = chain_of(scene)
    for column in (*range(len(start.links)), *reversed(range(len(start.links)))):
        chain = chain_of(scene)
        scene = scene.with_trail(chain.trail_at(column))
        assert chain_of(scene).cells == start.cells
        assert chain_of(scene).column == column


def test_the_way_comes_through_whatever_is_selected_or_followed() -> None:
    scene = scene_of("book").with_selection(Cell(4, 1, 1, 7)).with_step(Cell(3, 2, 2, 9))
    cells = chain_of(scene).cells
    assert cells[5] == Cell(4, 1, 1, 7) and cells[4] == Cell(3, 2, 2, 9)
    assert chain_of(scene.with_trail(scene.trail.back())).cells == cells


@EACH
def test_what_is_known_of_the_chain_before_changes_nothing(name: str) -> None:
    scene = scene_of(name)
    rng = np.random.default_rng(6)
    chain = chain_of(scene)
    for layer in [n for n in range(len(scene.network.layers)) for _ in range(3)]:
        scene = scene.with_trail(chain.trail_to(some_cell(scene, layer, rng)))
        chain, anew = chain_of(scene, chain), chain_of(scene)
        assert chain.cells == anew.cells
        told = [(link.cell, link.index, link.value) for link in chain.links if not link.is_pixel]
        assert told == [(link.cell, link.index, link.value) for link in anew.links[1:]]
    other = chain_of(scene.with_changes(None, picture(9)), chain)
    assert all(link.scene is other.scene for link in other.links)


# What is odd


def test_a_hidden_answer_does_not_bend_the_way() -> None:
    scene = scene_of("book").with_predictions(True)
    chain = chain_of(scene)
    assert not chain.shows_answer and chain.cells[-1].channel == 0
    shown = chain_of(scene.with_answer())
    assert shown.shows_answer and shown.cells[-1].channel == scene.prediction
    assert shown.cells[:-1] == chain.cells[:-1]


def test_without_ink_there_is_no_answer_to_show() -> None:
    empty = Digit(np.zeros((28, 28), np.uint8), None, "drawing", drawn=True)
    chain = chain_of(scene_of("book").with_changes(None, empty))
    assert chain.whole and not chain.shows_answer


def test_a_class_that_is_out_of_the_softmax_stays_on_the_way() -> None:
    scene = scene_of("book")
    model = scene.model.altered((SwitchOff("dense_2", 4),))
    scene = scene.with_changes(model, None).with_selection(Cell(7, 0, 0, 4))
    link = chain_of(scene).links[-1]
    assert link.value == 0 and link.sum is not None and link.sum.taken_out


@pytest.mark.parametrize("name", ["book", "average-pool", "same-padding", "gaps"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e38])
def test_weights_that_are_no_numbers_end_no_way(name: str, bad: float) -> None:
    scene = scene_of(name)
    for key in scene.weights:
        weights = {**scene.weights, key: np.full_like(scene.weights[key], bad)}
        broken = scene.with_changes(replace(scene.model, weights=weights), None)
        chain = chain_of(broken)
        for link in chain.links[1:]:
            assert 0 <= link.index < len(link.sizes)
            link.next_to(1), link.next_to(-1), link.leading(6), link.rank, link.sides


@EACH
def test_from_the_strongest_cell_of_each_layer_a_way_leads_to_the_answer(name: str) -> None:
    scene = scene_of(name)
    for layer in range(len(scene.network.layers)):
        chosen = scene.strongest(layer)
        assert chain_of(scene.with_selection(chosen)).whole == leads(scene, chosen)


def test_a_single_convolution_can_be_the_last_layer() -> None:
    network = Network.build("one", (28, 28, 1), (Conv2D(2, (5, 5), (2, 2), padding="same"),))
    chain = chain_of(first_scene(Model(network, weights_of(network), "random"), picture()))
    assert chain.whole and len(chain.links) == 2


def test_two_dense_layers_stand_on_the_digit() -> None:
    network = Network.build(
        "two", (28, 28, 1), (Flatten(), Dense(7, "linear"), Dense(10, "softmax"))
    )
    scene = first_scene(Model(network, weights_of(network), "random"), picture())
    assert chain_of(scene).layers == (INPUT, 1, 2)
    assert chain_of(scene).column == 0
