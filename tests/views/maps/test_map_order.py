"""Maps in another order: each is the channel that its name says, wherever it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualizer.core.edits import SwitchOff
from visualizer.data.dataset import Dataset
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.maps.map_order import map_order_of
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.maps.order_button import FROM_A_STUDY, ORDERS, UNKNOWN
from visualizer.views.widgets.pixels import color_at

EVERY = [key for key, *_ in ORDERS]
SPATIAL = range(5)


def sort(panel: MapsPanel, by: str) -> None:
    """Choose from the menu, as a user does."""
    panel.order.entries[by].trigger()


def drawn(panel: MapsPanel) -> list[int]:
    """The channels in the order in which their maps stand, by their names."""
    return [int(name.split()[1]) for name in panel.maps._names]


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], digits: Dataset) -> Session:
    return make_session(digits)


@pytest.fixture
def panel(sorted_maps: MapsPanel, study: Callable[[], None]) -> MapsPanel:
    """The maps, where everything is known of the filters."""
    study()
    return sorted_maps


@pytest.mark.parametrize("by", EVERY)
def test_every_map_is_the_channel_that_its_name_says(
    by: str, panel: MapsPanel, session: Session, look: Look
) -> None:
    sort(panel, by)
    view = panel.maps
    for layer in SPATIAL:
        session.viewer.select_layer(layer)
        output = session.viewer.scene.trace.outputs[layer]
        channels, top = drawn(panel), float(output.max())
        assert sorted(channels) == list(range(output.shape[2]))
        for place, channel in enumerate(channels):
            for row, column in np.ndindex(output.shape[:2]):
                at = view.mosaic.cell_rect(row, column, place)
                value = float(output[row, column, channel])
                expected = color_at(value, 0, top, look.theme.sequential)
                assert view.image.pixelColor(at.left, at.top) == expected, (layer, channel)


def test_the_largest_response_to_the_digit_comes_first(panel: MapsPanel, session: Session) -> None:
    sort(panel, "response")
    for layer in SPATIAL:
        session.viewer.select_layer(layer)
        sums = session.viewer.scene.trace.pre_activations[layer]
        responses = [float(sums[:, :, channel].max()) for channel in drawn(panel)]
        assert responses == sorted(responses, reverse=True)


def test_the_most_selective_filter_comes_first_and_like_ones_stand_together(
    panel: MapsPanel, session: Session
) -> None:
    for layer in SPATIAL:
        session.viewer.select_layer(layer)
        known = session.study.layer(session.viewer.scene.layer.name)
        assert known is not None
        sort(panel, "selectivity")
        selectivity = known.selectivity[drawn(panel)].tolist()
        assert selectivity == sorted(selectivity, reverse=True)
        sort(panel, "likeness")
        assert drawn(panel) == known.by_likeness.tolist()
        sort(panel, "index")
        assert drawn(panel) == list(range(known.channels))


@pytest.mark.parametrize("by", EVERY)
def test_pointing_and_clicking_reach_the_channel_that_is_drawn_there(
    by: str, panel: MapsPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select_layer(2)
    sort(panel, by)
    for place in (0, 13, 63):
        channel = drawn(panel)[place]
        pointer.move(panel.maps, panel.maps.cell_center((4, 7, place)))
        assert session.viewer.scene.hovered == Cell(2, 4, 7, channel)
        assert panel.maps.tags().keys() == {place}
        pointer.click(panel.maps, panel.maps.cell_center((4, 7, place)))
        assert session.viewer.scene.selected.channel == channel
        selected = {mark.channel for mark in panel.maps.outlines if mark.color == "selection"}
        assert selected == {place}


def test_keys_go_along_the_order_shown(panel: MapsPanel, session: Session, qtbot: QtBot) -> None:
    session.viewer.select_layer(2)
    sort(panel, "likeness")
    order = drawn(panel)
    session.viewer.select(Cell(2, 5, 5, order[0]))
    seen = []
    for key in (Qt.Key.Key_PageUp, *[Qt.Key.Key_PageDown] * 64, Qt.Key.Key_PageUp):
        qtbot.keyClick(panel.maps, key)
        seen.append(session.viewer.scene.selected)
    along = [order[0], *order[1:], order[-1], order[-2]]
    assert seen == [Cell(2, 5, 5, channel) for channel in along]


def test_the_selection_keeps_its_channel_and_an_enlarged_map_its_place(
    panel: MapsPanel, session: Session
) -> None:
    session.viewer.select(Cell(2, 5, 5, 20))
    panel.maps.show_channel(20)
    at = panel.maps.cell_center((5, 5, 20))
    for by in ("response", "likeness", "selectivity", "index"):
        sort(panel, by)
        assert session.viewer.scene.selected == Cell(2, 5, 5, 20)
        moved = panel.maps.cell_center((5, 5, drawn(panel).index(20))) - at
        assert panel.maps.zoomed and moved.manhattanLength() <= 2


def test_the_order_stays_while_the_pointer_moves_and_follows_the_digit(
    panel: MapsPanel, session: Session, pointer: Any
) -> None:
    sort(panel, "response")
    first = panel._places
    for place in range(8):
        pointer.move(panel.maps, panel.maps.cell_center((4, 7, place)))
        session.viewer.point((place, place))
    assert panel._places is first
    before = drawn(panel)
    session.show_digit(1)
    session.viewer.settle()
    assert drawn(panel) != before


def test_the_panel_says_what_the_maps_are_sorted_by(panel: MapsPanel) -> None:
    assert panel.subtitle.whole == "32 feature maps of 26 × 26"
    sort(panel, "likeness")
    assert panel.subtitle.whole == "32 feature maps of 26 × 26 · by likeness"


def test_what_is_not_known_cannot_be_chosen_and_says_why(
    sorted_maps: MapsPanel, study: Callable[[], None], session: Session
) -> None:
    entries = sorted_maps.order.entries
    for key in EVERY:
        assert entries[key].isEnabled() == (key not in FROM_A_STUDY)
    assert {entries[key].toolTip() for key in FROM_A_STUDY} == {UNKNOWN}
    assert not session.study.responses.busy
    study()
    assert all(entry.isEnabled() for entry in entries.values())
    sort(sorted_maps, "likeness")
    session.choose_network("strided")
    session.viewer.settle()
    assert not entries["likeness"].isEnabled() and entries["index"].isChecked()
    assert drawn(sorted_maps) == list(range(32))
    session.choose_network("book")
    session.viewer.settle()
    assert sorted_maps.subtitle.whole.endswith("by likeness")


def test_the_order_stands_while_the_weights_change(panel: MapsPanel, session: Session) -> None:
    sort(panel, "likeness")
    before = drawn(panel)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    session.viewer.settle()
    assert drawn(panel) == before
    assert "earlier moment" in panel.order.entries["likeness"].toolTip()


def test_a_vector_has_no_order_to_choose(panel: MapsPanel, session: Session) -> None:
    sort(panel, "response")
    for layer in (5, 6, 7):
        session.viewer.select_layer(layer)
        assert not panel.order.isVisible()
        places = map_order_of(session.viewer.scene, "response", None)
        for unit in (0, 5, 9):
            cell = Cell(layer, 0, 0, unit)
            assert places.cell(places.place(cell), layer) == cell


def test_hidden_maps_are_sorted_when_they_are_shown(
    sorted_maps: MapsPanel, study: Callable[[], None]
) -> None:
    sorted_maps.hide()
    study()
    assert not sorted_maps.order.entries["likeness"].isEnabled()
    sorted_maps.show()
    assert sorted_maps.order.entries["likeness"].isEnabled()
