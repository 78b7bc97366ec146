"""A sheet of a filter: everything about it, nothing cut, and the numbers of filters.json."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QScrollBar, QWidget

from tests.views.filter.conftest import Facts
from tests.views.painted import unreadable_in
from visualizer.cli.filters import filter_entry
from visualizer.core.edits import Rescale
from visualizer.filters.facts import FilterFacts
from visualizer.text.filters import sentence
from visualizer.text.numbers import compact, percent
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.filter.section import Section
from visualizer.views.filter.sheet import FilterSheet

SheetOf = Callable[[FilterFacts], FilterSheet]
KINDS = [
    ("book", "conv2d_1", 5),
    ("book", "maxpooling2d_1", 31),
    ("book", "conv2d_2", 13),
    ("book", "dense_1", 2),
    ("book", "dense_2", 7),
    ("average-pool", "averagepooling2d_2", 3),
    ("same-padding", "conv2d_3", 40),
    ("dense", "dense_1", 500),
    ("book", "flatten_1", 269),
    ("dense", "flatten_1", 406),
]


@pytest.fixture
def sheet_of(look: Look) -> Iterator[Callable[[FilterFacts], FilterSheet]]:
    """A function that makes a sheet as it is printed: it is never on a screen."""
    made: list[FilterSheet] = []

    def make(facts: FilterFacts) -> FilterSheet:
        sheet = FilterSheet(look, facts)
        made.append(sheet)
        assert sheet.picture() == sheet.picture(), "the first is not laid out"
        return sheet

    yield make
    for sheet in made:
        sheet.deleteLater()


def place(widget: QWidget, sheet: QWidget) -> QRect:
    return QRect(widget.mapTo(sheet, QPoint()), widget.size())


def words(sheet: QWidget) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize(("network", "layer", "channel"), KINDS)
def test_nothing_on_it_is_cut_covered_or_empty(
    network: str, layer: str, channel: int, sheet_of: SheetOf, facts: Facts
) -> None:
    sheet = sheet_of(facts(layer, channel, network, accuracy_without=0.5))
    has_kernel = "pooling" not in layer and "flatten" not in layer
    assert (sheet.kernel is not None) == has_kernel
    assert_whole(sheet)


@pytest.mark.parametrize("factor", [1e-6, 1e6])
@pytest.mark.parametrize("layer", ["conv2d_1", "maxpooling2d_1"])
def test_no_size_of_numbers_breaks_it(
    layer: str, factor: float, sheet_of: SheetOf, facts: Facts
) -> None:
    sheet = sheet_of(facts(layer, 5, edits=(Rescale("conv2d_1", 5, factor),)))
    assert_whole(sheet)


def assert_whole(sheet: FilterSheet) -> None:
    """All of it lies on the sheet, beside each other, with every word whole."""
    assert unreadable_in(sheet) == []
    assert sheet.findChildren(QScrollBar) == []
    for label in sheet.findChildren(QLabel):
        assert sheet.rect().contains(place(label, sheet)) or label.isHidden()
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
        elif not isinstance(label, Elided):
            assert label.width() >= label.sizeHint().width(), label.text()
    sections = sheet.findChildren(Section)
    assert len(sections) == (7 if sheet.kernel else 6)
    for section in sections:
        assert sheet.rect().contains(place(section, sheet)), section.title.whole
        assert section.height() >= section.minimumSizeHint().height(), section.title.whole
    for one, other in combinations(sections, 2):
        assert not place(one, sheet).intersects(place(other, sheet))
    picture = sheet.grab().toImage()
    drawn = [sheet.most, sheet.least, sheet.classes, sheet.histogram, sheet.ascent, sheet.mean]
    for part in [*drawn, *([sheet.kernel.maps] if sheet.kernel else [])]:
        area = place(part, sheet)
        assert sheet.rect().contains(area)
        assert len(colours(picture.copy(area))) > 1
    assert not place(sheet.ascent, sheet).intersects(place(sheet.mean, sheet))


def colours(image: QImage) -> set[int]:
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    return set(np.frombuffer(pixels.constBits(), np.uint32).tolist())


@pytest.mark.parametrize(("network", "layer", "channel"), KINDS)
def test_its_numbers_are_those_of_the_report(
    network: str, layer: str, channel: int, sheet_of: SheetOf, facts: Facts
) -> None:
    found = facts(layer, channel, network, accuracy_without=0.4321)
    entry = filter_entry(found)
    sheet = sheet_of(found)
    said = words(sheet)
    assert any(f"{layer} · " in text and text.endswith(f" {channel}") for text in said)
    assert sentence(found.known, channel) in said
    assert compact(entry["ascent"]["value"]) in said
    assert f"in the data at most {compact(entry['ascent']['best_in_data'])}" in said
    assert percent(found.responses.accuracy) in said
    assert percent(entry["accuracy_without"]) in said
    assert any(text.startswith(f"{network}, ") and "120 test digits" in text for text in said)
    for view, end in ((sheet.most, "top"), (sheet.least, "bottom")):
        shown = [(patch.digit, patch.row, patch.column, patch.value) for patch in view.patches]
        assert shown == [tuple(patch.values()) for patch in entry[end]]
        assert len(shown) == 9
    means = entry["class_means"]
    for label, mean in enumerate(means):
        assert f"mean {compact(mean)}" in sheet.classes.tip_at(sheet.classes.column(label).center())
    bars = sheet.histogram.bars()
    heights = np.array([bar.height() for bar in bars])
    assert (
        np.argsort(heights, kind="stable")
        == np.argsort(entry["histogram"]["counts"], kind="stable")
    ).all()
    for badge in entry["badges"]:
        assert any(badge in text for text in said)
    if sheet.kernel is not None:
        own = found.model.weights[f"{layer}.kernel"][..., channel]
        np.testing.assert_array_equal(np.sort(sheet.kernel.weights, None), np.sort(own, None))


def test_without_ablation_no_accuracy_without_it_is_claimed(
    sheet_of: SheetOf, facts: Facts
) -> None:
    assert not any("without" in text for text in words(sheet_of(facts("conv2d_1", 0))))


def test_a_twin_is_named(sheet_of: SheetOf, facts: Facts) -> None:
    known = facts("conv2d_1", 0).known
    channel = next(channel for channel in range(known.channels) if known.twins(channel))
    other, _ = known.twins(channel)[0]
    said = words(sheet_of(facts("conv2d_1", channel)))
    assert any(f"twin of {other} (" in text for text in said)


def test_the_file_is_sharp_and_named_by_what_it_is_of(sheet_of: SheetOf, facts: Facts) -> None:
    names = {
        ("conv2d_2", 7): "conv2d_2-filter-07.png",
        ("maxpooling2d_1", 31): "maxpooling2d_1-channel-31.png",
        ("dense_2", 3): "dense_2-unit-03.png",
        ("flatten_1", 69): "flatten_1-element-069.png",
    }
    for (layer, channel), name in names.items():
        sheet = sheet_of(facts(layer, channel))
        assert sheet.file_name() == name
        image = QImage.fromData(sheet.png(), "PNG")
        assert (image.width(), image.height()) == (2 * sheet.width(), 2 * sheet.height())
        half = image.scaled(sheet.size()).scaled(image.size())
        assert image != half
    wide = sheet_of(facts("dense_1", 4, "dense"))
    assert wide.file_name() == "dense_1-unit-004.png"
