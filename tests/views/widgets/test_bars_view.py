"""BarsView: a small vector as bars on a numbered axis."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.views.painted import unreadable_in, words_of
from visualizer.views.base.look import Look
from visualizer.views.base.theme import LIGHT
from visualizer.views.widgets.bars_view import BarsView

GROUND = LIGHT.ground


@pytest.fixture
def view(look: Look, show: Any) -> BarsView:
    made = BarsView(look)
    show(made, 700, 300)
    return made


@pytest.mark.parametrize("count", [1, 10, 64, 128])
def test_the_unit_under_a_bars_middle_is_that_unit(count: int, view: BarsView) -> None:
    view.show_values(np.linspace(0, 1, count, dtype=np.float32), 1.0)
    assert [view.unit_at(view.unit_center(unit)) for unit in range(count)] == list(range(count))


def test_there_is_no_unit_beside_the_bars(view: BarsView) -> None:
    view.show_values(np.ones(10, np.float32), 1.0)
    assert view.unit_at(QPointF(2, 100)) is None
    assert view.unit_at(QPointF(699, 100)) is None


def ink(view: BarsView, unit: int, fraction: float) -> str:
    """The colour at a bar's middle, at a share of its axis from below."""
    picture = view.grab().toImage()
    area = view._area()
    y = area.bottom() - fraction * area.height()
    return picture.pixelColor(round(view.unit_center(unit).x()), round(y)).name()


def test_a_bar_is_as_high_as_its_value(view: BarsView) -> None:
    view.show_values(np.array([0.0, 0.5, 1.0, 0.25], np.float32), 1.0)
    filled = [[ink(view, unit, at) != GROUND for at in (0.23, 0.45, 0.9)] for unit in range(4)]
    assert filled == [
        [False, False, False],
        [True, True, False],
        [True, True, True],
        [True, False, False],
    ]


def test_negative_bars_hang_from_zero_in_another_colour(view: BarsView) -> None:
    view.show_values(np.array([1.0, -1.0], np.float32), 1.0)
    above, below = ink(view, 0, 0.7), ink(view, 1, 0.3)
    assert ink(view, 0, 0.3) == ink(view, 1, 0.7) == GROUND
    assert len({above, below, GROUND}) == 3


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_no_bar(value: float, view: BarsView) -> None:
    view.show_values(np.array([1.0, value, 1.0], np.float32), 1.0)
    assert ink(view, 1, 0.6) == GROUND
    assert ink(view, 2, 0.6) != GROUND


def test_pointer_and_keys(view: BarsView, pointer: Any, qtbot: QtBot) -> None:
    view.show_values(np.ones(10, np.float32), 1.0)
    told: list[object] = []
    view.hovered.connect(told.append)
    view.clicked.connect(told.append)
    pointer.move(view, view.unit_center(3))
    pointer.click(view, view.unit_center(7))
    view.show_selection(7, -1)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.show_selection(9, -1)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.show_selection(0, -1)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    pointer.leave(view)
    assert told == [3, 7, 6, 8, 8, 9, 0, None]


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("count", [3, 10, 64, 128])
@pytest.mark.parametrize("selected", [-1, 0, 2, -2])
def test_names_under_the_bars_are_whole_and_apart(
    compact: bool, count: int, selected: int, look: Look, show: Any
) -> None:
    view = BarsView(look, compact)
    show(view, 240, 120)
    selected = selected % count if selected != -1 else -1
    view.show_values(np.linspace(1, 0, count, dtype=np.float32), 1.0)
    view.show_selection(selected, -1)
    rects = view.label_rects()
    boxes = sorted(rects.values(), key=lambda box: box.left())
    assert len(rects) >= 3 or compact is False
    assert selected == -1 or selected in rects
    assert all(box.left() >= 0 and box.right() <= view.width() for box in boxes)
    assert all(one.right() <= other.left() for one, other in pairwise(boxes))


def test_the_selected_of_many_bars_is_outlined_and_named_with_its_value(view: BarsView) -> None:
    values = np.linspace(0, 1, 64, dtype=np.float32)
    view.show_values(values, 1.0)
    view.show_selection(40, -1)
    assert view.selected_text == "40: 0.635"
    picture = view.grab().toImage()
    area, step = view._area(), view._step()
    edges = [area.left() + 40 * step, area.left() + 41 * step]
    middle = round(area.bottom() - 0.8 * area.height())
    reds = {picture.pixelColor(round(x) + d, middle).name() for x in edges for d in (-1, 0)}
    assert LIGHT.selection in reds
    columns = range(round(view.unit_center(40).x()) - 30, round(view.unit_center(40).x()) + 30)
    top = round(area.bottom() - 0.635 * area.height())
    near = [picture.pixelColor(x, y).name() for x in columns for y in range(top - 18, top - 4)]
    assert near.count(LIGHT.selection) > 20


@pytest.mark.parametrize("height", [40, 60, 90, 110, 300])
def test_a_low_view_keeps_the_names_and_lets_the_axis_go(height: int, view: BarsView) -> None:
    view.show_values(np.linspace(-1, 1, 10, dtype=np.float32), 1.0)
    view.show_selection(3, -1)
    view.resize(700, height)
    assert unreadable_in(view) == []
    texts = [word.text for word in words_of(view)[0]]
    assert {str(unit) for unit in range(10)} <= set(texts)
    assert ("0.0" in texts) == (height >= 96)


@pytest.mark.parametrize("count", [10, 64])
def test_small_numbers_are_written_in_one_power_of_ten(count: int, view: BarsView) -> None:
    values = np.zeros(count, np.float32)
    values[3:5] = -5.11e-7, 3.14e-7
    view.show_values(values, 5.11e-7)
    view.show_selection(3, -1)
    texts = {word.text for word in words_of(view)[0]}
    assert {"in 10⁻⁷", "5", "0", "−5"} <= texts
    assert "3: −5.11" in texts if count == 64 else {"−5.11", "3.14"} <= texts
    assert unreadable_in(view) == []
    view.show_values(np.linspace(0, 1, count, dtype=np.float32), 1.0)
    assert not any("10" in word.text and word.text.startswith("in") for word in words_of(view)[0])
