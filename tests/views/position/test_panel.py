"""PositionPanel: every number can be followed down to the digit, and adds up on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from visualizer.core.edits import SwitchOff
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.core.network.networks import named
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms
from visualizer.scene.chain import chain_of
from visualizer.scene.scene import Model
from visualizer.scene.trail import INPUT, Cell
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.text.numbers import MINUS, digits_for
from visualizer.training.initial import initial_weights
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.base.theme import text_width
from visualizer.views.chain.texts import foot_text
from visualizer.views.maps.captions import describe
from visualizer.views.position.conv_view import ConvView
from visualizer.views.position.dense_view import DenseView
from visualizer.views.position.panel import PositionPanel
from visualizer.views.position.pool_view import PoolView
from visualizer.views.position.stage.softmax_table import columns_of
from visualizer.views.position.sum import sum_lines
from visualizer.views.position.sums import winners

LAYERS = {
    "conv2d_1": ConvTerms,
    "maxpooling2d_1": PoolTerms,
    "conv2d_2": ConvTerms,
    "conv2d_3": ConvTerms,
    "flatten_1": CopyTerms,
    "dense_1": DenseTerms,
    "dense_2": DenseTerms,
}


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> PositionPanel:
    made = PositionPanel(look, session.viewer, session)
    show(made, 420, 900)
    return made


def last_number(text: str) -> float:
    plain = re.sub("<[^>]*>", "", text).replace("&nbsp;", " ")
    return float(re.findall(rf"{MINUS}?\d+\.\d+", plain)[-1].replace(MINUS, "-"))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", LAYERS)
def test_the_sentence_ends_in_the_networks_value(
    name: str, seed: int, panel: PositionPanel, session: Session
) -> None:
    layer = session.viewer.scene.network.index(name)
    rng = np.random.default_rng([layer, seed])
    shape = session.viewer.scene.network.layers[layer].map_shape
    session.viewer.select(Cell(layer, *(int(rng.integers(size)) for size in shape)))
    view = panel.views[LAYERS[name]]
    assert view.isVisibleTo(panel)
    softmax = isinstance(view, DenseView) and view.softmax.isVisibleTo(view)
    text = view.softmax.text() if softmax else view.sentence.text()
    assert last_number(text) == pytest.approx(
        session.viewer.scene.value(session.viewer.scene.selected), abs=1e-3
    )


def test_subtotals_are_ranked_by_size_or_in_order(panel: PositionPanel, session: Session) -> None:
    session.viewer.select_layer(session.viewer.scene.network.index("conv2d_2"))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, ConvTerms)
    order = [int(label) for label in view.subtotals.labels]
    assert sorted(order) == list(range(32))
    sizes = np.abs(terms.subtotals[order])
    assert (np.diff(sizes) <= 0).all()
    view.orders.findChildren(type(view.orders._buttons["size"]))[1].click()
    assert [int(label) for label in view.subtotals.labels] == list(range(32))


def test_choosing_a_channel_shows_its_patch_times_kernel(
    panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select_layer(session.viewer.scene.network.index("conv2d_2"))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    pointer.click(view.subtotals, view.subtotals.unit_center(3))
    channel = int(view.subtotals.labels[3])
    assert view.sum is not None and view.sum.channel == channel
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, ConvTerms)
    below = session.viewer.scene.trace.outputs[1][:, :, channel]
    for factor, texts, on_scale, values in zip(
        view.grids.factors,
        view.grids.texts,
        (below, terms.kernel, terms.products),
        (terms.patch, terms.kernel, terms.products),
        strict=True,
    ):
        digits = view.grids.digits(factor)
        assert digits == digits_for(float(np.abs(on_scale).max()))
        unit = 10.0**digits.power
        shown = np.array([[float(t.replace(MINUS, "-")) * unit for t in row] for row in texts])
        half = 0.5 * 10.0**-digits.places * unit
        np.testing.assert_allclose(shown, values[:, :, channel], atol=half * 1.001, rtol=0)
    assert last_number(view.subtotal.text()) == pytest.approx(terms.subtotals[channel], abs=6e-4)


def test_from_a_logit_to_a_pixel_in_as_many_steps_as_layers(
    panel: PositionPanel, session: Session
) -> None:
    layers = len(session.viewer.scene.network.layers)
    session.viewer.select(Cell(layers - 1, 0, 0, session.viewer.scene.prediction))
    seen = [session.viewer.scene.trail.current.layer]
    for _ in range(layers):
        panel.follow_main_term()
        seen.append(session.viewer.scene.trail.current.layer)
    assert seen == [*range(layers - 1, -1, -1), INPUT]
    assert session.viewer.scene.pixel is not None
    assert "pixel" in panel.trail.text()
    grey = session.viewer.scene.digit.pixels[session.viewer.scene.pixel]
    assert last_number(panel.pixel.sentence.text()) == pytest.approx(grey / 255, abs=6e-4)


def test_each_step_leads_to_a_term_of_the_number_before(
    panel: PositionPanel, session: Session
) -> None:
    session.viewer.select(Cell(len(session.viewer.scene.network.layers) - 1, 0, 0, 3))
    for _ in range(7):
        above = session.viewer.scene.selected
        panel.follow_main_term()
        below = session.viewer.scene.selected
        layer = session.viewer.scene.network.layers[above.layer]
        window = layer.window(above.row, above.column, above.channel)
        assert below.layer == above.layer - 1
        assert window.contains(below.row, below.column)


def largest_term(session: Session, cell: Cell) -> set[Cell]:
    """The cells below whose product (or value, under a pooling) is the largest: by hand."""
    scene = session.viewer.scene
    layer = scene.network.layers[cell.layer]
    below = scene.trace.below(cell.layer)
    kernel = scene.weights.get(f"{layer.name}.kernel")
    found: dict[Cell, float] = {}
    if len(below.shape) == 1:
        for index, value in enumerate(below):
            found[Cell(cell.layer - 1, 0, 0, index)] = abs(value * kernel[index, cell.channel])
    else:
        window = layer.window(cell.row, cell.column, cell.channel)
        for row in range(window.top, window.bottom):
            for column in range(window.left, window.right):
                if not (0 <= row < below.shape[0] and 0 <= column < below.shape[1]):
                    continue
                if kernel is None:
                    place = Cell(cell.layer - 1, row, column, cell.channel)
                    found[place] = float(below[row, column, cell.channel])
                    continue
                own = kernel[row - window.top, column - window.left, :, cell.channel]
                for channel, product in enumerate(np.abs(below[row, column] * own)):
                    found[Cell(cell.layer - 1, row, column, channel)] = float(product)
    most = max(found.values())
    return {place for place, size in found.items() if size == most}


@pytest.mark.parametrize("network", ["book", "same-padding", "average-pool"])
@pytest.mark.parametrize("depth", range(8))
def test_the_largest_term_is_the_largest_whatever_was_clicked(
    depth: int, network: str, panel: PositionPanel, session: Session
) -> None:
    weights = initial_weights(named(network), 4)
    session.viewer.show_live(Model(named(network), weights, "untrained"))
    session.viewer.settle()
    layer = session.viewer.scene.network.layers[depth]
    rng = np.random.default_rng(depth)
    for _ in range(15):
        cell = Cell(depth, *(int(rng.integers(size)) for size in layer.map_shape))
        session.viewer.select(cell)
        view = panel.views[type(session.viewer.scene.terms(cell))]
        if isinstance(view, ConvView):
            view.open_bar(int(rng.integers(len(view.order))))
        panel.follow_main_term()
        if layer.source(cell.channel) is not None:
            assert session.viewer.scene.trail.current == Cell(
                depth - 1, *layer.source(cell.channel)
            )
        else:
            assert session.viewer.scene.trail.current in largest_term(session, cell)


def test_a_linear_layer_says_its_sum_as_its_output(panel: PositionPanel, session: Session) -> None:
    linear = Network.build(
        "",
        (28, 28, 1),
        (Conv2D(4, activation="linear"), Flatten(), Dense(6, "linear"), Dense(10, "softmax")),
    )
    session.viewer.show_live(Model(linear, initial_weights(linear, 1), "x"))
    session.viewer.settle()
    for depth in (0, 2):
        outputs = session.viewer.scene.trace.outputs[depth]
        place = np.unravel_index(int(outputs.argmin()), linear.layers[depth].map_shape)
        cell = Cell(depth, *map(int, place))
        session.viewer.select(cell)
        view = panel.views[type(session.viewer.scene.terms(cell))]
        assert session.viewer.scene.value(cell) < 0
        assert "max" not in view.sentence.text() + view.caption.text()
        assert last_number(view.sentence.text()) == pytest.approx(
            session.viewer.scene.value(cell), abs=1e-3
        )


def test_back_and_forward_walk_the_trail(
    panel: PositionPanel, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select(Cell(7, 0, 0, 1))
    assert not panel.back.isEnabled()
    panel.follow_main_term()
    panel.follow_main_term()
    lowest = session.viewer.scene.selected
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert session.viewer.scene.selected == Cell(7, 0, 0, 1)
    session.viewer.go_to_step(2)
    assert session.viewer.scene.selected == lowest
    assert not panel.forward.isEnabled()


def test_a_new_selection_begins_a_new_trail(panel: PositionPanel, session: Session) -> None:
    session.viewer.select(Cell(7, 0, 0, 1))
    panel.follow_main_term()
    session.viewer.select(Cell(0, 3, 3, 3))
    assert len(session.viewer.scene.trail.steps) == 1
    assert not panel.trail.isVisibleTo(panel)


def test_double_clicking_a_product_follows_it(
    panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(2, 4, 5, 6))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    assert view.sum is not None
    channel = view.sum.channel
    pointer.double_click(view.grids, view.grids.cells[2].cell(1, 2).center())
    assert session.viewer.scene.selected == Cell(1, 5, 7, channel)


def test_follow_the_winner_selects_the_winning_cell(
    panel: PositionPanel, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select_layer(1)
    value = session.viewer.scene.value(session.viewer.scene.selected)
    view = panel.views[PoolTerms]
    assert isinstance(view, PoolView)
    qtbot.mouseClick(view.follow_winner, Qt.MouseButton.LeftButton)
    assert session.viewer.scene.selected.layer == 0
    assert session.viewer.scene.value(session.viewer.scene.selected) == value


def test_every_window_with_different_values_has_its_winner(session: Session) -> None:
    layer = session.viewer.scene.network.layers[1]
    below = session.viewer.scene.trace.outputs[0][:, :, 5]
    found = {tuple(place) for place in winners(layer, below).tolist()}
    expected = set()
    for row in range(13):
        for column in range(13):
            window = below[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
            if window.max() > window.min():
                for i, j in np.argwhere(window == window.max()).tolist():
                    expected.add((2 * row + i, 2 * column + j))
    assert found == expected


def test_a_conv_cell_says_where_it_lands_in_the_vector(
    panel: PositionPanel, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select(Cell(4, 1, 0, 3))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    assert view.landing.text() == "Lands in flatten_1 [195]"
    qtbot.mouseClick(view.landing, Qt.MouseButton.LeftButton)
    assert session.viewer.scene.selected == Cell(5, 0, 0, 195)
    assert "conv2d_3 [1, 0, 3]" in panel.views[CopyTerms].sentence.text()


def test_the_listed_contributions_add_up_to_the_sum(panel: PositionPanel, session: Session) -> None:
    session.viewer.select(Cell(6, 0, 0, 17))
    view = panel.views[DenseTerms]
    assert isinstance(view, DenseView)
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, DenseTerms)
    assert sum(row.value for row in view.ranked.lines) == pytest.approx(
        terms.pre_activation, rel=1e-4, abs=1e-5
    )


def test_copy_puts_every_term_on_the_clipboard(panel: PositionPanel, session: Session) -> None:
    session.viewer.select(Cell(2, 4, 5, 6))
    panel.copy_terms()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + 288 + 3


def test_the_cell_under_the_pointer_is_explained_while_it_is_there(
    panel: PositionPanel, session: Session
) -> None:
    session.viewer.select(Cell(2, 4, 5, 6))
    session.viewer.hover(Cell(2, 1, 1, 9))
    assert panel.title.text() == "conv2d_2 · filter 9"
    session.viewer.hover(None)
    assert panel.title.text() == "conv2d_2 · filter 6"


@pytest.mark.motion
class TestSliding:
    """The window goes over its real places, and the output fills in behind it."""

    def test_stepping_visits_every_place_once(self, panel: PositionPanel, session: Session) -> None:
        session.viewer.select(Cell(4, 0, 0, 3))
        visited = [session.viewer.scene.selected]
        for _ in range(8):
            panel.slide.player.step.click()
            visited.append(session.viewer.scene.selected)
        assert visited == [Cell(4, r, c, 3) for r in range(3) for c in range(3)]

    def test_playing_goes_on_by_itself_to_the_last_place(
        self, panel: PositionPanel, session: Session, qtbot: QtBot
    ) -> None:
        session.viewer.select(Cell(4, 0, 0, 3))
        panel.slide.player.speed.setCurrentIndex(3)
        panel.slide.player.play.click()
        assert panel.slide.player.playing
        qtbot.waitUntil(lambda: session.viewer.scene.selected == Cell(4, 2, 2, 3))
        qtbot.waitUntil(lambda: not panel.slide.player.playing)

    def test_pausing_and_pointing_elsewhere_hold_the_window(
        self, panel: PositionPanel, session: Session
    ) -> None:
        session.viewer.select(Cell(2, 0, 0, 3))
        panel.slide.player.play.click()
        session.viewer.hover(Cell(2, 7, 7, 1))
        assert not panel.slide.player.playing
        panel.slide.player.play.click()
        panel.slide.player.play.click()
        assert not panel.slide.player.playing

    def test_scrubbing_selects_the_place(self, panel: PositionPanel, session: Session) -> None:
        session.viewer.select(Cell(2, 0, 0, 3))
        panel.slide.player.scrub.setValue(13)
        assert session.viewer.scene.selected == Cell(2, 1, 2, 3)
        assert "place 14 of 121" in panel.slide.player.place.text()

    def test_nothing_slides_where_motion_is_reduced(
        self, panel: PositionPanel, session: Session, look: Look
    ) -> None:
        session.viewer.select(Cell(2, 0, 0, 3))
        panel.slide.player.play.click()
        look.set_reduce_motion(True)
        assert not panel.slide.player.playing
        assert not panel.slide.player.play.isEnabled()
        panel.slide.player.step.click()
        assert session.viewer.scene.selected == Cell(2, 0, 1, 3)


def test_the_pointer_reads_every_term_with_all_its_digits(
    panel: PositionPanel, session: Session
) -> None:
    session.viewer.select(Cell(2, 4, 5, 6))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, ConvTerms)
    tip = view.subtotals.tip_at(view.subtotals.unit_center(0))
    name, value = tip.replace(MINUS, "-").split(": ")
    assert np.float32(value) == terms.subtotals[int(name)]


def test_other_weights_change_the_maps_and_their_terms_at_once(
    panel: PositionPanel, session: Session
) -> None:
    """A number on a map and the sum that explains it are never of different weights."""
    layer = session.viewer.scene.network.index("conv2d_2")
    session.viewer.select(session.viewer.scene.strongest(layer))
    before = panel.views[ConvTerms].sentence.text()
    halved = {key: array / 2 for key, array in session.viewer.scene.weights.items()}
    session.viewer.show_live(replace(session.viewer.scene.model, weights=halved))
    session.viewer.settle()
    cell = session.viewer.scene.selected
    value = session.viewer.scene.trace.outputs[layer][cell.row, cell.column, cell.channel]
    after = panel.views[ConvTerms].sentence.text()
    assert after != before
    assert last_number(after) == pytest.approx(float(value), abs=6e-4)


@pytest.mark.parametrize("layer", [0, 2, 4])
@pytest.mark.parametrize("width", [440, 520, 800])
def test_patch_kernel_and_products_stand_on_one_row_with_air_around_every_number(
    layer: int, width: int, look: Look, session: Session, show: Any
) -> None:
    session.viewer.select_layer(layer)
    panel = PositionPanel(look, session.viewer, session)
    show(panel, width, 700)
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    assert view.grids.rows_at(view.grids.width()) == 1
    assert view.grids.pixels >= 12
    font = look.theme.font("sum")
    font.setPixelSize(view.grids.pixels)
    for cells, texts in zip(view.grids.cells, view.grids.texts, strict=True):
        widest = max(QFontMetricsF(font).horizontalAdvance(t) for row in texts for t in row)
        assert cells.width - widest >= 3
        assert cells.whole.right() <= view.grids.width()


def test_the_grids_stand_in_two_rows_only_where_numbers_of_12_px_have_no_room_in_one(
    look: Look, session: Session, show: Any
) -> None:
    session.viewer.select_layer(2)
    panel = PositionPanel(look, session.viewer, session)
    rows = []
    for width in range(280, 521, 8):
        show(panel, width, 700)
        view = panel.views[ConvTerms]
        assert isinstance(view, ConvView)
        signs = 2 * (text_width("×", look.theme.font().pixelSize()) + 1)
        needed = 9 * (text_width("−.000", 12) + 3) + 3 * 2 + signs
        rows.append(view.grids.rows_at(view.grids.width()))
        if abs(view.grids.width() - needed) > 4:
            assert rows[-1] == (1 if view.grids.width() > needed else 2)
        assert view.grids.pixels >= 12
    assert rows == sorted(rows, reverse=True) and set(rows) == {1, 2}


@pytest.mark.parametrize("layer", [0, 2, 4])
@pytest.mark.parametrize("width", [280, 340, 420, 800])
def test_cells_beside_each_other_are_equally_wide(
    layer: int, width: int, look: Look, session: Session, show: Any
) -> None:
    session.viewer.select_layer(layer)
    panel = PositionPanel(look, session.viewer, session)
    show(panel, width, 700)
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    assert len({cells.width for cells in view.grids.cells}) == 1
    assert len({cells.height for cells in view.grids.cells}) == 1


@pytest.mark.parametrize("width", [280, 340, 392, 408, 420, 460, 520])
def test_the_row_of_products_stays_where_it_is_while_it_trains(
    width: int, look: Look, session: Session, show: Any
) -> None:
    """Weights grow and shrink, and with them the signs and digits of their numbers."""
    session.viewer.select(Cell(2, 4, 5, 6))
    panel = PositionPanel(look, session.viewer, session)
    show(panel, width, 700)
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    model, places, digits = session.viewer.scene.model, set(), set()
    for at, factor in enumerate((1.0, 1.0, 0.05, 0.3, 4.0, 30.0, -1.0)):
        weights = {key: array * np.float32(factor) for key, array in model.weights.items()}
        session.viewer.show_live(replace(model, weights=weights))
        session.viewer.settle()
        QApplication.processEvents()
        if at == 0:
            continue  # the panel is still finding its room
        corner = view.grids.mapTo(panel, QPoint()).toTuple()
        places.add((corner, view.grids.size().toTuple(), *view.grids.cells))
        digits.add(view.grids.factors[2].digits)
    assert len(digits) > 3 and len(places) == 1


def test_the_softmax_sentence_is_whole_with_its_result(
    look: Look, session: Session, show: Any
) -> None:
    panel = PositionPanel(look, session.viewer, session)
    show(panel, 408, 646)
    for layer in (6, 7):
        session.viewer.select_layer(layer)
        QApplication.processEvents()
    view = panel.views[DenseTerms]
    assert isinstance(view, DenseView)
    assert last_number(view.softmax.text()) == pytest.approx(
        session.viewer.scene.value(session.viewer.scene.selected), abs=6e-5
    )
    label = view.softmax.findChild(QLabel)
    assert label is not None
    assert label.height() >= label.heightForWidth(label.width())


SMALLEST = (280, 438)  # of a window of 1024 × 700


@pytest.mark.parametrize("layer", [0, 1, 2, 3, 4, 5])
def test_what_is_explained_is_whole_in_the_smallest_window(
    layer: int, look: Look, session: Session, show: Any, qtbot: QtBot
) -> None:
    panel = PositionPanel(look, session.viewer, session)
    show(panel, *SMALLEST)
    session.viewer.select_layer(layer)
    area = panel.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    labels = [label for label in panel.findChildren(Elided) if label.isVisible()]
    assert [label.text() for label in labels if "…" in label.text()] == []


def test_the_maps_come_back_where_there_is_room(
    look: Look, session: Session, show: Any, qtbot: QtBot
) -> None:
    panel = PositionPanel(look, session.viewer, session)
    session.viewer.select_layer(2)
    show(panel, *SMALLEST)
    qtbot.waitUntil(lambda: not panel.slide.isVisible())
    assert panel.slide.player.isVisible()
    panel.resize(420, 900)
    qtbot.waitUntil(panel.slide.isVisible)
    assert panel.views[ConvTerms].caption.isVisible()


def test_the_player_is_in_view_however_much_there_is_to_scroll(
    look: Look, session: Session, show: Any
) -> None:
    panel = PositionPanel(look, session.viewer, session)
    session.viewer.select_layer(2)
    for height in (240, 438, 900):
        show(panel, 300, height)
        QApplication.processEvents()
        player = panel.slide.player
        assert player.isVisible()
        assert panel.rect().contains(QRect(player.mapTo(panel, QPoint()), player.size()))


@pytest.mark.parametrize(
    ("layer", "title"),
    [(0, "conv2d_1 · filter 3"), (1, "maxpooling2d_1 · channel 3"), (5, "flatten_1 · element 3")],
)
def test_a_number_is_called_what_it_is(
    layer: int, title: str, panel: PositionPanel, session: Session
) -> None:
    session.viewer.select(Cell(layer, 0, 0, 3))
    assert panel.title.text() == title
    panel.title.setFixedWidth(panel.title.fontMetrics().horizontalAdvance("channel 300"))
    assert panel.title.text().endswith(" 3"), "narrow, its number stays"


def test_keys_speak_of_the_selection_while_the_panel_is_hidden(
    panel: PositionPanel, session: Session
) -> None:
    """The Filter view may lie in its place: Enter and Ctrl+Shift+C go on working."""
    viewer = session.viewer
    panel.hide()
    viewer.select(Cell(7, 0, 0, 3))
    panel.copy_terms()
    copied = QGuiApplication.clipboard().text()
    panel.follow_main_term()
    assert viewer.scene.trail.steps[0] == Cell(7, 0, 0, 3)
    assert viewer.scene.selected.layer == 6
    panel.show()
    viewer.select(Cell(7, 0, 0, 3))
    panel.copy_terms()
    assert QGuiApplication.clipboard().text() == copied


def test_after_eight_enters_the_way_down_is_off_and_says_why(
    panel: PositionPanel, session: Session, notices: list[Notice]
) -> None:
    """From the answer every Enter goes one layer down; the eighth leads to a pixel."""
    session.viewer.select_layer(7)
    for _ in range(8):
        assert panel.follow.isEnabled()
        panel.follow_main_term()
    assert session.viewer.scene.pixel is not None
    assert not panel.follow.isEnabled()
    assert "trail ends here" in panel.follow.toolTip()
    assert notices == []
    panel.follow_main_term()
    (notice,) = notices
    assert "trail ends here" in notice.text
    assert notice.holds is not None and notice.holds()
    panel.back.click()
    assert not notice.holds()
    assert panel.follow.isEnabled() and "Follow" in panel.follow.toolTip()


@pytest.mark.parametrize("layer", [0, 2, 6])
def test_the_header_says_whether_the_pointed_or_the_selected_cell_is_shown(
    layer: int, panel: PositionPanel, session: Session
) -> None:
    session.viewer.select(Cell(layer, 0, 0, 3))
    assert panel.place.text().startswith("selected")
    session.viewer.hover(Cell(layer, 0, 0, 5))
    assert panel.place.text().startswith("pointed at")
    panel.resize(280, 700)
    assert panel.place.text().startswith("pointed at")
    session.viewer.hover(None)
    assert panel.place.text().startswith("selected")


def test_a_class_switched_off_is_said_to_be_out_of_the_softmax(
    panel: PositionPanel, session: Session
) -> None:
    session.what_if.add(SwitchOff("dense_2", 4))
    session.viewer.settle()
    view = panel.views[DenseTerms]
    assert isinstance(view, DenseView)
    for selected in (4, 7):
        session.viewer.select(Cell(7, 0, 0, selected))
        rows = (*view.softmax_rows.lines, *view.ranked.lines)
        said = [view.sentence.text(), view.softmax.text()]
        said += [f"{row.words} {row.figure}" for row in rows]
        said += describe(session.viewer.scene, session.viewer.scene.selected)
        assert not [text for text in said if "10,000" in text or "10000" in text]
        assert view.softmax_rows.lines[4].words[0] == "4   taken out of the softmax"
    session.viewer.select(Cell(7, 0, 0, 4))
    assert view.sentence.text() == "This class is taken out of the softmax."
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, DenseTerms)
    assert columns_of(terms)["logit"].figures[4] == "out"
    assert "taken out of the softmax" in [line.words[0] for line in sum_lines(terms, ("Σ",))]


# The whole chain


def test_the_trail_ends_at_the_way_from_the_pixel_to_the_answer(
    panel: PositionPanel, session: Session, qtbot: QtBot
) -> None:
    viewer = session.viewer
    viewer.select_layer(len(viewer.scene.network.layers) - 1)
    cells = chain_of(viewer.scene).cells
    for _ in cells:
        panel.follow_main_term()
    assert viewer.scene.pixel == (cells[0].row, cells[0].column)
    feet = [foot_text(link) for link in chain_of(viewer.scene).links]
    assert panel.pixel.way._text == " → ".join(feet) and feet[-1].endswith("%")
    assert panel.pixel.picture.accessibleDescription().endswith(f"{feet[-1]}.")
    with qtbot.waitSignal(panel.to_chain.clicked):
        panel.pixel.whole.click()
    viewer.predict(True)
    assert "?" in panel.pixel.way._text and "%" not in panel.pixel.way._text


def test_a_way_led_on_elsewhere_can_be_gone_back_from_in_the_panel(
    panel: PositionPanel, session: Session, qtbot: QtBot
) -> None:
    viewer = session.viewer
    viewer.select_layer(len(viewer.scene.network.layers) - 1)
    before = viewer.scene.trail
    viewer.take(chain_of(viewer.scene).trail_to(Cell(6, 0, 0, 5)))
    assert panel.back.isEnabled() and not panel.forward.isEnabled()
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert viewer.scene.trail == before
    assert panel.forward.isEnabled()
