"""How strongly each class is answered to, and a class that is chosen there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer, Show
from tests.views.painted import unreadable_in, words_of
from visualizer.core.responses import LayerResponses
from visualizer.views.base.look import Look
from visualizer.views.filter.classes import ClassesView

LayerOf = Callable[..., LayerResponses]
Means = dict[int, float]
ViewOf = Callable[[Means], ClassesView]


@pytest.fixture
def view_of(show: Show, look: Look, layer_of: LayerOf) -> ViewOf:
    """A function that shows these means, each of a class of three digits."""

    def make(means: Means) -> ClassesView:
        labels = [label for label in means for _ in range(3)]
        spread = (0.9, 1.0, 1.1)
        values = [[means[label] * part] for label in means for part in spread]
        view = ClassesView(look)
        view.show_responses(layer_of(values, labels, np.linspace(-1, 1, 65)), 0)
        show(view, 400, 160)
        return view

    return make


def heights(view: ClassesView) -> list[tuple[int, int]]:
    """Rows of pixels that each class's bar takes, (above, below) the line of zero."""
    image = view.grab().toImage()
    found = []
    for label in range(10):
        column = view.column(label)
        x = int(column.left() + column.width() * 0.3)
        colors = [image.pixelColor(x, y) for y in range(1, image.height() - 1)]
        rows = [y for y, color in enumerate(colors, 1) if color.blue() - color.red() > 80]
        line = view.y_of(0.0)
        found.append((sum(y + 0.5 < line for y in rows), sum(y + 0.5 > line for y in rows)))
    return found


def test_bars_are_as_long_as_their_means(view_of: ViewOf) -> None:
    means = {0: 8.0, 1: 4.0, 2: 2.0, 3: -4.0, 4: -8.0, 5: 0.0}
    found = heights(view_of(means))
    unit = found[0][0] / 8
    assert unit > 5
    for label, mean in means.items():
        above, below = found[label]
        assert above == pytest.approx(max(mean, 0) * unit, abs=2)
        assert below == pytest.approx(max(-mean, 0) * unit, abs=2)


@pytest.mark.parametrize("sign", [1, -1])
def test_means_of_one_sign_all_begin_at_zero(sign: int, view_of: ViewOf) -> None:
    found = heights(view_of({label: sign * (label + 1.0) for label in range(10)}))
    lengths = [pair[0 if sign > 0 else 1] for pair in found]
    assert lengths == sorted(lengths)
    assert lengths[9] == pytest.approx(10 * lengths[0], abs=12)
    assert all(pair[1 if sign > 0 else 0] == 0 for pair in found)


def test_a_class_without_digits_has_no_bar_and_no_number(view_of: ViewOf) -> None:
    view = view_of({1: 3.0, 7: 5.0})
    found = heights(view)
    assert [label for label in range(10) if found[label] != (0, 0)] == [1, 7]
    texts = [word.text for word in words_of(view)[0]]
    assert sorted(texts) == sorted([*map(str, range(10)), "3.00", "5.00"])
    assert view.tip_at(view.column(4).center()) == ""


def test_a_tip_has_the_mean_and_the_quartiles(view_of: ViewOf) -> None:
    view = view_of({2: 2.0, 3: -1.0})
    assert view.tip_at(view.column(2).center()) == (
        "digits 2: mean 2.000, quartiles 1.900 · 2.000 · 2.100"
    )
    assert "mean −1.000, quartiles −1.050 · −1.000 · −0.950" in view.tip_at(view.column(3).center())


def test_a_click_chooses_the_class_under_it(
    view_of: ViewOf, pointer: Pointer, qtbot: QtBot
) -> None:
    view = view_of({1: 3.0, 7: 5.0})
    for label in (0, 7, 9):
        with qtbot.waitSignal(view.clicked) as chosen:
            pointer.click(view, view.column(label).center())
        assert chosen.args == [label]


@pytest.mark.parametrize(
    ("marked", "key", "chosen"),
    [
        (None, Qt.Key.Key_Right, 0),
        (None, Qt.Key.Key_Left, 9),
        (3, Qt.Key.Key_Right, 4),
        (3, Qt.Key.Key_Left, 2),
        (9, Qt.Key.Key_Right, 0),
        (0, Qt.Key.Key_Left, 9),
    ],
)
def test_keys_go_from_class_to_class(
    marked: int | None, key: Qt.Key, chosen: int, view_of: ViewOf, qtbot: QtBot
) -> None:
    view = view_of({1: 3.0, 7: 5.0})
    view.show_marked(marked)
    with qtbot.waitSignal(view.clicked) as signal:
        QTest.keyClick(view, key)
    assert signal.args == [chosen]


def test_the_class_in_the_gallery_is_marked(view_of: ViewOf) -> None:
    view = view_of({1: 3.0, 7: 5.0})

    def grounds() -> list[int]:
        image = view.grab().toImage()
        return [image.pixel(int(view.column(label).left()) + 3, 3) for label in range(10)]

    assert len(set(grounds())) == 1
    view.show_marked(4)
    other = [label for label, ground in enumerate(grounds()) if ground != grounds()[0]]
    assert other == [4]
    view.show_marked(None)
    assert len(set(grounds())) == 1


@pytest.mark.parametrize("width", [200, 280, 400, 680])
@pytest.mark.parametrize("size", [1e-30, 1e-4, 0.3, 1.0, 99.0, 12345.0, 2e6, 1e37])
@pytest.mark.parametrize("sign", [1, -1])
def test_no_size_of_means_is_cut_or_covered(
    size: float, sign: int, width: int, view_of: ViewOf
) -> None:
    view = view_of({label: sign * size * (1 + label / 20) for label in range(10)})
    view.resize(width, 160)
    view.show_marked(3)
    assert unreadable_in(view) == []
    assert len(words_of(view)[0]) >= 20 or width < 400


def test_tiny_means_say_in_which_unit_they_are(view_of: ViewOf) -> None:
    texts = [word.text for word in words_of(view_of({2: 4.5e-7, 3: 1e-7}))[0]]
    assert {"in 10⁻⁷", "4.50", "1.00"} <= set(texts)
