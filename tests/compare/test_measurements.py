"""What is found out of the networks: answers, speeds, and how they stand being moved."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import train_long
from visualizer.compare.comparison import Comparison
from visualizer.compare.measurements import ANSWERS, SHIFTS, SPEEDS, ShiftCurve
from visualizer.data.shift import axes
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.session.session import Session
from visualizer.training.evaluate import shift_accuracies


def wait(comparison: Comparison, qtbot: QtBot, key: str) -> None:
    qtbot.waitUntil(lambda: not comparison.session.jobs.is_running(key))


def test_accuracies_are_those_of_every_digit_by_numpy(
    comparison: Comparison, session: Session, qtbot: QtBot
) -> None:
    models = [model for model in comparison.models if model.network.name in ("book", "dense")]
    comparison.measurements.measure_answers(models)
    wait(comparison, qtbot, ANSWERS)
    test = session.source.dataset.test
    for model in models:
        said = [int(model.trace(pixels).probabilities.argmax()) for pixels in test.pixels]
        answers = comparison.measurements.answers(model)
        assert answers is not None and answers.predictions.tolist() == said
        assert answers.accuracy == pytest.approx(np.mean(said == test.labels))


def test_shift_curves_are_those_of_the_command_and_grow_together(
    comparison: Comparison, session: Session, qtbot: QtBot
) -> None:
    measurements, models = comparison.measurements, comparison.models[:2]
    seen: list[list[int]] = []

    def look() -> None:
        curves = [measurements.shift(model) for model in models]
        seen.append([len(curve.accuracies) for curve in curves if curve is not None])

    measurements.changed.connect(look)
    measurements.measure_shifts(models)
    wait(comparison, qtbot, SHIFTS)
    assert [33, 33] in seen and all(len(set(lengths)) <= 1 for lengths in seen)
    for model in models:
        curve = measurements.shift(model)
        assert curve is not None and curve.whole
        images = session.source.dataset.test
        expected = [*shift_accuracies(model.network, model.weights, images, axes())]
        assert curve.accuracies == pytest.approx(expected, abs=1e-4)


def test_a_curve_along_one_way_is_in_order_and_has_the_middle() -> None:
    by_place = {place: number / 100 for number, place in enumerate(axes())}
    curve = ShiftCurve(tuple(by_place.values()))
    for down in (False, True):
        steps, values = curve.along(down)
        assert steps == list(range(-8, 9))
        places = [(step, 0) if down else (0, step) for step in steps]
        assert values == [by_place[place] for place in places]
    four = [by_place[place] for place in ((0, 3), (0, -3), (3, 0), (-3, 0))]
    assert curve.mean_at(3) == pytest.approx(np.mean(four))
    assert curve.mean_at(0) == by_place[0, 0]


def test_cancelled_work_leaves_what_is_known_and_begins_again(
    comparison: Comparison, qtbot: QtBot
) -> None:
    measurements = comparison.measurements
    measurements.measure_shifts(comparison.models)
    qtbot.waitUntil(lambda: measurements.shift(comparison.models[0]) is not None)
    measurements.shifting.cancel()
    assert not measurements.shifting.busy
    assert measurements.shift(comparison.models[0]) is not None
    measurements.measure_shifts(comparison.models[:1])
    wait(comparison, qtbot, SHIFTS)
    curve = measurements.shift(comparison.models[0])
    assert curve is not None and curve.whole


def test_fewer_digits_have_a_curve_of_their_own(comparison: Comparison, qtbot: QtBot) -> None:
    measurements, model = comparison.measurements, comparison.models[0]
    measurements.shift_images = 10
    measurements.measure_shifts([model])
    wait(comparison, qtbot, SHIFTS)
    few = measurements.shift(model)
    assert few is not None and all(round(10 * share, 6) % 1 == 0 for share in few.accuracies)
    measurements.shift_images = None
    assert measurements.shift(model) is None


def test_other_digits_have_other_answers(
    comparison: Comparison, session: Session, qtbot: QtBot
) -> None:
    measurements, model = comparison.measurements, comparison.models[0]
    measurements.measure_answers([model])
    wait(comparison, qtbot, ANSWERS)
    assert measurements.answers(model) is not None
    other = synthetic_digits(train=0, test=20)
    session.source._on_done((other, None))
    assert measurements.answers(model) is None
    measurements.measure_answers([model])
    wait(comparison, qtbot, ANSWERS)
    answers = measurements.answers(model)
    assert answers is not None and len(answers.predictions) == 20


def test_speeds_are_measured_while_nothing_trains(
    comparison: Comparison, session: Session, qtbot: QtBot
) -> None:
    measurements, dense = comparison.measurements, comparison.networks.of("dense")
    assert dense is not None and dense.model is not None
    measurements.measure_speeds([dense.model])
    wait(comparison, qtbot, SPEEDS)
    speed = measurements.speed(dense.model)
    assert speed is not None and speed.epoch > 0 and 0 < speed.digit < 1

    said: list[str] = []
    measurements.noticed.connect(lambda notice: said.append(notice.text))
    train_long(session, qtbot)
    measurements.measure_speeds(comparison.models)
    assert not measurements.timing.busy and "pause the run" in said[0]
