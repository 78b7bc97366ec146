"""The columns of the editor's table in rooms of any width."""

from __future__ import annotations

import pytest

from visualizer.views.editor.row import HEADINGS, KIND
from visualizer.views.editor.widths import FIRST_TO_GO, shared_out

USUAL = [20, 130, 60, 60, 75, 75, 70, 90, 100, 50, 75, 40, 50, 30, 30, 30]
LEAST = [13, 100, 40, 40, 60, 60, 60, 80, 90, 50, 60, 30, 40, 30, 30, 30]


@pytest.mark.parametrize("room", [sum(LEAST), sum(USUAL) - 40, sum(USUAL), sum(USUAL) + 100])
@pytest.mark.parametrize("large", [0, 25])
def test_every_column_has_what_it_needs_and_none_is_outside(room: int, large: int) -> None:
    least = list(LEAST)
    least[9] += large
    widths = shared_out(least, USUAL, max(room, sum(least)))
    assert len(widths) == len(HEADINGS) and sum(widths) <= max(room, sum(least))
    assert all(wide >= need for wide, need in zip(widths, least, strict=True))


def test_what_is_in_the_columns_moves_nothing_where_the_usual_width_is_enough() -> None:
    room = sum(USUAL) - 12
    smaller = [need - 5 for need in LEAST]
    assert shared_out(LEAST, USUAL, room) == shared_out(smaller, USUAL, room)
    assert all(shared_out(LEAST, USUAL, room)[at] == USUAL[at] for at in (KIND, *FIRST_TO_GO))


def test_whole_columns_go_before_a_digit_is_cut() -> None:
    widths = shared_out(LEAST, USUAL, sum(LEAST) - 1)
    assert [at for at, wide in enumerate(widths) if not wide] == [FIRST_TO_GO[0]]
    widths = shared_out(LEAST, USUAL, sum(LEAST) - LEAST[FIRST_TO_GO[0]] - 1)
    assert {at for at, wide in enumerate(widths) if not wide} == set(FIRST_TO_GO)
    assert all(wide >= need for wide, need in zip(widths, LEAST, strict=True) if wide)
