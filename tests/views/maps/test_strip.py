"""NetworkStrip: one card a layer, in the book's names and numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from visualizer.core.edits import SwitchOff
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.maps.layer_card import fitted, parameters_sum, parameters_text, thumbnail
from visualizer.views.maps.strip import NetworkStrip


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
        between = picture.pixelColor(round((one.right() + other.left()) / 2), 70)
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
        y = round(card.center().y())
        colors = [picture.pixelColor(round(card.left()) + x, y) for x in range(-1, 3)]
        framed.append(wanted in colors)
    assert framed == [position == layer for position in range(8)]


def test_thumbnails_follow_the_digit(strip: NetworkStrip, session: Session) -> None:
    def pictures() -> list[bytes]:
        shot = strip.grab().toImage()
        return [bytes(shot.copy(strip.card(n).toRect()).constBits()) for n in range(8)]

    before = pictures()
    session.show_digit(1)
    assert all(old != new for old, new in zip(before, pictures(), strict=True))


@pytest.mark.parametrize("columns", [1, 3, 5])
def test_a_thumbnail_is_the_first_three_rows_of_maps(columns: int, session: Session) -> None:
    scene = session.viewer.scene
    output = scene.trace.outputs[0]
    image, mosaic = thumbnail(scene.network.layers[0], output, columns)
    assert mosaic is not None and mosaic.rows == 3
    np.testing.assert_array_equal(image[:26, :26], output[:, :, 0])
    np.testing.assert_array_equal(image[-26:, -26:], output[:, :, 3 * columns - 1])
    vector, _ = thumbnail(scene.network.layers[7], scene.trace.outputs[7], columns)
    np.testing.assert_array_equal(vector.ravel(), scene.trace.outputs[7])


@pytest.mark.parametrize("name", [layer.name for net in NETWORKS for layer in named(net).layers])
@pytest.mark.parametrize("width", [84, 120])
def test_a_layers_name_is_never_cut(name: str, width: int, qapp: QApplication) -> None:
    font = Theme().font("caption", bold=True)
    shown, type_ = fitted(name, font, width)
    assert "…" not in shown
    assert shown.endswith(name[-2:])
    assert QFontMetricsF(type_).horizontalAdvance(shown) <= width


def test_thumbnails_use_the_width_of_their_cards(strip: NetworkStrip) -> None:
    for width in (700, 1100, 1400):
        strip.resize(width, 136)
        QApplication.processEvents()
        picture = strip.grab().toImage()
        room = strip._room(0)
        y = round(room.top()) + 1
        frame = [
            x
            for x in range(round(strip.card(0).left()) + 3, round(strip.card(0).right()) - 3)
            if picture.pixelColor(x, y) != picture.pixelColor(round(strip.card(0).left()) + 4, y)
        ]
        assert max(frame) - min(frame) >= 0.72 * room.width()


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
