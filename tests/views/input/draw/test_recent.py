"""Recent drawings: nothing drawn is lost at the next start, and a set of them is a data set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.asked import answer_save
from tests.views.painted import words_of
from visualizer.data.folder import load_folder
from visualizer.session.recent_drawings import RecentDrawings
from visualizer.session.session import Session
from visualizer.storage.drawings import load_drawings
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.input.panel import InputPanel
from visualizer.views.window.window import MainWindow


def line(number: int) -> tuple[tuple[float, float], ...]:
    return ((20 + number, 20), (60, 50 + number), (40, 80))


def test_a_cleared_drawing_is_in_the_strip_and_a_click_brings_it_back(
    panel: InputPanel, hand: Any, pointer: Any
) -> None:
    easel, recent = panel.draw.easel, panel.draw.recent
    assert recent.drawings == ()
    made = []
    for number in range(3):
        hand(panel.draw.pad, line(number))
        made.append(easel.drawing)
        panel.draw.tools.clear.click()
    assert panel.draw.strip.isVisible() and recent.drawings == tuple(reversed(made))
    pointer.click(panel.draw.strip, panel.draw.strip._tile(2).center())
    assert easel.drawing == made[0]
    panel.draw.tools.undo.click()
    assert not easel.pixels.any()


@pytest.mark.parametrize("height", [420, 560, 640, 760, 900])
def test_the_pad_keeps_its_size_when_the_first_drawing_is_kept(
    height: int, panel: InputPanel, hand: Any
) -> None:
    panel.resize(264, height)
    QApplication.processEvents()
    pad, before = panel.draw.pad, panel.draw.pad.area
    hand(pad, [(20, 30), (80, 30)])
    panel.draw.tools.clear.click()
    QApplication.processEvents()
    assert len(panel.draw.recent.drawings) == 1
    assert pad.area == before


def test_the_empty_strip_says_what_it_is_for(panel: InputPanel) -> None:
    (word,) = words_of(panel.draw.strip)[0]
    assert "stay here" in word.text and word.whole


def test_a_drawing_that_grows_is_kept_once(panel: InputPanel, hand: Any) -> None:
    for number in range(3):
        hand(panel.draw.pad, line(number))
        panel.show_tab("gallery")
        panel.show_tab("draw")
        assert panel.draw.recent.drawings == (panel.draw.easel.drawing,)


def test_drawings_come_back_at_the_next_start(
    window: MainWindow, hand: Any, look: Look, session: Session, show: Any
) -> None:
    QTest.keyClick(window, Qt.Key.Key_D)
    draw = window.pages[0].input.draw
    hand(draw.pad, line(1))
    drawing = draw.easel.drawing
    window.close()
    assert load_drawings() == (drawing,)
    session.recent = RecentDrawings()  # as another start makes it
    again = InputPanel(look, session.viewer, session)
    show(again, 264, 760)
    again.show_tab("draw")
    assert again.draw.strip.drawings == (drawing,)


def test_a_broken_file_is_said_once(
    drawings_file: Path, panel: InputPanel, notices: list[Notice], hand: Any
) -> None:
    drawings_file.parent.mkdir()
    drawings_file.write_text("[1]")
    panel.draw.recent._read = False
    for _ in range(3):
        panel.show_tab("gallery")
        panel.show_tab("draw")
    assert [notice.kind for notice in notices] == ["error"]
    hand(panel.draw.pad, line(0))
    panel.draw.tools.clear.click()
    assert len(load_drawings()) == 1


def test_a_folder_that_cannot_be_written_is_said_and_drawing_goes_on(
    drawings_file: Path, panel: InputPanel, notices: list[Notice], hand: Any
) -> None:
    drawings_file.parent.write_text("no folder")
    hand(panel.draw.pad, line(0))
    panel.draw.tools.clear.click()
    assert "was not kept" in notices[-1].text
    assert len(panel.draw.recent.drawings) == 1


def test_the_keys_go_through_the_strip(panel: InputPanel, hand: Any) -> None:
    for number in range(12):
        hand(panel.draw.pad, line(number))
        panel.draw.tools.clear.click()
    recent = panel.draw.strip
    recent.setFocus()
    for _ in range(11):
        QTest.keyClick(recent, Qt.Key.Key_Right)
    QTest.keyClick(recent, Qt.Key.Key_Return)
    assert panel.draw.easel.drawing == recent.drawings[11]
    assert recent.rect().contains(recent._tile(11).center().toPoint())
    assert recent.tip_at(QPointF(-50, 0)) == ""


def choose_label(panel: InputPanel, number: int) -> None:
    panel.draw.label.setCurrentIndex(number + 1)
    panel.draw.label.activated.emit(number + 1)


def test_a_label_says_whether_the_network_is_right(
    panel: InputPanel, session: Session, hand: Any
) -> None:
    hand(panel.draw.pad, line(0))
    found = session.viewer.scene.prediction
    choose_label(panel, found)
    session.viewer.settle()
    assert panel.verdict.whole == f"Prediction {found} ✓"
    panel.draw.tools.undo.click()
    session.viewer.settle()
    assert panel.draw.label.currentText() == "no label"
    assert panel.verdict.whole == f"Prediction {found}"


def test_labelled_drawings_become_a_data_set(
    window: MainWindow,
    session: Session,
    hand: Any,
    notices: list[Notice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "mine"
    answer_save(monkeypatch, folder, folder)
    QTest.keyClick(window, Qt.Key.Key_D)
    panel = window.pages[0].input
    panel.draw.save.click()
    assert "label at least two" in notices[-1].text and not folder.exists()
    pixels = {}
    for number in range(4):
        hand(panel.draw.pad, line(number))
        choose_label(panel, number)
        pixels[number] = panel.draw.easel.pixels.copy()
        if number < 3:
            panel.draw.tools.clear.click()
    panel.draw.save.click()
    saved = load_folder(folder)
    for images in (saved.train, saved.test):
        assert len(images) == 2
        for image, label in zip(images.pixels, images.labels, strict=True):
            np.testing.assert_array_equal(image, pixels[int(label)])
    assert session.source.folders[0] == folder
