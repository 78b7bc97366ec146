"""Impossible edits: each says which row, why not, and the nearest that can be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.editing.problems import examine, problems
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.networks import CLASSES, INPUT_SHAPE, NETWORKS, named
from visualizer.core.network.spec import SpecError, from_spec, to_spec

Row = dict[str, Any]
FLATTEN: Row = {"type": "Flatten"}


def conv(**settings: object) -> Row:
    return {"type": "Conv2D", "filters": 8, **settings}


def pool(window: int = 2, **settings: object) -> Row:
    return {"type": "MaxPool2D", "window_size": [window, window], **settings}


def mean(window: int = 2, **settings: object) -> Row:
    return {**pool(window, **settings), "type": "AveragePool2D"}


def dense(units: object = 10, activation: object = "softmax") -> Row:
    return {"type": "Dense", "units": units, "activation": activation}


HEAD = (FLATTEN, dense())


def described(*rows: object, **more: object) -> dict[str, object]:
    return {"name": "mine", "input_shape": [28, 28, 1], "layers": list(rows), **more}


# What the rows are; the row at fault, from 1; what is said of it; the setting and its nearest.
IMPOSSIBLE: dict[str, tuple[tuple[object, ...], int | None, str, tuple[str, object] | None]] = {
    "a window wider than the digit": (
        (conv(kernel_size=[3, 29]), *HEAD), 1, "a 3 × 29 window has no place on a 28 × 28 map",
        ("kernel_size", [3, 28])),
    "a window larger than its map": (
        (conv(), pool(), pool(), conv(kernel_size=[7, 7]), *HEAD), 4, "on a 6 × 6 map",
        ("kernel_size", [6, 6])),
    "a pooling larger than its map": ((pool(30), *HEAD), 1, "30 × 30", ("window_size", [28, 28])),
    "one pooling too many": (
        (pool(), pool(), pool(), pool(), pool(), *HEAD), 5, "a 1 × 1 map", ("window_size", [1, 1])),
    "a mean of more than there is": (
        (conv(), mean(27), *HEAD), 2, "27 × 27 window has no place", ("window_size", [26, 26])),
    "a padded window mostly on padding": (
        (conv(kernel_size=[60, 3], padding="same"), *HEAD), 1, "too large for a 28 × 28 map",
        ("kernel_size", [55, 3])),
    "a padded pooling mostly on padding": (
        (pool(56, padding="same"), *HEAD), 1, "too large", ("window_size", [55, 55])),
    "a window of nothing": ((conv(kernel_size=[0, 3]), *HEAD), 1, "not 0", ("kernel_size", [1, 3])),
    "a window below nothing": ((pool(-2), *HEAD), 1, "not −2", ("window_size", [1, 1])),
    "one side of a window": (
        (conv(kernel_size=5), *HEAD), 1, "two whole numbers, not 5", ("kernel_size", [5, 5])),
    "three sides of a window": (
        (conv(kernel_size=[5, 5, 5]), *HEAD), 1, "two whole numbers", ("kernel_size", [3, 3])),
    "half a pixel": ((conv(kernel_size=[2.6, 3]), *HEAD), 1, "2.6", ("kernel_size", [3, 3])),
    "a step of nothing": ((conv(stride=[0, 0]), *HEAD), 1, "not 0", ("stride", [1, 1])),
    "a pooling that stands still": ((pool(stride=[2, 0]), *HEAD), 1, "not 0", ("stride", [2, 1])),
    "no step for a convolution": (
        (conv(stride=None), *HEAD), 1, "two whole numbers, not None", ("stride", [1, 1])),
    "no filters": ((conv(filters=0), *HEAD), 1, "whole number from 1", ("filters", 1)),
    "fewer filters than none": ((conv(filters=-8), *HEAD), 1, "not −8", ("filters", 1)),
    "half a filter": ((conv(filters=4.4), *HEAD), 1, "not 4.4", ("filters", 4)),
    "filters in words": ((conv(filters="many"), *HEAD), 1, "not 'many'", ("filters", 32)),
    "filters left out": (({"type": "Conv2D"}, *HEAD), 1, "filters is missing", ("filters", 32)),
    "filters past the memory": (
        (conv(filters=2000), pool(), *HEAD), 1,
        "1,352,000 values in its maps, and 1,000,000 is the most", ("filters", 986)),
    "filters past the largest number": (
        (conv(filters=10**7), pool(), *HEAD), 1, "1,000,000", ("filters", 986)),
    "a kernel past the memory": (
        (conv(filters=128, padding="same"), conv(filters=1, kernel_size=[25, 25], padding="same"),
         *HEAD), 2, "62,727,056 values in its windows, and 20,000,000", ("kernel_size", [14, 14])),
    "more products than can be waited for": (
        (conv(filters=512, padding="same"), conv(filters=512, padding="same"), *HEAD), 2,
        "1,853,", ("filters", 275)),
    "units past the memory": (
        (FLATTEN, dense(100_000, "relu"), dense()), 2,
        "78,500,000 parameters, and 50,000,000 is the most", ("units", 62_893)),
    "a vector past the memory": (
        (conv(filters=1000), *HEAD), 2, "1,352,000 values in its maps", ("filters", 739)),
    "no units": ((FLATTEN, dense(0, "relu"), dense()), 2, "not 0", ("units", 1)),
    "units left out": (
        (FLATTEN, {"type": "Dense"}, dense()), 2, "units is missing", ("units", 64)),
    "units that are true": ((FLATTEN, dense(True, "relu"), dense()), 2, "True", ("units", 64)),
    "a dense layer on a map": ((conv(), dense()), 2, "put a Flatten before it", None),
    "a dense layer on the digit": ((dense(),), 1, "put a Flatten before it", None),
    "a convolution on a vector": (
        (FLATTEN, conv(), dense()), 2, "needs rows and columns, and below it is a vector", None),
    "a pooling on a vector": ((FLATTEN, pool(), dense()), 2, "put it above the Flatten", None),
    "a pooling after the answer": ((*HEAD, mean()), 3, "put it above the Flatten", None),
    "a second flattening": ((FLATTEN, *HEAD), 2, "a vector already; leave it out", None),
    "softmax half way": (
        (FLATTEN, dense(64), dense()), 2, "only the last layer", ("activation", "relu")),
    "softmax on maps": (
        (conv(activation="softmax"), *HEAD), 1, "linear or relu", ("activation", "relu")),
    "an activation there is not": (
        (conv(activation="gelu"), *HEAD), 1, "not 'gelu'", ("activation", "relu")),
    "a padding there is not": ((conv(padding="sam"), *HEAD), 1, "not 'sam'", ("padding", "same")),
    "a layer by Keras's name": (
        ({"type": "MaxPooling2D"}, *HEAD), 1, "'MaxPooling2D'", ("type", "MaxPool2D")),
    "a layer there is not": (({"type": "Dens", "units": 10}, *HEAD), 1, "Dens", ("type", "Dense")),
    "a setting there is not": ((conv(dilation=2), *HEAD), 1, "no setting 'dilation'", None),
    "an answer for two": (
        (FLATTEN, dense(2)), 2, "2 units, and there are 10 classes", ("units", 10)),
    "an answer without probabilities": (
        (FLATTEN, dense(10, "relu")), 2, "gives probabilities", ("activation", "softmax")),
    "no answer": ((conv(), pool()), None, "Dense with softmax and 10 units", None),
    "no layers at all": ((), None, "add that row", None),
    "too many layers": (
        (*[pool(1)] * 68, *HEAD), None, "70 rows; at most 64; keep the first 63", None),
}  # fmt: skip


def test_there_are_forty_and_more() -> None:
    assert len(IMPOSSIBLE) >= 40


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_an_impossible_edit_names_row_reason_and_nearest(case: str) -> None:
    rows, row, reason, nearest = IMPOSSIBLE[case]
    spec = described(*rows)
    with pytest.raises(ValueError):
        from_spec(spec).check_classifier(INPUT_SHAPE, CLASSES)
    found, network = examine(spec)
    first = found[0]
    said = str(first)
    assert reason in said
    assert len(said) < 200
    if row is not None:
        assert said.startswith(f"row {row}")
    if nearest is not None:
        assert (first.setting, first.nearest) == nearest
    network.check_classifier(INPUT_SHAPE, CLASSES)


@pytest.mark.parametrize("case", [case for case, it in IMPOSSIBLE.items() if it[3] is not None])
def test_what_is_named_as_nearest_ends_that_problem(case: str) -> None:
    first = problems(described(*IMPOSSIBLE[case][0]))[0]
    assert first.row is not None
    assert first.setting is not None
    rows = [dict(row) for row in IMPOSSIBLE[case][0]]
    rows[first.row][first.setting] = first.nearest
    left = problems(described(*rows))
    assert (first.row, first.setting) not in [(problem.row, problem.setting) for problem in left]


@pytest.mark.parametrize(
    ("rows", "setting", "more"),
    [
        ((conv(kernel_size=[40, 3]), *HEAD), "kernel_size", [29, 3]),
        ((conv(kernel_size=[99, 3], padding="same"), *HEAD), "kernel_size", [56, 3]),
        ((conv(filters=5000), pool(), *HEAD), "filters", 987),
        ((conv(filters=5000), *HEAD), "filters", 740),
    ],
)
def test_nothing_is_nearer_than_the_nearest(
    rows: tuple[Row, ...], setting: str, more: object
) -> None:
    (first, *_) = problems(described(*rows))
    assert first.setting == setting
    again = problems(described({**rows[0], setting: more}, *rows[1:]))
    assert (again[0].setting, again[0].nearest) == (setting, first.nearest)


def test_every_row_that_cannot_be_is_told_at_once() -> None:
    found = problems(described(conv(filters=0), dense(3, "relu"), pool(), dense(7, "relu")))
    assert [problem.row for problem in found] == [0, 1, 2, 3, 3]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_six_networks_have_no_problems(name: str) -> None:
    assert examine(json.loads(json.dumps(to_spec(named(name))))) == ([], named(name))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "book"}, "the name book, but not the layers of that network; the nearest name "),
        ({"name": 7}, "the name must be a text"),
        ({"name": "n" * 61}, "at most 60"),
        ({"input_shape": [32, 32, 3]}, "its input is 32 × 32 × 3"),
        ({"input_shape": None}, "the nearest input_shape that can be is 28 × 28 × 1"),
        ({"optimizer": "adam"}, "there is no setting 'optimizer'; leave it out"),
        ({"layers": "conv"}, "its layers are 'conv'"),
    ],
)
def test_what_is_no_layers_fault_is_the_networks(changes: dict[str, object], said: str) -> None:
    found, network = examine(described(*HEAD, **changes))
    assert str(found[0]).startswith("the network: ")
    assert said in str(found[0])
    assert problems(to_spec(network)) == []


@pytest.mark.parametrize("spec", [None, 7, "book", [], {}])
def test_no_description_at_all_is_told_too(spec: object) -> None:
    assert len(problems(spec)) >= 2


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=6,
)
small = st.integers(-1, 40)
rows = st.fixed_dictionaries(
    {"type": st.sampled_from([*LAYERS])},
    optional={
        "filters": small | values,
        "units": small | values,
        "kernel_size": st.lists(small, min_size=2, max_size=2) | values,
        "window_size": st.lists(small, min_size=2, max_size=2) | values,
        "stride": st.lists(small, min_size=2, max_size=2) | values,
        "padding": st.sampled_from(["valid", "same"]) | values,
        "activation": st.sampled_from(["relu", "softmax", "linear"]) | values,
        "x": values,
    },
)


@given(st.lists(rows | values, max_size=6), values)
def test_whatever_the_rows_there_are_problems_or_there_is_a_network(
    layers: list[object], name: object
) -> None:
    spec = described(*layers, name=name)
    found, network = examine(spec)
    network.check_classifier(INPUT_SHAPE, CLASSES)
    assert from_spec(to_spec(network)) == network
    assert all(0 < len(str(problem)) < 300 for problem in found)
    try:
        same = from_spec(spec)
        same.check_classifier(INPUT_SHAPE, CLASSES)
    except (SpecError, ValueError):
        assert found != []
    else:
        assert (found, network) == ([], same)
