"""A state of the lab as a line of JSON: what differs from its preset, and only that."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.lab.kernels import KERNELS
from visualizer.core.lab.lab import (
    BORDER,
    FIRST_LAYER,
    OWN,
    POOL,
    PRESETS,
    LabState,
    with_grid_cell,
    with_grid_size,
    with_kernel,
    with_kernel_cell,
    with_kernel_size,
    with_operation,
)
from visualizer.core.lab.response import Surroundings, from_network, preset_state
from visualizer.core.lab.writing import differences, state_from

NUMBERS = np.random.default_rng(1)
DIGIT = np.zeros((28, 28), np.float32)
AROUND = Surroundings(
    DIGIT,
    filters=NUMBERS.normal(size=(3, 3, 32)).astype(np.float32),
    biases=np.zeros(32, np.float32),
    filters_name="conv2d_1",
    strongest=7,
)
STEPS: tuple[Callable[[LabState], LabState], ...] = (
    lambda state: with_operation(state, "max"),
    lambda state: with_operation(state, "average"),
    lambda state: with_operation(state, "convolution"),
    lambda state: with_grid_size(state, (7, 4)),
    lambda state: with_grid_cell(state, 1, 2, -42.0),
    lambda state: with_kernel_cell(state, 0, 0, 1 / 3),
    lambda state: with_kernel(state, "blur"),
    lambda state: with_kernel(state, "emboss"),
    lambda state: with_kernel_size(state, (2, 5)),
    lambda state: replace(state, stride=(2, 3)),
    lambda state: replace(state, padding="same"),
    lambda state: replace(state, source="map"),
    lambda state: from_network(state, AROUND, 3),
)


@given(st.sampled_from(list(PRESETS)), st.lists(st.sampled_from(STEPS), max_size=8))
def test_whatever_is_set_by_hand_comes_back_from_its_json(
    preset: str, steps: list[Callable[[LabState], LabState]]
) -> None:
    first = state = preset_state(preset, AROUND)
    for step in steps:
        state = step(state)
    told = differences(state, first)
    back = state_from(told, first, AROUND) if told else first
    assert back == state
    assert with_operation(back, "max") == with_operation(state, "max")
    assert with_operation(back, "convolution") == with_operation(state, "convolution")
    assert differences(back, first) == told


def test_a_window_kept_aside_stays_as_it_was_left() -> None:
    first = state = preset_state(POOL, AROUND)
    for operation in ("convolution", "max"):
        state = with_operation(state, operation)  # type: ignore[arg-type]
    state = with_kernel_cell(state, 0, 0, 1 / 3)
    back = state_from(differences(state, first), first, AROUND)
    assert with_operation(back, "convolution") == with_operation(state, "convolution")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_as_it_is_needs_no_words(preset: str) -> None:
    assert differences(preset_state(preset, AROUND), preset_state(preset, AROUND)) == ""


def test_the_json_holds_what_was_changed_and_can_be_written_by_hand() -> None:
    first = preset_state(BORDER, AROUND)
    told = differences(replace(with_kernel(first, "blur"), stride=(2, 2)), first)
    assert json.loads(told) == {"kernel": "blur", "stride": [2, 2]}
    by_hand = state_from('{"stride": 2, "kernel_size": 5}', first, AROUND)
    assert by_hand.stride == (2, 2) and by_hand.kernel_size == (5, 5)
    typed = state_from('{"kernel": [[0, 1], [1, 0]]}', first, AROUND)
    assert (typed.kernel, typed.kernel_name) == (((0.0, 1.0), (1.0, 0.0)), OWN)


def test_a_pooling_by_hand_is_the_usual_one_and_gives_the_kernel_back() -> None:
    first = preset_state(BORDER, AROUND)
    state = state_from('{"operation": "max"}', first, AROUND)
    assert (state.kernel_size, state.stride) == ((2, 2), (2, 2))
    assert with_operation(state, "convolution").kernel == first.kernel


def test_a_filter_of_the_network_is_taken_from_the_network_in_view() -> None:
    first = preset_state(FIRST_LAYER, AROUND)
    assert first.filter == 7
    state = state_from('{"filter": 12}', first, AROUND)
    assert state.kernel == from_network(first, AROUND, 12).kernel
    assert state_from('{"filter": 99}', first, AROUND).filter == 31
    without = state_from('{"kernel": "network"}', preset_state(BORDER, AROUND), Surroundings(DIGIT))
    assert without.kernel_name in KERNELS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "as JSON"),
        ("[]", "as JSON"),
        ("3", "as JSON"),
        ("[" * 100_000, "as JSON"),
        ('{"colour": 1}', "“colour”"),
        ('{"operation": "min"}', "convolution, max or average"),
        ('{"operation": ["max"]}', "convolution, max or average"),
        ('{"source": null}', "grid, digit or map"),
        ('{"stride": 0}', "from 1 to 7"),
        ('{"stride": [1, 2, 3]}', "from 1 to 7"),
        ('{"stride": true}', "from 1 to 7"),
        ('{"stride": 1.5}', "from 1 to 7"),
        ('{"padding": "full"}', "valid or same"),
        ('{"kernel": "cubic"}', "“kernel”"),
        ('{"kernel": []}', "“kernel”"),
        ('{"kernel": [[]]}', "“kernel”"),
        ('{"kernel": [[1], [1, 2]]}', "“kernel”"),
        ('{"kernel": [[1e9]]}', "from −99 to 99"),
        ('{"kernel": [[NaN]]}', "from −99 to 99"),
        ('{"kernel": [["1"]]}', "from −99 to 99"),
        ('{"kernel": [[1, 2, 3, 4, 5, 6, 7, 8]]}', "at most 7"),
        ('{"kernel_size": 9}', "from 1 to 7"),
        ('{"grid": [[0.5]]}', "whole numbers"),
        ('{"grid": 5}', "“grid”"),
        ('{"filter": -1}', "“filter”"),
        ('{"aside": 1}', "“aside”"),
        ('{"aside": {"grid": [[1]]}}', "“grid”"),
        ('{"aside": {"stride": 8}}', "from 1 to 7"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="The setting “lab”") as refused:
        state_from(text, preset_state(POOL, AROUND), AROUND)
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert len(str(refused.value)) < 250
