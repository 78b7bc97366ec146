"""The numbers beside a colour scale."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtGui import QFontMetricsF

from visualizer.text.numbers import MINUS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.colour_bar import ColourBar


@pytest.fixture
def bar(look: Look, show: Any) -> ColourBar:
    made = ColourBar(look)
    show(made, 80, 400)
    return made


@pytest.mark.parametrize(
    ("low", "high", "first", "last"),
    [
        (0.0, 1.0, "0", "1.00"),
        (0.0, 2.3456, "0", "2.35"),
        (0.0, 0.000712, "0", "0.000712"),
        (0.0, 1234.5, "0", "1234"),
        (-0.25, 0.25, f"{MINUS}0.250", "0.250"),
    ],
)
def test_both_true_ends_are_labelled(
    low: float, high: float, first: str, last: str, bar: ColourBar
) -> None:
    bar.show_scale(low, high, Theme().sequential)
    labels = bar.labels
    assert labels[0] == (low, first)
    assert labels[-1] == (high, last)
    values = [value for value, _ in labels]
    assert values == sorted(values)


def test_words_may_stand_at_the_ends(bar: ColourBar) -> None:
    bar.show_scale(0, 1, Theme().sequential, ("0", "map max"))
    assert bar.labels == [(0, "0"), (1, "map max")]


@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.75, 3.0])
def test_labels_never_touch_one_another(zoom: float, bar: ColourBar, look: Look) -> None:
    look.set_zoom(zoom)
    for high in (0.013, 1.0, 4.9, 17.3, 950.0):
        bar.show_scale(-high, high, Theme().diverging)
        values = [value for value, _ in bar.labels]
        gaps = [b - a for a, b in pairwise(values)]
        assert min(gaps) >= 0.07 * 2 * high


def test_the_colours_run_from_the_low_end_up(bar: ColourBar) -> None:
    theme = Theme()
    bar.show_scale(-1, 1, theme.diverging)
    picture = bar.grab().toImage()
    x = theme.px(7)
    top, bottom = picture.pixelColor(x, 14), picture.pixelColor(x, picture.height() - 14)
    assert top.blue() > top.red(), "positive is blue"
    assert bottom.red() > bottom.blue(), "negative is brown"


@pytest.mark.parametrize("ends", [("−max |x|", "max |x|"), ("0", "map max"), None])
@pytest.mark.parametrize("top", [1.0, 3.4e38, 1e-20])
@pytest.mark.parametrize("zoom", [1.0, 1.75])
def test_labels_have_room(
    ends: tuple[str, str] | None, top: float, zoom: float, bar: ColourBar, look: Look
) -> None:
    look.set_zoom(zoom)
    bar.show_scale(-top, top, Theme().diverging, ends)
    metrics = QFontMetricsF(look.theme.font("caption"))
    room = bar.sizeHint().width() - look.theme.px(14 + 6)
    assert all(metrics.horizontalAdvance(label) <= room for _, label in bar.labels)


@pytest.mark.parametrize("height", [32, 44, 60, 100, 400])
def test_a_low_bar_has_fewer_numbers_and_both_ends(height: int, bar: ColourBar, look: Look) -> None:
    bar.resize(bar.width(), max(height, bar.minimumSizeHint().height()))
    type_height = QFontMetricsF(look.theme.font("caption")).height()
    for low in (-1.59, 0.0):
        bar.show_scale(low, 1.59, Theme().diverging)
        values = [value for value, _ in bar.labels]
        assert (values[0], values[-1]) == (low, 1.59)
        pixels = (bar.height() - type_height - 1) / (1.59 - low)
        assert all((b - a) * pixels >= type_height - 1 for a, b in pairwise(values))
