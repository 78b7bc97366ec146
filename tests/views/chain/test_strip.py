"""NetworkStrip: one card a layer, in the book's names and numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.scene.chains import ALL, network_of, weights_of
from visualizer.core.edits import SwitchOff
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.chain import chain_of
from visualizer.scene.scene import Model
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.maps.layer_card import fitted, parameters_sum, parameters_text
from visualizer.views.widgets.pixels import output_top, to_image


@pytest.fixture
def strip(look: Look, session: Session, show: Any) -> NetworkStrip:
    made = NetworkStrip(look, session.viewer)
    show(made, 1100, 140)
    return made


@pytest.mark.parametrize(
    ("layer", "text", "arithmetic"),
    [
        ("conv2d_1", "320", "3×3×1×32 + 32 = 320"),
        ("conv2d_2", "18,496", "3×3×32×64 + 64 = 18,496"),
        ("conv2d_3", "36,928", "3×3×64×64 + 64 = 36,928"),
        ("dense_1", "36,928", "576×64 + 64 = 36,928"),
        ("dense_2", "650", "64×10 + 10 = 650"),
    ],
)
def test_parameters_and_their_arithmetic(layer: str, text: str, arithmetic: str) -> None:
    bound = named("book")[layer]
    assert parameters_text(bound) == text
    assert parameters_sum(bound) == arithmetic


@pytest.mark.parametrize("layer", ["maxpooling2d_1", "flatten_1"])
def test_a_layer_without_parameters_has_a_dash(layer: str) -> None:
    assert parameters_text(named("book")[layer]) == "–"


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("width", [600, 1100, 3000])
def test_there_is_a_card_for_every_layer(
    name: str, width: int, strip: NetworkStrip, session: Session
) -> None:
    session.choose_network(name)
    strip.resize(width, 140)
    cards = [strip.card(layer) for layer in range(len(session.viewer.scene.network.layers))]
    assert all(card.left() >= 0 and card.right() <= width + 1 for card in cards)
    assert all(a.right() < b.left() for a, b in pairwise(cards))
    assert [strip.layer_at(card.center()) for card in cards] == list(range(len(cards)))
    picture = strip.grab().toImage()
    for card in cards:
        x, y = round(card.left()) + 6, round(card.bottom()) - 4
        assert picture.pixelColor(x, y).name() == LIGHT.panel
    for one, other in pairwise(cards):
        between = picture.pixelColor(round((one.right() + other.left()) / 2), 8)
        assert between.name() == LIGHT.ground


@pytest.mark.parametrize("layer", range(8))
def test_a_click_selects_the_layer(
    layer: int, strip: NetworkStrip, session: Session, pointer: Any
) -> None:
    session.viewer.select_layer((layer + 3) % 8)
    pointer.click(strip, strip.card(layer).center())
    assert session.viewer.scene.selected.layer == layer


def test_arrow_keys_go_through_the_layers(
    strip: NetworkStrip, session: Session, qtbot: QtBot
) -> None:
    layers = []
    for key in (Qt.Key.Key_Left, *[Qt.Key.Key_Right] * 9, Qt.Key.Key_Left):
        qtbot.keyClick(strip, key)
        layers.append(session.viewer.scene.selected.layer)
    assert layers == [0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 6]


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        (
            2,
            [
                "conv2d_2 (11, 11, 64)",
                "parameters: 3×3×32×64 + 64 = 18,496",
                "receptive field 8 × 8 pixels, 2 apart",
            ],
        ),
        (3, ["maxpooling2d_2 (5, 5, 64)", "receptive field 10 × 10 pixels, 4 apart"]),
        (5, ["flatten_1 (576,)"]),
        (7, ["dense_2 (10,)", "parameters: 64×10 + 10 = 650"]),
    ],
)
def test_the_tool_tip_explains_the_layer(layer: int, lines: list[str], strip: NetworkStrip) -> None:
    at = strip.card(layer).center().toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, at, strip.mapToGlobal(at)))
    try:
        assert QToolTip.text().splitlines() == lines
    finally:
        away = QPoint(-10, -10)
        QApplication.sendEvent(
            strip, QHelpEvent(QHelpEvent.Type.ToolTip, away, strip.mapToGlobal(away))
        )


@pytest.mark.parametrize("layer", [0, 4, 7])
def test_the_selected_card_has_the_selections_outline(
    layer: int, strip: NetworkStrip, session: Session, look: Look
) -> None:
    session.viewer.select_layer(layer)
    picture = strip.grab().toImage()
    wanted = look.theme.color("selection")
    framed = []
    for position in range(8):
        card = strip.card(position)
        y = round(card.bottom()) - 12
        colors = [picture.pixelColor(round(card.left()) + x, y) for x in range(-1, 3)]
        framed.append(wanted in colors)
    assert framed == [position == layer for position in range(8)]


def test_the_maps_follow_the_digit(strip: NetworkStrip, session: Session) -> None:
    def pictures() -> list[bytes]:
        shot = strip.grab().toImage()
        return [bytes(shot.copy(strip.card(n).toRect()).constBits()) for n in range(8)]

    before = pictures()
    session.show_digit(1)
    assert all(old != new for old, new in zip(before, pictures(), strict=True))


@pytest.mark.parametrize("name", ALL)
def test_every_card_has_the_map_of_the_way_as_large_as_there_is_room(
    name: str, strip: NetworkStrip, session: Session, look: Look
) -> None:
    network = network_of(name)
    session.viewer.show_live(Model(network, weights_of(network), "random"))
    session.viewer.settle()
    session.viewer.select_layer(len(network.layers) - 1)
    scene, columns = session.viewer.scene, strip.columns
    for cell in chain_of(scene).cells[1:]:
        layer, output = network.layers[cell.layer], scene.trace.outputs[cell.layer]
        values = output[:, :, cell.channel] if layer.is_spatial else None
        if values is not None:
            own = to_image(values, 0, output_top(layer, output), look.theme.sequential)
            assert columns.maps[cell.layer].image == own
            assert columns.maps[cell.layer].cell == (cell.row, cell.column)
        whole = columns.cells[cell.layer].whole
        assert strip._room(cell.layer).adjusted(0, -1, 0, 1).contains(whole)
        large = 0.65 * min(strip._room(cell.layer).height(), strip.card(cell.layer).width())
        assert max(whole.width(), whole.height()) >= large
        assert columns.window_box(cell.layer) is not None or cell.layer + 1 == len(network.layers)


def test_lines_join_each_window_with_the_next_cards_cell(
    strip: NetworkStrip, session: Session, look: Look
) -> None:
    session.viewer.select_layer(7)
    picture, field = strip.grab().toImage(), look.theme.color("field")
    for layer in range(7):
        line = strip.columns._joining(layer)[0]
        x = (strip.card(layer).right() + strip.card(layer + 1).left()) / 2
        share = (x - line.x1()) / line.dx()
        middle = line.pointAt(share)
        near = [picture.pixelColor(round(x), round(middle.y()) + up) for up in (-1, 0, 1)]
        assert any(abs(color.hue() - field.hue()) < 8 for color in near), layer


def test_off_the_way_a_card_has_its_strongest_map(
    strip: NetworkStrip, session: Session, look: Look
) -> None:
    """The last column of an 11 × 11 map is in no pooling window: the way ends there."""
    session.viewer.select(Cell(2, 10, 10, 5))
    scene = session.viewer.scene
    assert not chain_of(scene).whole
    for layer in (3, 4):
        output = scene.trace.outputs[layer]
        strongest = output[:, :, scene.strongest(layer).channel]
        own = to_image(strongest, 0, output.max(), look.theme.sequential)
        assert strip.columns.maps[layer].image == own
        assert strip.columns.maps[layer].cell is None


def test_while_weights_change_the_maps_are_the_newest_and_the_way_follows(
    strip: NetworkStrip, session: Session, look: Look, qtbot: QtBot
) -> None:
    viewer = session.viewer
    viewer.select_layer(7)
    network, numbers = viewer.scene.network, weights_of(viewer.scene.network, seed=5)
    viewer.show_live(Model(network, numbers, "random"))
    viewer.settle()
    scene = viewer.scene
    for layer, channel in enumerate(strip._channels[:5]):
        output = scene.trace.outputs[layer]
        own = to_image(output[:, :, channel], 0, output.max(), look.theme.sequential)
        assert strip.columns.maps[layer].image == own
    cells = chain_of(scene).cells
    qtbot.waitUntil(lambda: strip._chain.cells == cells)
    assert strip.columns.maps[0].cell == (cells[1].row, cells[1].column)


def test_another_digit_has_its_own_way_as_soon_as_its_maps_are_painted(
    strip: NetworkStrip, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select_layer(7)
    session.show_digit(3)
    session.viewer.settle()
    scene = session.viewer.scene
    assert strip._chain.scene is scene
    cells = chain_of(scene).cells
    qtbot.waitUntil(lambda: strip._chain.cells == cells)
    marked = [strip.columns.maps[cell.layer].cell for cell in cells[1:6]]
    assert marked == [(cell.row, cell.column) for cell in cells[1:6]]


def test_another_way_through_the_same_cell_is_on_the_cards_at_once(
    strip: NetworkStrip, session: Session
) -> None:
    viewer = session.viewer
    viewer.select_layer(7)
    for step in range(3):
        chain = chain_of(viewer.scene)
        link = chain.by_layer[7]
        below = link.cell_of(link.leading(5)[step + 1])
        viewer.take(chain.trail_through(link.cell, below))
        assert strip._chain.cells == chain_of(viewer.scene).cells


def test_a_hidden_answer_is_not_on_its_card(strip: NetworkStrip, session: Session) -> None:
    session.viewer.predict(True)
    pictures = []
    for digit in (1, 2, 4):
        session.show_digit(digit)
        session.viewer.settle()
        pictures.append(strip.grab(strip.card(7).adjusted(8, 0, -8, 0).toRect()).toImage())
    assert pictures[0] == pictures[1] == pictures[2]


@pytest.mark.parametrize("name", [layer.name for net in NETWORKS for layer in named(net).layers])
@pytest.mark.parametrize("width", [84, 120])
def test_a_layers_name_is_never_cut(name: str, width: int, qapp: QApplication) -> None:
    font = Theme().font("caption", bold=True)
    shown, type_ = fitted(name, font, width)
    assert "…" not in shown
    assert shown.endswith(name[-2:])
    assert QFontMetricsF(type_).horizontalAdvance(shown) <= width


def test_the_same_picture_comes_out_whichever_way_it_was_painted(
    strip: NetworkStrip, session: Session, show: Any, look: Look
) -> None:
    """Another cell paints over what is kept; another digit or size is painted anew."""
    session.viewer.select(Cell(2, 3, 4, 5))
    strip.grab()
    session.viewer.select(Cell(2, 8, 8, 9))
    fresh = NetworkStrip(look, session.viewer)
    show(fresh, 1100, 140)
    for part in (strip, fresh):
        part.clearFocus()
    kept = strip.grab().toImage()
    assert kept == fresh.grab().toImage()
    session.show_digit(3)
    session.viewer.settle()
    other = strip.grab().toImage()
    assert other != kept
    assert other == fresh.grab().toImage() == strip.grab().toImage()
    for part in (strip, fresh):
        part.resize(900, 140)
    assert strip.grab().toImage() == fresh.grab().toImage()


def test_a_card_is_marked_where_filters_stand_out(
    look: Look, session: Session, show: Any, qtbot: QtBot
) -> None:
    strip = NetworkStrip(look, session.viewer, session.study)
    show(strip, 1100, 140)
    session.what_if.add(SwitchOff("conv2d_2", 3))
    session.study.ask()
    qtbot.waitUntil(lambda: session.study.fresh)
    picture, dot = strip.grab().toImage(), strip.dot(2)
    assert picture.pixelColor(dot.center().toPoint()).name() == LIGHT.warning
    assert " dead" in strip.tip_at(dot.center())
    session.what_if.undo()
    picture = strip.grab().toImage()
    assert picture.pixelColor(dot.center().toPoint()).name() == LIGHT.panel
