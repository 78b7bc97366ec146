"""The whole chain: what stands in its columns, and what clicks and keys do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from tests.scene.chains import ALL, picture
from tests.views.chain.conftest import Make
from tests.views.conftest import Pointer
from tests.views.painted import unreadable_in, words_of
from visualizer.core.edits import SwitchOff
from visualizer.core.network.networks import NETWORKS
from visualizer.scene.chain import chain_of
from visualizer.scene.scene import Digit
from visualizer.scene.trail import INPUT, Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.chain.stage import ChainStage
from visualizer.views.chain.texts import foot_text

ROOMS = ((1366, 700), (1920, 1010), (1024, 630), (3840, 2080))


def words_on(stage: ChainStage) -> list[str]:
    return [word.text for word in words_of(stage)[0]]


def middle_of(stage: ChainStage, column: int, row: int, across: int) -> QPointF:
    return stage.view.columns.cells[column].cell(row, across).center()


@pytest.mark.parametrize("name", ["", *ALL])
def test_the_foot_has_the_networks_numbers(name: str, make: Make, session: Session) -> None:
    stage = make(name)
    scene = session.viewer.scene
    links = chain_of(scene).links
    assert [text.foot for text in stage.view.texts] == [foot_text(link) for link in links]
    words = words_on(stage)
    for link in links:
        assert foot_text(link) in words
    assert stage.view.texts[-1].foot == f"{float(scene.trace.probabilities.max()):.2%}".replace(
        "%", "\u2009%"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["", *ALL])
def test_nothing_is_cut_or_covered_in_any_room(
    name: str, dark: bool, make: Make, look: Look
) -> None:
    look.set_dark(dark)
    stage = make(name)
    for width, height in ROOMS if not dark else ROOMS[:1]:
        zoom = min(width / 768, (height + 68) / 432)
        look._change(replace(look.theme, zoom=zoom))
        stage.resize(width, height)
        assert unreadable_in(stage) == [], (width, height)
        assert stage.view.columns.area.height() > 0.3 * stage.view.height()


@pytest.mark.parametrize("name", ["", "twelve"])
def test_nothing_is_cut_in_either_font(name: str, make: Make, one_font: None) -> None:
    assert unreadable_in(make(name)) == []


@pytest.mark.parametrize("name", ["", "dense", "no-max-pool"])
def test_in_present_mode_the_type_is_large(name: str, make: Make) -> None:
    """Of 1080 pixels: 30 for titles, 26 in the columns, 44 for the values at the foot."""
    stage = make(name, 1920, 1010)
    feet = {text.foot for text in stage.view.texts}
    titles = {text.name for text in stage.view.texts}
    foot = stage.view.foot(0).top()
    for word in words_of(stage)[0]:
        least = 44 if word.text in feet and word.ink.top() > foot else 26
        if word.text in titles or word.on != "ChainView":
            least = 30
        if word.text != "→":
            assert word.pixels >= least, word


def test_every_digit_of_a_sum_is_there_with_twelve_layers(make: Make) -> None:
    stage = make("twelve", 1366, 700)
    words = words_on(stage)
    for text in stage.view.texts:
        if text.sum is not None and text.product is not None:
            parts = text.sum.positive, text.sum.negative, text.sum.bias
            assert set(parts) | {text.product.value, text.product.result} <= set(words)


# The pointer


def test_a_click_on_a_window_keeps_the_way_above(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    before = chain_of(session.viewer.scene)
    above, own = before.cells[5], before.cells[4]  # conv2d_3 and what it sees of maxpooling2d_2
    place = next(
        (above.row + y, above.column + x)
        for y in range(3)
        for x in range(3)
        if (above.row + y, above.column + x) != (own.row, own.column)
    )
    pointer.click(stage.view, middle_of(stage, 4, *place))
    led = chain_of(session.viewer.scene)
    assert session.viewer.scene.selected == Cell(3, *place, own.channel)
    assert led.cells[5:] == before.cells[5:]
    assert stage.view.chain.cells == led.cells


def test_alt_left_goes_back_to_the_way_before(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    ways = [chain_of(session.viewer.scene).cells]
    for unit in (3, 9, 20):
        pointer.click(stage.view, middle_of(stage, 6, unit, 0))
        ways.append(chain_of(session.viewer.scene).cells)
    assert len({cells[7] for cells in ways}) == 4
    for expected in reversed(ways[:-1]):
        session.viewer.back()
        assert chain_of(session.viewer.scene).cells == expected
    session.viewer.forward()
    assert stage.view.chain.cells == ways[1]


def test_a_click_on_a_class_leads_to_it(make: Make, session: Session, pointer: Pointer) -> None:
    stage = make()
    scene = session.viewer.scene
    other = (scene.prediction + 1) % 10
    pointer.click(stage.view, middle_of(stage, 7, other, 0))
    assert session.viewer.scene.selected == Cell(7, 0, 0, other)
    assert stage.title.whole == f"One way to class {other}; the answer is {scene.prediction}"


def test_a_click_on_a_part_of_a_bar_takes_that_term(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    room, rows = stage.view.numbers(7), stage.view.rows
    assert rows is not None
    across = np.arange(room.left(), room.right())
    points = [QPointF(x, room.top() + rows.tops["bar"] + 3) for x in across]
    parts = [(point, part[1]) for point in points if (part := stage.view.segment_at(point))]
    assert any(part.own for _, part in parts) and any(part.index is None for _, part in parts)
    point, other = next((p, one) for p, one in parts if one.index is not None and not one.own)
    assert f"dense_1 [{other.index}]" in stage.view.tip_at(point)
    pointer.click(stage.view, point)
    assert chain_of(session.viewer.scene).cells[7].channel == other.index
    assert session.viewer.scene.selected.layer == 7


def test_a_click_beside_the_map_stands_at_the_column(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    cells = chain_of(session.viewer.scene).cells
    pointer.click(stage.view, stage.view.foot(3).center())
    assert session.viewer.scene.selected == cells[3]
    assert chain_of(session.viewer.scene).cells == cells


def test_the_value_under_the_pointer_is_told(
    make: Make, session: Session, pointer: Pointer
) -> None:
    stage = make()
    channel = chain_of(session.viewer.scene).cells[1].channel
    point = middle_of(stage, 1, 5, 6)
    pointer.move(stage.view, point)
    value = session.viewer.scene.value(Cell(0, 5, 6, channel))
    assert f"conv2d_1 [5, 6, {channel}] = {value:.4f}" in stage.note.whole
    assert f"{value:.4f}" in stage.view.tip_at(point)
    pointer.leave(stage.view)
    assert "click" in stage.note.whole


# The keys


def test_arrows_walk_along_the_way(make: Make, session: Session) -> None:
    stage = make()
    stage.view.setFocus()
    cells = chain_of(session.viewer.scene).cells
    for column in range(6, -1, -1):
        QTest.keyClick(stage.view, Qt.Key.Key_Left if column % 2 else Qt.Key.Key_Return)
        assert stage.view.chain.column == column
    assert session.viewer.scene.pixel == (cells[0].row, cells[0].column)
    QTest.keyClick(stage.view, Qt.Key.Key_Left)
    assert stage.view.chain.column == 0
    QTest.keyClick(stage.view, Qt.Key.Key_End)
    QTest.keyClick(stage.view, Qt.Key.Key_Right)
    assert session.viewer.scene.selected == cells[-1]
    assert stage.view.chain.cells == cells


def test_up_and_down_take_the_next_largest_term(make: Make, session: Session) -> None:
    stage = make()
    stage.view.setFocus()
    cells = chain_of(session.viewer.scene).cells
    terms = session.viewer.scene.terms(cells[-1])
    ranked = np.argsort(-np.abs(terms.products), kind="stable")
    for place in (1, 2):
        QTest.keyClick(stage.view, Qt.Key.Key_Down)
        assert stage.view.chain.cells[7].channel == ranked[place]
        assert stage.view.texts[-1].rank[0] == f"no. {place + 1} of 64"
    QTest.keyClick(stage.view, Qt.Key.Key_Up)
    QTest.keyClick(stage.view, Qt.Key.Key_Up)
    assert stage.view.chain.cells == cells
    assert session.viewer.scene.selected == cells[-1]


def test_the_way_is_said_in_one_sentence(make: Make, session: Session) -> None:
    stage = make()
    said = stage.view.accessibleDescription()
    pixel = chain_of(session.viewer.scene).cells[0]
    assert said.startswith(f"From pixel [{pixel.row}, {pixel.column}] = ")
    assert said.count(" = ") == 8 and said.endswith("%.")


# It follows


def test_it_follows_what_changes(make: Make, session: Session) -> None:
    stage, viewer = make(), session.viewer
    first = stage.view.texts
    viewer.show_digit(picture(5))
    viewer.settle()
    assert stage.view.texts != first and stage.view.chain.scene is viewer.scene
    second = stage.view.texts
    viewer.alter((SwitchOff("conv2d_1", chain_of(viewer.scene).cells[1].channel),))
    viewer.settle()
    assert stage.view.texts != second


def test_a_hidden_answer_is_not_given_away(make: Make, session: Session, pointer: Pointer) -> None:
    stage, viewer = make(), session.viewer
    viewer.select_layer(0)
    viewer.predict(True)
    pictures = []
    for place in (3, 8):
        bias = np.zeros_like(viewer.scene.weights["dense_2.bias"])
        bias[place] = 50
        weights = {**viewer.scene.weights, "dense_2.bias": bias}
        viewer.show_live(replace(viewer.scene.model, weights=weights))
        viewer.settle()
        assert viewer.scene.prediction == place
        pictures.append(stage.grab().toImage())
        told = " ".join([*words_on(stage), stage.view.accessibleDescription(), stage.title.whole])
        assert "%" not in told and "dense_2 [" not in told
        assert stage.view.cell_at(middle_of(stage, 7, place, 0)) is None
    assert pictures[0] == pictures[1]
    viewer.reveal()
    assert stage.title.whole == "One way to the answer: 8"


def test_without_ink_nothing_is_predicted(make: Make, session: Session) -> None:
    stage = make()
    session.viewer.show_digit(Digit(np.zeros((28, 28), np.uint8), None, "pad", drawn=True))
    session.viewer.settle()
    assert "No ink, no prediction" in stage.title.whole
    assert stage.view.texts[-1].foot == "–" and "%" not in " ".join(words_on(stage))


def test_a_class_that_was_taken_out_says_so(make: Make, session: Session) -> None:
    stage = make()
    session.viewer.alter((SwitchOff("dense_2", session.viewer.scene.selected.channel),))
    session.viewer.settle()
    assert any("out" in word.split() for word in words_on(stage))
    assert stage.view.texts[-1].foot == "0.00\u2009%"


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e30])
def test_weights_that_have_come_apart_are_shown_as_they_are(
    bad: float, make: Make, session: Session
) -> None:
    stage, model = make(), session.viewer.scene.model
    for key in model.weights:
        weights = {**model.weights, key: np.full_like(model.weights[key], bad)}
        session.viewer.show_live(replace(model, weights=weights))
        session.viewer.settle()
        assert unreadable_in(stage) == []
    assert stage.title.whole.startswith("No prediction") == (not np.isfinite(bad))


def test_where_the_way_ends_the_columns_above_say_so(make: Make, session: Session) -> None:
    stage = make()
    session.viewer.select(Cell(2, 10, 10, 5))
    assert "maxpooling2d_2" in stage.title.whole
    assert [text.foot for text in stage.view.texts[4:]] == ["–"] * 4
    assert unreadable_in(stage) == []


def test_the_marks_have_the_colours_of_selection_and_field(
    make: Make, session: Session, look: Look
) -> None:
    stage = make()
    grabbed = stage.view.grab().toImage()
    columns = stage.view.columns
    for index, name in ((1, "selection"), (1, "field"), (3, "field")):
        box = columns.cell_box(index) if name == "selection" else columns.window_box(index)
        assert isinstance(box, QRectF)
        around = [
            grabbed.pixelColor(round(box.left()) - near, round(box.center().y()))
            for near in range(0, 9)
        ]
        color: QColor = look.theme.color(name)
        assert color in around, (index, name)


def test_the_six_networks_have_a_column_for_each_layer_that_computes(make: Make) -> None:
    for name in NETWORKS:
        stage = make(name)
        layers = stage.scene.network.layers
        names = [layer.name for layer in layers if layer.name != "flatten_1"]
        assert [text.name for text in stage.view.texts] == ["digit", *names]
        assert stage.view.chain.layers[0] == INPUT
