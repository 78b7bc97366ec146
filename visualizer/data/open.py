"""Open the data set that the user chose, or the best one that is found."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from visualizer.data import mnist
from visualizer.data.dataset import DataError, Dataset
from visualizer.data.folder import load_folder
from visualizer.data.synthetic.synthetic import Progress, synthetic_digits

CHOICES = ("auto", "mnist", "synthetic")
FOLDER_VARIABLE = "VISUALIZER_DATA"


def open_dataset(
    choice: str = "auto",
    folder: str | Path | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    cache: Path | None = None,
    progress: Progress | None = None,
    train: bool = True,
) -> Dataset:
    """Open the data set that the user chose; a named one is never silently replaced.

    Parameters
    ----------
    choice : {"auto", "mnist", "synthetic"}
        "auto" takes `folder`, else the folder in ``$VISUALIZER_DATA``, else the downloaded MNIST,
        else the synthetic digits. "mnist" looks in the same places and accepts nothing else.
    folder : str or Path, optional
        The user's folder of IDX files.
    environment : mapping
        The environment variables.
    cache : Path, optional
        Where the downloaded MNIST lies; by default this user's cache.
    progress : callable, optional
        Called with (done, total) while synthetic digits are drawn; may raise to stop.
    train : bool
        Whether the training digits are needed; if not, their files may be missing, and the
        training set is empty.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        The folder or the cache cannot be used, "mnist" is wanted and not found, or a folder is
        given together with "synthetic".
    ValueError
        The choice is unknown.
    """
    if choice not in CHOICES:
        raise ValueError(f"the data set is one of {', '.join(CHOICES)}, not {choice!r}")
    if choice == "synthetic":
        if folder is not None:
            raise DataError(f"Synthetic digits need no folder: {folder} or they, not both.")
        return _synthetic(progress, train)
    found = _find(folder or environment.get(FOLDER_VARIABLE) or None, cache, train)
    if choice == "auto":
        return _synthetic(progress, train) if found is None else found
    if found is None:
        raise DataError(
            "MNIST is not here yet: get it with `main.py download`, "
            "or name its folder with --data DIR."
        )
    if found.kind != "mnist":
        raise DataError(f"The folder {folder or environment[FOLDER_VARIABLE]} does not hold MNIST.")
    return found


def _find(folder: str | Path | None, cache: Path | None, train: bool) -> Dataset | None:
    if folder is None:
        return mnist.cached(cache, train=train)
    return load_folder(folder, train)


def _synthetic(progress: Progress | None, train: bool) -> Dataset:
    return synthetic_digits(progress=progress, **({} if train else {"train": 0}))
