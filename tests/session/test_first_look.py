"""What a newcomer meets: a digit that the network hesitates on, a sentence, three hints."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from visualizer.data.dataset import Dataset
from visualizer.data.folder import load_folder
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.runs.bundled import bundled_model
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.viewer import first_scene
from visualizer.session.first_look import MISREAD, hesitation
from visualizer.session.session import Session


def scene_of(dataset: Dataset, index: int) -> Scene:
    test = dataset.test
    digit = Digit(test.pixels[index], int(test.labels[index]), f"test digit {index}", index)
    return first_scene(bundled_model(), digit)


def assert_misread(scene: Scene) -> None:
    """The sentence says what the bars show."""
    said, short = hesitation(scene)
    label, found = scene.digit.label, scene.prediction
    share = f"{scene.trace.probabilities[found] * 100:.0f}"
    assert said.startswith(f"The network reads this {label} as a") and found != label
    assert f" {found}, {share} %" in said and "Click a map" in said and short in said


def test_the_built_in_digits_begin_with_one_that_the_bundled_network_misreads() -> None:
    index = MISREAD["synthetic"]
    assert_misread(scene_of(synthetic_digits(train=0, test=index + 1), index))


def test_mnist_begins_with_one_that_the_bundled_network_misreads() -> None:
    folder = os.environ.get("VISUALIZER_DATA")
    if not folder:
        pytest.skip("MNIST is not here: VISUALIZER_DATA names no folder")
    assert_misread(scene_of(load_folder(Path(folder)), MISREAD["mnist"]))


def test_nothing_is_said_of_a_digit_that_is_read_right_and_surely() -> None:
    assert hesitation(scene_of(synthetic_digits(train=0, test=1), 0)) == ()


def test_a_right_answer_that_is_unsure_names_the_other() -> None:
    scene = scene_of(synthetic_digits(train=0, test=156), 155)  # a 7 at 56 %
    (said, _), two = hesitation(scene), np.argsort(-scene.trace.probabilities)[:2].tolist()
    assert two[0] == scene.digit.label == 7
    assert said.startswith("The network reads this 7 as a 7 with 56 % only, ")
    assert f" for a {two[1]}." in said or f" for an {two[1]}." in said


def test_an_answer_that_is_to_be_guessed_is_not_given_away(session: Session) -> None:
    session.viewer.predict(True)
    session.viewer.settle()
    assert session.viewer.scene.answer_hidden and hesitation(session.viewer.scene) == ()


def test_a_data_set_that_is_there_at_last_begins_with_its_own(session: Session) -> None:
    digits = synthetic_digits(train=20, test=20)
    session.first_look.begin([])
    session.source._on_done((digits, None))
    session.viewer.settle()
    assert session.viewer.scene.digit.index == MISREAD["synthetic"]
    session.source._on_done((digits, None))  # opened by the user later on
    session.viewer.settle()
    assert session.viewer.scene.digit.index == 0
