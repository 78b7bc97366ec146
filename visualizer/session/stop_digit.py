"""The digit of a stop: where its data set is not here, the nearest one, and words about that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

import numpy as np

from visualizer.core.talk.stop import StopDigit, Talk
from visualizer.core.talk.values import LAST
from visualizer.core.words import a_digit
from visualizer.data.dataset import Dataset, Images
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.scene import Digit
from visualizer.session.easel import input_of
from visualizer.storage.digit_picture import picture_in
from visualizer.storage.drawings import drawing_in

SYNTHETIC = "synthetic"
NAMES = {"mnist": "MNIST", "folder": "The folder of digits"}
BLOCK = 250  # synthetic digits that are drawn at once

Found = tuple[Digit, str]  # and a remark, "" if it is the digit that was asked for


def digit_of(asked: StopDigit, dataset: Dataset, files: Mapping[str, bytes]) -> Found:
    """Find the digit of a stop, and say in words what stands in for it, if anything does.

    Raises
    ------
    ValueError
        Its file is missing or broken.
    """
    if asked.kind == "file":
        return _from_file(asked, files), ""
    if asked.kind == SYNTHETIC:
        return _synthetic(asked.index, dataset), ""
    test = dataset.test
    if not len(test):
        digit, remark = _instead(asked, _drawn(0), f"{NAMES[asked.kind]} is not here")
        source = f"synthetic digit {digit.index}"
        return replace(digit, source=source, index=None), remark.replace("test", SYNTHETIC, 1)
    if asked.kind == dataset.kind and asked.index < len(test):
        digit = _at(test, asked.index)
        if asked.label in (None, digit.label):
            return digit, ""
        return _instead(asked, test, f"{NAMES[asked.kind]} is another one here")
    if asked.kind == dataset.kind:
        return _instead(asked, test, f"{NAMES[asked.kind]} has only {len(test):,} test digits here")
    return _instead(asked, test, f"{NAMES[asked.kind]} is not here")


def prepare(talk: Talk) -> None:
    """Draw the synthetic digits of all stops, so that each is there at once."""
    asked = [stop.digit for stop in talk.stops]
    for block in sorted({each.index // BLOCK for each in asked if each.kind == SYNTHETIC}):
        _drawn(block)


def _instead(asked: StopDigit, test: Images, why: str) -> Found:
    """Take the digit of the same class whose place in the test set is nearest."""
    alike = np.flatnonzero(test.labels == asked.label) if asked.label is not None else np.array([])
    among = alike if len(alike) else np.arange(len(test))
    index = int(among[np.abs(among - asked.index).argmin()])
    also = ""
    if asked.label is not None and len(alike):
        also = f", also {a_digit(asked.label)},"
    remark = f"{why}: test digit {index:,}{also} stands in for its digit {asked.index:,}."
    return _at(test, index), remark


def _at(test: Images, index: int) -> Digit:
    return Digit(test.pixels[index], int(test.labels[index]), f"test digit {index}", index)


def _synthetic(index: int, dataset: Dataset) -> Digit:
    """Return a synthetic digit: that of the test set in use if it is the same, else a new one."""
    index = min(index, LAST[SYNTHETIC])
    drawn = _drawn(index // BLOCK)
    pixels, label = drawn.pixels[index % BLOCK], int(drawn.labels[index % BLOCK])
    test = dataset.test
    there = dataset.kind == SYNTHETIC and index < len(test)
    if there and np.array_equal(test.pixels[index], pixels):
        return _at(test, index)
    return Digit(pixels, label, f"synthetic digit {index}")


@cache
def _drawn(block: int) -> Images:
    """Draw one block of the synthetic test digits, once."""
    test = synthetic_digits(train=0, test=(block + 1) * BLOCK).test
    return Images(test.pixels[-BLOCK:], test.labels[-BLOCK:])


def _from_file(asked: StopDigit, files: Mapping[str, bytes]) -> Digit:
    if asked.file not in files:
        raise ValueError(f"{asked.file} is missing")
    name = PurePosixPath(asked.file)
    if name.suffix == ".png":
        return Digit(picture_in(files[asked.file]), asked.label, name.stem)
    drawing = drawing_in(files[asked.file])
    label = drawing.label if asked.label is None else asked.label
    return Digit(input_of(drawing, centring=True), label, name.stem)
