"""A unit's, a pooling's and a copied number whole: every term in its place, and the output."""

from __future__ import annotations

import re
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Pointer
from tests.views.painted import unreadable_in, words_of
from tests.views.position.stage.conftest import ROOMS, Stage, channel_of
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.terms import DenseTerms, PoolTerms
from visualizer.scene.scene import Model
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.training.initial import initial_weights
from visualizer.views.position.stage.conv_form import ProductsForm
from visualizer.views.position.stage.copy_form import CopyForm
from visualizer.views.position.stage.dense_form import DenseForm
from visualizer.views.position.stage.pool_form import PoolForm
from visualizer.views.position.stage.softmax_table import columns_of
from visualizer.views.position.stage.stage import NumberStage
from visualizer.views.position.sum_lines import RULE

CONV_2, POOL, FLATTEN, DENSE_1, DENSE_2 = 2, 1, 5, 6, 7
Form = TypeVar("Form", DenseForm, PoolForm, CopyForm)


def form_of(stage: NumberStage, kind: type[Form]) -> Form:
    (form,) = (form for form in stage.forms.values() if form.isVisible())
    assert isinstance(form, kind)
    return form


def dense_terms(session: Session) -> DenseTerms:
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, DenseTerms)
    return terms


def as_number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def show_network(session: Session, name: str, size: float = 1.0) -> None:
    """Show a network as it is before training, its weights multiplied."""
    network = named(name)
    weights = {key: w * np.float32(size) for key, w in initial_weights(network, 3).items()}
    session.show_trained(Model(network, weights, "untrained"))


# Dense


@pytest.mark.parametrize("layer", [DENSE_1, DENSE_2])
def test_the_listed_terms_and_the_others_are_the_units_sum(
    stage: Stage, session: Session, layer: int
) -> None:
    form = form_of(stage(layer), DenseForm)
    terms, lines = dense_terms(session), form.lines.lines
    at = next(i for i, line in enumerate(lines) if line.words[0].startswith("Σ of"))
    added = [as_number(line.figure) for line in lines[:at]]
    assert lines[at - 1].words[0].startswith("the other") and lines[at].adds_up
    assert sum(added) == pytest.approx(terms.total, abs=0.0006 * len(added))
    largest = sorted(np.abs(terms.products), reverse=True)[: at - 1]
    assert np.abs(added[:-1]) == pytest.approx(largest, abs=0.0005)
    total, bias, before = (as_number(line.figure) for line in lines[at : at + 3])
    assert total + bias == pytest.approx(before, abs=1e-9)
    scene = session.viewer.scene
    assert before == pytest.approx(scene.value(scene.selected, pre_activation=True), abs=6e-4)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("layer", [DENSE_1, DENSE_2])
def test_every_row_of_a_unit_has_its_index(
    stage: Stage, session: Session, layer: int, room: tuple[int, int, float]
) -> None:
    form = form_of(stage(layer, *room), DenseForm)
    words = [word.text for word in words_of(form.lines)[0]]
    figures = words[1::2]
    rows = next(at for at, line in enumerate(form.lines.lines) if line.words[0].startswith("the"))
    assert rows >= 1 and [line.figure for line in form.lines.lines] == figures
    assert all(re.match(r"\[[\d, ]+\]", said) for said in words[0 : 2 * rows : 2])
    if layer == DENSE_2:
        table = [word.text for word in words_of(form.softmax)[0]]
        assert all(str(unit) in table for unit in range(10))
        assert any(text.startswith("exp(") for text in table)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("layer", [CONV_2, DENSE_1, DENSE_2])
def test_no_number_sits_on_a_rule(stage: Stage, layer: int, room: tuple[int, int, float]) -> None:
    made = stage(layer, *room)
    form = next(form for form in made.forms.values() if form.isVisible())
    assert isinstance(form, ProductsForm)
    air = made.theme.px(18) * 0.22  # over a fifth of the type
    places = zip(form.lines.lines, form.lines.places(), strict=True)
    rules = [(form.lines, at.top() + made.theme.px(RULE) / 2) for x, at in places if x.adds_up]
    if layer == DENSE_2:
        assert isinstance(form, DenseForm)
        foot = form.softmax.line(form.softmax.rows)
        rules.append((form.softmax, foot.top() - made.theme.px(RULE) / 2))
    assert rules
    for widget, rule in rules:
        for word in words_of(widget)[0]:
            assert word.ink.bottom() < rule - air or word.ink.top() > rule + air, str(word)


