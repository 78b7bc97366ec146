"""The scene backward: the gradients of the loss for the digit in view, and whose loss it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.scene.chains import picture, scene_of
from visualizer.core.backward.gradients import loss_gradients
from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.talk.stop import Ask
from visualizer.scene.backward import Backward
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.trail import INPUT, Cell, Trail


def backward(scene: Scene) -> Backward:
    assert scene.backward is not None
    return scene.backward


def test_only_who_asks_has_gradients() -> None:
    scene = scene_of("book")
    assert scene.backward is None
    assert scene.with_backward(True).backward is not None
    assert scene.with_backward(True).with_backward(False).backward is None


def test_the_loss_is_that_for_the_label_or_a_class_one_picks() -> None:
    scene = scene_of("book")
    labelled = Digit(scene.digit.pixels, 3, "a 3")
    drawn = Digit(scene.digit.pixels, None, "drawing", drawn=True)
    assert backward(scene.with_changes(None, labelled).with_backward(True)).label == 3
    unlabelled = scene.with_changes(None, drawn).with_backward(True)
    assert backward(unlabelled).label == unlabelled.prediction
    picked = backward(unlabelled.with_backward(True, 7))
    assert picked.label == picked.goal == 7
    found = loss_gradients(scene.network, scene.weights, picked.trace, 7)
    np.testing.assert_array_equal(picked.gradients.inputs, found.inputs)
    assert picked.loss == pytest.approx(-np.log(picked.trace.probabilities[7]), rel=1e-4)


def test_a_pick_ends_with_its_digit_but_goes_on_with_the_pen() -> None:
    scene = scene_of("book")
    drawn = Digit(scene.digit.pixels, None, "drawing", drawn=True)
    more = replace(drawn, pixels=np.maximum(drawn.pixels, 9))
    scene = scene.with_changes(None, drawn).with_backward(True, 7)
    assert backward(scene.with_changes(None, more)).label == 7
    other = backward(scene.with_changes(None, replace(picture(9), label=2)))
    assert (other.label, other.goal) == (2, None)


def test_gradients_follow_the_digit_and_the_weights() -> None:
    scene = scene_of("book").with_backward(True, 4)
    for changed in (
        scene.with_changes(None, picture(9)),
        scene.with_changes(replace(scene.model, origin="other"), None),
    ):
        found = backward(changed)
        expected = loss_gradients(changed.network, changed.weights, changed.trace, found.label)
        for layer in range(len(changed.network.layers)):
            last = layer == len(changed.network.layers) - 1
            by_output = (expected.pre_activations if last else expected.outputs)[layer]
            np.testing.assert_array_equal(found.layer(layer), by_output)
            of_sums = found.layer(layer, pre_activation=True)
            np.testing.assert_array_equal(of_sums, expected.pre_activations[layer])


def test_what_is_hidden_has_no_gradients_that_would_tell_it() -> None:
    scene = scene_of("book").with_backward(True)
    guessed = scene.with_predictions(True)
    assert guessed.backward is None and guessed.with_answer().backward is not None
    asks: tuple[Ask, ...] = ("answer", "sum", "size", "filter")
    for ask in asks:
        assert scene.with_question(ask).backward is None


def test_one_number_and_its_terms_agree_on_every_layer_and_the_digit() -> None:
    scene = scene_of("book").with_backward(True)
    found = backward(scene)
    last = len(scene.network.layers) - 1
    for layer in (INPUT, *range(last)):
        shape = (28, 28, 1) if layer == INPUT else scene.network.layers[layer].map_shape
        cell = Cell(layer, shape[0] // 2, shape[1] // 2, shape[2] - 1)
        terms = found.terms(cell)
        assert isinstance(terms, GradientTerms)
        assert found.value(cell) == pytest.approx(terms.by_output, rel=1e-4, abs=1e-7)
    loss = found.terms(Cell(last, 0, 0, 2))
    assert isinstance(loss, LossTerms)
    of_logit = found.value(Cell(last, 0, 0, 2), pre_activation=True)
    assert of_logit == pytest.approx(loss.by_pre_activation)


def test_a_step_up_keeps_the_way_below_it_and_can_be_taken_back() -> None:
    pixel, low, high, beside = (Cell(at, 3, 3, 0) for at in (INPUT, 0, 1, 1))
    trail = Trail((low, pixel), 1)
    up = trail.up_to(low)
    assert (up.steps, up.at) == ((low, pixel), 0), "the way is gone back"
    higher = up.up_to(high)
    assert (higher.steps, higher.at) == ((high, low, pixel), 0)
    assert higher.back().current == low and higher.back().forward() == higher
    assert higher.moved(1).up_to(beside).steps == (beside, low, pixel)
