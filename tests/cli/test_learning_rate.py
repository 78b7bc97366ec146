"""A learning rate can be asked for, and one at which all units die is told."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.cli import main as cli
from visualizer.cli.arguments import rate
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.data.idx import write_idx
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.training.events import EpochEnded, Finished, UnitsDied
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings

PINNED = Settings("float32", threads=1, device="cpu")
DEADLY = 3.0


def test_what_may_be_asked_for() -> None:
    for text, number in (("0.001", 0.001), ("1e-5", 1e-5), ("10", 10.0)):
        assert rate(text) == number
    for text in ("0", "-0.1", "nan", "inf", "10.1", "1e-400", "1e400", "", "x", "0,5"):
        with pytest.raises(argparse.ArgumentTypeError):
            rate(text)


def test_dead_units_are_told_once_and_only_where_they_are(small_dataset: Dataset) -> None:
    for network in ("book", "strided", "dense"):
        for asked, dies in ((0.001, False), (DEADLY, network != "dense")):
            recipe = replace(RECIPES["book"], learning_rate=asked, epochs=3, batch_size=20)
            events = list(fit(named(network), small_dataset, recipe, 3, settings=PINNED))
            assert isinstance(events[-1], Finished)
            told = [event for event in events if isinstance(event, UnitsDied)]
            assert len(told) == dies, (network, asked)
            if dies:
                message = told[0].message
                assert "all units of a layer are dead" in message
                assert "A learning rate below 3 may help." in message
                tested = next(event for event in events if isinstance(event, EpochEnded))
                assert f"loss {tested.test_loss:.2f}" in message


def test_digits_of_one_class_tell_nothing_of_dead_units(small_dataset: Dataset) -> None:
    ones = small_dataset.test.labels == 1
    test = Images(small_dataset.test.pixels[ones], small_dataset.test.labels[ones])
    recipe = replace(RECIPES["book"], learning_rate=DEADLY, epochs=1, batch_size=20)
    events = list(fit(named("book"), replace(small_dataset, test=test), recipe, settings=PINNED))
    assert not any(isinstance(event, UnitsDied) for event in events)


def test_train_takes_a_learning_rate_and_says_that_units_died(
    tmp_path: Path, small_dataset: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    for part, images in (("train", small_dataset.train), ("t10k", small_dataset.test)):
        write_idx(tmp_path / f"{part}-images-idx3-ubyte", images.pixels)
        write_idx(tmp_path / f"{part}-labels-idx1-ubyte", images.labels)
    for asked, dies in ((0.002, False), (DEADLY, True)):
        command = ["train", "--data", str(tmp_path), "--epochs", "1", "--batch-size", "20"]
        command += ["--threads", "1", "--precision", "float32", "--learning-rate", str(asked)]
        assert cli.main([*command, "--out", str(tmp_path / "w.safetensors")]) == 0
        told = capsys.readouterr()
        assert json.loads(told.out.splitlines()[-1])["learning_rate"] == asked
        assert ("all units of a layer are dead" in told.err) == dies


def test_the_window_says_that_units_died(short: Session, qtbot: QtBot) -> None:
    notices: list[Notice] = []
    short.noticed.connect(notices.append)
    recipe = replace(short.runs.recipe, learning_rate=DEADLY)
    short.runs.configure(recipe, 3, PINNED)
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert [notice.kind for notice in notices if "dead" in notice.text] == ["error"]