def test_the_numbers_on_the_units_map_are_read_from_the_back_row(stage: Stage) -> None:
    form = form_of(stage(DENSE_2), DenseForm)
    assert form.products.product_pixels is None or form.products.product_pixels >= 26


def test_the_contributions_stand_as_the_maps_that_they_come_from(
    stage: Stage, session: Session
) -> None:
    made = stage(DENSE_1)
    form, terms = form_of(made, DenseForm), dense_terms(session)
    subtotals = terms.products.reshape(3, 3, 64).sum(axis=(0, 1))
    assert channel_of(form) == int(np.abs(subtotals).argmax()) and made.orders.isVisible()
    QTest.keyClick(form.products, Qt.Key.Key_End)
    assert channel_of(form) == int(np.argsort(-np.abs(subtotals), kind="stable")[-1])
    QTest.keyClick(form.products, Qt.Key.Key_Home)
    words = [word.text for word in words_of(made)[0] if word.on.startswith("OpenedGrid")]
    numbers = [as_number(text) for text in words if re.fullmatch(r"−?\d+\.\d+|0", text)]
    expected = terms.products.reshape(3, 3, 64)[:, :, channel_of(form)].ravel()
    assert numbers == pytest.approx(expected.tolist(), abs=0.0006)


def test_a_map_is_followed_to_its_largest_contribution(stage: Stage, session: Session) -> None:
    form, terms = form_of(stage(DENSE_1), DenseForm), dense_terms(session)
    maps = np.abs(terms.products.reshape(3, 3, 64))
    channel = channel_of(form)
    QTest.keyClick(form.products, Qt.Key.Key_Return)
    cell = session.viewer.scene.selected
    assert cell.layer == FLATTEN and cell.channel % 64 == channel
    assert maps.reshape(-1)[cell.channel] == maps[:, :, channel].max()


def test_the_softmax_is_shown_from_logits_to_probabilities(stage: Stage, session: Session) -> None:
    made = stage(DENSE_2)
    table, scene = form_of(made, DenseForm).softmax, session.viewer.scene
    words = [word.text for word in words_of(made)[0] if word.on.startswith("SoftmaxTable")]
    shares = [as_number(text.removesuffix("\u2009%")) for text in words if text.endswith("%")]
    assert shares[:-1] == pytest.approx((scene.trace.probabilities * 100).tolist(), abs=0.0051)
    logits = columns_of(dense_terms(session))["logit"].figures
    assert set(logits) <= set(words) and "exp(logit)" in words
    assert scene.selected.channel == scene.prediction
    assert f"class {scene.prediction}" in table.accessibleDescription()


def test_a_class_is_chosen_by_pointer_and_by_key(
    stage: Stage, session: Session, pointer: Pointer
) -> None:
    table = form_of(stage(DENSE_2), DenseForm).softmax
    pointer.click(table, table.line(3).center())
    assert session.viewer.scene.selected == Cell(DENSE_2, 0, 0, 3)
    for key, unit in ((Qt.Key.Key_Down, 4), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Up, 0)):
        QTest.keyClick(table, key)
        assert session.viewer.scene.selected.channel == unit


def test_huge_logits_are_shifted_by_the_largest_and_say_so(stage: Stage, session: Session) -> None:
    show_network(session, "book", 8.0)
    made = stage(DENSE_2)
    columns = columns_of(dense_terms(session))
    assert dense_terms(session).logits.max() > 1000
    assert "−" in columns["exp"].heads[0] and "1.000" in columns["exp"].figures
    assert unreadable_in(made) == []


def test_logits_that_are_not_finite_are_said_to_be_that(stage: Stage, session: Session) -> None:
    show_network(session, "book", 1e12)
    made = stage(DENSE_2)
    assert not np.isfinite(dense_terms(session).logits).all()
    assert set(columns_of(dense_terms(session))["share"].figures) == {"not a number"}
    assert made.isVisible()


