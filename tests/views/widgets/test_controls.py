"""Texts that count while a network learns stay where they are."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualizer.views.base.labels import Sentence
from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import Chip
from visualizer.views.window.run_bar import Counter

SHORT, LONG = "1 + 1 = 2", "1.40312 + (−0.02245) = 1.38067 → max(0, 1.38067) = 1.38067"


@pytest.fixture
def sentence(look: Look, show: Any) -> Sentence:
    """In a column as narrow as the position panel, with a line under it."""
    page = QWidget()
    column = QVBoxLayout(page)
    made = Sentence("sum")
    column.addWidget(made)
    column.addWidget(QLabel("below"))
    column.addStretch(1)
    show(page, 260, 400)
    return made


def shown_below(sentence: Sentence) -> int:
    parent = sentence.parentWidget()
    assert parent is not None and parent.layout() is not None
    parent.layout().activate()
    return next(child.y() for child in parent.findChildren(QLabel) if child.text() == "below")


def test_what_stands_below_a_sentence_moves_down_once_and_stays(sentence: Sentence) -> None:
    sentence.show_text(SHORT, "a cell")
    at_first = shown_below(sentence)
    sentence.show_text(LONG, "a cell")
    wrapped = shown_below(sentence)
    assert wrapped > at_first
    for text in (SHORT, LONG, SHORT):
        sentence.show_text(text, "a cell")
        assert shown_below(sentence) == wrapped
    assert sentence.text() == SHORT


def test_another_cell_gives_the_room_back(sentence: Sentence) -> None:
    sentence.show_text(SHORT, "a cell")
    at_first = shown_below(sentence)
    sentence.show_text(LONG, "a cell")
    sentence.show_text(SHORT, "another cell")
    assert shown_below(sentence) == at_first


def test_a_wider_column_needs_fewer_lines(sentence: Sentence) -> None:
    sentence.show_text(LONG, "a cell")
    shown_below(sentence)
    wrapped = sentence.height()
    page = sentence.parentWidget()
    assert page is not None
    page.resize(900, 400)
    shown_below(sentence)
    assert sentence.height() < wrapped
    label = sentence.findChild(QLabel)
    assert isinstance(label, QLabel) and label.size() == sentence.size()


def test_a_counter_never_shortens_its_number(look: Look, qtbot: QtBot) -> None:
    counter = Counter(look, "Epoch", "0.00 / 5")
    counter.apply_theme(look.theme)
    qtbot.addWidget(counter)
    counter.show()
    for text in ("0.00 / 5", "99.37 / 100", "0.00 / 5"):
        counter.show_text(text)
        counter.adjustSize()
        assert counter.value.text() == text


def test_a_chip_loses_its_highlight_when_its_menu_closes(look: Look, show: Any) -> None:
    chip = Chip(look, "Network")
    show(chip, 120, 40)
    menu = QMenu(chip)
    chip.setMenu(menu)
    chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    QCursor.setPos(chip.mapToGlobal(QPoint(500, 500)))
    menu.aboutToHide.emit()
    assert not chip.underMouse()
