"""A talk is opened, prepared and saved; nothing that was prepared is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear
from visualizer.core.network.networks import named
from visualizer.core.talk.stop import Stop, StopDigit, Talk
from visualizer.session.session import Session
from visualizer.session.talk import MOST_RECENT, TalkModel
from visualizer.storage.digit_picture import picture_file
from visualizer.storage.kept_talks import kept_talks
from visualizer.storage.talk_file import load_talk, save_talk
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights

BY_HAND = Talk("By hand", stops=(Stop("a"), Stop("b"), Stop("c")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A talk of three stops."""
    path = tmp_path / "by hand.talk"
    save_talk(path, BY_HAND)
    return path


def stages(session: Session) -> list[str]:
    return [stop.stage for stop in session.talk.talk.stops]


def opened(session: Session, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.talk.opened):
        session.talk.open(path)


def rested(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.jobs.progress)


def start_again(session: Session) -> TalkModel:
    """The model of the next start, on the same user's folder."""
    session.talk.close()
    again = TalkModel(session.jobs, session)
    again.noticed.connect(session.noticed)
    again.restore()
    session.jobs.wait_for("talk restoring")
    return again


def test_at_first_there_is_an_empty_talk_of_ones_own(session: Session) -> None:
    talk = session.talk
    assert (talk.talk, talk.path, talk.at, talk.stop) == (Talk("My talk"), None, 0, None)
    assert not (talk.altered or talk.unsaved or talk.built_in)


def test_a_file_is_opened_and_nothing_else_changes(
    session: Session, path: Path, ear: Ear, qtbot: QtBot
) -> None:
    scene, run = session.viewer.scene, session.runs.run
    opened(session, path, qtbot)
    assert (session.talk.talk, session.talk.path, session.talk.at) == (BY_HAND, path, 0)
    assert not session.talk.altered and session.talk.recent == [path]
    assert (session.viewer.scene, session.runs.run) == (scene, run)
    assert [notice.text for notice in ear.notices] == ["“By hand” is the talk now."]


def test_a_broken_file_is_told_and_the_talk_stays(
    session: Session, path: Path, ear: Ear, qtbot: QtBot
) -> None:
    opened(session, path, qtbot)
    broken = path.with_name("broken.md")
    broken.write_text("# T\n### S\n~~~ stop\nstage: a\nnetwrok: b\n~~~\n")
    session.talk.open(broken)
    rested(session, qtbot)
    assert ear.notices[-1].kind == "error"
    assert ear.notices[-1].text.startswith(f"{broken}, line 5: a stop has no “netwrok”; did you")
    assert (session.talk.talk, session.talk.path, session.talk.recent) == (BY_HAND, path, [path])


