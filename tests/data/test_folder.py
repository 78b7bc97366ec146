from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from visualizer.data.dataset import DataError, Dataset, UInt8
from visualizer.data.folder import load_folder
from visualizer.data.idx import write_idx

Arrays = dict[str, UInt8]


@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("separator", ["-", "."])
def test_the_usual_file_names_are_found(
    tmp_path: Path,
    suffix: str,
    separator: str,
    write_folder: Callable[..., Path],
    tiny_arrays: Arrays,
) -> None:
    arrays = tiny_arrays
    named = {name.replace("-idx", separator + "idx"): array for name, array in arrays.items()}
    data = load_folder(write_folder(tmp_path / "my digits", named, suffix))
    np.testing.assert_array_equal(data.train.pixels, arrays["train-images-idx3-ubyte"])
    np.testing.assert_array_equal(data.train.labels, arrays["train-labels-idx1-ubyte"])
    np.testing.assert_array_equal(data.test.pixels, arrays["t10k-images-idx3-ubyte"])
    np.testing.assert_array_equal(data.test.labels, arrays["t10k-labels-idx1-ubyte"])


def test_other_digits_are_not_called_mnist(
    tmp_path: Path, write_folder: Callable[..., Path], tiny_arrays: Arrays
) -> None:
    data = load_folder(write_folder(tmp_path / "my digits", tiny_arrays))
    assert (data.name, data.kind) == ("my digits", "folder")


def test_mnist_is_recognised_by_its_content(mnist: Dataset) -> None:
    assert (mnist.name, mnist.kind) == ("MNIST", "mnist")
    assert (len(mnist.train), len(mnist.test)) == (60_000, 10_000)


def test_mnist_with_one_pixel_changed_is_a_folder_like_any_other(
    mnist: Dataset, tmp_path: Path, write_folder: Callable[..., Path]
) -> None:
    pixels = mnist.test.pixels.copy()
    pixels[0, 0, 0] ^= 1
    arrays = {
        "train-images-idx3-ubyte": mnist.train.pixels,
        "train-labels-idx1-ubyte": mnist.train.labels,
        "t10k-images-idx3-ubyte": pixels,
        "t10k-labels-idx1-ubyte": mnist.test.labels,
    }
    assert load_folder(write_folder(tmp_path / "MNIST", arrays)).kind == "folder"


def _resize(arrays: Arrays) -> None:
    arrays["train-images-idx3-ubyte"] = np.zeros((6, 32, 32), np.uint8)


def _flatten(arrays: Arrays) -> None:
    arrays["t10k-images-idx3-ubyte"] = arrays["t10k-images-idx3-ubyte"].reshape(4, -1)


def _drop_a_label(arrays: Arrays) -> None:
    arrays["train-labels-idx1-ubyte"] = arrays["train-labels-idx1-ubyte"][1:]


def _letter_label(arrays: Arrays) -> None:
    arrays["t10k-labels-idx1-ubyte"][2] = 10


def _table_of_labels(arrays: Arrays) -> None:
    arrays["t10k-labels-idx1-ubyte"] = arrays["t10k-labels-idx1-ubyte"][:, None]


def _empty(arrays: Arrays) -> None:
    arrays["t10k-images-idx3-ubyte"] = arrays["t10k-images-idx3-ubyte"][:0]
    arrays["t10k-labels-idx1-ubyte"] = arrays["t10k-labels-idx1-ubyte"][:0]


def _drop_a_file(arrays: Arrays) -> None:
    del arrays["t10k-labels-idx1-ubyte"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_resize, "train-images-idx3-ubyte holds 32×32 images, not 28×28"),
        (_flatten, "t10k-images-idx3-ubyte holds 784 images, not 28×28"),
        (_drop_a_label, "has 6 images, but train-labels-idx1-ubyte has 5 labels"),
        (_letter_label, "holds the label 10; labels must be 0–9"),
        (_table_of_labels, "no list of labels"),
        (_empty, "t10k-images-idx3-ubyte is empty"),
        (_drop_a_file, "has no t10k-labels-idx1-ubyte"),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(
    tmp_path: Path,
    spoil: Callable[[Arrays], None],
    reason: str,
    write_folder: Callable[..., Path],
    tiny_arrays: Arrays,
) -> None:
    arrays = tiny_arrays
    spoil(arrays)
    with pytest.raises(DataError, match=reason) as caught:
        load_folder(write_folder(tmp_path, arrays))
    assert str(tmp_path) in str(caught.value)


def test_all_that_an_empty_folder_lacks_is_named(tmp_path: Path, tiny_arrays: Arrays) -> None:
    with pytest.raises(DataError) as caught:
        load_folder(tmp_path)
    assert all(name in str(caught.value) for name in tiny_arrays)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    write_idx(tmp_path / "a", np.zeros(1, np.uint8))
    for path in (tmp_path / "a", tmp_path / "absent"):
        with pytest.raises(DataError, match="is not a folder"):
            load_folder(path)
