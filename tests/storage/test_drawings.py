"""Recent drawings come back at the next start; a broken file is named once and never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import Drawing, Stroke
from visualizer.storage import drawings
from visualizer.storage.drawings import MOST_KEPT, load_drawings, save_drawings


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    there = tmp_path / "user" / "drawings.json"
    monkeypatch.setattr(drawings, "drawings_path", lambda: there)
    return there


def drawing(number: int) -> Drawing:
    return Drawing((Stroke(((0.1, number / 100, 1.0), (0.9, 0.5, 0.5)), 0.08),), label=number % 10)


def test_what_was_drawn_comes_back() -> None:
    assert load_drawings() == ()
    kept = (drawing(1), Drawing(ground=bytes(range(196)) * 4))
    save_drawings(kept)
    assert load_drawings() == kept


def test_only_the_newest_are_kept() -> None:
    save_drawings([drawing(number) for number in range(MOST_KEPT + 9)])
    assert load_drawings() == tuple(drawing(number) for number in range(MOST_KEPT))


@pytest.mark.parametrize(
    "text",
    ["", "{", "{}", "[1]", '[{"strokes": 3}]', "[" * 100_000, "\udce4", '[{"strokes": []}]'],
)
def test_a_broken_file_is_named_once_and_set_aside(path: Path, text: str) -> None:
    path.parent.mkdir()
    for _ in range(2):
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(DataError, match="could not be read") as caught:
            load_drawings()
        assert load_drawings() == ()
        aside = [name for name in path.parent.iterdir() if str(name) in str(caught.value)]
        assert [name.read_bytes() for name in aside] == [text.encode("utf-8", "surrogateescape")]
    assert len(list(path.parent.iterdir())) == 2


@pytest.mark.parametrize("label", [-1, 10, "3", True, 2.0])
def test_a_label_that_is_none_is_refused(label: object) -> None:
    stored = json.loads(json.dumps(drawing(3).to_json())) | {"label": label}
    with pytest.raises(DataError):
        Drawing.from_json(stored)
