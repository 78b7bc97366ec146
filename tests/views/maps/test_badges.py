"""Badges: filters that stand out are named as their responses are, in words and counted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from tests.core.test_responses import layer_of
from tests.views.conftest import Pointer
from tests.views.painted import words_of
from visualizer.core.edits import KeepOnly, SwitchOff
from visualizer.core.responses import LayerResponses
from visualizer.data.dataset import Dataset
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.maps.badged_maps import BadgedMaps
from visualizer.views.maps.badges import Badge, Badges
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.widgets.map_paint import frames
from visualizer.views.widgets.pixels import ColourScale


def a_layer() -> LayerResponses:
    """Filters of 1,000 digits: ordinary, dead, rare, always on, and two alike."""
    cosine = np.eye(6)
    cosine[4, 5] = cosine[5, 4] = 0.98
    strongest = np.ones((1000, 6))
    return layer_of(
        strongest.tolist(),
        [0] * 1000,
        above=[9000, 0, 7, 20_000, 9000, 9000],
        cosine=cosine,
    )


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        (1, "filter 1: dead: no response above 0 on any of 1,000 digits"),
        (2, "filter 2: rare: 7 of 20,000 responses above 0"),
        (3, "filter 3: always on: every response to 1,000 digits is above 0"),
        (4, "filter 4: twin of 5 (0.98)"),
        (5, "filter 5: twin of 4 (0.98)"),
    ],
)
def test_a_badge_says_what_it_means(channel: int, sentence: str) -> None:
    badge = Badges(a_layer()).of(channel)
    assert badge is not None and badge.sentence == sentence
    assert badge.warns == ("twin" not in sentence)


def test_an_ordinary_filter_has_none_and_the_others_are_counted() -> None:
    badges = Badges(a_layer())
    assert badges.of(0) is None
    assert badges.summary == "1 dead · 1 rare · 1 always on · 2 twins"
    assert Badges(layer_of([[1.0]], [0], above=[1])).summary == ""


def test_many_twins_are_counted() -> None:
    layer = layer_of([[1.0] * 6], [0], above=[1] * 6, cosine=np.ones((6, 6)))
    badge = Badges(layer).of(0)
    assert badge is not None
    assert badge.sentence == "filter 0: twin of 1 (1.00), 2 (1.00), 3 (1.00) and 2 more"


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], digits: Dataset) -> Session:
    return make_session(digits)


@pytest.fixture
def view(look: Look, show: Callable[..., BadgedMaps]) -> BadgedMaps:
    """Twelve maps of 9 × 9: the first dead, the last a twin."""
    made = BadgedMaps(look)
    show(made, 700, 500)
    maps = np.full((9, 9, 12), 0.4, np.float32)
    names = [f"filter {n}" for n in range(12)]
    made.show_maps(maps, maps, ColourScale(0, 1, look.theme.sequential), names=names)
    dead, twin = Badge(("dead",), "filter 0: dead"), Badge(("twin",), "filter 11: twin of 3 (0.97)")
    made.show_badges({0: dead, 11: twin})
    return made


@pytest.mark.parametrize("dark", [False, True])
def test_a_map_that_answers_oddly_has_its_word_in_its_corner(
    view: BadgedMaps, look: Look, dark: bool
) -> None:
    look.set_dark(dark)
    view.resize(640, 440)
    assert {n: word for n, (word, _) in view.badge_boxes().items()} == {0: "dead", 11: ""}
    every = frames(view.mosaic, view._viewport.cells)
    word, box = view.badge_boxes()[0]
    assert every[0].contains(box)
    assert QFontMetricsF(look.theme.font("caption")).horizontalAdvance(word) <= box.width()
    assert look.theme.font("caption").pixelSize() >= 12
    words = [word for word in words_of(view)[0] if word.text in ("dead", "twin")]
    assert [word.text for word in words] == ["dead"] and words[0].whole


def test_twins_have_a_small_mark_that_covers_no_map_and_words_on_hover(
    view: BadgedMaps, pointer: Pointer
) -> None:
    twin = Badge(("twin",), "filter 5: twin of 3 (0.97)")
    view.show_badges(dict.fromkeys(range(12), twin))
    view._names = [f"filter {n} · twin" for n in range(12)]
    every = frames(view.mosaic, view._viewport.cells)
    boxes = view.badge_boxes()
    assert len(boxes) == 12
    for place, (word, box) in boxes.items():
        covered = box.intersected(every[place])
        assert word == "" and covered.width() * covered.height() <= 0.01 * (
            every[place].width() * every[place].height()
        )
    pointer.move(view, view.cell_center((4, 4, 5)))
    assert "filter 5 · twin" in [word.text for word in words_of(view)[0]]
    assert view.tip_at(view.cell_center((4, 4, 5))).endswith(twin.sentence)


def test_small_maps_have_a_dot_on_their_corner(view: BadgedMaps, look: Look) -> None:
    view.resize(200, 150)
    boxes = view.badge_boxes()
    assert {n: word for n, (word, _) in boxes.items()} == {0: "", 11: ""}
    picture = view.grab().toImage()
    for place, color in ((0, "warning"), (11, "soft_ink")):
        at = boxes[place][1].center().toPoint()
        assert picture.pixelColor(at) == look.theme.color(color)
        assert QRectF(view.rect()).contains(boxes[place][1])


@pytest.mark.parametrize("size", [(700, 500), (200, 150)])
def test_the_tool_tip_says_all(size: tuple[int, int], view: BadgedMaps) -> None:
    view.resize(*size)
    assert view.tip_at(view.cell_center((4, 4, 11))).endswith("\nfilter 11: twin of 3 (0.97)")
    assert "\n" not in view.tip_at(view.cell_center((4, 4, 5)))


def test_numbers_are_never_covered(view: BadgedMaps) -> None:
    view.show_channel(0)
    view.zoom_to_numbers(view.cell_center((4, 4, 0)))
    assert view.number_form() is not None
    assert view.badge_boxes() == {}


def test_a_named_map_has_the_word_at_its_name(
    sorted_maps: MapsPanel, session: Session, study: Callable[[], None]
) -> None:
    session.what_if.add(SwitchOff("conv2d_1", 5))
    study()
    view = sorted_maps.maps
    assert view._names[5] == "filter 5 · dead"
    assert "dead: no response above 0 on any of 250 digits" in view.tip_at(
        view.cell_center((4, 4, 5))
    )
    view.show_channel(5)
    assert 5 in view.tags() and 5 not in view.badge_boxes()


def test_badges_are_of_the_weights_in_view(
    sorted_maps: MapsPanel, session: Session, study: Callable[[], None]
) -> None:
    assert sorted_maps.maps.badge_boxes() == {}
    session.what_if.add(KeepOnly("conv2d_1", 3))
    study()
    dead = [n for n, (word, _) in sorted_maps.maps.badge_boxes().items() if word == "dead"]
    assert dead == [n for n in range(32) if n != 3]
    session.what_if.clear()
    session.viewer.settle()
    assert sorted_maps.maps.badge_boxes() == {}


def test_a_layers_card_counts_them(
    look: Look, session: Session, show: Callable[..., NetworkStrip], study: Callable[[], None]
) -> None:
    strip = NetworkStrip(look, session.viewer, session.study)
    show(strip, 1100, 140)
    assert "dead" not in strip._tip(0)
    session.what_if.add(KeepOnly("conv2d_1", 3))
    study()
    assert "31 dead" in strip._tip(0).splitlines()[-1]
    assert strip._tip(0).splitlines()[-1].startswith("● among its filters: ")
    words = words_of(strip)[0]
    dots = [strip.dot(position) for position in range(8) if strip._marked[position]]
    assert dots
    for dot in dots:
        assert [word.text for word in words if word.ink.intersects(dot)] == []
