"""Why: the parts of an answer add up to the network's own number, whatever is in view."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import stage_called
from visualizer.core.edits import SwitchOff
from visualizer.scene.scene import Digit
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.inspect.page import InspectPage
from visualizer.views.why.panel import WhyPanel
from visualizer.views.why.stage import WhyStage
from visualizer.views.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    QTest.keyClick(window, Qt.Key.Key_Y)
    QApplication.processEvents()
    return page


@pytest.fixture
def panel(page: InspectPage) -> WhyPanel:
    assert page.side.tab == "why" and page.side.why.isVisible()
    return page.side.why


@pytest.fixture
def on_paper(panel: WhyPanel, session: Session) -> Digit:
    """A digit with white paper around its ink."""
    pixels = np.zeros((28, 28), np.uint8)
    pixels[6:20, 12:16], pixels[12:15, 8:20] = 255, 120
    digit = Digit(pixels, 4, "test digit of our own")
    session.show(digit)
    settle(session)
    return digit


def sums(panel: WhyPanel | WhyStage) -> list[float]:
    """What the last row of the table says."""
    now = panel.parts.now
    assert now is not None
    texts = [figure.removeprefix("≈ ").replace("\u2212", "-") for figure in now.rows[-1].figures]
    return [float(text) for text in texts]


def logits(session: Session) -> list[float]:
    scene = session.viewer.scene
    first, second = session.why.classes(scene)
    both = [float(scene.trace.pre_activations[-1][label]) for label in (first, second)]
    return [*both, both[0] - both[1]]


def settle(session: Session) -> None:
    session.viewer.settle()
    QApplication.processEvents()


def test_the_two_most_likely_classes_are_compared_and_the_sums_are_the_logits(
    panel: WhyPanel, session: Session
) -> None:
    for index in (0, 7, 16):
        session.show_digit(index)
        settle(session)
        order = np.argsort(-session.viewer.scene.trace.probabilities, kind="stable")
        assert session.why.classes(session.viewer.scene) == tuple(order[:2])
        assert sums(panel) == pytest.approx(logits(session), abs=0.006)
        assert panel.title.whole == f"Why {order[0]} and not {order[1]}?"


def test_a_click_on_a_probability_compares_that_class(
    panel: WhyPanel, page: InspectPage, session: Session
) -> None:
    bars, (first, _) = page.input.probabilities, session.why.classes(session.viewer.scene)
    for label in (8, 3):
        at = QPoint(40, round((label + 0.5) * bars.height() / 10))
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=at)
        assert session.why.classes(session.viewer.scene) == (label, first)
        assert sums(panel) == pytest.approx(logits(session), abs=0.006)
        first = label
    session.show_digit(5)  # another digit is asked about anew
    settle(session)
    assert session.why.chosen is not None
    order = np.argsort(-session.viewer.scene.trace.probabilities, kind="stable")
    assert session.why.classes(session.viewer.scene) == tuple(order[:2])


def test_it_follows_edits_of_the_network(panel: WhyPanel, session: Session) -> None:
    before = sums(panel)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    settle(session)
    assert sums(panel) == pytest.approx(logits(session), abs=0.006) and sums(panel) != before


def test_any_number_is_taken_apart(panel: WhyPanel, session: Session) -> None:
    panel.subject.chosen.emit("number")
    scene = session.viewer.scene
    for at in range(len(scene.network.layers) - 1):
        session.viewer.select(scene.strongest(at))
        QApplication.processEvents()
        cell = session.viewer.scene.selected
        value = session.viewer.scene.value(cell, pre_activation=True)
        assert sums(panel) == [pytest.approx(value, abs=0.006)]


def test_the_pixel_pointed_at_is_explained(
    panel: WhyPanel, on_paper: Digit, session: Session
) -> None:
    ink = np.argwhere(session.viewer.scene.digit.pixels > 200)[0]
    row, column = map(int, ink)
    session.viewer.point((row, column))
    assert panel.parts.pixel.whole.startswith(f"[{row}, {column}]: ")
    part = float(session.why.reasons(session.viewer.scene).shown.pixels[row, column])
    assert panel.parts.pixel.whole.endswith(f"{part:.3f}".replace("-", "\u2212"))
    session.viewer.point((0, 0))
    assert "paper adds nothing" in panel.parts.pixel.whole


def test_an_answer_to_be_guessed_is_not_told(panel: WhyPanel, session: Session) -> None:
    session.viewer.predict(True)
    QApplication.processEvents()
    covers = [each for each in panel.children() if type(each).__name__ == "WhyCover"]
    assert len(covers) == 1 and covers[0].isVisible()  # type: ignore[attr-defined]
    session.viewer.reveal()
    assert covers[0].isHidden()  # type: ignore[attr-defined]


def test_a_pad_without_ink_says_so(panel: WhyPanel, session: Session) -> None:
    empty = np.zeros((28, 28), np.uint8)
    session.show(Digit(empty, None, "drawing", drawn=True))
    settle(session)
    assert "no ink" in panel.parts.sentence.text()


def test_what_happens_without_the_ink_of_each_place(
    panel: WhyPanel, on_paper: Digit, session: Session, qtbot: QtBot
) -> None:
    why, scene = session.why, session.viewer.scene
    qtbot.waitUntil(lambda: why.wiped(scene) is not None)
    found = why.wiped(scene)
    assert found is not None and found.probabilities.shape == (28, 28, 10)
    row, column = map(int, np.argwhere(scene.digit.pixels > 200)[0])
    pixels = scene.digit.pixels.copy()
    pixels[row - 1 : row + 2, column - 1 : column + 2] = 0
    expected = scene.model.trace(pixels).probabilities
    assert np.array_equal(found.probabilities[row, column], expected)
    assert np.array_equal(found.probabilities[0, 0], scene.trace.probabilities)
    assert panel.wipe.words.whole.startswith(f"chance of {why.classes(scene)[0]}: least")
    panel.wipe.picture.opened.emit((row, column))
    settle(session)
    assert np.array_equal(session.viewer.scene.digit.pixels, pixels)
    assert "3 × 3 wiped out" in session.viewer.scene.digit.source


def test_the_stage_says_the_same(panel: WhyPanel, window: MainWindow, session: Session) -> None:
    window.open_stage(stage_called(window, "Why this answer"))
    stage = window.stage.content
    assert isinstance(stage, WhyStage)
    assert sums(stage) == pytest.approx(logits(session), abs=0.006)
    stage.bars.chosen.emit(2)
    assert stage.title.whole.startswith("Why 2 and not") and sums(stage) == pytest.approx(
        logits(session), abs=0.006
    )
    session.viewer.select(Cell(0, 3, 3, 3))
    assert stage.title.whole.startswith("Why 2 and not")