def test_one_goes_through_it_and_no_farther(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    went: list[int] = []
    session.talk.moved.connect(went.append)
    for at in (1, 2, 3, 3, -1):
        session.talk.go_to(at)
    assert went == [1, 2, 0]


def test_what_is_kept_comes_behind_the_stop_where_one_stands(
    session: Session, path: Path, qtbot: QtBot
) -> None:
    opened(session, path, qtbot)
    session.talk.keep(Stop("new"))
    assert (stages(session), session.talk.at) == (["a", "new", "b", "c"], 1)
    session.talk.undo()
    assert (stages(session), session.talk.altered) == (["a", "b", "c"], False)
    session.talk.redo()
    assert (stages(session), session.talk.altered) == (["a", "new", "b", "c"], True)
    session.talk.undo()
    session.talk.go_to(2)
    session.talk.remove(2)
    assert (stages(session), session.talk.at) == (["a", "b"], 1)
    session.talk.move(1, 0)
    assert (stages(session), session.talk.at) == (["b", "a"], 0)
    session.talk.duplicate(1)
    assert (stages(session), session.talk.at) == (["b", "a", "a"], 2)
    session.talk.remove(0)
    assert (stages(session), session.talk.at) == (["a", "a"], 1)


def test_what_no_file_can_hold_is_refused_and_changes_nothing(session: Session) -> None:
    session.talk.keep(Stop("a"))
    before = session.talk.talk
    with pytest.raises(ValueError, match="at most two sentences, not 3"):
        session.talk.change(0, Stop("a", words="One. Two. Three."))
    assert session.talk.talk is before
    session.talk.change(0, Stop("a", words=" One.\nTwo. "))
    assert session.talk.talk.stops == (Stop("a", words="One. Two."),)


def test_it_is_saved_and_opened_with_its_files(
    session: Session, tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    weights = tmp_path / "w.safetensors"
    save_weights(weights, named("dense"), initial_weights(named("dense"), 3), {})
    files = {"weights/w.safetensors": weights.read_bytes()}
    session.talk.keep(Stop("a", network="", weights="weights/w.safetensors"), files)
    digit = picture_file(session.viewer.scene.digit.pixels)
    shown = Stop("a", digit=StopDigit("file", file="pictures/own.png"))
    session.talk.keep(shown, {"pictures/own.png": digit})
    assert session.talk.unsaved
    session.talk.save(tmp_path / "own.talk")
    rested(session, qtbot)
    assert ear.notices[-1].text == f"Talk saved as {tmp_path / 'own.talk'}."
    assert not session.talk.unsaved and session.talk.path == tmp_path / "own.talk"
    assert load_talk(tmp_path / "own.talk") == session.talk.talk
    assert kept_talks() == []


def test_a_file_that_cannot_be_written_is_told_and_the_talk_stays_unsaved(
    session: Session, tmp_path: Path, ear: Ear, qtbot: QtBot
) -> None:
    session.talk.keep(Stop("a"))
    path = tmp_path / "none" / "own.talk"
    session.talk.save(path)
    rested(session, qtbot)
    assert ear.notices[-1].text == f"{path} was not saved: No such file or directory"
    assert session.talk.unsaved and session.talk.path is None


def test_the_built_in_talk_changes_only_as_a_copy(session: Session) -> None:
    session.talk.begin_built_in()
    built_in = session.talk.talk
    assert session.talk.built_in and len(built_in.stops) >= 3 and not session.talk.unsaved
    for at in range(len(built_in.stops)):
        session.talk.go_to(at)
        assert session.talk.weights.of(built_in.stops[at], built_in).model.network.layers
    session.talk.go_to(0)
    session.talk.remove(0)
    assert session.talk.talk.title == f"{built_in.title} (own)"
    assert session.talk.unsaved and not session.talk.built_in
    session.talk.remove(0)
    assert session.talk.talk.title == f"{built_in.title} (own)"
    session.talk.undo()
    session.talk.undo()
    assert session.talk.talk == built_in and session.talk.built_in


def test_what_is_typed_in_one_place_is_one_step(session: Session, path: Path, qtbot: QtBot) -> None:
    opened(session, path, qtbot)
    for words in ("W", "Wo", "Wor"):
        session.talk.change(1, replace(session.talk.talk.stops[1], words=words), typing="words")
    for title in ("T", "Ti"):
        session.talk.rename(title, typing="title")
    session.talk.change(1, replace(session.talk.talk.stops[1], title="O"), typing="title")
    assert session.talk.talk.stops[1] == Stop("b", title="O", words="Wor")
    session.talk.undo()
    assert (session.talk.talk.stops[1].title, session.talk.talk.title) == ("", "Ti")
    session.talk.undo()
    assert session.talk.talk.title == "By hand"
    session.talk.undo()
    assert session.talk.talk == BY_HAND and not session.talk.undoes


def test_after_an_undo_or_a_save_typing_is_a_new_step(
    session: Session, path: Path, qtbot: QtBot
) -> None:
    opened(session, path, qtbot)
    session.talk.rename("One", typing="title")
    session.talk.save(path)
    rested(session, qtbot)
    session.talk.rename("One, two", typing="title")
    session.talk.undo()
    assert session.talk.talk.title == "One" and not session.talk.unsaved


def test_a_title_of_ones_own_is_all_that_the_copy_of_the_built_in_talk_is_called(
    session: Session,
) -> None:
    session.talk.begin_built_in()
    session.talk.rename("Mine")
    assert session.talk.talk.title == "Mine" and session.talk.unsaved
    assert not session.talk.built_in


def test_another_view_brings_its_files_along(session: Session) -> None:
    shown = Stop("a", digit=StopDigit("file", file="pictures/own.png"))
    first, other = (picture_file(np.full((28, 28), ink, np.uint8)) for ink in (0, 90))
    session.talk.keep(shown, {"pictures/own.png": first})
    session.talk.keep(Stop("b"))
    session.talk.change(1, shown, {"pictures/own.png": other})
    names = [stop.digit.file for stop in session.talk.talk.stops]
    assert names[0] == "pictures/own.png" != names[1]
    assert [session.talk.talk.files[name] for name in names] == [first, other]


def test_a_talk_that_is_replaced_comes_back_by_undo(
    session: Session, path: Path, ear: Ear, qtbot: QtBot
) -> None:
    session.talk.keep(Stop("mine"))
    session.talk.keep(Stop("mine, too"))
    opened(session, path, qtbot)
    notice = ear.notices[-1]
    assert notice.text == (
        "“By hand” is the talk now. It takes the place of “My talk”, which is not saved."
    )
    assert notice.action is not None and notice.holds is not None and notice.holds()
    notice.action.act()
    assert (stages(session), session.talk.at) == (["mine", "mine, too"], 1)
    assert session.talk.unsaved and not notice.holds()


def test_what_was_never_saved_is_there_at_the_next_start(session: Session) -> None:
    session.talk.keep(Stop("one"))
    session.talk.keep(Stop("two"))
    again = start_again(session)
    assert again.talk == session.talk.talk and again.unsaved and again.path is None
    again.keep(Stop("three"))
    assert [stop.stage for stop in start_again_from(again, session).talk.stops] == [
        *("one", "two", "three")
    ]
    assert len(kept_talks()) == 1


def start_again_from(talk: TalkModel, session: Session) -> TalkModel:
    talk.close()
    return start_again(session)


def test_two_windows_with_one_kept_talk_lose_nothing(session: Session) -> None:
    session.talk.keep(Stop("one"))
    other = start_again(session)
    session.talk.keep(Stop("here"))
    session.talk.close()
    other.keep(Stop("there"))
    other.close()
    kept = {load_talk(path).stops[-1].stage for path in kept_talks()}
    assert kept == {"here", "there"}


def test_a_talk_that_is_saved_or_undone_does_not_come_back(
    session: Session, path: Path, qtbot: QtBot
) -> None:
    session.talk.keep(Stop("one"))
    session.talk.undo()
    assert start_again(session).talk.stops == ()
    opened(session, path, qtbot)
    session.talk.keep(Stop("more"))
    session.talk.save(path)
    rested(session, qtbot)
    assert start_again(session).talk.stops == ()


def test_what_was_prepared_meanwhile_is_not_replaced_by_the_last_talk(session: Session) -> None:
    session.talk.keep(Stop("one"))
    session.talk.close()
    again = TalkModel(session.jobs, session)
    again.restore()
    again.keep(Stop("new"))
    session.jobs.wait_for("talk restoring")
    assert [stop.stage for stop in again.talk.stops] == ["new"]
    assert [load_talk(path).stops[0].stage for path in again.recent] == ["one"]
    again.close()


def test_a_kept_talk_that_cannot_be_read_is_set_aside(
    session: Session, ear: Ear, talks_folder: Path
) -> None:
    session.talk.keep(Stop("one"))
    session.talk.close()
    [kept] = kept_talks()
    kept.write_bytes(b"PK")
    assert start_again(session).talk.stops == ()
    assert ear.notices[-1].text.startswith(f"{kept}: it is not a whole zip file. Its file is kept")
    assert kept_talks() == [] and len(list(talks_folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_told(
    session: Session, ear: Ear, talks_folder: Path
) -> None:
    talks_folder.parent.mkdir(parents=True, exist_ok=True)
    talks_folder.write_text("no folder")
    session.talk.keep(Stop("one"))
    session.talk.close()
    assert ear.notices[-1].text.startswith("The talk was not kept for the next start: ")
    assert session.talk.unsaved


def test_a_talk_that_is_dropped_comes_back_by_undo_alone(session: Session, ear: Ear) -> None:
    session.talk.keep(Stop("one"))
    session.talk.discard()
    assert session.talk.talk.stops == () and kept_talks() == [] and session.talk.recent == []
    action = ear.notices[-1].action
    assert action is not None
    action.act()
    session.talk.close()
    assert stages(session) == ["one"] and len(kept_talks()) == 1


def test_the_newest_files_come_first(session: Session, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.talk" for number in range(9)]
    for path in paths:
        session.talk.show(BY_HAND, path)
    assert session.talk.recent == paths[: -MOST_RECENT - 1 : -1]
    session.talk.show(BY_HAND, paths[5])
    assert session.talk.recent[:2] == [paths[5], paths[8]]
    assert len(session.talk.recent) == MOST_RECENT
