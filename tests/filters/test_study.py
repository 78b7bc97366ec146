"""The filter study: all responses of the model in view, found out where somebody looks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.core.edits import SwitchOff
from visualizer.data.dataset import Images
from visualizer.filters.study import KEPT
from visualizer.session.session import Session
from visualizer.training.evaluate import evaluate


def found_out(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.study.fresh and not session.study.responses.busy)


def test_every_digit_of_the_test_set_is_answered_to(session: Session, qtbot: QtBot) -> None:
    assert session.study.results is None
    session.study.ask()
    assert session.study.responses.busy
    found_out(qtbot, session)
    study, test = session.study.results, session.source.dataset.test
    assert study is not None
    model = session.viewer.scene.model
    assert study.responses.images == len(test)
    accuracy = evaluate(model.network, model.weights, test).accuracy
    assert study.responses.accuracy == pytest.approx(accuracy)
    layer = session.study.layer("conv2d_2")
    assert layer is not None
    trace = model.trace(test.pixels[4])
    index = model.network.index("conv2d_2")
    strongest = trace.pre_activations[index].max(axis=(0, 1))
    assert np.allclose(layer.strongest[4], strongest, rtol=1e-4, atol=1e-5)


def test_nothing_is_found_out_that_nobody_looks_at(session: Session, qtbot: QtBot) -> None:
    session.what_if.add(SwitchOff("conv2d_1", 0))
    session.study._on_settled()
    assert not session.study.responses.busy
    looker = QObject()
    session.study.watch(looker, True)
    found_out(qtbot, session)
    session.study.watch(looker, False)
    session.what_if.clear()
    session.study._on_settled()
    assert not session.study.responses.busy


def test_what_was_found_out_before_is_there_at_once(session: Session, qtbot: QtBot) -> None:
    session.study.ask()
    found_out(qtbot, session)
    first = session.study.results
    session.what_if.add(SwitchOff("conv2d_1", 0))
    assert session.study.results is first
    assert not session.study.fresh
    session.study.ask()
    found_out(qtbot, session)
    assert session.study.results is not first
    session.what_if.undo()
    assert session.study.results is first
    assert session.study.fresh
    session.study.ask()
    assert not session.study.responses.busy


def test_only_the_last_few_are_kept(session: Session, qtbot: QtBot) -> None:
    for channel in range(KEPT + 1):
        session.what_if.add(SwitchOff("dense_1", channel))
        session.study.ask()
        found_out(qtbot, session)
    fresh = []
    for _ in range(KEPT):
        fresh.append(session.study.fresh)
        session.what_if.undo()
    assert fresh == [True] * KEPT
    assert not session.study.fresh


def test_a_pass_can_be_given_up(session: Session) -> None:
    session.study.ask()
    session.study.responses.cancel()
    assert not session.study.responses.busy
    assert session.study.results is None


def test_of_a_run_that_goes_on_the_last_results_stand_until_it_rests(
    short: Session, qtbot: QtBot
) -> None:
    looker = QObject()
    short.study.ask()
    found_out(qtbot, short)
    before = short.study.results
    short.train_or_pause()
    short.study.watch(looker, True)
    qtbot.waitUntil(lambda: short.viewer.scene.model.moment is not None)
    if short.runs.state.moving:
        assert short.study.results is before
    until(qtbot, short, "finished")
    found_out(qtbot, short)
    study = short.study.results
    assert study is not None
    assert study.model is short.viewer.scene.model


def test_other_digits_are_another_study(session: Session, qtbot: QtBot) -> None:
    session.study.ask()
    found_out(qtbot, session)
    dataset = session.source.dataset
    few = Images(dataset.test.pixels[:20], dataset.test.labels[:20])
    half = replace(dataset, test=few)
    session.source._on_done((half, None))
    assert session.study.results is None


def test_which_filters_matter(session: Session, qtbot: QtBot) -> None:
    study = session.study
    study.switch_each_off("conv2d_3")
    assert study.ablations.busy
    qtbot.waitUntil(lambda: not study.ablations.busy)
    known = study.without("conv2d_3")
    assert known is not None
    model = session.viewer.scene.model.altered((SwitchOff("conv2d_3", 7),))
    test = session.source.dataset.test
    assert known.without[7] == evaluate(model.network, model.weights, test).accuracy
    session.what_if.add(SwitchOff("conv2d_1", 0))
    assert study.without("conv2d_3") is None
    session.what_if.undo()
    assert study.without("conv2d_3") is known


@pytest.mark.slow
def test_an_ascent_is_shown_as_it_comes_and_remembered(session: Session, qtbot: QtBot) -> None:
    search, model = session.activation_max, session.viewer.scene.model
    values: list[float] = []

    def note() -> None:
        found = search.found(model, "conv2d_2", 9, 0)
        if found is not None:
            values.append(found.step.value)

    search.changed.connect(note)
    search.search(model, "conv2d_2", 9, 0)
    qtbot.waitUntil(lambda: not search.busy)
    found = search.found(model, "conv2d_2", 9, 0)
    assert found is not None
    assert found.done
    assert values == sorted(values)
    assert found.step.pixels.shape == (8, 8)
    assert 0 <= found.step.pixels.min() <= found.step.pixels.max() <= 1
    assert search.found(model, "conv2d_2", 9, 1) is None
    search.search(model, "dense_1", 3, 0)
    search.cancel()
    assert not search.busy
