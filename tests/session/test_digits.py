"""Session: one scene, one signal for each change; which digit and which cell are shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear
from visualizer.data.dataset import Dataset, Images
from visualizer.digits.misclassified import misclassified
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.system.notice import Notice


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.show_digit(7),
        lambda session: session.show_image(np.full((28, 28), 9, np.uint8), "grey"),
        lambda session: session.viewer.select(Cell(2, 1, 2, 3)),
        lambda session: session.viewer.select_layer(4),
        lambda session: session.viewer.hover(Cell(0, 5, 5, 5)),
        lambda session: session.choose_network("dense"),
    ],
    ids=["digit", "image", "cell", "layer", "hover", "network"],
)
def test_a_change_is_told_once(
    change: Callable[[Session], None], session: Session, ear: Ear
) -> None:
    before = session.viewer.scene
    change(session)
    assert ear.scenes == [(before, session.viewer.scene)]
    assert session.viewer.scene is not before


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.viewer.select(session.viewer.scene.selected),
        lambda session: session.viewer.select_layer(session.viewer.scene.selected.layer),
        lambda session: session.viewer.select_layer(99),
        lambda session: session.viewer.select_layer(-1),
        lambda session: session.viewer.hover(None),
        lambda session: session.choose_network("book"),
    ],
    ids=["same cell", "same layer", "no such layer", "layer below 0", "no hover", "same network"],
)
def test_no_change_is_not_told(
    change: Callable[[Session], None], session: Session, ear: Ear
) -> None:
    change(session)
    assert ear.scenes == []


@pytest.mark.parametrize(("asked", "shown"), [(0, 0), (59, 59), (60, 0), (-1, 59), (133, 13)])
def test_digits_wrap_around(asked: int, shown: int, session: Session) -> None:
    session.show_digit(asked)
    digit, test = session.viewer.scene.digit, session.source.dataset.test
    assert (digit.index, digit.label) == (shown, int(test.labels[shown]))
    np.testing.assert_array_equal(digit.pixels, test.pixels[shown])


def test_the_trace_is_of_the_shown_digit(session: Session) -> None:
    session.show_digit(11)
    scene = session.viewer.scene
    image = session.source.dataset.test.pixels[11].astype(np.float32)[..., None] / 255
    expected = scene.network.forward(image, scene.weights)
    for ours, theirs in zip(scene.trace.outputs, expected.outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_drawing_has_no_label(session: Session) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "drawing")
    assert (session.viewer.scene.digit.label, session.viewer.scene.digit.index) == (None, None)
    assert session.viewer.scene.digit.source == "drawing"


def test_a_random_digit_is_of_the_test_set(session: Session) -> None:
    seen = set()
    for _ in range(40):
        session.random_digit()
        seen.add(session.viewer.scene.digit.index)
    assert len(seen) > 10
    assert seen <= set(range(60))


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        (Cell(0, 99, 99, 99), Cell(0, 25, 25, 31)),
        (Cell(0, -3, 4, -1), Cell(0, 0, 4, 0)),
        (Cell(7, 3, 3, 12), Cell(7, 0, 0, 9)),
        (Cell(99, 0, 0, 3), Cell(7, 0, 0, 3)),
    ],
)
def test_a_place_that_there_is_not_becomes_the_nearest(
    asked: Cell, got: Cell, session: Session
) -> None:
    session.viewer.select(asked)
    assert session.viewer.scene.selected == got


@pytest.mark.parametrize("layer", range(1, 8))
def test_a_layer_is_selected_at_its_strongest_cell(layer: int, session: Session) -> None:
    session.viewer.select_layer(layer)
    scene = session.viewer.scene
    assert scene.selected.layer == layer
    assert scene.value(scene.selected) == scene.trace.outputs[layer].max()


def test_the_next_misclassified_digit_is_the_one_that_forward_finds(
    session: Session, ear: Ear, qtbot: QtBot
) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    answers = [
        int(
            scene.network.forward(
                pixels.astype(np.float32)[..., None] / 255, scene.weights
            ).probabilities.argmax()
        )
        for pixels in test.pixels
    ]
    wrong = [at for at, answer in enumerate(answers) if answer != test.labels[at]]
    later = [at for at in wrong if at > 5]
    for start, expected in ((5, later[0]), (wrong[-1], wrong[0])):
        session.show_digit(start)
        session.viewer.settle()
        session.next_misclassified()
        qtbot.waitUntil(lambda at=expected: session.viewer.scene.digit.index == at)
    assert ear.notices == []


@pytest.fixture
def solved(make_session: Callable[[Dataset], Session], small_dataset: Dataset) -> Session:
    """A session whose test set is labelled as the network answers."""
    session = make_session(small_dataset)
    scene, pixels = session.viewer.scene, small_dataset.test.pixels[:5]
    labels = [
        scene.network.forward(
            image.astype(np.float32)[..., None] / 255, scene.weights
        ).probabilities.argmax()
        for image in pixels
    ]
    test = Images(pixels, np.array(labels, np.uint8))
    return make_session(Dataset("solved", "synthetic", small_dataset.train, test))


def test_where_nothing_is_wrong_it_says_so(solved: Session, qtbot: QtBot) -> None:
    ear = Ear(solved)
    with qtbot.waitSignal(solved.noticed):
        solved.next_misclassified()
    assert ear.notices == [Notice("Every digit of this test set is classified correctly.")]
    assert ear.scenes == []


def test_misclassified_goes_around_once(session: Session) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    found = list(misclassified(scene.model, test, session.source.onward(20)))
    assert len(found) == len(test)
    indices = [at for at in found if at is not None]
    assert indices == sorted(indices, key=lambda at: (at <= 20, at))
    assert len(set(indices)) == len(indices)


def test_next_previous_and_random_keep_to_the_class(session: Session) -> None:
    labels = session.source.dataset.test.labels
    session.source.show_only(4)
    fours = np.flatnonzero(labels == 4).tolist()
    session.show_digit(fours[0])
    seen = []
    for _ in fours:
        session.next_digit()
        seen.append(session.viewer.scene.digit.index)
    assert seen == [*fours[1:], fours[0]]
    session.previous_digit()
    assert session.viewer.scene.digit.index == fours[-1]
    for _ in range(20):
        session.random_digit()
        assert session.viewer.scene.digit.label == 4


def test_the_next_misclassified_digit_is_of_the_class(session: Session, qtbot: QtBot) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    wrong = [at for at in misclassified(scene.model, test, np.arange(60)) if at is not None]
    label = int(test.labels[wrong[-1]])
    session.source.show_only(label)
    expected = [at for at in wrong if test.labels[at] == label]
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.next_misclassified()
    qtbot.waitUntil(lambda: session.viewer.scene.digit.index == expected[0])


def test_from_a_picture_next_is_the_first_and_previous_the_last(session: Session) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.next_digit()
    assert session.viewer.scene.digit.index == 0
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.previous_digit()
    assert session.viewer.scene.digit.index == 59
