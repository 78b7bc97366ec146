"""A folder of four IDX files: MNIST, Fashion-MNIST or anything of that form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from visualizer.data.dataset import CLASSES, IMAGE_SIZE, DataError, Dataset, Images, UInt8
from visualizer.data.idx import read_idx

_STEMS = ("train-images", "train-labels", "t10k-images", "t10k-labels")

# SHA-256 over the values of MNIST's four files, in the order of _STEMS, and of the last two.
_MNIST_CONTENTS = (
    "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16",
    "c3f9adf9c66efb572b1f9326c3a511b45910c7173b97be66ceceeeeaef6b802b",
)


def load_folder(path: str | Path, train: bool = True) -> Dataset:
    """Load the four IDX files of a folder, or only the two test files, judged by their content.

    Parameters
    ----------
    path : str or Path
        Contains ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte`` and the ``t10k-`` pair,
        plain or ``.gz``; ``train-images.idx3-ubyte`` is accepted too.
    train : bool
        Whether the training files are needed; if not, only the test files are read and the
        training set is empty.

    Returns
    -------
    Dataset
        Kind "mnist" if the values are MNIST's own, else kind "folder" and the folder's name.

    Raises
    ------
    DataError
        A file is missing or damaged, images are not 28×28, a label is not 0–9, images and
        labels differ in number, or there are none.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder.")
    *training, test_images, test_labels = _find_files(folder, _STEMS if train else _STEMS[2:])
    trained_on = _load_pair(*training) if train else Images.none()
    test = _load_pair(test_images, test_labels)
    if _content_hash(trained_on, test) in _MNIST_CONTENTS:
        return Dataset("MNIST", "mnist", trained_on, test)
    return Dataset(folder.resolve().name or str(folder), "folder", trained_on, test)


def _find_files(folder: Path, stems: Sequence[str]) -> list[Path]:
    found = {stem: _find_file(folder, stem) for stem in stems}
    missing = [_file_name(stem) for stem, file in found.items() if file is None]
    if missing:
        raise DataError(f"The folder {folder} has no {', '.join(missing)} (plain or .gz).")
    return [file for file in found.values() if file is not None]


def _find_file(folder: Path, stem: str) -> Path | None:
    name = _file_name(stem)
    dotted = name.replace("-idx", ".idx")
    candidates = (folder / f"{base}{suffix}" for base in (name, dotted) for suffix in ("", ".gz"))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _file_name(stem: str) -> str:
    return f"{stem}-idx{3 if stem.endswith('images') else 1}-ubyte"


def _load_pair(images_file: Path, labels_file: Path) -> Images:
    pixels, labels = read_idx(images_file), read_idx(labels_file)
    if pixels.ndim != 3 or pixels.shape[1:] != (IMAGE_SIZE, IMAGE_SIZE):
        size = "×".join(map(str, pixels.shape[1:])) or "no"
        raise DataError(f"{images_file} holds {size} images, not {IMAGE_SIZE}×{IMAGE_SIZE}.")
    if labels.ndim != 1:
        raise DataError(f"{labels_file} holds no list of labels: it has {labels.ndim} dimensions.")
    if len(pixels) != len(labels):
        raise DataError(
            f"{images_file} has {len(pixels):,} images, but {labels_file.name} has "
            f"{len(labels):,} labels."
        )
    if not len(labels):
        raise DataError(f"{images_file} is empty: it holds no image.")
    if labels.max() >= CLASSES:
        raise DataError(f"{labels_file} holds the label {labels.max()}; labels must be 0–9.")
    return Images(pixels, labels)


def _content_hash(train: Images, test: Images) -> str:
    digest = hashlib.sha256()
    arrays: list[UInt8] = [train.pixels, train.labels, test.pixels, test.labels]
    for array in arrays:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
