"""What only tests a network needs no training files, nor looks at them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visualizer.cli import filters as filter_report
from visualizer.cli import main as cli
from visualizer.cli.options import FiltersOptions
from visualizer.core.network.networks import named
from visualizer.data import mnist
from visualizer.data import open as opening
from visualizer.data.dataset import DataError, Dataset
from visualizer.data.folder import load_folder
from visualizer.data.idx import write_idx
from visualizer.data.open import open_dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights


@pytest.fixture
def folder(tmp_path: Path, small_dataset: Dataset) -> Path:
    """A folder that has only the files to test on, and a training file that is none."""
    folder = tmp_path / "bars"
    folder.mkdir()
    write_idx(folder / "t10k-images-idx3-ubyte", small_dataset.test.pixels)
    write_idx(folder / "t10k-labels-idx1-ubyte", small_dataset.test.labels)
    (folder / "train-labels-idx1-ubyte").write_bytes(b"damaged")
    return folder


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_a_folder_without_training_files_can_be_tested_on(
    folder: Path, small_dataset: Dataset
) -> None:
    for dataset in (load_folder(folder, train=False), open_dataset("auto", folder, train=False)):
        assert (dataset.name, dataset.kind, len(dataset.train)) == ("bars", "folder", 0)
        assert (dataset.test.pixels == small_dataset.test.pixels).all()
    with pytest.raises(DataError, match="has no train-images"):
        load_folder(folder)


def test_evaluate_shift_activations_and_explain_need_no_training_files(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "dense.safetensors"
    save_weights(weights, named("dense"), initial_weights(named("dense"), 0), {})
    known = ("--weights", weights, "--data", folder)
    assert run("evaluate", *known) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["images"] == 60
    assert run("shift", *known, "--images", 10, "--out", tmp_path / "s.csv") == 0
    assert run("activations", *known, "--digit", 3, "--out", tmp_path / "a.npz") == 0
    known = (*known, "--digit", 3, "--class", 1)
    assert run("explain", *known, "--out", tmp_path / "e.npz") == 0


def test_filters_needs_no_training_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*arguments: object, train: bool = True) -> Dataset:
        assert not train
        raise DataError("this is far enough")

    monkeypatch.setattr(filter_report, "open_dataset", opened)
    options = FiltersOptions(
        weights=None,
        layer="conv2d_1",
        filter=0,
        ablate=False,
        dataset="auto",
        data=folder,
        out=tmp_path,
    )
    with pytest.raises(DataError, match="far enough"):
        filter_report.filters(options)


def test_a_download_of_which_the_training_files_are_gone_can_be_tested_on(tmp_path: Path) -> None:
    for file in mnist.FILES[:2]:
        (tmp_path / file.name).write_bytes(b"damaged")
    assert mnist.cached(tmp_path, train=False) is None
    for file in mnist.FILES[2:]:
        (tmp_path / file.name).write_bytes(b"damaged, too")
    with pytest.raises(DataError, match=r"\(t10k-images[^,]*, t10k-labels[^,]*\)"):
        mnist.cached(tmp_path, train=False)


def test_no_synthetic_digits_are_drawn_to_train_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def draw(train: int = 12_000, test: int = 2_000, progress: object = None) -> Dataset:
        asked.append(train)
        return synthetic_digits(0, 10)

    monkeypatch.setattr(opening, "synthetic_digits", draw)
    for choice in ("synthetic", "auto"):
        open_dataset(choice, environment={}, cache=tmp_path, train=False)
    assert asked == [0, 0]


def test_mnist_to_test_on_is_called_mnist(mnist: Dataset, tmp_path: Path) -> None:
    for name, array in (("images-idx3", mnist.test.pixels), ("labels-idx1", mnist.test.labels)):
        write_idx(tmp_path / f"t10k-{name}-ubyte", array)
    assert open_dataset("mnist", tmp_path, train=False).name == "MNIST"
