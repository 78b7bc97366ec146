"""A stop is prepared: its words, its place; what cannot be stays as it was typed."""

from __future__ import annotations

import pytest

from visualizer.core.talk.stop import Stop, StopDigit
from visualizer.session.session import Session
from visualizer.session.stop_editing import TALK, StopEditing

THREE = "One. Two. Three."
TOO_MANY = "A stop has at most two sentences, not 3."


@pytest.fixture
def editing(session: Session) -> StopEditing:
    """Three stops a, b, c, of which the second is prepared."""
    for stage in "abc":
        session.talk.keep(Stop(stage, chapter="One"))
    made = StopEditing(session.talk, session)
    made.select(1)
    return made


def stages(editing: StopEditing) -> str:
    return "".join(stop.stage for stop in editing.stops)


def words(editing: StopEditing) -> list[str]:
    return [stop.words for stop in editing.stops]


def test_what_is_typed_is_in_the_talk_at_once(editing: StopEditing) -> None:
    for text in ("A", "A ", "A w", "A word"):
        editing.type("words", text)
        assert words(editing) == ["", text.strip(), ""]
    editing.talk.undo()
    assert words(editing) == ["", "", ""]


def test_three_sentences_are_told_and_stay_as_they_were_typed(editing: StopEditing) -> None:
    editing.type("words", "One. Two.")
    editing.type("words", THREE)
    assert words(editing)[1] == "One. Two." and editing.text("words") == THREE
    refused = editing.refused("words")
    assert refused is not None and refused.why == TOO_MANY
    editing.type("words", "One. Two. And three.")
    editing.type("words", "One, and two, and three.")
    assert editing.refused("words") is None and words(editing)[1] == "One, and two, and three."


def test_they_come_back_with_their_stop_wherever_it_goes(editing: StopEditing) -> None:
    editing.type("words", THREE)
    editing.select(0)
    assert editing.text("words") == "" and editing.refused("words") is None
    editing.select(1)
    editing.type("title", "Another title")
    editing.choose(ask="answer")
    editing.move(1)
    editing.rename_chapter("One", "Two")
    assert stages(editing) == "acb" and editing.at == 2 and editing.stop is not None
    assert (editing.stop.title, editing.stop.ask, editing.stop.chapter) == (
        *("Another title", "answer", "Two"),
    )
    assert editing.text("words") == THREE
    editing.select(0)
    editing.remove()
    editing.select(1)
    assert editing.text("words") == THREE
    editing.type("words", "One.")
    assert words(editing) == ["", "One."]


def test_a_talk_without_a_title_is_told_and_keeps_the_one_it_had(editing: StopEditing) -> None:
    editing.type(TALK, "Lecture 3")
    editing.type(TALK, "")
    assert editing.talk.talk.title == "Lecture 3" and editing.text(TALK) == ""
    refused = editing.refused(TALK)
    assert refused is not None and refused.why == "A talk needs a title."
    editing.type(TALK, "Lecture 3")
    assert editing.refused(TALK) is None and editing.text(TALK) == "Lecture 3"


def test_a_stop_goes_up_and_down_and_no_farther(editing: StopEditing) -> None:
    for by, after, at in ((-1, "bac", 0), (-1, "bac", 0), (1, "abc", 1), (1, "acb", 2)):
        editing.move(by)
        assert (stages(editing), editing.at) == (after, at)
    editing.move(1)
    assert (stages(editing), editing.at) == ("acb", 2)


def test_the_copy_is_prepared_next_and_after_a_removal_what_follows(editing: StopEditing) -> None:
    editing.duplicate()
    assert (stages(editing), editing.at) == ("abbc", 2)
    editing.remove()
    assert (stages(editing), editing.at) == ("abc", 2)
    editing.remove()
    assert (stages(editing), editing.at) == ("ab", 1)
    editing.talk.undo()
    assert stages(editing) == "abc"
    for _ in range(4):
        editing.remove()
    assert (editing.stops, editing.stop, editing.at) == ((), None, 0)


def test_a_removal_elsewhere_leaves_the_selection_where_it_works(
    editing: StopEditing, session: Session
) -> None:
    """The talk may show one stop while another is prepared."""
    session.talk.go_to(2)
    editing.select(0)
    editing.remove()
    assert (editing.at, session.talk.at) == (0, 1)


def test_what_is_kept_is_prepared_next(editing: StopEditing, session: Session) -> None:
    session.talk.go_to(0)
    session.talk.keep(Stop("new"))
    assert editing.stop is not None and editing.stop.stage == "new"


def test_another_view_takes_the_place_and_the_words_stay(editing: StopEditing) -> None:
    editing.type("words", "My words.")
    editing.choose(ask="sum", begin="play")
    view = Stop("c", title="c", network="dense", digit=StopDigit("synthetic", 4), ask="answer")
    editing.show(view, {})
    shown = Stop("c", "c", "My words.", "One", "dense", digit=view.digit, ask="sum", begin="play")
    assert editing.stop == shown
    editing.type("title", "My title")
    editing.show(Stop("a", title="a"), {})
    assert editing.stop is not None
    assert (editing.stop.title, editing.stop.stage, editing.stop.words) == (
        *("My title", "a", "My words."),
    )


def test_a_step_that_cannot_be_says_why(editing: StopEditing) -> None:
    before = editing.stops
    editing.rename_chapter("One", "x" * 100)
    assert editing.trouble == "The chapter has 100 signs; at most 80 are possible."
    assert editing.stops == before
    editing.rename_chapter("One", "Two")
    assert editing.trouble == "" and {stop.chapter for stop in editing.stops} == {"Two"}
