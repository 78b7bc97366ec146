"""Step: the batch, one weight, its gradient as a mean and as a sum, and the optimizer's numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.session.test_last_step import step
from tests.views.painted import unreadable_in, words_of
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.last_step import NO_STEP, NO_WEIGHTS
from visualizer.text.numbers import MINUS
from visualizer.training.recipe import RECIPES
from visualizer.views.base.look import Look
from visualizer.views.step.panel import StepPanel
from visualizer.views.step.stage import StepStage

POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def value(text: str) -> float:
    """The number that a text ends with."""
    plain = text.translate(POWERS).replace(MINUS, "-").replace(" · 10", "e")
    return float(re.findall(r"-?[\d.]+(?:e-?\d+)?", plain)[-1])


@pytest.fixture
def panel(look: Look, short: Session, show: Any) -> StepPanel:
    made = StepPanel(look, short.viewer, short)
    show(made, 420, 1400)
    return made


def test_it_says_what_to_do_until_there_is_a_step(
    panel: StepPanel, short: Session, qtbot: QtBot
) -> None:
    assert NO_STEP in panel.parts.said.text() and not panel.parts.batch.isVisibleTo(panel)
    step(short, qtbot)
    short.viewer.select_layer(1)
    assert NO_WEIGHTS in panel.parts.said.text()
    short.viewer.select_layer(0)
    assert not panel.parts.said.isVisibleTo(panel) and panel.parts.batch.isVisibleTo(panel)


def test_what_is_printed_leads_from_the_gradient_to_the_new_weight(
    panel: StepPanel, short: Session, qtbot: QtBot
) -> None:
    gradients = step(short, qtbot, 3)
    recipe = short.runs.recipe
    for layer in (0, 2, 6, 7):
        short.viewer.select_layer(layer)
        g, before_v, v, root, before, change, after, in_run = (
            value(line.figure) for line in panel.parts.lines.lines
        )
        tensor, index = short.last_step.weight(short.viewer.scene) or ("", ())
        assert g == pytest.approx(float(gradients.means[tensor][index]), rel=1e-3)
        assert v == pytest.approx(recipe.rho * before_v + (1 - recipe.rho) * g * g, rel=3e-3)
        assert root == pytest.approx(np.sqrt(v + recipe.epsilon), rel=2e-3)
        assert change == pytest.approx(-recipe.learning_rate * g / root, rel=3e-3)
        assert before + change == pytest.approx(after, abs=1.5e-7)
        assert after == pytest.approx(in_run, abs=1e-6)
        model = short.runs.run.model
        assert in_run == pytest.approx(float(model.weights[tensor][index]), abs=1e-7)


def test_the_products_listed_add_up_to_the_digits_gradient(
    panel: StepPanel, short: Session, qtbot: QtBot
) -> None:
    step(short, qtbot)
    short.viewer.select(Cell(0, 9, 9, 5))
    *parts, end = panel.parts.listed.lines
    assert len(parts) == 6, "five, and the rest"
    assert sum(line.value for line in parts) == pytest.approx(value(end.figure), abs=1e-4)
    unit = 10.0 ** -len(end.figure.partition(".")[2])
    printed = sum(value(line.figure) for line in parts)
    if end.words[0].startswith("="):
        assert printed == pytest.approx(value(end.figure), abs=unit * 0.01)
    else:
        assert end.words[0].startswith("≈")


def test_a_click_chooses_digit_and_weight_and_a_double_click_opens_the_digit(
    panel: StepPanel, short: Session, qtbot: QtBot
) -> None:
    gradients = step(short, qtbot)
    short.viewer.select(Cell(2, 4, 4, 6))
    parts = panel.parts
    parts.bars.clicked.emit(3)
    assert parts.change is not None and parts.change.digit == 3
    assert "digit 4:" in parts.digit.text()
    cell = parts.grids.cells[0]
    point = QPointF(cell.left + cell.width / 2, cell.top + cell.height / 2).toPoint()
    QTest.mouseClick(parts.grids, Qt.MouseButton.LeftButton, pos=point)
    assert parts.change.index[:2] == (0, 0) and parts.change.index[3] == 6
    parts.input.setValue(11)
    assert parts.change.index == (0, 0, 11, 6)
    parts.bias.click()
    assert (parts.change.tensor, parts.change.index) == ("conv2d_2.bias", (6,))
    assert parts.change.terms.values.min() == parts.change.terms.values.max() == 1
    parts.bias.click()
    assert parts.change.tensor == "conv2d_2.kernel"
    parts.bars.followed.emit(3)
    digit = short.viewer.scene.digit
    np.testing.assert_array_equal(digit.pixels, gradients.state.pixels[3])
    assert digit.label == int(gradients.state.labels[3])


def test_hidden_it_takes_nothing_apart(panel: StepPanel, short: Session, qtbot: QtBot) -> None:
    panel.hide()
    before = short.runs.state.step
    short.step()
    qtbot.waitUntil(lambda: short.runs.state.phase == "paused" and short.runs.state.step > before)
    assert short.last_step.gradients is None and not short.last_step.found.busy
    panel.show()
    qtbot.waitUntil(lambda: short.last_step.gradients is not None)
    assert panel.parts.change is not None


@pytest.mark.parametrize("size", [(1024, 640), (1366, 700), (1920, 1000)])
@pytest.mark.parametrize("recipe", ["book", "fast"])
def test_on_the_stage_no_number_is_cut(
    size: tuple[int, int], recipe: str, look: Look, short: Session, show: Any, qtbot: QtBot
) -> None:
    runs = short.runs
    runs.configure(replace(RECIPES[recipe], epochs=1, batch_size=20), 3, runs.settings)
    stage = StepStage(look, short.viewer, short)
    show(stage, *size)
    step(short, qtbot)
    for layer in (0, 2, 6):
        short.viewer.select_layer(layer)
        parts = stage.parts
        for lines in (parts.listed, parts.lines):
            qtbot.waitUntil(lambda of=lines: of.height() == of.height_of(of.lines))
        assert unreadable_in(stage) == []
        for elided in (parts.title, parts.weight, parts.gradient, parts.products_title, parts.rule):
            assert not elided.isVisible() or "…" not in elided.text(), words_of(stage)
        assert all(of.geometry().bottom() < stage.height() for of in (parts.lines, parts.listed))


def test_the_batch_is_in_ink_and_a_dense_weight_shows_its_digit(
    panel: StepPanel, short: Session, qtbot: QtBot, look: Look
) -> None:
    gradients = step(short, qtbot)
    parts = panel.parts
    short.viewer.select_layer(6)
    assert parts.change is not None and parts.change.terms.products.shape == (1, 1)
    pixels = gradients.state.pixels[parts.change.digit]
    np.testing.assert_array_equal(parts.products._maps[:, :, 0], pixels)
    for view in (parts.batch, parts.products):
        np.testing.assert_array_equal(view._scale.lut, look.theme.digit)
    first, end = parts.listed.lines
    assert first.words[0].startswith("input × gradient: ") and value(first.figure) == value(
        end.figure
    )
    parts.bias.click()
    assert not parts.input.isVisibleTo(panel)
    assert parts.listed.lines[0].words == ("gradient by the sum",)
    short.viewer.select_layer(2)
    parts.bias.click()
    assert [line.words[0][0] for line in parts.listed.lines[:5]] == ["["] * 5
    assert "×" not in parts.listed.lines[0].words[0], "a bias is multiplied with nothing"


def test_in_the_panel_the_move_stands_beside_the_weights(
    panel: StepPanel, short: Session, qtbot: QtBot
) -> None:
    step(short, qtbot, 2)
    for layer in (0, 6):
        short.viewer.select_layer(layer)
        moved = panel.parts.moved
        assert moved.isVisibleTo(panel)
        before, after, by = re.findall(rf"{MINUS}?[0-9.]+", moved.whole)
        figures = [value(line.figure) for line in panel.parts.lines.lines]
        assert (value(before), value(after)) == (figures[4], figures[6])
        assert value(by) == pytest.approx(abs(figures[6] - figures[4]), abs=1.5e-7)
