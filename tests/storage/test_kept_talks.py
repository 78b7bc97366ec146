"""Talks that were never saved: the newest few are kept, and no window writes over another's."""

from __future__ import annotations

from pathlib import Path

from visualizer.core.talk.stop import Stop, Talk
from visualizer.storage.kept_talks import MOST, Kept, forget_talk, keep_talk, kept_talks, kept_title
from visualizer.storage.talk_file import load_talk


def talk(number: int) -> Talk:
    return Talk(f"T{number}", stops=(Stop("a"),))


def test_a_newer_state_takes_the_place_of_the_older_one() -> None:
    kept = keep_talk(talk(2), keep_talk(talk(1)))
    assert kept_talks() == [kept.path] and load_talk(kept.path) == talk(2)
    forget_talk(kept)
    assert kept_talks() == []


def test_what_another_window_has_written_stays() -> None:
    first = keep_talk(talk(1))
    theirs = keep_talk(talk(22), first)
    ours = keep_talk(talk(3), first)
    assert ours.path != theirs.path
    assert [load_talk(path).title for path in kept_talks()] == ["T3", "T22"]
    forget_talk(first)
    assert len(kept_talks()) == 2


def test_the_oldest_go_first(talks_folder: Path) -> None:
    for number in range(MOST + 3):
        keep_talk(talk(number))
    titles = [load_talk(path).title for path in kept_talks()]
    assert titles == [f"T{number}" for number in reversed(range(3, MOST + 3))]
    assert len(list(talks_folder.iterdir())) == MOST
    assert all(Kept.of(path).as_left for path in kept_talks())


def test_it_is_known_by_its_title_and_a_broken_or_missing_one_by_none(tmp_path: Path) -> None:
    assert kept_title(keep_talk(Talk("Größe & “x”", stops=(Stop("a"),))).path) == "Größe & “x”"
    (tmp_path / "broken.talk").write_bytes(b"PK\x03\x04 no zip")
    assert kept_title(tmp_path / "broken.talk") == kept_title(tmp_path / "none.talk") == ""
