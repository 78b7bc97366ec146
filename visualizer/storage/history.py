"""The curves of a run as a CSV file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from visualizer.core.history import History
from visualizer.system.files import open_regular

COLUMNS = ("step", "epoch", "loss", "accuracy", "test_loss", "test_accuracy")


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Make the CSV file of these rows; each has a value, or nothing, for every column."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode()


def history_rows(history: History) -> Iterator[list[object]]:
    """Yield one row a batch, with the test right after the batch if there was one."""
    tests = {
        float(epoch): [loss, accuracy]
        for epoch, loss, accuracy in zip(
            history.test_epoch.values,
            history.loss.test.values,
            history.accuracy.test.values,
            strict=True,
        )
    }
    loss, accuracy = history.loss.raw.values, history.accuracy.raw.values
    batches = zip(history.epoch.values, loss, accuracy, strict=True)
    for step, (epoch, loss, accuracy) in enumerate(batches, start=1):
        yield [step, epoch, loss, accuracy, *tests.get(float(epoch), ["", ""])]


def load_history(path: Path) -> History:
    """Read the curves of a run.

    Raises
    ------
    ValueError
        The file has other columns, or something that is no number; it names the file and line.
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
