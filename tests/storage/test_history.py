"""A run's curves come back from the CSV file that they were written to, or say what is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from visualizer.core.history import DEFAULT_SMOOTHING
from visualizer.storage.history import COLUMNS, load_history
from visualizer.storage.resources import resource

HEAD = ",".join(COLUMNS) + "\n"


def test_batches_and_tests_come_back(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text(HEAD + "1,0.5,2,0.25,,\n2,1.0,1.5,0.5,0.75,0.875\n", encoding="utf-8")
    history = load_history(path)
    assert history.epochs == 1
    assert history.epoch.values.tolist() == [0.5, 1]
    assert history.loss.raw.values.tolist() == [2, 1.5]
    assert history.accuracy.raw.values.tolist() == [0.25, 0.5]
    assert history.test_epoch.values.tolist() == [1]
    assert history.loss.test.values.tolist() == [0.75]
    assert history.accuracy.test.values.tolist() == [0.875]


def test_the_bundled_curves_are_smoothed_over_their_whole_run() -> None:
    history = load_history(resource("pretrained", "book.csv"))
    assert (len(history), history.epochs, len(history.test_epoch)) == (4690, 5, 5)
    stored = history.loss.smooth.values.copy()
    history.smoothing = 0.1
    history.smoothing = DEFAULT_SMOOTHING
    np.testing.assert_allclose(history.loss.smooth.values, stored, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "its columns are not"),
        ("step,loss\n", "its columns are not"),
        (HEAD + "1,0.5,2\n", "line 2: not enough values"),
        (HEAD + "1,0.5,2,0.25,,\n2,one,2,0.25,,\n", "line 3: could not convert"),
        (HEAD + "1,nan,2,0.25,,\n", "line 2: the epoch is nan"),
        (HEAD + "1,inf,2,0.25,,\n", "line 2: the epoch is inf"),
    ],
)
def test_what_is_no_history_says_so(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load_history(path)


def test_a_history_without_a_batch_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text(HEAD, encoding="utf-8")
    assert (len(load_history(path)), load_history(path).epochs) == (0, 0)
