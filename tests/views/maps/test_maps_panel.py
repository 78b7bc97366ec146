"""MapsPanel: every map of the selected layer on one honest scale, and one selection."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.views.painted import words_of
from visualizer.core.edits import SwitchOff
from visualizer.core.network.networks import NETWORKS
from visualizer.data.dataset import Dataset
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.numbers import MINUS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT
from visualizer.views.maps.captions import describe
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.widgets.pixels import color_at

SPATIAL = range(5)
MapsOf = Callable[[Session], MapsPanel]


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], digits: Dataset) -> Session:
    return make_session(digits)


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> MapsPanel:
    made = MapsPanel(look, session.viewer)
    show(made, 900, 600)
    return made


def choose(panel: MapsPanel, which: str, key: str) -> None:
    """Press one of the joined buttons, as a user does."""
    segments = getattr(panel, which)
    (button,) = (b for b in segments.findChildren(QToolButton) if b.property("key") == key)
    button.click()


def drawn_at(panel: MapsPanel, place: tuple[int, ...]) -> QColor:
    """The colour of a cell on the screen, beside its number."""
    view = panel.maps
    row, column, channel = place
    box = view._viewport.on_screen(view.mosaic.cell_rect(row, column, channel))
    inset = QPointF(min(box.width() / 2, 3), min(box.height() / 2, 3))
    return view.grab().toImage().pixelColor((box.topLeft() + inset).toPoint())


def number_of(label: str) -> float:
    return float(label.replace(MINUS, "-"))


@pytest.mark.parametrize("layer", SPATIAL)
def test_the_picture_is_the_networks_values(
    layer: int, panel: MapsPanel, session: Session, look: Look
) -> None:
    session.viewer.select_layer(layer)
    output = session.viewer.scene.trace.outputs[layer]
    top = float(output.max())
    view = panel.maps
    for place in np.ndindex(output.shape):
        rect = view.mosaic.cell_rect(*place)
        expected = color_at(float(output[place]), 0, top, look.theme.sequential)
        assert view.image.pixelColor(rect.left, rect.top) == expected, place


@pytest.mark.parametrize("layer", SPATIAL)
def test_the_colour_bar_ends_at_the_layers_largest_value(
    layer: int, panel: MapsPanel, session: Session
) -> None:
    session.viewer.select_layer(layer)
    labels = panel.colour_bar.labels
    assert labels[0] == (0.0, "0")
    assert labels[-1][0] == session.viewer.scene.trace.outputs[layer].max()
    assert number_of(labels[-1][1]) == pytest.approx(labels[-1][0], rel=0.006)


def test_the_maps_change_with_the_digit(panel: MapsPanel, session: Session) -> None:
    before = panel.maps.image.copy()
    session.show_digit(1)
    assert panel.maps.image != before


def test_the_maps_change_with_the_weights(panel: MapsPanel, session: Session) -> None:
    before = panel.maps.image.copy()
    session.reset()
    assert panel.maps.image != before


@pytest.mark.parametrize("layer", [0, 2, 4])
def test_pre_activations_are_signed_and_symmetric(
    layer: int, panel: MapsPanel, session: Session, look: Look
) -> None:
    session.viewer.select_layer(layer)
    choose(panel, "values", "pre-activation")
    sums = session.viewer.scene.trace.pre_activations[layer]
    (low, low_label), *_, (high, _) = panel.colour_bar.labels
    assert low == -high
    assert high == pytest.approx(float(np.abs(sums).max()))
    assert low_label.startswith(MINUS)
    place = tuple(int(i) for i in np.unravel_index(sums.argmin(), sums.shape))
    rect = panel.maps.mosaic.cell_rect(*place)  # type: ignore[arg-type]
    expected = color_at(float(sums.min()), low, high, look.theme.diverging)
    assert panel.maps.image.pixelColor(rect.left, rect.top) == expected


def test_a_layer_without_activation_has_no_pre_activation(
    panel: MapsPanel, session: Session
) -> None:
    session.viewer.select_layer(1)
    (button,) = (
        b for b in panel.values.findChildren(QToolButton) if b.property("key") == "pre-activation"
    )
    assert not button.isEnabled()
    assert "maxpooling2d_1" in button.toolTip()


def test_a_range_of_each_maps_own_says_that_it_does_not_compare(
    panel: MapsPanel, session: Session, look: Look
) -> None:
    assert not panel.warning.isVisible()
    choose(panel, "ranges", "map")
    assert panel.warning.isVisible()
    assert panel.warning.text() == "not comparable between maps"
    output = session.viewer.scene.trace.outputs[0]
    strongest = color_at(1, 0, 1, look.theme.sequential)
    for channel in range(output.shape[2]):
        top = output[:, :, channel].max()
        if top > 0:
            row, column = np.unravel_index(output[:, :, channel].argmax(), output.shape[:2])
            rect = panel.maps.mosaic.cell_rect(int(row), int(column), channel)
            assert panel.maps.image.pixelColor(rect.left, rect.top) == strongest
    assert not any(label.replace(".", "").isdigit() for _, label in panel.colour_bar.labels[1:])
    choose(panel, "ranges", "layer")
    assert not panel.warning.isVisible()


def test_the_network_range_is_one_scale_for_all_layers(panel: MapsPanel, session: Session) -> None:
    choose(panel, "ranges", "network")
    tops = []
    for layer in SPATIAL:
        session.viewer.select_layer(layer)
        tops.append(panel.colour_bar.labels[-1][0])
    assert len(set(tops)) == 1
    assert tops[0] == max(float(output.max()) for output in session.viewer.scene.trace.outputs)


def test_hover_reads_the_value_and_what_it_sees(
    panel: MapsPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select_layer(2)
    place = (4, 7, 33)
    pointer.move(panel.maps, panel.maps.cell_center(place))
    cell = Cell(2, *place)
    assert session.viewer.scene.hovered == cell
    text = panel.readout.toolTip() or panel.readout.text()
    value = session.viewer.scene.trace.outputs[2][place]
    assert f"conv2d_2 [4, 7, 33] = {value:.4f}" in text
    (field, *_) = session.viewer.scene.network.fields(2, 4, 7, 33)
    assert f"{field.top}–{field.bottom - 1}" in text
    assert f"{field.left}–{field.right - 1}" in text
    pointer.leave(panel.maps)
    assert session.viewer.scene.hovered is None


def test_a_click_selects_channel_and_cell(panel: MapsPanel, session: Session, pointer: Any) -> None:
    panel.maps.show_channel(17)
    pointer.click(panel.maps, panel.maps.cell_center((20, 3, 17)))
    assert session.viewer.scene.selected == Cell(0, 20, 3, 17)


@pytest.mark.parametrize(
    ("key", "change"),
    [
        (Qt.Key.Key_Up, {"row": 4}),
        (Qt.Key.Key_Down, {"row": 6}),
        (Qt.Key.Key_Left, {"column": 4}),
        (Qt.Key.Key_Right, {"column": 6}),
        (Qt.Key.Key_PageUp, {"channel": 4}),
        (Qt.Key.Key_PageDown, {"channel": 6}),
    ],
)
def test_keys_move_the_selected_cell(
    key: Qt.Key, change: dict[str, int], panel: MapsPanel, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select(Cell(2, 5, 5, 5))
    qtbot.keyClick(panel.maps, key)
    assert session.viewer.scene.selected == replace(Cell(2, 5, 5, 5), **change)


def test_keys_stop_at_the_edge(panel: MapsPanel, session: Session, qtbot: QtBot) -> None:
    session.viewer.select(Cell(2, 0, 0, 0))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
        qtbot.keyClick(panel.maps, key)
    assert session.viewer.scene.selected == Cell(2, 0, 0, 0)


# Layers without rows and columns


@pytest.mark.parametrize("width", range(420, 900, 20))
def test_after_a_dense_layer_no_word_of_the_header_is_cut(
    width: int, panel: MapsPanel, session: Session
) -> None:
    """A dense layer has fewer buttons; in a low panel they share the title's row."""
    session.viewer.select_layer(7)
    session.viewer.settle()
    panel.resize(max(width, panel.minimumSizeHint().width()), 380)
    QApplication.processEvents()
    session.viewer.select_layer(4)
    session.viewer.settle()
    QApplication.processEvents()
    assert panel.title.text() == "conv2d_3"
    for segments in (panel.values, panel.ranges):
        for button in segments.findChildren(QToolButton):
            assert button.width() >= button.sizeHint().width(), button.text()


