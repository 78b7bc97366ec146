"""Each step gives the talk that was meant, and leaves the one before as it was."""

from __future__ import annotations

import pytest

from visualizer.core.talk import steps
from visualizer.core.talk.markdown import MOST_STOPS
from visualizer.core.talk.stop import Stop, StopDigit, Talk

TALK = Talk("T", "words", tuple(Stop(name, chapter=name[0]) for name in ("a1", "a2", "b1")))


def stages(talk: Talk) -> list[str]:
    return [stop.stage for stop in talk.stops]


def test_stops_come_go_and_change_places() -> None:
    assert stages(steps.insert(TALK, 1, Stop("new"))) == ["a1", "new", "a2", "b1"]
    assert stages(steps.remove(TALK, 1)) == ["a1", "b1"]
    assert stages(steps.duplicate(TALK, 2)) == ["a1", "a2", "b1", "b1"]
    assert stages(steps.move(TALK, 0, 2)) == ["a2", "b1", "a1"]
    assert stages(steps.move(TALK, 2, 0)) == ["b1", "a1", "a2"]
    assert steps.move(TALK, 1, 1) is TALK
    assert stages(steps.change(TALK, 1, Stop("other"))) == ["a1", "other", "b1"]
    assert stages(TALK) == ["a1", "a2", "b1"]


def test_a_moved_stop_belongs_to_the_chapter_that_it_comes_into() -> None:
    assert [stop.chapter for stop in steps.move(TALK, 0, 2).stops] == ["a", "b", "b"]
    assert [stop.chapter for stop in steps.move(TALK, 2, 0).stops] == ["a", "a", "a"]


def test_names_can_be_changed() -> None:
    assert steps.rename(TALK, " Other ", "more").title == "Other"
    assert [stop.chapter for stop in steps.rename_chapter(TALK, "a", "c").stops] == ["c", "c", "b"]
    assert steps.as_own(TALK).title == "T (own)"
    assert len(steps.as_own(Talk("t" * 120)).title) == 120
    with pytest.raises(ValueError, match="a talk needs a title"):
        steps.rename(TALK, " ")


def test_files_of_one_name_both_stay_and_equal_ones_are_shared() -> None:
    first = Stop("a", network="", weights="weights/run.safetensors")
    talk = steps.insert(Talk("T"), 0, first, {"weights/run.safetensors": b"1"})
    talk = steps.insert(talk, 1, first, {"weights/run.safetensors": b"2"})
    talk = steps.insert(talk, 2, first, {"weights/run.safetensors": b"1"})
    drawn = Stop("a", digit=StopDigit("file", file="drawings/own.json"))
    talk = steps.insert(talk, 3, drawn, {"drawings/own.json": b"1"})
    assert [stop.files for stop in talk.stops] == [
        ("weights/run.safetensors",),
        ("weights/run-2.safetensors",),
        ("weights/run.safetensors",),
        ("drawings/own.json",),
    ]
    assert dict(talk.files) == {
        "weights/run.safetensors": b"1",
        "weights/run-2.safetensors": b"2",
        "drawings/own.json": b"1",
    }


def test_only_what_stops_need_is_written() -> None:
    stop = Stop("a", network="", weights="one.safetensors")
    talk = steps.insert(Talk("T"), 0, stop, {"one.safetensors": b"1", "other.json": b"2"})
    assert steps.needed_files(talk) == {"one.safetensors": b"1"}
    assert steps.needed_files(steps.remove(talk, 0)) == {}
    with pytest.raises(ValueError, match=r"one\.safetensors is missing"):
        steps.needed_files(Talk("T", stops=(stop,)))


def test_there_are_never_more_stops_than_a_file_can_hold() -> None:
    full = Talk("T", stops=(Stop("a"),) * MOST_STOPS)
    with pytest.raises(ValueError, match="at most 500 stops"):
        steps.duplicate(full, 0)
