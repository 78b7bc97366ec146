"""The guide's page about talks: its example is a talk, and it has every key and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from visualizer.core.talk.markdown import read_talk
from visualizer.core.talk.stop import Stop, StopCell, StopDigit
from visualizer.core.talk.values import KEYS, SETTINGS
from visualizer.storage.talk_file import load_talk
from visualizer.views.window.guide.pages import page_named, read_guide

PAGE = page_named(read_guide(), "talk").text
ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)


def test_its_example_is_a_talk(tmp_path: Path) -> None:
    (example,) = re.findall(r"```\n(# .*?)```", PAGE, re.DOTALL)
    (tmp_path / "a.md").write_text(example, encoding="utf-8")
    first, second = load_talk(tmp_path / "a.md").stops
    assert first == Stop(
        "The sliding window",
        "The sliding window",
        "One kernel is laid on every place. Each place gives one number.",
        "How a number is made",
        digit=StopDigit("mnist", 247, label=4),
        way=(StopCell("conv2d_1", 3, 10, 12),),
        gear=5,
        begin="play",
    )
    assert (second.weights, second.seed, second.digit.index) == ("untrained", 3, 16)


def test_it_has_every_key_and_no_other() -> None:
    assert [key for key, _, _ in ROWS] == list(KEYS)
    said = re.findall(r"^\| (?:Inspect|Lab|Compare) \| (.*) \|$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(said)) == list(SETTINGS)


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, _, values in ROWS for value in re.findall(r"`([^`]+)`", values)],
)
def test_each_value_that_it_shows_can_be_written(key: str, value: str) -> None:
    more = ["weights: weights/one.safetensors"] if key == "moment" else []
    lines = [*more, f"{key}: {value}", *([] if key == "stage" else ["stage: a"])]
    [stop] = read_talk("\n".join(["# T", "### S", "~~~ stop", *lines, "~~~"])).stops
    assert stop != Stop("a", "S")


@pytest.mark.parametrize("text", re.findall(r"`(conv2d_1[^`]* (?:>|kernel)[^`]*)`", PAGE))
def test_what_it_says_of_ways_and_edits_is_so(text: str) -> None:
    key = "cell" if ">" in text else "edits"
    [stop] = read_talk(f"# T\n### S\n~~~ stop\nstage: a\n{key}: {text}\n~~~").stops
    assert stop.way or stop.edits
