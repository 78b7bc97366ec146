"""A description with more rows than a network may have: one problem, and one click that ends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visualizer.core.editing.draft import Draft
from visualizer.core.editing.remedies import remedy_text
from visualizer.core.network.limits import MOST
from visualizer.core.network.networks import INPUT_SHAPE
from visualizer.storage.network_file import NetworkFileError, load_network

MOST_ROWS = MOST["layers"]
TINY = {"type": "Conv2D", "filters": 1, "kernel_size": [1, 1]}
HEAD = [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}]


def description(rows: int) -> dict[str, object]:
    """So many rows, the last two of them the head."""
    layers = [*[TINY] * (rows - 2), *HEAD]
    return {"name": "many", "input_shape": list(INPUT_SHAPE), "layers": layers}


def many(rows: int) -> Draft:
    return Draft.of_spec(description(rows), "many.json")


def test_a_thousand_rows_are_one_problem_that_one_click_ends() -> None:
    draft = many(1000)
    assert len(draft.rows) == MOST_ROWS and len(draft.surplus) == 1000 - MOST_ROWS
    problem = draft.problem_of(None)
    assert problem is not None and problem.reason == "1,000 rows; at most 64"
    assert remedy_text(problem) == "Keep 64"
    assert [each.step for each in draft.problems].count("cut") == 1
    assert all(each.row is None or each.row < MOST_ROWS for each in draft.problems)
    kept = draft.remedied(problem)
    assert kept.surplus == () and kept.rows == draft.rows
    assert kept.rows[-1] == HEAD[-1]
    assert not any(each.step == "cut" for each in kept.problems)


def test_what_is_past_the_limit_is_neither_looked_at_nor_lost() -> None:
    layers = [*[TINY] * 70, *[{"type": "nonsense"}] * 930, *HEAD]
    draft = Draft.of_spec({**description(2), "layers": layers}, "many.json")
    assert not any("nonsense" in str(problem) for problem in draft.problems)
    assert draft.spec["layers"] == layers


def test_a_row_taken_out_lets_the_next_one_move_up() -> None:
    draft = many(66)
    assert len(draft.surplus) == 2
    fewer = draft.without(0)
    assert len(fewer.rows) == MOST_ROWS and len(fewer.surplus) == 1
    fewer = fewer.without(0)
    assert (len(fewer.rows), fewer.surplus, fewer.problems) == (MOST_ROWS, (), ())
    assert fewer == many(64)


def test_a_row_too_many_that_is_added_is_past_the_limit() -> None:
    draft = many(64).with_new(0, "Conv2D")
    assert len(draft.rows) == MOST_ROWS and draft.surplus == (HEAD[0],)
    assert draft.rows[-1] == HEAD[-1]
    problem = draft.problem_of(None)
    assert problem is not None and problem.reason == "65 rows; at most 64"


def test_every_problem_is_of_the_row_that_it_names() -> None:
    draft = many(1000).with_setting(MOST_ROWS - 1, "units", 7)
    problem = draft.problem_of(MOST_ROWS - 1)
    assert problem is not None and "7 units" in problem.reason


def test_the_command_line_says_it_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps(description(1000)))
    with pytest.raises(NetworkFileError, match="1,000 rows; at most 64; keep the first 63 and"):
        load_network(path)