# Pooling and copying


def test_a_pooling_shows_the_window_and_its_winner(stage: Stage, session: Session) -> None:
    made = stage(POOL)
    form, scene = form_of(made, PoolForm), session.viewer.scene
    terms = scene.terms(scene.selected)
    assert isinstance(terms, PoolTerms)
    words = [word.text for word in words_of(made)[0] if word.on.startswith("OpenedGrid")]
    numbers = [as_number(text) for text in words if re.fullmatch(r"\d+\.\d+|0", text)]
    assert numbers == pytest.approx(terms.window.ravel().tolist(), abs=0.0006)
    assert as_number(form.lines.lines[-1].figure) == pytest.approx(terms.output, abs=0.0006)
    assert max(numbers) == as_number(form.lines.lines[-1].figure)
    assert "169 windows" in made.note.whole and "winner" in made.note.whole


def test_a_click_on_the_map_selects_the_window_there(
    stage: Stage, session: Session, pointer: Pointer
) -> None:
    form = form_of(stage(POOL), PoolForm)
    channel = session.viewer.scene.selected.channel
    pointer.click(form.map, form.map.cells.cell(7, 12).center())
    assert session.viewer.scene.selected == Cell(POOL, 3, 6, channel)


def test_a_mean_is_a_sum_divided_by_how_many_there_are(stage: Stage, session: Session) -> None:
    show_network(session, "average-pool")
    form = form_of(stage(POOL), PoolForm)
    total, mean = (as_number(line.figure) for line in form.lines.lines)
    assert total / 4 == pytest.approx(mean, abs=0.0007) and "÷ 4" in form.lines.lines[1].words[0]


def test_an_element_says_which_number_of_which_map_it_is(stage: Stage, session: Session) -> None:
    made = stage(FLATTEN)
    session.viewer.select(Cell(FLATTEN, 0, 0, (2 * 3 + 1) * 64 + 30))
    form = form_of(made, CopyForm)
    row, column, channel, element = (line.figure for line in form.place.lines)
    assert (row, column, channel, element) == ("2", "1", "30", "478")
    assert "(2 × 3 + 1) × 64 + 30" in form.place.lines[-1].words[0]
    scene = session.viewer.scene
    assert as_number(form.value.lines[0].figure) == pytest.approx(
        scene.trace.below(FLATTEN)[2, 1, 30], abs=0.0006
    )


# Rooms and networks


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("layer", [POOL, FLATTEN, DENSE_1, DENSE_2])
def test_every_word_is_whole_and_clear(
    stage: Stage, layer: int, room: tuple[int, int, float]
) -> None:
    assert unreadable_in(stage(layer, *room)) == []


@pytest.mark.parametrize("layer", [POOL, FLATTEN, DENSE_1])
def test_what_is_explained_is_large_enough_for_the_lecture_hall(stage: Stage, layer: int) -> None:
    made = stage(layer)
    (form,) = (form for form in made.forms.values() if form.isVisible())
    opened = form.map if isinstance(form, CopyForm) else form.opened  # type: ignore[attr-defined]
    assert opened.pixels >= 45
    assert made.theme.font("caption").pixelSize() >= 30


def test_the_softmax_is_large_enough_for_the_lecture_hall(stage: Stage) -> None:
    table = form_of(stage(DENSE_2), DenseForm).softmax
    assert table.pixels >= 45 and table.line(0).height() >= table.pixels
    assert set(table.shown) == {"class", "logit", "exp", "share"}


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_of_every_network_has_its_form(
    stage: Stage, session: Session, name: str
) -> None:
    show_network(session, name)
    made = stage(0, 1366, 768, 1.78)
    for layer, one in enumerate(session.viewer.scene.network.layers):
        session.viewer.select_layer(layer)
        QApplication.processEvents()
        assert unreadable_in(made) == [], one.name
        assert sum(form.isVisible() for form in made.forms.values()) == 1
        assert made.title.whole.startswith(one.name)
