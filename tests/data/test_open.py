from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from visualizer.data import mnist as mnist_source
from visualizer.data import open as opening
from visualizer.data.dataset import DataError, Dataset, UInt8
from visualizer.data.open import FOLDER_VARIABLE, open_dataset
from visualizer.data.synthetic.synthetic import synthetic_digits

Arrays = dict[str, UInt8]


@pytest.fixture(autouse=True)
def few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw twenty synthetic digits instead of 14,000: these tests are about the choice."""
    monkeypatch.setattr(opening, "synthetic_digits", lambda **more: synthetic_digits(10, 10))


@pytest.fixture
def given(tmp_path: Path, write_folder: Callable[..., Path], tiny_arrays: Arrays) -> Path:
    return write_folder(tmp_path / "given", tiny_arrays)


@pytest.fixture
def variable(tmp_path: Path, write_folder: Callable[..., Path], tiny_arrays: Arrays) -> Path:
    return write_folder(tmp_path / "variable", tiny_arrays)


def test_a_given_folder_comes_first_then_the_variable(
    given: Path, variable: Path, tmp_path: Path
) -> None:
    environment = {FOLDER_VARIABLE: str(variable)}
    assert open_dataset("auto", given, environment=environment).name == "given"
    assert open_dataset("auto", None, environment=environment, cache=tmp_path).name == "variable"


@pytest.mark.parametrize("environment", [{}, {FOLDER_VARIABLE: ""}])
def test_without_any_data_the_synthetic_digits_are_shown_and_named(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    data = open_dataset("auto", environment=environment, cache=tmp_path / "absent")
    assert (data.name, data.kind) == ("synthetic digits", "synthetic")


def test_the_downloaded_mnist_is_found(
    mnist: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        mnist_source, "cached", lambda folder, train: mnist if folder == tmp_path else None
    )
    for choice in ("auto", "mnist"):
        assert open_dataset(choice, environment={}, cache=tmp_path) is mnist


@pytest.mark.parametrize("choice", ["auto", "mnist"])
def test_a_damaged_cache_is_reported_not_replaced(tmp_path: Path, choice: str) -> None:
    for file in mnist_source.FILES:
        (tmp_path / file.name).write_bytes(b"damaged")
    with pytest.raises(DataError, match="again repairs it"):
        open_dataset(choice, environment={}, cache=tmp_path)


def test_mnist_that_is_nowhere_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"main\.py download.*--data"):
        open_dataset("mnist", environment={}, cache=tmp_path)


def test_another_data_set_is_not_taken_for_mnist(given: Path) -> None:
    with pytest.raises(DataError, match="does not hold MNIST") as caught:
        open_dataset("mnist", given, environment={})
    assert str(given) in str(caught.value)


@pytest.mark.parametrize("choice", ["auto", "mnist"])
@pytest.mark.parametrize("through_variable", [False, True])
def test_a_bad_folder_is_an_error_and_never_replaced(
    tmp_path: Path, choice: str, through_variable: bool
) -> None:
    bad = tmp_path / "nothing here"
    environment = {FOLDER_VARIABLE: str(bad)} if through_variable else {}
    with pytest.raises(DataError, match="nothing here"):
        open_dataset(choice, None if through_variable else bad, environment=environment)


def test_synthetic_means_synthetic_whatever_the_variable_says(variable: Path) -> None:
    environment = {FOLDER_VARIABLE: str(variable)}
    assert open_dataset("synthetic", environment=environment).kind == "synthetic"


def test_synthetic_and_a_folder_contradict_each_other(given: Path) -> None:
    with pytest.raises(DataError, match="not both"):
        open_dataset("synthetic", given)


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="auto, mnist, synthetic"):
        open_dataset("cifar")
