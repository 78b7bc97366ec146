"""The digit in view is taught: one step, undone like any edit, and what it did to all others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import train_long
from visualizer.core.by_class import ByClass
from visualizer.core.edits import KeepOnly, Rescale, SwitchOff, altered
from visualizer.core.gradient_step import GradientStep
from visualizer.core.network.layer import Weights
from visualizer.scene.scene import Digit, Scene
from visualizer.session.kept_stop import kept_stop
from visualizer.session.session import Session
from visualizer.session.stop_scene import show_scene
from visualizer.session.teaching import MOST_STEPS, Lesson
from visualizer.training.evaluate import evaluate


@pytest.fixture
def scene(session: Session) -> Scene:
    session.show_digit(5)
    return session.viewer.scene


def teach(session: Session, label: int | None = None) -> Lesson:
    """Take a step on the digit in view; what is known of it."""
    if label is not None:
        session.teaching.choose(session.viewer.scene, label)
    session.teaching.teach(session.viewer.scene)
    lesson = session.teaching.lesson(session.viewer.scene)
    assert lesson is not None
    return lesson


def effect(session: Session, qtbot: QtBot, lesson: Lesson) -> ByClass:
    qtbot.waitUntil(lambda: session.teaching.effect(lesson) is not None)
    found = session.teaching.effect(lesson)
    assert found is not None
    return found


def same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(one[key], other[key]) for key in other)


def test_a_step_is_an_edit_of_the_weights_in_view(session: Session, scene: Scene) -> None:
    lesson, taught = teach(session, 4), session.viewer.scene
    step = GradientStep("test digit 5", scene.digit.pixels.tobytes(), 4, 0.001)
    assert session.what_if.edits == (step,) and lesson.step == step
    assert same(taught.weights, altered(scene.network, scene.weights, [step]))
    assert taught.model.origin == f"{scene.model.origin}, altered"
    assert taught.model.facts["altered"] == "a gradient step on test digit 5 as a 4, rate 0.001"
    assert lesson.chances == (
        float(scene.trace.probabilities[4]), float(taught.trace.probabilities[4]),
    )  # fmt: skip
    assert lesson.chances[1] > lesson.chances[0]
    assert session.runs.run.model is scene.model  # no run knows of it


def test_undo_brings_the_weights_back_to_the_bit(session: Session, scene: Scene) -> None:
    lesson = teach(session, 4)
    session.what_if.undo()
    assert session.viewer.scene.model is scene.model
    assert session.teaching.lesson(session.viewer.scene) is None
    session.what_if.redo()
    assert session.viewer.scene.model is lesson.after
    assert session.teaching.lesson(session.viewer.scene) is lesson


def test_the_accuracies_are_those_of_the_evaluation(
    session: Session, scene: Scene, qtbot: QtBot
) -> None:
    lesson = teach(session, 4)
    found, test = effect(session, qtbot, lesson), session.dataset.test
    judged = [evaluate(scene.network, m.weights, test) for m in (lesson.before, lesson.after)]
    assert found.accuracies == tuple(each.accuracy for each in judged)
    for label in range(10):
        of = test.labels == label
        expected = [(each.predictions[of] == label).mean() for each in judged]
        assert found.accuracies_of(label) == pytest.approx(expected)


def test_each_step_is_judged_from_the_one_before(
    session: Session, scene: Scene, qtbot: QtBot
) -> None:
    first = teach(session, 4)
    effect(session, qtbot, first)
    second = teach(session)
    assert second.before is first.after and second.step == first.step
    assert len(session.what_if.edits) == 2  # the same step twice is two
    assert effect(session, qtbot, second).right_before.sum() == (
        effect(session, qtbot, first).right_after.sum()
    )
    session.what_if.remove(second.step)
    assert session.what_if.edits == (first.step,)
    assert session.viewer.scene.model is first.after


@pytest.mark.parametrize("edits", [(), (Rescale("conv2d_1", 5, 0.5),), (SwitchOff("dense_2", 2),)])
def test_a_step_on_known_weights_is_the_step_from_the_beginning(
    edits: tuple, session: Session, scene: Scene
) -> None:
    for edit in edits:
        session.what_if.add(edit)
    for label in (4, 7, 4):
        teach(session, label)
    whole = altered(scene.network, scene.weights, session.what_if.edits)
    assert same(session.viewer.scene.weights, whole)


def test_a_digits_own_class_is_taught_until_another_is_chosen(
    session: Session, scene: Scene
) -> None:
    teaching = session.teaching
    assert teaching.label(scene) == scene.digit.label
    teaching.choose(scene, 4)
    assert teaching.label(scene) == 4
    session.wearing.wear_to(scene, session.wearing.wear.strengths[0])
    assert teaching.label(session.viewer.scene) == 4
    session.show_digit(6)
    now = session.viewer.scene
    assert teaching.label(now) == now.digit.label
    session.show_image(now.digit.pixels, "a picture")
    assert teaching.label(session.viewer.scene) == session.viewer.scene.prediction


def test_a_drawing_keeps_its_class_stroke_by_stroke(session: Session) -> None:
    session.easel.touch(0.5, 0.2)
    session.easel.move(0.45, 0.8)
    session.easel.lift()
    session.show(session.easel.digit)
    session.teaching.choose(session.viewer.scene, 7)
    session.easel.touch(0.2, 0.5)
    session.easel.move(0.8, 0.5)
    session.easel.lift()
    session.show(session.easel.digit)
    assert session.teaching.label(session.viewer.scene) == 7
    before = session.viewer.scene.trace.probabilities[7]
    teach(session)
    assert session.viewer.scene.trace.probabilities[7] > before


def refused(session: Session, said: str) -> None:
    edits = session.what_if.edits
    with pytest.raises(ValueError, match=said):
        session.teaching.teach(session.viewer.scene)
    assert session.what_if.edits == edits


def test_what_cannot_be_is_refused_in_words(session: Session, scene: Scene) -> None:
    session.teaching.set_rate(0.0)
    refused(session, "a learning rate is above 0")
    session.teaching.set_rate(0.01)
    session.what_if.add(KeepOnly("dense_2", 3))
    session.teaching.choose(session.viewer.scene, 4)
    refused(session, "class 4 is taken out of the softmax")
    session.what_if.clear()
    session.show(Digit(np.zeros((28, 28), np.uint8), None, "a drawing", drawn=True))
    refused(session, "There is no ink to learn from")


def test_a_step_to_no_finite_number_is_refused(session: Session, scene: Scene) -> None:
    session.teaching.set_rate(10.0)
    session.teaching.choose(scene, 4)
    with np.errstate(all="ignore"):
        for _ in range(MOST_STEPS):
            try:
                session.teaching.teach(session.viewer.scene)
            except ValueError as error:
                assert "no finite numbers" in str(error) or "steps at most" in str(error)
                break
    weights = session.viewer.scene.weights
    assert all(np.isfinite(array).all() for array in weights.values())


def test_there_are_not_too_many_steps(session: Session, scene: Scene) -> None:
    for label in range(MOST_STEPS):
        session.teaching.choose(session.viewer.scene, label % 10)
        session.teaching.teach(session.viewer.scene)
    refused(session, f"there can be {MOST_STEPS} steps at most")


def test_while_a_run_trains_nothing_is_taught(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    refused(short, "While a run trains")
    short.train_or_pause()
    teach(short, 4)
    short.train_or_pause()  # the step is taken anew from the weights that come
    step = short.runs.state.step
    qtbot.waitUntil(lambda: short.runs.state.step > step + 5)
    short.train_or_pause()
    assert short.teaching.lesson(short.viewer.scene) is None
    live = short.viewer.unaltered.weights
    expected = altered(short.network, live, short.what_if.edits)
    assert same(short.viewer.scene.weights, expected)


def test_a_search_that_was_given_up_is_taken_up_again(
    session: Session, scene: Scene, qtbot: QtBot
) -> None:
    lesson = teach(session, 4)
    session.teaching.evaluations.cancel()
    assert session.teaching.effect(lesson) is None and not session.teaching.evaluations.busy
    session.teaching.find_effect(session.viewer.scene)
    assert effect(session, qtbot, lesson).digits == 60


def test_a_stop_keeps_the_weights_that_were_taught(session: Session, scene: Scene) -> None:
    session.what_if.add(SwitchOff("conv2d_2", 3))
    session.what_if.add(SwitchOff("dense_2", 2))
    teach(session, 4)
    taught = session.viewer.scene
    stop, files = kept_stop(session, "The digit and its answer", {})
    assert stop.edits == () and stop.weights in files and stop.network == "book"
    session.talk.keep(stop, files)
    session.what_if.clear()
    show_scene(session, session.talk.talk.stops[session.talk.at], 0)
    now = session.viewer.scene
    assert session.what_if.edits == () and same(now.weights, taught.weights)
    assert now.model.trace(scene.digit.pixels).probabilities[2] == 0
    assert now.model.facts["altered"] == taught.model.facts["altered"][:200]


def test_another_rate_is_another_step(session: Session, scene: Scene) -> None:
    session.teaching.set_rate(0.005)
    lesson = teach(session, 4)
    assert lesson.step.rate == 0.005
    first = replace(lesson.step, rate=0.001)
    one = altered(scene.network, scene.weights, [first])
    for key, array in session.viewer.scene.weights.items():
        moved, small = array - scene.weights[key], one[key] - scene.weights[key]
        np.testing.assert_allclose(moved, 5 * small, rtol=1e-2, atol=1e-6)
