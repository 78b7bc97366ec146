"""The trail: back up its steps, and back to the way before; a new digit keeps what was chosen."""

from __future__ import annotations

from dataclasses import replace

from tests.scene.chains import picture, scene_of
from visualizer.scene.trail import INPUT, Cell, Trail

A, B, C = Cell(2, 0, 0, 0), Cell(1, 0, 0, 0), Cell(0, 1, 1, 0)
OTHER, PIXEL = Cell(1, 0, 0, 5), Cell(INPUT, 4, 4, 0)


def test_back_goes_up_the_steps_and_forward_down_again() -> None:
    trail = Trail((A,)).then(B).then(C)
    assert trail.back() == Trail((A, B, C), 1)
    assert trail.back().forward() == trail
    assert trail.back().back().back() == Trail((A, B, C), 0)
    assert (trail.goes_back, trail.goes_forward) == (True, False)


def test_back_goes_to_the_way_before_where_it_was_left() -> None:
    first = Trail((A, B, C), 2)
    second = first.lead((A, OTHER), 1)
    assert second.back() == first and second.back().forward() == second
    deeper = second.then(Cell(0, 2, 2, 5))
    assert deeper.back() == replace(second, steps=deeper.steps)
    assert deeper.back().back() == first
    assert second.goes_back and second.back().goes_forward
    above = second.moved(0)
    assert above.back() == first


def test_ways_can_be_gone_back_one_by_one() -> None:
    ways = [Trail((A,))]
    for channel in range(1, 5):
        ways.append(ways[-1].lead((A, replace(B, channel=channel)), 1))
    trail = ways[-1]
    for expected in reversed(ways[:-1]):
        trail = trail.back()
        assert trail == expected
    for expected in ways[1:]:
        trail = trail.forward()
        assert trail == expected
    assert not trail.goes_forward


def test_another_step_forgets_the_ways_that_were_gone_back_from() -> None:
    trail = Trail((A,)).lead((A, B), 1).back().then(OTHER)
    assert not trail.goes_forward and trail == Trail((A, OTHER), 1)


def test_the_same_way_is_no_other_way() -> None:
    trail = Trail((A, B), 1)
    assert trail.lead((A, B), 1) is trail and trail.moved(1) is trail


def test_a_new_digit_keeps_followed_steps_and_of_found_ones_the_selected() -> None:
    scene = scene_of("book").with_selection(Cell(4, 1, 1, 7)).with_step(Cell(3, 2, 2, 9))
    assert scene.with_changes(None, picture(8)).trail == scene.trail
    found = scene.with_trail(scene.trail.lead((A, B, C, PIXEL), 1))
    assert found.with_changes(None, picture(8)).trail == Trail((B,))
    pixel = found.with_trail(found.trail.moved(3))
    assert pixel.with_changes(None, picture(8)).trail == Trail((C, PIXEL), 1)
    assert found.with_changes(replace(found.model, origin="trained"), None).trail == found.trail
