"""What a user has drawn and chosen survives broken files, full disks and a second window."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing, Stroke
from visualizer.storage import drawings
from visualizer.storage.drawings import MOST_KEPT, load_drawings, save_drawings
from visualizer.storage.preferences import Preferences, load_preferences, save_preferences
from visualizer.storage.upkeep import LEFT_FOR, remove_leftovers


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the drawings lie."""
    there = tmp_path / "user" / "drawings.json"
    there.parent.mkdir()
    monkeypatch.setattr(drawings, "drawings_path", lambda: there)
    return there


def drawing(number: int, label: int | None = None) -> Drawing:
    return Drawing((Stroke(((0.1, number / 100, 1.0), (0.9, 0.5, 0.5)), 0.08),), label=label)


HUGE = int("9" * 400)


def test_numbers_of_400_digits_are_no_drawing() -> None:
    stored = drawing(1).to_json()
    stroke = stored["strokes"][0]
    for odd in (
        stored | {"strokes": [stroke | {"size": HUGE}]},
        stored | {"strokes": [stroke | {"points": [[0.1, HUGE, 1.0]]}]},
        stored | {"strokes": [stroke | {"points": [[0.1, -HUGE, 1.0]]}]},
        stored | {"label": HUGE},
    ):
        with pytest.raises(DataError, match="not a drawing"):
            Drawing.from_json(odd)


def test_one_broken_drawing_costs_no_other(path: Path) -> None:
    """The file is set aside whole, what can be read of it comes back, and both stay."""
    whole = [drawing(number).to_json() for number in range(10)]
    broken = json.dumps([*whole[:4], {"strokes": [{"size": HUGE}]}, *whole[4:], 3])
    path.write_text(broken)
    with pytest.raises(DataError, match=r"Only 10 of the recent drawings could be read .* kept as"):
        load_drawings()
    assert load_drawings() == tuple(drawing(number) for number in range(10))
    assert path.with_name("drawings-broken-1.json").read_text() == broken


def test_what_cannot_be_read_is_never_written_over(path: Path) -> None:
    """Also where nothing was read before: a stroke in a window that was open all the time."""
    for number, content in enumerate(("no JSON", "[3]", '{"a": 1}', f"[{HUGE}]"), start=1):
        path.write_text(content)
        assert save_drawings([drawing(number)])[0] == drawing(number)
        assert path.with_name(f"drawings-broken-{number}.json").read_text() == content
        path.unlink()
    path.mkdir()  # cannot be read as a file, whoever asks
    (path / "precious").touch()
    with pytest.raises(OSError):
        load_drawings()
    save_drawings([drawing(1)])
    assert (path.with_name("drawings-broken-5.json") / "precious").exists()
    assert load_drawings() == (drawing(1),)


def test_a_second_window_adds_to_what_the_first_has_kept(path: Path) -> None:
    old = tuple(drawing(number) for number in range(10))
    save_drawings(old)
    assert save_drawings([drawing(20)]) == (drawing(20), *old)
    assert save_drawings([drawing(30)]) == (drawing(30), drawing(20), *old)
    grown = drawing(31)
    assert save_drawings([grown], gone=[drawing(30)]) == (grown, drawing(20), *old)
    labelled = drawing(20, label=7)
    assert save_drawings([labelled]) == (labelled, grown, *old) == load_drawings()
    many = tuple(drawing(number) for number in range(40, 40 + MOST_KEPT))
    assert save_drawings(many) == many


def test_windows_that_write_at_the_same_time_lose_nothing(path: Path) -> None:
    def draw(first: int) -> None:
        for number in range(first, first + 6):
            save_drawings([drawing(number)])

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(draw, (0, 20, 40, 60)))
    expected = {drawing(first + number) for first in (0, 20, 40, 60) for number in range(6)}
    assert set(load_drawings()) == expected and len(expected) == MOST_KEPT


def test_preferences_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    for number, content in enumerate(("{", "[1, 2]", '"dark"', "[" * 100_000, ""), start=1):
        path.write_text(content)
        assert load_preferences(path) == Preferences()
        save_preferences(Preferences(dark=True), path)
        assert load_preferences(path) == Preferences(dark=True)
        assert path.with_name(f"preferences-broken-{number}.json").read_text() == content
    path.unlink()
    path.mkdir()
    assert load_preferences(path) == Preferences()
    assert path.with_name("preferences-broken-6.json").is_dir()


def test_preferences_that_nothing_could_use_take_their_default(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    for odd in (
        {"zoom": HUGE},
        {"network": "\ud800"},
        {"window": "\udfff"},
        {"folders": ["/a\0b", "\ud800"]},
        {"layouts": {"Inspect": "\ud800", "\ud800": ""}},
    ):
        path.write_text(json.dumps(odd))
        assert load_preferences(path) == Preferences()


def test_own_leftovers_older_than_a_day_go_and_nothing_else(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    folder = tmp_path / "own" / "networks"
    folder.mkdir(parents=True)
    ages = {
        ".weights.x1y2.part": LEFT_FOR + 1,
        ".fresh.part": LEFT_FOR - 1,
        "mine.part": LEFT_FOR + 1,
        "drawings.json": LEFT_FOR + 1,
        ".folder.part": LEFT_FOR + 1,
    }
    for name, age in ages.items():
        (folder / name).mkdir() if "folder" in name else (folder / name).touch()
        os.utime(folder / name, (now - age, now - age))
    remove_leftovers([tmp_path / "own", tmp_path / "none"], now)
    assert {path.name for path in folder.iterdir()} == set(ages) - {".weights.x1y2.part"}
