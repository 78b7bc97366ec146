"""Position backward: every gradient adds up from the cells above, one step a layer to the loss."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from tests.scene.chains import ALL, scene_of
from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.scene.chain import chain_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.text.backward import Written, logit_sentence
from visualizer.text.numbers import MINUS
from visualizer.views.base.look import Look
from visualizer.views.position.gradient_sums import GradientSum, LogitSum, gradient_sum_of
from visualizer.views.position.gradient_view import GradientView, LogitView
from visualizer.views.position.panel import LOSS_ENDS, PositionPanel

CELLS_EACH = 23  # of each of the six networks and three edited ones: 207, and a pixel of each


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> PositionPanel:
    made = PositionPanel(look, session.viewer, session)
    session.viewer.show_backward(True)
    show(made, 420, 900)
    return made


def cell_of(scene: Scene, layer: int, rng: np.random.Generator) -> Cell:
    shape = (28, 28, 1) if layer == INPUT else scene.network.layers[layer].map_shape
    return Cell(layer, *(int(rng.integers(size)) for size in shape))


def figures(text: str) -> list[float]:
    plain = re.sub("<[^>]*>", "", text).replace("&nbsp;", " ").replace(MINUS, "-")
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", plain)]


@pytest.mark.parametrize("name", ALL)
def test_what_is_listed_adds_up_to_the_networks_gradient(name: str) -> None:
    scene = scene_of(name).with_backward(True, 3)
    back, rng = scene.backward, np.random.default_rng(7)
    assert back is not None
    layers = [INPUT, *rng.integers(0, len(scene.network.layers), CELLS_EACH).tolist()]
    for layer in layers:
        cell = cell_of(scene, layer, rng)
        shown = gradient_sum_of(scene, cell)
        assert shown is not None
        *parts, end = [line for line in shown.lines if not line.result] or shown.lines
        if isinstance(shown, LogitSum):
            assert back.value(cell) == pytest.approx(shown.terms.by_pre_activation, rel=1e-5)
            continue
        assert isinstance(shown, GradientSum)
        if shown.terms.slope is None:
            parts, end = shown.lines[:-1], shown.lines[-1]
        total, size = shown.terms.by_output, float(np.abs(shown.terms.products).sum())
        assert sum(line.value for line in parts) == pytest.approx(total, abs=1e-4 * size + 1e-12)
        assert back.value(cell) == pytest.approx(total, abs=1e-4 * size + 1e-9)
        printed = [figures(line.figure)[0] for line in parts if "10" not in line.figure]
        if len(printed) == len(parts) > 0:
            last = figures(end.figure)[0]
            unit = 10.0 ** -len(end.figure.partition(".")[2])
            close = unit / 100 if end.words[0].startswith("=") else len(parts) * unit
            assert sum(printed) == pytest.approx(last, abs=close)


def test_a_closed_relu_hands_nothing_on(session: Session) -> None:
    scene = session.viewer.scene.with_backward(True)
    sums = scene.trace.pre_activations[0]
    row, column, channel = (int(at) for at in np.argwhere(sums < 0)[0])
    shown = gradient_sum_of(scene, Cell(0, row, column, channel))
    assert isinstance(shown, GradientSum)
    assert shown.terms.by_pre_activation == 0
    assert "closed" in shown.lines[-1].words[0] and figures(shown.lines[-1].figure) == [0.0]


def test_from_a_pixel_up_to_the_loss_one_step_a_layer(
    panel: PositionPanel, session: Session
) -> None:
    viewer, told = session.viewer, list[Notice]()
    session.noticed.connect(told.append)
    viewer.select(viewer.scene.strongest(2))
    viewer.take(chain_of(viewer.scene).trail_at(0))
    assert viewer.scene.pixel is not None
    seen = []
    for _ in range(20):
        seen.append(viewer.scene.trail.current)
        view = panel._shown
        assert isinstance(view, GradientView | LogitView) and view.sum is not None
        assert view.sum.cell == seen[-1]
        if seen[-1].layer == viewer.scene.last:
            break
        panel.follow_main_term()
    assert [cell.layer for cell in seen] == list(range(INPUT, viewer.scene.last + 1))
    assert isinstance(panel.views[LossTerms].sum, LogitSum)
    assert not panel.follow.isEnabled()
    panel.follow_main_term()
    assert LOSS_ENDS in told[-1].text
    for cell in reversed(seen[1:-1]):
        panel.back.click()
        assert viewer.scene.trail.current == cell


def test_the_sentence_says_the_number_of_the_map_and_what_it_does(
    panel: PositionPanel, session: Session
) -> None:
    scene = session.viewer.scene
    for layer in (0, 1, 2, 6):
        session.viewer.select_layer(layer)
        cell, back = session.viewer.scene.selected, session.viewer.scene.backward
        assert back is not None
        view = panel.views[GradientTerms]
        assert isinstance(view, GradientView) and view.isVisibleTo(panel)
        value = back.value(cell)
        told = figures(view.sentence.text())
        assert told[0] == pytest.approx(value, rel=6e-3, abs=1e-9)
        if value:
            way = "rises" if value > 0 else "falls"
            assert f"the loss {way}" in view.sentence.text()
    session.viewer.select_layer(scene.last)
    logits = panel.views[LossTerms]
    assert isinstance(logits, LogitView) and logits.isVisibleTo(panel)
    one, target, result = figures(logits.sentence.text())[:3]
    assert one - abs(target) == pytest.approx(result, abs=2e-3)


def test_the_terms_can_be_copied(panel: PositionPanel, session: Session) -> None:
    session.viewer.select_layer(1)
    panel.copy_terms()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0][3:] == ["kernel", "gradient", "product"]
    total = sum(float(row[5]) for row in rows[1:-1])
    assert float(rows[-1][1]) == pytest.approx(total, rel=1e-4)


def test_forward_again_it_explains_the_number_again(panel: PositionPanel, session: Session) -> None:
    session.viewer.show_backward(False)
    assert panel.conv.isVisibleTo(panel) and not panel.views[GradientTerms].isVisibleTo(panel)


def test_beside_a_pooling_its_window_shows_why_a_number_wins_or_not(
    panel: PositionPanel, session: Session
) -> None:
    viewer = session.viewer
    won = set()
    for row, column in ((8, 8), (8, 9), (9, 8), (9, 9)):
        viewer.select(Cell(0, row, column, 5))
        view = panel.views[GradientTerms]
        assert isinstance(view, GradientView) and view.sum is not None
        contest = view.sum.contest
        assert contest is not None and contest.marked is not None
        assert view.grids.isVisibleTo(panel) and view.grids.factors == (contest,)
        values = viewer.scene.trace.outputs[0]
        np.testing.assert_array_equal(contest.values, values[8:10, 8:10, 5])
        at = row - 8, column - 8
        assert contest.marked.sum() == 1 and contest.marked[at]
        if view.sum.terms.weights[0, 0, 0]:
            won.add(at)
            assert contest.values[at] == contest.values.max()
    assert len(won) == 1
    view.grids.followed.emit(0, 1)
    assert viewer.scene.selected == Cell(0, 8, 9, 5)


def test_small_gradients_have_one_power_of_ten() -> None:
    written = Written.of(-1.241e-7, 2.7e-9, -1.214e-7)
    assert written.text(-1.241e-7) == f"{MINUS}1.241 · 10⁻⁷"
    assert written.text(2.7e-9) == "0.027 · 10⁻⁷"
    assert (written.sign, written.text(-1.214e-7)) == ("=", f"{MINUS}1.214 · 10⁻⁷")
    assert Written.of(0.25, 0.5, 0.75).text(0.75) == "0.750"


@pytest.mark.parametrize("gradient", [-5.11e-7, -0.77, -1e-4])
def test_probability_and_target_lead_to_the_gradient_in_print(gradient: float) -> None:
    terms = LossTerms(1 + gradient, 1.0, 0.1, gradient)
    probability, target, result = figures(logit_sentence(terms))
    assert probability - abs(target) == pytest.approx(result, abs=1e-12)
    assert result == pytest.approx(gradient, rel=0.05)
    other = LossTerms(3e-7, 0.0, 15.0, 3e-7)
    assert logit_sentence(other) == f"3.000 · 10⁻⁷ {MINUS} 0 = 3.000 · 10⁻⁷"
