"""A network as it is typed: what follows from every row, and why what cannot be cannot."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.editing.draft import (
    Draft,
    new_row,
    same_network,
    settings_for,
    typed_count,
    typed_pair,
)
from visualizer.core.editing.remedies import as_typed, remedy_text
from visualizer.core.network.layers import LAYERS, Conv2D, Dense
from visualizer.core.network.networks import NETWORKS, named

MOST_CLICKS = 80  # 70 layers are put right one by one
BOOK = Draft.of(named("book"))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_named_network_is_a_draft_without_problems_and_comes_back(name: str) -> None:
    draft = Draft.of(named(name))
    assert draft.problems == () and draft.network == named(name)
    assert same_network(draft, named(name))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_row_has_the_sizes_of_its_layer(name: str) -> None:
    network = named(name)
    draft = Draft.of(network)
    total = 0
    for row, (layer, line) in enumerate(zip(network.layers, network.summary(), strict=True)):
        sizes = draft.sizes[row]
        assert (sizes.name, sizes.output_shape) == (layer.name, layer.output_shape)
        assert sizes.parameters == layer.parameter_count
        if line.field is None:
            assert sizes.field is sizes.jump is None
        else:
            assert (sizes.field, sizes.jump) == (line.field, line.jump)
        products = 0
        if isinstance(layer, Conv2D):
            kernel = math.prod(layer.kernel_size) * layer.input_shape[2]
            products = math.prod(layer.output_shape) * kernel
        elif isinstance(layer, Dense):
            products = layer.input_shape[0] * layer.units
        assert sizes.multiply_adds == products
        total += products
    assert draft.multiply_adds == total


def test_what_rests_on_a_remedy_is_not_sure() -> None:
    assert BOOK.sure == 8
    assert BOOK.with_setting(4, "kernel_size", [9, 9]).sure == 4


def test_rows_are_added_taken_out_and_moved() -> None:
    more = BOOK.with_new(1, "Conv2D")
    assert more.rows[1] == new_row("Conv2D") and len(more.rows) == 9
    assert more.without(1) == BOOK
    assert BOOK.moved(0, 2).rows[2] == BOOK.rows[0] and BOOK.moved(0, 2).moved(2, 0) == BOOK


def test_another_type_keeps_the_settings_that_both_have() -> None:
    pool = BOOK.with_setting(1, "padding", "same").with_type(1, "AveragePool2D")
    assert pool.rows[1]["padding"] == "same" and pool.rows[1]["type"] == "AveragePool2D"
    dense = BOOK.with_type(0, "Dense")
    assert set(dense.rows[0]) == {"type", *settings_for("Dense")}
    assert dense.rows[0]["activation"] == "relu"


@pytest.mark.parametrize(
    ("text", "value"),
    [("32", 32), (" 1,024 ", 1024), ("-3", -3), ("3x", "3x"), ("", ""), ("9" * 13, "9" * 13)],
)
def test_a_count_as_it_is_typed(text: str, value: object) -> None:
    assert typed_count(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("3", [3, 3]), ("3 × 5", [3, 5]), ("3x5", [3, 5]), ("3 5", [3, 5]), ("3, 5", [3, 5])),
        *(("", None), ("three", "three"), ("3 4 5", "3 4 5"), ("0", [0, 0]), ("3 ×", [3, 3])),
    ],
)
def test_rows_and_columns_as_they_are_typed(text: str, value: object) -> None:
    assert typed_pair(text) == value
    if isinstance(value, list):
        assert typed_pair(as_typed(value)) == value


def setting(row: int, name: str, value: object) -> Callable[[Draft], Draft]:
    return lambda draft: draft.with_setting(row, name, value)


# Forty things that cannot be done to the book's network, and a part of the reason for each.
IMPOSSIBLE: list[tuple[Callable[[Draft], Draft], str]] = [
    (setting(0, "filters", 0), "whole number from 1"),
    (setting(0, "filters", -4), "whole number from 1"),
    (setting(0, "filters", "3x"), "whole number from 1"),
    (setting(0, "filters", ""), "whole number from 1"),
    (setting(0, "filters", 2.5), "whole number from 1"),
    (setting(0, "filters", True), "whole number from 1"),
    (setting(0, "filters", 10**9), "whole number from 1"),
    (setting(0, "filters", 500_000), "is the most"),
    (setting(2, "filters", 100_000), "is the most"),
    (setting(6, "units", 200_000), "is the most"),
    (setting(0, "kernel_size", [29, 29]), "no place on a 28 × 28 map"),
    (setting(0, "kernel_size", [3, 40]), "no place on a 28 × 28 map"),
    (setting(0, "kernel_size", [0, 3]), "whole number from 1"),
    (setting(0, "kernel_size", "three"), "two whole numbers"),
    (setting(0, "kernel_size", None), "two whole numbers"),
    (setting(0, "kernel_size", [3, 3, 3]), "two whole numbers"),
    (setting(2, "kernel_size", [14, 14]), "no place on a 13 × 13 map"),
    (setting(4, "kernel_size", [6, 6]), "no place on a 5 × 5 map"),
    (setting(1, "window_size", [27, 27]), "no place on a 26 × 26 map"),
    (setting(1, "window_size", [0, 0]), "whole number from 1"),
    (setting(3, "window_size", [12, 2]), "no place on a 11 × 11 map"),
    (setting(0, "stride", [0, 0]), "whole number from 1"),
    (setting(0, "stride", None), "two whole numbers"),
    (setting(1, "stride", "fast"), "two whole numbers"),
    (setting(0, "padding", "full"), "valid or same"),
    (setting(1, "padding", None), "valid or same"),
    (setting(0, "activation", "sigmoid"), "relu"),
    (setting(0, "activation", "softmax"), "softmax"),
    (setting(6, "activation", "softmax"), "only the last layer"),
    (setting(7, "activation", "relu"), "probabilities"),
    (setting(7, "units", 11), "10 classes"),
    (setting(0, "dilation", 2), "no setting"),
    (lambda draft: draft.without(5), "needs a vector below it"),
    (lambda draft: draft.moved(5, 6), "needs a vector below it"),
    (lambda draft: draft.moved(5, 0), "rows and columns"),
    (lambda draft: draft.with_new(6, "Flatten"), "a vector already"),
    (lambda draft: draft.with_new(7, "MaxPool2D"), "rows and columns"),
    (lambda draft: draft.without(7).without(6), "one for each class"),
    (lambda draft: draft.with_setting(0, "type", "Dropout"), "no layer of type"),
    (lambda draft: Draft(draft.name, tuple(new_row("Conv2D") for _ in range(70))), "70 rows"),
]


def test_they_are_forty() -> None:
    assert len(IMPOSSIBLE) == 40


@pytest.mark.parametrize("at", range(len(IMPOSSIBLE)))
def test_what_cannot_be_is_explained_with_the_nearest_that_can(at: int) -> None:
    edit, reason = IMPOSSIBLE[at]
    draft = edit(BOOK.named("mine"))
    assert draft.network is None
    assert reason in " ".join(str(problem) for problem in draft.problems)
    assert all(problem.remedy for problem in draft.problems)
    nearest = draft.examined.network  # can be built, and is a network of digits
    assert Draft.of(nearest).problems == ()
    for _ in range(MOST_CLICKS):  # taking one remedy after the other ends with a network
        if draft.problems:
            assert remedy_text(draft.problems[0])
            draft = draft.remedied(draft.problems[0])
    assert draft.problems == ()


texts = st.one_of(st.text(max_size=8), st.integers(-5, 3000), st.sampled_from(["", "3x", None]))
edits = st.tuples(st.integers(0, 7), st.sampled_from(["filters", "kernel_size", "stride"]), texts)


@given(st.lists(edits, max_size=5), st.permutations(range(8)))
def test_whatever_is_typed_the_remedies_come_to_an_end(
    changes: list[tuple[int, str, object]], order: list[int]
) -> None:
    draft = Draft("mine", tuple(BOOK.rows[at] for at in order))
    for at, name, value in changes:
        draft = draft.with_setting(at, name, value)
    clicks = 0
    while draft.problems and clicks < 60:
        draft, clicks = draft.remedied(draft.problems[0]), clicks + 1
    assert draft.problems == ()


def test_a_name_of_the_six_on_other_layers_is_refused_with_another() -> None:
    draft = BOOK.with_setting(0, "filters", 16)
    problem = draft.problem_of(None)
    assert problem is not None and problem.nearest == "my book"
    assert draft.remedied(problem).network is not None


def test_a_description_from_outside_is_taken_as_far_as_it_goes() -> None:
    draft = Draft.of_spec({"name": 3, "layers": [5, {"type": "Dense", "units": 10}]}, "a.json")
    assert draft.name == "" and len(draft.rows) == 2 and draft.problems
    assert draft.rows[0]["type"] == "5" and set(LAYERS) >= {draft.rows[1]["type"]}
    with pytest.raises(ValueError, match=r"a\.json: it is no network"):
        Draft.of_spec({"name": "x"}, "a.json")
    with pytest.raises(ValueError, match="no network"):
        Draft.of_spec([1, 2], "a.json")
