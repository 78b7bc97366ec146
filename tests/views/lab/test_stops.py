"""What a stop of a talk says of the lab: shown, read back, and refused without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from tests.views.lab.hand import press
from visualizer.core.lab.lab import BORDER, FIRST_LAYER, POOL, PRESETS, SAME
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.lab.page import LabPage

STOPS: tuple[dict[str, str], ...] = (
    {},
    *({"preset": name} for name in list(PRESETS)[1:]),
    {"preset": SAME, "output": "2, 1"},
    {"lab": '{"stride": [3, 3]}'},
    {"preset": POOL, "lab": '{"operation": "average", "padding": "same"}', "output": "1, 4"},
    {"preset": FIRST_LAYER, "lab": '{"filter": 3}'},
    {"preset": FIRST_LAYER, "view": "beside", "explained": "average"},
)


def test_a_fresh_lab_needs_no_words(page: LabPage) -> None:
    assert page.shown_settings() == {}


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_is_shown_as_it_says_and_read_back_alike(
    stop: dict[str, str], page: LabPage, show: Any, look: Look, session: Session
) -> None:
    page.show_settings({"preset": POOL, "view": "beside"})
    page.show_settings(stop)
    told = page.shown_settings()
    if "filter" not in stop.get("lab", ""):
        assert told == stop
    before, selected = page.model.states, page.model.selected
    page.show_settings(told)
    assert (page.model.states, page.model.selected) == (before, selected)
    fresh = LabPage(look, session.viewer, session)
    show(fresh, 1280, 780)
    fresh.show_settings(told)
    assert fresh.shown_settings() == told
    assert fresh.model.states.present == page.model.states.present


def test_what_was_set_by_hand_can_be_kept(page: LabPage) -> None:
    press(page.bar.operation, "max")
    page.view.board.input.grid.edited.emit(0, 0, 42.0)
    page.model.select(1, 1)
    kept = page.shown_settings()
    page.show_settings({})
    assert page.model.states.present.preset == BORDER and not page.model.altered
    page.show_settings(kept)
    assert page.model.response.inputs[0, 0] == 42
    assert page.bar.operation.choice == "max" and page.model.selected == (1, 1)


def test_a_stop_can_be_undone(page: LabPage) -> None:
    page.view.board.input.grid.edited.emit(0, 0, 42.0)
    page.show_settings({"preset": SAME})
    page.bar.undo.click()
    assert page.model.response.inputs[0, 0] == 42


def test_a_preset_may_be_named_by_its_first_words(page: LabPage) -> None:
    page.show_settings({"preset": "pool 11"})
    assert page.model.states.present.preset == POOL


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"colour": "red"}, "preset, lab, view, explained and output"),
        ({"preset": "x"}, "Border effect"),
        ({"preset": SAME, "lab": "{"}, "JSON"),
        ({"preset": SAME, "view": "two"}, "one or beside"),
        ({"preset": SAME, "output": "here"}, "two whole numbers"),
        ({"preset": SAME, "explained": "min"}, "max, average or convolution"),
    ],
)
def test_a_wrong_stop_changes_nothing(wrong: dict[str, str], said: str, page: LabPage) -> None:
    page.show_settings({"preset": POOL})
    before = page.model.states
    with pytest.raises(ValueError, match=said):
        page.show_settings(wrong)
    assert page.model.states is before


def test_the_filter_of_a_stop_is_that_of_the_network_in_view(
    page: LabPage, session: Session
) -> None:
    session.reset()
    session.viewer.settle()
    page.show_settings({"preset": FIRST_LAYER, "lab": '{"filter": 3}'})
    kernel = session.viewer.scene.weights["conv2d_1.kernel"][:, :, 0, 3]
    assert (page.model.response.kernel == kernel).all()
