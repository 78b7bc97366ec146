"""The curves of a run as columns of numbers, and back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from visualizer.core.history import History
from visualizer.core.network.layer import Array

MOST_EPOCHS = 1_000_000
CURVES = ("epoch", "loss", "accuracy")
TESTS = ("test_epoch", "test_loss", "test_accuracy")


def columns_of(history: History) -> dict[str, Array]:
    """Copy the curves, column by column."""
    loss, accuracy = history.loss, history.accuracy
    values = (history.epoch, loss.raw, accuracy.raw, history.test_epoch, loss.test, accuracy.test)
    pairs = zip((*CURVES, *TESTS), values, strict=True)
    return {name: column.values.copy() for name, column in pairs}


def history_of(tensors: Mapping[str, Array], epochs: int) -> History:
    """Build the curves from the columns of a file.

    Raises
    ------
    ValueError
        The columns are not of one length, not in order, or their epochs are not sensible.
    KeyError
        A column is missing.
    """
    if not 0 <= epochs < MOST_EPOCHS:
        raise ValueError("the number of its epochs is not sensible")
    history = History(epochs)
    for names, add in ((CURVES, history.add_batch), (TESTS, history.add_test)):
        columns = [tensors[f"curve/{name}"] for name in names]
        if any(column.ndim != 1 or len(column) != len(columns[0]) for column in columns):
            raise ValueError("its curves are not of one length")
        if not np.isfinite(columns[0]).all() or (np.diff(columns[0]) <= 0).any():
            raise ValueError("the epochs of its curves are not in order")
        if len(columns[0]) and not (columns[0][0] >= 0 and columns[0][-1] < MOST_EPOCHS):
            raise ValueError("the epochs of its curves are not sensible")
        for row in zip(*(column.tolist() for column in columns), strict=True):
            add(*row)
    return history
