"""Icons and weights are found wherever the package is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from visualizer.storage import resources
from visualizer.storage.resources import resource


def test_a_checkout_has_the_bundled_network() -> None:
    assert resource("pretrained", "book.safetensors").is_file()


@pytest.mark.parametrize("place", ["site/visualizer/resources", "site/resources"])
def test_a_wheel_and_an_editable_install_are_both_searched(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / place / "icons" / "play.svg"
    wanted.parent.mkdir(parents=True)
    wanted.touch()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "site" / "visualizer")
    assert resource("icons", "play.svg") == wanted


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg is missing"):
        resource("icons", "none.svg")
