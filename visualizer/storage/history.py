"""The curves of a run as a CSV file, as `main.py train --history` writes it."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from visualizer.core.history import History
from visualizer.data.regular import open_regular

COLUMNS = ("step", "epoch", "loss", "accuracy", "test_loss", "test_accuracy")


def load_history(path: Path) -> History:
    """Read a run's curves.

    Raises
    ------
    ValueError
        The file has other columns, or something that is no number; names the file and line.
    OSError
        The file cannot be read.
    """
    history = History()
    with open_regular(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != COLUMNS:
            raise ValueError(f"{path} is no training history: its columns are not {COLUMNS}")
        for row in rows:
            try:
                _, epoch, loss, accuracy, test_loss, test_accuracy = row
                if not math.isfinite(at := float(epoch)):
                    raise ValueError(f"the epoch is {epoch}")
                history.add_batch(at, float(loss), float(accuracy))
                if test_loss:
                    history.add_test(at, float(test_loss), float(test_accuracy))
            except ValueError as error:
                raise ValueError(f"{path}, line {rows.line_num}: {error}") from error
    history.epochs = round(float(history.epoch.values[-1])) if len(history) else 0
    return history
