"""The network at work: every layer's strongest maps, what a cell sees of them, and the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from tests.scene.chains import ALL, network_of, weights_of
from tests.views.conftest import Pointer, Show
from tests.views.painted import unreadable_in, words_of
from visualizer.core.network.geometry import Rect
from visualizer.scene.moment import Moment
from visualizer.scene.scene import Digit, Model
from visualizer.scene.trail import INPUT, Cell
from visualizer.session.session import Session
from visualizer.text.numbers import count, percent
from visualizer.views.base.look import PRESENT_ROOM, Look
from visualizer.views.chain.network_stage import NetworkStage
from visualizer.views.widgets.pixels import output_top, to_image

ROOMS = ((1366, 700), (1920, 1010), (1024, 630), (3840, 2080))
Make = Callable[..., NetworkStage]


@pytest.fixture
def make(show: Show, look: Look, session: Session) -> Make:
    """A function that shows a network in a room, in type as large as in Present."""

    def made(name: str = "", width: int = 1366, height: int = 700) -> NetworkStage:
        viewer = session.viewer
        if name:
            network = network_of(name)
            viewer.show_live(Model(network, weights_of(network), "random"))
            viewer.settle()
        look._change(replace(look.theme, zoom=zoom_of(width, height)))
        stage = NetworkStage(look, viewer)
        show(stage, width, height)
        return stage

    return made


def zoom_of(width: int, height: int) -> float:
    return min(width / PRESENT_ROOM.width(), (height + 68) / PRESENT_ROOM.height())


def words_on(stage: NetworkStage) -> list[str]:
    return [word.text for word in words_of(stage)[0]]


# What is on it


@pytest.mark.parametrize("name", ["", *ALL])
def test_every_map_that_has_room_is_the_networks_own_the_strongest_first(
    name: str, make: Make, session: Session, look: Look
) -> None:
    stage = make(name)
    scene, maps = session.viewer.scene, stage.view.maps
    for column, image in zip(maps.columns, maps.images, strict=True):
        if column.layer == INPUT or column.mosaic is None:
            continue
        layer, output = scene.network.layers[column.layer], scene.trace.outputs[column.layer]
        channels, top = maps.channels[column.layer], output_top(layer, output)
        for at, channel in enumerate(channels):
            rect = column.mosaic.map_rect(at)
            own = to_image(output[:, :, channel], 0, top, look.theme.sequential)
            assert image.copy(rect.left, rect.top, rect.width, rect.height) == own
        ranked = [c for c in channels if c != scene.selected.channel]
        sums = output.sum(axis=(0, 1), dtype=np.float64)
        assert [sums[c] for c in ranked] == sorted((sums[c] for c in ranked), reverse=True)
        assert len(set(channels)) + column.more == output.shape[2]
        if column.more:
            assert any(word.startswith(f"+ {column.more}") for word in words_on(stage))


@pytest.mark.parametrize("name", ["", *ALL])
def test_shapes_parameters_and_their_total_are_said(
    name: str, make: Make, session: Session
) -> None:
    words = [word.replace(" ", "") for word in words_on(make(name, 1920, 1010))]
    network = session.viewer.scene.network
    said = " ".join(words)
    for layer in network.layers:
        assert str(layer.output_shape).replace(" ", "") in said
        if layer.parameter_count:
            assert count(layer.parameter_count) in said
    stage = make(name, 1920, 1010)
    assert stage.total.whole.startswith(f"{count(network.parameter_count)} parameters")


def test_units_of_a_vector_stand_below_each_other_and_answers_have_their_percent(
    make: Make, session: Session
) -> None:
    stage = make()
    scene, maps = session.viewer.scene, stage.view.maps
    column = maps.columns[-1]
    assert scene.network.layers[column.layer].name == "dense_1"
    assert column.cells.shape == (64, 1) and column.more == 0
    words = words_on(stage)
    for value in scene.trace.probabilities.tolist():
        assert percent(value) in words


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["", *ALL])
def test_nothing_is_cut_or_covered_in_any_room(
    name: str, dark: bool, make: Make, look: Look
) -> None:
    look.set_dark(dark)
    stage = make(name)
    for width, height in ROOMS if not dark else ROOMS[:1]:
        look._change(replace(look.theme, zoom=zoom_of(width, height)))
        stage.resize(width, height)
        assert unreadable_in(stage) == [], (width, height)
        maps = stage.view.maps
        drawn = [column.cells.whole for column in maps.columns]
        for column, whole in zip(maps.columns, drawn, strict=True):
            assert column.room.adjusted(-1, -1, 1, 1).contains(whole)
        assert max(whole.bottom() for whole in drawn) > 0.6 * stage.height()  # it fills the stage


@pytest.mark.parametrize("zoom", [1.0, 1.2])
@pytest.mark.parametrize("name", ["", "dense", "twelve"])
def test_nothing_is_cut_outside_present_mode(
    name: str, zoom: float, make: Make, look: Look
) -> None:
    stage = make(name)
    look._change(replace(look.theme, zoom=zoom))
    for width, height in ((1000, 600), (1340, 690)):
        stage.resize(width, height)
        assert unreadable_in(stage) == []


@pytest.mark.parametrize("name", ["", "twelve"])
def test_nothing_is_cut_in_either_font(name: str, make: Make, one_font: None) -> None:
    for size in ROOMS:
        assert unreadable_in(make(name, *size)) == []


@pytest.mark.parametrize("name", ["", *ALL])
def test_in_present_mode_the_type_is_large(name: str, make: Make, session: Session) -> None:
    """Of 1080 pixels: 30 for names, answers and the total, 26 in the columns."""
    stage = make(name, 1920, 1010)
    names = {"digit", *(layer.name for layer in session.viewer.scene.network.layers)}
    for word in words_of(stage)[0]:
        title = word.text in names or not word.on.startswith("NetworkView")
        assert word.pixels >= (30 if title else 26), word


# What a cell sees


@pytest.mark.parametrize("name", ["", *ALL])
def test_each_layer_below_has_the_box_of_exactly_what_the_selected_cell_sees(
    name: str, make: Make, session: Session
) -> None:
    stage, viewer = make(name), session.viewer
    for layer in range(len(viewer.scene.network.layers)):
        viewer.select_layer(layer)
        scene, maps = viewer.scene, stage.view.maps
        cell = scene.selected
        lines = scene.network.lines(cell.layer, cell.row, cell.column, cell.channel)
        below = [column for column in maps.columns if column.layer < maps.source(cell).layer]
        fields = maps.fields(maps.source(cell))
        assert len(fields) == len(below)
        for column, field in zip(below, fields, strict=True):
            if field.everything or column.mosaic is None:
                assert field.boxes == [column.cells.whole]
                continue
            place = next(
                at
                for at in range(column.mosaic.channels)
                if column.box(Rect.whole(column.mosaic.height, column.mosaic.width), at).contains(
                    field.boxes[0].center()
                )
            )
            seen = {(row, across) for row in range(28) for across in range(28)}
            seen &= {(r, c) for r in lines[column.layer + 1].rows for c in range(28)}
            seen &= {(r, c) for r in range(28) for c in lines[column.layer + 1].columns}
            covered = {
                (row, across)
                for row in range(column.mosaic.height)
                for across in range(column.mosaic.width)
                if any(
                    box.contains(column.box(Rect.cell(row, across), place).center())
                    for box in field.boxes
                )
            }
            assert covered == seen


def test_a_pooling_cell_sees_one_map_and_its_box_is_on_that_one(
    make: Make, session: Session
) -> None:
    stage, viewer = make(), session.viewer
    weakest = int(viewer.scene.trace.outputs[1].sum(axis=(0, 1)).argmin())
    viewer.select(Cell(1, 6, 6, weakest))
    maps = stage.view.maps
    for layer in (0, 1):  # the selected map is drawn, and the one below that it sees
        assert weakest in maps.channels[layer]
    field, column = maps.fields(viewer.scene.selected)[1], maps.columns[1]
    at = maps.channels[0].index(weakest)
    assert field.boxes == [column.box(Rect(12, 12, 14, 14), at)]


def test_the_selected_cell_and_its_field_have_their_colours(
    make: Make, session: Session, look: Look
) -> None:
    stage = make()
    session.viewer.select_layer(4)
    picture, maps = stage.view.grab().toImage(), stage.view.maps
    cell = session.viewer.scene.selected
    box = maps.box_of(cell)
    assert box is not None
    field = maps.fields(cell)[0].boxes[0]
    for rect, color in ((box, "selection"), (field, "field")):
        near = [
            picture.pixelColor(round(rect.center().x()), round(rect.bottom()) + down)
            for down in range(4)
        ]
        wanted = look.theme.color(color)
        assert any(abs(each.hue() - wanted.hue()) < 6 for each in near), color


# While it trains


def test_maps_keep_their_places_within_an_epoch_and_are_ranked_anew_after_it(
    make: Make, session: Session, look: Look
) -> None:
    stage, viewer = make(), session.viewer
    network = viewer.scene.network
    maps = stage.view.maps

    def train_to(epoch: float, seed: int) -> None:
        model = Model(network, weights_of(network, seed), "run", Moment(1, 10, epoch))
        viewer.show_live(model)
        viewer.settle()

    train_to(1.1, 0)
    order, pictures = dict(maps.channels), maps.images
    train_to(1.9, 1)
    assert maps.channels == order
    assert all(a != b for a, b in zip(pictures[1:], maps.images[1:], strict=True))
    train_to(2.0, 1)
    assert maps.channels != order


# The user


def test_a_click_on_a_layer_a_map_or_a_cell_selects_it(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage, viewer = make("", 1920, 1010), session.viewer
    view, maps = stage.view, stage.view.maps
    for place, layer in enumerate(maps.layers[1:], 1):
        viewer.select_layer(0 if layer else 1)
        pointer.click(view, QPointF(maps.rooms[place].center().x(), view.height() - 5))
        assert viewer.scene.selected == viewer.scene.strongest(layer)
    small = maps.columns[1]
    assert small.cells.width < 8
    channel = maps.channels[0][3]
    pointer.click(view, small.box(Rect.cell(2, 2), 3).center())
    values = viewer.scene.trace.outputs[0][:, :, channel]
    row, across = np.unravel_index(values.argmax(), values.shape)
    assert viewer.scene.selected == Cell(0, int(row), int(across), channel)
    large = maps.columns[5]
    assert large.cells.width >= 8
    pointer.click(view, large.box(Rect.cell(1, 2), 4).center())
    assert viewer.scene.selected == Cell(4, 1, 2, maps.channels[4][4])
    pointer.click(view, maps.columns[6].cells.cell(41, 0).center())
    assert viewer.scene.selected == Cell(6, 0, 0, 41)
    pointer.click(view, maps.answer_row(3).center())
    assert viewer.scene.selected == Cell(7, 0, 0, 3)
    pointer.click(view, maps.columns[0].cells.whole.center())
    assert viewer.scene.selected == Cell(7, 0, 0, 3)


def test_the_arrow_keys_go_from_layer_to_layer(make: Make, session: Session) -> None:
    stage, layers = make(), []
    for key in (Qt.Key.Key_Left, *[Qt.Key.Key_Right] * 7, Qt.Key.Key_Left):
        QTest.keyClick(stage.view, key)
        layers.append(session.viewer.scene.selected.layer)
    assert layers == [0, 1, 2, 3, 4, 6, 7, 7, 6]


def test_the_tool_tip_and_the_foot_tell_the_value_under_the_pointer(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    column = stage.view.maps.columns[5]
    point = column.box(Rect.cell(1, 1), 0).center()
    channel = stage.view.maps.channels[4][0]
    value = float(session.viewer.scene.trace.outputs[4][1, 1, channel])
    told = f"conv2d_3 [1, 1, {channel}] = {value:.5g}"
    assert stage.view.tip_at(point).startswith(told[:-1])
    pointer.move(stage.view, point)
    assert stage.note.whole.startswith(told[:-1])
    pointer.leave(stage.view)
    assert stage.note.whole.startswith("click")


def test_a_hidden_answer_stays_hidden(make: Make, session: Session, pointer: Pointer) -> None:
    session.viewer.predict(True)
    stage = make()
    maps = stage.view.maps
    assert not any(word.endswith("%") for word in words_on(stage))
    assert stage.view.tip_at(maps.answer_row(4).center()).startswith("dense_2 (10,)")
    pictures = []
    for digit in (1, 2, 4):
        session.show_digit(digit)
        session.viewer.settle()
        pictures.append(stage.view.grab(maps.answers.toRect()).toImage())
    assert pictures[0] == pictures[1] == pictures[2]


def test_an_empty_pad_has_no_answer(make: Make, session: Session) -> None:
    stage = make()
    empty = Digit(np.zeros((28, 28), np.uint8), None, "drawing", drawn=True)
    session.viewer.show_digit(empty)
    session.viewer.settle()
    assert not any(word.endswith("%") for word in words_on(stage))
    assert unreadable_in(stage) == []


def test_numbers_without_bound_do_no_harm(make: Make, session: Session) -> None:
    stage, viewer = make(), session.viewer
    network = viewer.scene.network
    huge = {key: np.full(shape, 3e38, np.float32) for key, shape in network.parameters.items()}
    viewer.show_live(Model(network, huge, "huge"))
    viewer.settle()
    assert unreadable_in(stage) == []
    assert QRectF(stage.view.rect()).contains(stage.view.maps.answers)