def test_flatten_is_a_sheet_in_row_column_channel_order(
    panel: MapsPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select_layer(5)
    session.viewer.select(Cell(5, 0, 0, 575))
    clicked = set()
    layer = session.viewer.scene.layer
    for unit in (0, 1, 64, 191, 192, 575):
        block, row, column = (int(i) for i in np.unravel_index(unit, layer.sheet))
        pointer.click(panel.maps, panel.maps.cell_center((row, column, block)))
        assert session.viewer.scene.selected == Cell(5, 0, 0, unit)
        clicked.add(describe(session.viewer.scene, session.viewer.scene.selected)[0])
    assert any("from conv2d_3 [1, 0, 0]" in text for text in clicked)
    assert len(clicked) == 6


@pytest.mark.parametrize("layer", [6, 7])
def test_a_small_vector_is_bars(
    layer: int, panel: MapsPanel, session: Session, pointer: Any, qtbot: QtBot
) -> None:
    session.viewer.select_layer(layer)
    assert panel.bars.isVisible()
    assert not panel.maps.isVisible()
    assert not panel.colour_bar.isVisible()
    pointer.click(panel.bars, panel.bars.unit_center(4))
    assert session.viewer.scene.selected == Cell(layer, 0, 0, 4)
    qtbot.keyClick(panel.bars, Qt.Key.Key_Right)
    assert session.viewer.scene.selected == Cell(layer, 0, 0, 5)
    pointer.move(panel.bars, panel.bars.unit_center(2))
    assert session.viewer.scene.hovered == Cell(layer, 0, 0, 2)
    text = panel.readout.toolTip() or panel.readout.text()
    assert f"[2] = {session.viewer.scene.trace.outputs[layer][2]:.4f}" in text


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("values", ["pre-activation", "output"])
@pytest.mark.parametrize("scale", ["layer", "map", "network"])
def test_every_layer_of_every_network_is_drawn(
    name: str, values: str, scale: str, panel: MapsPanel, session: Session, qtbot: QtBot
) -> None:
    choose(panel, "ranges", scale)
    session.choose_network(name)
    for position, layer in enumerate(session.viewer.scene.network.layers):
        session.viewer.select_layer(position)
        choose(panel, "values", values)
        qtbot.waitUntil(lambda named=layer.name: panel.title.text() == named)
        trace = session.viewer.scene.trace
        signed = values == "pre-activation" and layer.activation_name != "linear"
        shown = (trace.pre_activations if signed else trace.outputs)[position]
        if panel._stack.currentWidget() is panel.bars:
            unit = int(np.abs(shown).argmax())
            bar = panel.bars.bars()[unit]
            picture = panel.bars.grab().toImage()
            at = bar.center().toPoint() + QPoint(0, 1)
            shade = panel.theme.diverging[222 if shown[unit] >= 0 else 40]
            assert bar.height() > 3 and picture.pixelColor(at) == QColor(*shade.tolist())
        else:
            last = tuple(size - 1 for size in panel.maps._maps.shape)
            value = float(shown.reshape(layer.map_shape)[-1, -1, -1])
            if scale == "map" and layer.is_spatial:
                value /= float(np.abs(shown[:, :, -1]).max()) or 1.0
            low, high = panel.colour_bar._low, panel.colour_bar._high
            lut, step = panel.maps._scale.lut, (high - low) / 510
            # A value midway between two colours may be rounded to either.
            near = [color_at(value + d, low, high, lut) for d in (-step, 0, step)]
            assert drawn_at(panel, last) in near


@pytest.mark.parametrize(
    ("filling", "scale"),
    [
        *itertools.product((0.0, np.nan, np.inf, -np.inf), ("layer", "network")),
        (0.0, "map"),
        (np.nan, "map"),
        (np.inf, "map"),
        (-np.inf, "map"),
    ],
)
def test_dead_and_broken_maps_are_drawn(
    filling: float, scale: str, panel: MapsPanel, session: Session
) -> None:
    """Layers whose values are all zero, or no numbers at all, as a diverged network has them."""
    choose(panel, "ranges", scale)
    scene = session.viewer.scene
    for values in ("output", "pre-activation"):
        for layer in range(len(scene.network.layers)):
            session.viewer._set(scene.with_selection(Cell(layer, 0, 0, 0)))
            trace = replace(
                scene.trace,
                outputs=tuple(np.full_like(o, filling) for o in scene.trace.outputs),
                pre_activations=tuple(
                    np.full_like(o, filling) for o in scene.trace.pre_activations
                ),
            )
            session.viewer._set(replace(session.viewer.scene, trace=trace))
            choose(panel, "values", values)
            if panel._stack.currentWidget() is panel.maps:
                last = tuple(size - 1 for size in panel.maps._maps.shape)
                drawn = drawn_at(panel, last)
                # What is no number has no colour: the ground is seen.
                assert drawn.name() == LIGHT.ground if filling else drawn.lightness() >= 253
            else:
                filled = QColor(*panel.theme.diverging[222].tolist())
                picture = panel.bars.grab().toImage()
                height = range(picture.height())
                columns = [round(panel.bars.unit_center(unit).x()) for unit in (1, 5, 9)]
                assert filled not in [picture.pixelColor(x, y) for x in columns for y in height]
            low, high = panel.colour_bar.labels[0][0], panel.colour_bar.labels[-1][0]
            assert np.isfinite([low, high]).all()
            assert low < high


def test_the_view_goes_with_the_selection_while_a_map_is_enlarged(
    panel: MapsPanel, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select(Cell(2, 5, 5, 20))
    panel.maps.show_channel(20)
    at = panel.maps.cell_center((5, 5, 20))
    for key, channel in ((Qt.Key.Key_PageDown, 21), (Qt.Key.Key_PageUp, 20)):
        qtbot.keyClick(panel.maps, key)
        assert session.viewer.scene.selected.channel == channel
        assert panel.maps.zoomed
        moved = panel.maps.cell_center((5, 5, channel)) - at
        assert moved.manhattanLength() <= 2


def test_the_logits_beside_a_class_that_is_off_keep_their_scale(
    panel: MapsPanel, session: Session
) -> None:
    session.viewer.select_layer(7)
    choose(panel, "values", "pre-activation")
    session.what_if.add(SwitchOff("dense_2", 4))
    session.viewer.settle()
    logits = session.viewer.scene.trace.pre_activations[7]
    others = np.delete(logits, 4)
    assert panel.bars._top <= 1.01 * float(np.abs(others).max())
    words = " ".join(word.text for word in words_of(panel)[0])
    assert "10,000" not in words and "10000" not in words
