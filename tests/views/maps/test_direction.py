"""Maps backward: the gradients of the loss in the place of the numbers, and whose loss it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualizer.scene.backward import Backward
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.maps.captions import map_as_table
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.window.window import MainWindow


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> MapsPanel:
    made = MapsPanel(look, session.viewer)
    show(made, 900, 600)
    return made


def backward(session: Session) -> Backward:
    found = session.viewer.scene.backward
    assert found is not None
    return found


def test_the_switch_draws_gradients_on_a_signed_scale(panel: MapsPanel, session: Session) -> None:
    panel.direction.click()
    for layer in range(5):
        session.viewer.select_layer(layer)
        gradients = backward(session).layer(layer)
        order = panel._places.order
        np.testing.assert_array_equal(panel.maps._maps, gradients[:, :, order])
        low, high = panel.maps._scale.low, panel.maps._scale.high
        assert -low == high == pytest.approx(float(np.abs(gradients).max()))
    assert f"loss for {backward(session).label}" in panel.subtitle.text()
    panel.direction.click()
    np.testing.assert_array_equal(
        panel.maps._maps, session.viewer.scene.trace.outputs[4][:, :, panel._places.order]
    )


def test_units_are_bars_of_gradients_and_logits_those_of_the_loss(
    panel: MapsPanel, session: Session
) -> None:
    session.viewer.show_backward(True)
    for layer in (6, 7):
        session.viewer.select_layer(layer)
        np.testing.assert_array_equal(panel.bars._values, backward(session).layer(layer))
    trace, label = session.viewer.scene.trace, backward(session).label
    expected = trace.probabilities - np.eye(10)[label]
    np.testing.assert_allclose(panel.bars._values, expected, atol=1e-6)
    assert panel.values.choice == "pre-activation"


def test_the_line_below_says_what_the_gradient_does(panel: MapsPanel, session: Session) -> None:
    session.viewer.show_backward(True)
    session.viewer.select_layer(1)
    value = backward(session).value(session.viewer.scene.selected)
    assert ("the loss rises" if value > 0 else "the loss falls") in panel.readout.text()
    name, table = map_as_table(session.viewer.scene)
    assert "gradients" in name
    numbers = np.array([[float(v) for v in line.split("\t")] for line in table.splitlines()])
    channel = session.viewer.scene.selected.channel
    np.testing.assert_array_equal(
        numbers.astype(np.float32), backward(session).layer(1)[:, :, channel]
    )


def test_what_is_to_be_guessed_has_no_gradients(panel: MapsPanel, session: Session) -> None:
    session.viewer.show_backward(True)
    session.viewer.predict(True)
    assert not panel.direction.isEnabled() and not panel.direction.isChecked()
    assert "loss" not in panel.subtitle.text()
    session.viewer.reveal()
    assert panel.direction.isEnabled() and panel.direction.isChecked()


def test_a_key_goes_backward_and_a_bar_takes_the_loss_for_its_class(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_U)
    label = session.viewer.scene.digit.label
    assert label is not None and backward(session).label == label
    other = (label + 1) % 10
    window.page.input.probabilities.chosen.emit(other)
    assert (backward(session).label, backward(session).goal) == (other, other)
    window.page.input.probabilities.chosen.emit(label)
    assert (backward(session).label, backward(session).goal) == (label, None)
    qtbot.keyClick(window, Qt.Key.Key_U)
    assert session.viewer.scene.backward is None


def test_a_kept_view_comes_back_backward_for_the_same_class(
    window: MainWindow, session: Session
) -> None:
    session.viewer.show_backward(True, 3)
    kept = window.page.shown_settings()
    session.viewer.show_backward(False)
    window.page.show_settings(kept)
    assert (backward(session).label, backward(session).goal) == (3, 3)
    window.page.show_settings({})
    assert session.viewer.scene.backward is None
