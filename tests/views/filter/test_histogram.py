"""How often a filter answers how strongly: where zero is, what ReLU cuts, how many in a bin."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from tests.views.conftest import Show
from tests.views.painted import unreadable_in, words_of
from visualizer.core.responses import LayerResponses
from visualizer.text.numbers import count
from visualizer.views.base.look import Look
from visualizer.views.filter.histogram import HistogramView

LayerOf = Callable[..., LayerResponses]
EVEN = [[value / 10 for value in range(-30, 11)]]  # from −3 to 1


def shown(show: Show, look: Look, layer: LayerResponses, cuts: bool = True) -> HistogramView:
    view = HistogramView(look)
    view.show_responses(layer, 0, cuts)
    show(view, 402, 96)
    return view


def color_at(view: HistogramView, x: float) -> QColor:
    """What is painted right above the ground line."""
    bottom = int(view.bars()[0].bottom()) - 2
    return view.grab().toImage().pixelColor(int(x), bottom)


def painted(view: HistogramView) -> list[str]:
    return [word.text for word in words_of(view)[0]]


def test_zero_stands_where_it_lies_between_the_ends(
    show: Show, look: Look, layer_of: LayerOf
) -> None:
    view = shown(show, look, layer_of(EVEN, [4]))
    left, right = view.bars()[0].left(), view.bars()[-1].right()
    assert view.x_of(0.0) == pytest.approx(left + 0.75 * (right - left), abs=0.01)
    assert color_at(view, view.x_of(0.0)) == look.theme.color("ink")
    at = {word.text: word.ink.center().x() for word in words_of(view)[0]}
    assert at["0"] == pytest.approx(view.x_of(0.0), abs=1)
    assert set(at) == {"−3.000", "0", "1.000", "responses, log scale, up to 1"}


def test_what_relu_cuts_is_grey_up_to_zero_and_no_further(
    show: Show, look: Look, layer_of: LayerOf
) -> None:
    layer = layer_of([list(np.linspace(-1, 1.1, 5000))], [4])
    view, zero = shown(show, look, layer), shown(show, look, layer).x_of(0.0)
    kept = look.theme.color("train")
    for away in (3, 20, 120):
        grey = color_at(view, zero - away)
        assert grey.saturation() < 60 < kept.saturation()
        assert color_at(view, zero + away) == kept
    uncut = shown(show, look, layer, cuts=False)
    for x in (5, zero - 20, zero + 20, 395):
        assert color_at(uncut, x) == kept


@pytest.mark.parametrize(("low", "cut"), [(-3.0, True), (0.5, False)])
def test_all_of_it_is_cut_or_none_where_zero_is_not_within(
    low: float, cut: bool, show: Show, look: Look, layer_of: LayerOf
) -> None:
    view = shown(show, look, layer_of([list(np.linspace(low, low + 2, 500))], [1]))
    is_kept = [color_at(view, x) == look.theme.color("train") for x in (5, 200, 395)]
    assert is_kept == [not cut] * 3
    assert "0" not in painted(view)


def test_every_bin_says_its_range_and_its_count(show: Show, look: Look, layer_of: LayerOf) -> None:
    numbers = np.random.default_rng(0).normal(0, 1, 50_000)
    layer = layer_of([list(numbers)], [3])
    view = shown(show, look, layer)
    for bar, held in zip(view.bars(), layer.counts[0].tolist(), strict=True):
        tip = view.tip_at(QPointF(bar.center().x(), 10))
        assert tip.endswith(f": {count(held)} responses")
        assert " to " in tip
    tallest = int(layer.counts[0].argmax())
    heights = [bar.height() for bar in view.bars()]
    assert heights.index(max(heights)) == tallest
    assert view.tip_at(QPointF(-5, 10)) == ""


def test_a_single_response_is_still_to_be_seen(show: Show, look: Look, layer_of: LayerOf) -> None:
    layer = layer_of([[-1.0] * 1_000_000 + [1.0]], [3])
    bars = shown(show, look, layer).bars()
    assert bars[-1].height() >= 3
    assert all(bar.height() == 0 for bar in bars[1:-1])


def test_a_constant_filter_stands_in_one_bin(show: Show, look: Look, layer_of: LayerOf) -> None:
    """Its range is made around its value."""
    edges = np.linspace(0.2, 1.2, 65, dtype=np.float32)
    view = shown(show, look, layer_of([[0.7] * 40], [3], edges))
    assert sum(bar.height() > 0 for bar in view.bars()) == 1
    (bar,) = [bar for bar in view.bars() if bar.height() > 0]
    assert bar.left() <= view.x_of(0.7) <= bar.right()
    assert "40 responses" in view.tip_at(bar.center())


@pytest.mark.parametrize("size", [1e-30, 1e-7, 1.0, 12345.0, 3e9, 1e37])
@pytest.mark.parametrize("signs", [(-1, 1), (-1, 0.02), (-0.02, 1), (0, 1)])
def test_no_size_of_numbers_is_cut_or_covered(
    size: float, signs: tuple[float, float], show: Show, look: Look, layer_of: LayerOf
) -> None:
    low, high = (sign * size for sign in signs)
    view = shown(show, look, layer_of([list(np.linspace(low, high, 300))], [1]))
    assert unreadable_in(view) == []
    for bar in view.bars():
        assert view.rect().toRectF().contains(bar)
        assert "responses" in view.tip_at(bar.center())


def test_the_heights_are_said_to_be_logarithmic_however_narrow_it_is(
    show: Show, look: Look, layer_of: LayerOf
) -> None:
    view = shown(show, look, layer_of(EVEN, [4]))
    for width in (400, 220, 160):
        view.resize(width, 114)
        assert any("log scale" in text for text in painted(view))
        assert unreadable_in(view) == []
