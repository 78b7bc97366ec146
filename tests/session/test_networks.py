"""Session: another network, and weights that come from a file or go to one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.session.listening import Ear, same_weights
from visualizer.core.network.networks import named
from visualizer.session.session import Session
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights


def test_another_network_shows_the_same_digit(session: Session) -> None:
    session.show_digit(3)
    session.choose_network("strided")
    scene = session.viewer.scene
    assert scene.network.name == "strided"
    assert scene.digit.index == 3
    expected = initial_weights(named("strided"), 0)
    assert all(np.array_equal(scene.weights[key], expected[key]) for key in expected)
    assert scene.model.origin == "untrained, seed 0"


def test_a_network_that_comes_back_has_its_weights_again(session: Session) -> None:
    before = session.viewer.scene
    session.choose_network("dense")
    session.choose_network("book")
    assert same_weights(before, session.viewer.scene)
    assert session.viewer.scene.model.origin == before.model.origin


def test_saved_weights_come_back_the_same(session: Session, ear: Ear, tmp_path: Path) -> None:
    before = session.viewer.scene
    session.files.save(tmp_path / "w.safetensors")
    session.choose_network("dense")
    session.files.open(tmp_path / "w.safetensors")
    assert same_weights(before, session.viewer.scene)
    assert session.viewer.scene.network.name == "book"
    assert session.viewer.scene.model.origin == "w.safetensors"
    assert [notice.kind for notice in ear.notices] == ["info", "info"]
    assert ear.notices[1].action is not None
    assert "w.safetensors" in ear.notices[0].text


def broken_files(folder: Path) -> dict[str, Path]:
    """Files that are no weights, by what is wrong with them."""
    good = folder / "good.safetensors"
    network = named("book")
    save_weights(good, network, initial_weights(network, 0), {})
    whole = good.read_bytes()
    contents = {"garbage": b"\x00\xff" * 50, "empty": b"", "cut": whole[: len(whole) // 2]}
    paths = {name: folder / f"{name}.safetensors" for name in contents}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    (folder / "folder.safetensors").mkdir()
    return paths | {
        "missing": folder / "none.safetensors",
        "folder": folder / "folder.safetensors",
    }


@pytest.mark.parametrize("which", ["garbage", "empty", "cut", "missing", "folder"])
def test_a_file_that_is_no_weights_changes_nothing(
    which: str, session: Session, ear: Ear, tmp_path: Path
) -> None:
    path = broken_files(tmp_path)[which]
    session.files.open(path)
    assert ear.scenes == []
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert path.name in notice.text
    assert "\n" not in notice.text


def test_a_place_that_cannot_be_written_is_a_notice(
    session: Session, ear: Ear, tmp_path: Path
) -> None:
    session.files.save(tmp_path / "none" / "w.safetensors")
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert "was not saved" in notice.text
