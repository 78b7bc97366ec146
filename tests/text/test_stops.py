"""What a stop shows, in words."""

from __future__ import annotations

import pytest

from visualizer.core.talk.stop import Stop, StopCell, StopDigit
from visualizer.text.stops import shown_by

WHOLE = Stop(
    "a",
    network="",
    weights="weights/own.safetensors",
    moment=1240,
    edits=("conv2d_2 · 38 off", "conv2d_1: only 3"),
    digit=StopDigit("mnist", 247, label=8),
    way=(StopCell("dense_2", 7), StopCell("dense_1", 12)),
    at=1,
    settings={"preset": "Stride 2", "lab": "x" * 9000},
    gear=5,
)


def test_all_of_it_is_named() -> None:
    told = dict(shown_by(WHOLE))
    page = told.pop("Page")
    assert told == {
        "Network": "own.safetensors, batch 1,240",
        "Digit": "MNIST test digit 247, an 8",
        "Selected": "dense_2 7 > dense_1 12*",
        "Changed": "conv2d_2 · 38 off; conv2d_1: only 3",
        "Speed": "5 batches a second",
    }
    assert page.startswith("preset Stride 2; lab xxx") and len(page) < 100


@pytest.mark.parametrize(
    ("stop", "what", "how"),
    [
        (Stop("a"), "Network", "book, trained"),
        (Stop("a", weights="untrained", seed=3), "Network", "book, untrained, seed 3"),
        (Stop("a"), "Digit", "synthetic digit 0"),
        (Stop("a", digit=StopDigit("folder", 3, label=1)), "Digit", "folder's digit 3, a 1"),
        (Stop("a", digit=StopDigit("file", file="drawings/one.json")), "Digit", "one.json"),
        (Stop("a"), "Selected", "the strongest cell of the first layer"),
        (Stop("a", gear=1), "Speed", "1 batch a second"),
        (Stop("a", gear=0), "Speed", "full speed"),
    ],
)
def test_in_the_words_of_the_window(stop: Stop, what: str, how: str) -> None:
    assert dict(shown_by(stop))[what] == how


def test_what_is_as_at_first_is_not_told() -> None:
    assert [what for what, _ in shown_by(Stop("a"))] == ["Network", "Digit", "Selected"]
