"""In Present mode every word of every stage is read from the back row, and none is cut.

At 1920 × 1080 labels are 30 pixels high and what is explained 45 (readable from six image heights);
only in the whole sum its products and subtotals may be 26, as what stands in the columns of the
whole chain; the answers beside the columns of the network, and the bars by which Why is asked about
two classes, are labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.session.test_last_step import step
from tests.views.conftest import settled
from tests.views.numbers import shown_cells
from tests.views.painted import unreadable_in, words_of
from visualizer.session.session import Session
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.page import Stage
from visualizer.views.step.stage import StepStage
from visualizer.views.widgets.digit_list import DigitList
from visualizer.views.window.window import MainWindow

pytestmark = pytest.mark.slow

LABEL, EXPLAINED, PRODUCT, COLUMN = 30, 45, 26, 26
SMALLER = {"ProductGrids": PRODUCT, "ChainView": COLUMN}
NUMBERS = ("GridRow", "OpenedGrid", "Probabilities")


def stages_shown(window: MainWindow, session: Session, qtbot: QtBot) -> Iterator[tuple[str, Stage]]:
    """Every stage of every page, at each layer that it has another picture for."""
    viewer = session.viewer
    for page in window.pages:
        window.show_page(page)
        for stage in page.stages():
            layers = (
                viewer.scene.network.layers if stage.by_layer else viewer.scene.network.layers[:1]
            )
            for position, layer in enumerate(layers):
                viewer.select_layer(position)
                if stage.available is None or stage.available():
                    window.open_stage(stage)
                    settled(window, qtbot)
                    yield f"{stage.title}, {layer.name}", stage
        window.close_stage()


def texts_of(stage: QWidget) -> Iterator[tuple[str, int]]:
    """What labels, buttons and boxes say, and how large."""
    for part in stage.findChildren(QWidget):
        if not part.isVisible():
            continue
        text = ""
        if isinstance(part, QLabel | QAbstractButton):
            text = part.text()
        elif isinstance(part, QComboBox):
            text = part.currentText()
        elif isinstance(part, QTableView):
            for index in shown_cells(part):
                if told := str(index.data() or ""):
                    yield told, QFontInfo(index.data(Qt.ItemDataRole.FontRole)).pixelSize()
        if text.strip():
            yield text, QFontInfo(part.font()).pixelSize()


@pytest.fixture
def presented(window: MainWindow, look: Look, request: pytest.FixtureRequest) -> MainWindow:
    look.set_present(True)
    look.set_dark(request.param)
    window.resize(1920, 1080)
    return window


BOTH = pytest.mark.parametrize("presented", [False, True], ids=["light", "dark"], indirect=True)


def small_in(stage: QWidget, where: str) -> list[str]:
    """What of a stage is too small to be read from the back row."""
    small = [
        f"{where}: {text!r} of {pixels} pixels"
        for text, pixels in texts_of(stage)
        if pixels < LABEL
    ]
    for word in words_of(stage)[0]:
        kind = word.on.split()[0]
        number = kind in NUMBERS and any(sign.isdigit() for sign in word.text)
        named = " " in word.text.strip()  # the name of what is explained
        labels = where.startswith(("The network,", "Why this answer,"))
        usual = EXPLAINED if number and not named and not labels else LABEL
        least = SMALLER.get(kind, usual)
        if word.pixels < least:
            small.append(f"{where}: {word.text!r} on {word.on} of {word.pixels} pixels")
    return small


def cut_in(stage: QWidget, where: str) -> list[str]:
    """What of a stage is cut, covered or scrolled."""
    wrong = [f"{where}: {said}" for said in unreadable_in(stage)]
    for part in stage.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, Elided) and part.text().endswith("…"):
            wrong.append(f"{where}: cut: {part.whole!r}")
        if isinstance(part, QAbstractScrollArea) and not isinstance(part, DigitList):
            bars = (part.horizontalScrollBar(), part.verticalScrollBar())
            if any(bar.isVisible() and bar.maximum() > 0 for bar in bars):
                wrong.append(f"{where}: {type(part).__name__} scrolls")
    return wrong


@BOTH
def test_every_word_of_every_stage_is_large_enough(
    presented: MainWindow, session: Session, qtbot: QtBot
) -> None:
    small: list[str] = []
    for where, _ in stages_shown(presented, session, qtbot):
        small += small_in(presented.stage, where)
    assert small == []


@BOTH
def test_nothing_on_a_stage_is_cut_covered_or_scrolled(
    presented: MainWindow, session: Session, qtbot: QtBot
) -> None:
    wrong: list[str] = []
    for where, _ in stages_shown(presented, session, qtbot):
        wrong += cut_in(presented.stage, where)
    assert wrong == []


@BOTH
@pytest.mark.parametrize("recipe", ["book", "fast"])
def test_the_last_step_is_read_from_the_back_row_with_either_optimizer(
    presented: MainWindow, recipe: str, session: Session, qtbot: QtBot
) -> None:
    runs, viewer = session.runs, session.viewer
    runs.configure(replace(RECIPES[recipe], epochs=1), 3, Settings("float32", threads=1))
    step(session, qtbot, 2)
    titled = (each for each in presented.page.stages() if each.title == "Why this weight changed")
    presented.open_stage(next(titled))
    wrong: list[str] = []
    for layer, bias in ((0, False), (2, False), (2, True), (6, False), (7, True)):
        viewer.select_layer(layer)
        shown = presented.stage.findChild(StepStage)
        assert shown is not None
        if shown.parts.bias.isChecked() != bias:
            shown.parts.bias.click()
        settled(presented, qtbot)
        where = f"layer {layer}, {'bias' if bias else 'weight'}"
        wrong += [*small_in(presented.stage, where), *cut_in(presented.stage, where)]
        for lines in (shown.parts.lines, shown.parts.listed):
            whole = lines.height_of(lines.lines)
            at = lines.mapTo(presented, lines.rect().bottomLeft()).y()
            if lines.height() < whole or at >= presented.height():
                wrong.append(f"{where}: {lines.accessibleName()} is cut")
    assert wrong == []
