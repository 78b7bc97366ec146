"""A network that has come apart is shown as it is: huge, infinite, not a number; nothing fails.

A failure inside an override would be caught by the guard, and the tests' own fixture tells of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.terms import softmax_sentence, tsv
from visualizer.views.base.look import Look
from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.input.panel import InputPanel
from visualizer.views.lab.page import LabPage
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.position.panel import PositionPanel

FACTORS = (1e5, 1e12, 1e30, -1e30, 3e38, 1e-30)


@pytest.fixture(params=FACTORS, ids=[f"{factor:g}" for factor in FACTORS])
def apart(request: pytest.FixtureRequest, session: Session) -> Session:
    """A session whose weights are so many times as large, as far as a float32 goes."""
    most = float(np.finfo(np.float32).max)
    scaled = {
        key: np.clip(array.astype(np.float64) * request.param, -most, most).astype(np.float32)
        for key, array in session.viewer.scene.weights.items()
    }
    session.viewer.show_live(replace(session.viewer.scene.model, weights=scaled))
    session.viewer.settle()
    return session


def draw(widget: QWidget) -> None:
    QApplication.processEvents()
    widget.grab()


@pytest.mark.parametrize("make", [PositionPanel, MapsPanel])
def test_every_layer_is_drawn_backward(
    make: Callable[[Look, Session], QWidget], look: Look, apart: Session, show: Any
) -> None:
    apart.viewer.show_backward(True)
    widget = make(look, apart.viewer, *(() if make is MapsPanel else (apart,)))
    show(widget, 420, 900)
    for layer in range(len(apart.viewer.scene.network.layers)):
        apart.viewer.select_layer(layer)
        draw(widget)
        if isinstance(widget, PositionPanel):
            widget.follow_main_term()
            draw(widget)


@pytest.mark.parametrize("make", [PositionPanel, MapsPanel, NetworkStrip, InputPanel])
def test_every_layer_is_drawn(
    make: Callable[[Look, Session], QWidget], look: Look, apart: Session, show: Any
) -> None:
    more = () if make in (MapsPanel, NetworkStrip) else (apart,)
    widget = make(look, apart.viewer, *more)
    show(widget, 420, 900)
    for layer in range(len(apart.viewer.scene.network.layers)):
        apart.viewer.select_layer(layer)
        draw(widget)
        shape = apart.viewer.scene.network.layers[layer].map_shape
        apart.viewer.select(Cell(layer, shape[0] // 2, shape[1] // 2, shape[2] - 1))
        draw(widget)


def test_maps_are_drawn_on_every_scale_with_their_numbers(
    look: Look, apart: Session, show: Any
) -> None:
    panel = MapsPanel(look, apart.viewer)
    show(panel, 700, 600)
    for layer in range(len(apart.viewer.scene.network.layers)):
        apart.viewer.select_layer(layer)
        for values in ("pre-activation", "output"):
            panel.values._buttons[values].click()
            for ranges in ("layer", "map", "network"):
                panel.ranges._buttons[ranges].click()
                panel.maps.show_channel(0)
                draw(panel)


def test_the_lab_takes_the_networks_filters(look: Look, apart: Session, show: Any) -> None:
    page = LabPage(look, apart.viewer, apart)
    show(page, 1100, 700)
    for name in page.model.preset_names():
        page.model.show_preset(name)
        draw(page)
        page.model.show_view("beside")
        draw(page)


def test_every_sentence_is_said_and_every_table_copied(apart: Session) -> None:
    network = apart.viewer.scene.network
    for layer in range(len(network.layers)):
        assert tsv(apart.viewer.scene.terms(Cell(layer, 0, 0, 0)))
    for unit in range(10):
        cell = Cell(len(network.layers) - 1, 0, 0, unit)
        sentence = softmax_sentence(apart.viewer.scene.terms(cell))
        assert len(sentence) < 90
        assert " = " in sentence


def test_a_probability_is_the_networks_own(apart: Session) -> None:
    last = len(apart.viewer.scene.network.layers) - 1
    for unit in range(10):
        terms = apart.viewer.scene.terms(Cell(last, 0, 0, unit))
        said = softmax_sentence(terms).rpartition(" = ")[2]
        if np.isfinite(terms.logits).all():
            assert float(said) == pytest.approx(terms.output, abs=6e-5)
            top, below = (
                float(part.split(" · ")[0])
                for part in softmax_sentence(terms).split(" = ")[1].replace(",", "").split(" / ")
            )
            assert top <= below or " · " in softmax_sentence(terms)
        else:
            assert said == "not a number"
