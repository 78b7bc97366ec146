"""Preferences come back as they were; what is odd in the file takes its default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visualizer.storage.preferences import Preferences, load_preferences, save_preferences


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "preferences.json"
    chosen = Preferences(dark=True, zoom=1.5, network="strided", folders=["/a", "/b c"])
    save_preferences(chosen, path)
    assert load_preferences(path) == chosen


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "none.json") == Preferences()


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({"zoom": 2}, Preferences(zoom=2.0)),
        ({"zoom": "2", "dark": 1, "network": None}, Preferences()),
        ({"dark": True, "unknown": [1]}, Preferences(dark=True)),
        ({"folders": ["/a", 3, None, "/b"]}, Preferences(folders=["/a", "/b"])),
        ({"folders": "/a"}, Preferences()),
        ({"network": ["book"]}, Preferences()),
        ([1, 2], Preferences()),
        ("dark", Preferences()),
    ],
)
def test_what_is_of_another_type_takes_its_default(
    stored: object, expected: Preferences, tmp_path: Path
) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps(stored))
    assert load_preferences(path) == expected


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_noted_and_forgotten(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    assert load_preferences(path) == Preferences()
    assert "are not readable" in caplog.text


def test_a_folder_that_cannot_be_written_is_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    save_preferences(Preferences(), tmp_path / "file" / "preferences.json")
    assert "preferences were not saved" in caplog.text
