"""The digit in view is worn down step by step, for all panels, and is never lost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.edits import SwitchOff
from visualizer.core.parts.wearing import WearCurve
from visualizer.data.dataset import Dataset
from visualizer.data.wear import WEARS
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.worn import WornDigit, original_of
from visualizer.session.kept_view import KeptView
from visualizer.session.session import Session


@pytest.fixture
def scene(session: Session) -> Scene:
    session.show_digit(5)
    return session.viewer.scene


def wear(session: Session, strength: float) -> Digit:
    session.wearing.wear_to(session.viewer.scene, strength)
    return session.viewer.scene.digit


def found(session: Session, qtbot: QtBot) -> WearCurve:
    wearing = session.wearing
    wearing.find_curve(session.viewer.scene)
    qtbot.waitUntil(lambda: wearing.curve(session.viewer.scene) is not None)
    curve = wearing.curve(session.viewer.scene)
    assert curve is not None
    return curve


@pytest.mark.parametrize("name", WEARS)
def test_each_step_is_a_digit_that_all_panels_show(
    name: str, session: Session, scene: Scene
) -> None:
    session.experiment_shown.choose(wear=name, seed=3)
    kind = WEARS[name]
    for strength in kind.strengths[:: len(kind.strengths) // 4]:
        digit, now = wear(session, strength), session.viewer.scene
        assert session.wearing.strength(now) == strength
        worn = kind.apply(scene.digit.pixels, strength, 3)
        np.testing.assert_array_equal(digit.pixels, worn)
        np.testing.assert_array_equal(now.trace.probabilities, now.model.trace(worn).probabilities)
        assert digit.label == scene.digit.label and original_of(digit) is scene.digit
        assert (digit is scene.digit) == (strength == 0)


def test_its_name_says_how_far_it_is_worn(session: Session, scene: Scene) -> None:
    assert wear(session, 24.0).source == "test digit 5, turned by 24°"
    assert wear(session, -3.0).source == "test digit 5, turned by \u22123°"
    session.experiment_shown.choose(wear="noise", seed=4)
    assert wear(session, 0.4).source == "test digit 5, with 40\u2009% noise, seed 4"


def test_at_strength_0_it_is_the_original_again(session: Session, scene: Scene) -> None:
    for strength in (24.0, -60.0):
        wear(session, strength)
    assert wear(session, 0.0) is scene.digit and scene.digit.index == 5


def test_another_digit_begins_anew(session: Session, scene: Scene) -> None:
    assert wear(session, 24.0).index is None
    session.next_digit()
    now = session.viewer.scene
    assert now.digit.index == 6 and session.wearing.strength(now) == 0
    wear(session, 24.0)
    session.previous_digit()
    assert session.viewer.scene.digit.index == 5


def test_another_wear_begins_anew_and_another_seed_goes_on(session: Session, scene: Scene) -> None:
    wear(session, 24.0)
    session.experiment_shown.choose(seed=8)  # a turn is not by chance
    assert session.viewer.scene.digit.source == "test digit 5, turned by 24°"
    session.experiment_shown.choose(wear="blot")
    assert session.viewer.scene.digit is scene.digit
    before = wear(session, 0.5)
    session.experiment_shown.choose(seed=9)
    digit = session.viewer.scene.digit
    assert isinstance(digit, WornDigit) and (digit.strength, digit.seed) == (0.5, 9)
    assert (digit.pixels != before.pixels).any()
    np.testing.assert_array_equal(digit.pixels, WEARS["blot"].apply(scene.digit.pixels, 0.5, 9))


def test_a_drawing_is_never_lost(session: Session) -> None:
    easel = session.easel
    easel.touch(0.5, 0.2)
    easel.move(0.5, 0.8)
    easel.lift()
    drawn = easel.digit
    session.show(drawn)
    digit = wear(session, 24.0)
    assert not digit.drawn and original_of(digit) is drawn and not easel.blank
    assert wear(session, 0.0) is drawn


def test_what_is_answered_at_every_strength(session: Session, scene: Scene, qtbot: QtBot) -> None:
    curve = found(session, qtbot)
    for at, strength in enumerate(WEARS["turn"].strengths):
        worn = WEARS["turn"].apply(scene.digit.pixels, strength, 0)
        own = scene.model.trace(worn).probabilities
        np.testing.assert_array_equal(curve.probabilities[at], own)
    wear(session, 24.0)  # the same digit is worn, however far
    assert session.wearing.curve(session.viewer.scene) is curve


def test_torch_answers_the_same(session: Session, scene: Scene, qtbot: QtBot) -> None:
    import torch

    from visualizer.training.torch_network import TorchNetwork

    session.experiment_shown.choose(wear="strokes")
    curve, kind = found(session, qtbot), WEARS["strokes"]
    worn = np.stack([kind.apply(scene.digit.pixels, s, 0) for s in kind.strengths])
    network = TorchNetwork(scene.network, scene.weights)
    with torch.no_grad():
        own = torch.softmax(network.logits(torch.from_numpy(worn)), dim=1).numpy()
    np.testing.assert_allclose(curve.probabilities, own, atol=1e-5)


def test_it_is_found_for_each_edit_wear_seed_and_digit_and_remembered(
    session: Session, scene: Scene, qtbot: QtBot
) -> None:
    wearing, viewer = session.wearing, session.viewer
    first = found(session, qtbot)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    viewer.settle()
    assert wearing.curve(viewer.scene) is None
    assert (found(session, qtbot).probabilities != first.probabilities).any()
    session.what_if.undo()
    viewer.settle()
    assert wearing.curve(viewer.scene) is first
    session.experiment_shown.choose(seed=7)  # a turn is not by chance
    assert wearing.curve(viewer.scene) is first
    session.experiment_shown.choose(wear="noise")
    assert wearing.curve(viewer.scene) is None
    by_seven = found(session, qtbot)
    session.experiment_shown.choose(seed=8)
    assert wearing.curve(viewer.scene) is None
    assert (found(session, qtbot).probabilities != by_seven.probabilities).any()
    session.experiment_shown.choose(wear="turn")
    session.show_digit(6)
    viewer.settle()
    assert wearing.curve(viewer.scene) is None
    session.show_digit(5)  # a new object, the same pixels
    viewer.settle()
    assert wearing.curve(viewer.scene) is first


def test_without_ink_nothing_is_worn(session: Session) -> None:
    session.show(Digit(np.zeros((28, 28), np.uint8), None, "drawing", drawn=True))
    scene = session.viewer.scene
    assert not session.wearing.can_wear(scene)
    session.wearing.find_curve(scene)
    assert not session.wearing.curves.busy


def test_classes_that_were_chosen_stay_while_the_digit_wears(
    session: Session, scene: Scene
) -> None:
    session.why.choose(scene, 2)
    chosen = session.why.classes(scene)
    wear(session, 24.0)
    assert session.why.classes(session.viewer.scene) == chosen
    session.show_digit(6)
    probabilities = session.viewer.scene.trace.probabilities
    most = tuple(np.argsort(-probabilities, kind="stable")[:2].tolist())
    assert session.why.classes(session.viewer.scene) == most


def test_a_digit_that_another_session_wore_is_here_at_0(
    session: Session, scene: Scene, make_session: Callable[[Dataset], Session]
) -> None:
    digit = wear(session, 24.0)
    other = make_session(session.dataset)
    other.experiment_shown.choose(wear="noise")
    other.show(digit)
    assert other.wearing.strength(other.viewer.scene) == 0
    assert wear(other, 0.0) is scene.digit


def test_a_view_that_comes_back_is_worn_as_it_was(session: Session, scene: Scene) -> None:
    digit = wear(session, 24.0)
    kept = KeptView.of(session)
    session.show_digit(9)
    kept.bring_back(session)
    assert session.viewer.scene.digit is digit
    assert wear(session, 0.0) is scene.digit
