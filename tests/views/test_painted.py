"""What tells whether painted words can be read tells it of words that cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.views.painted import unreadable_in, words_of
from visualizer.views.base.guard import Guarded
from visualizer.views.window.window import MainWindow

Paint = Callable[[QPainter], None]
MIDDLE, LEFT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Painting(Guarded, QWidget):
    """Paints what a test says, by itself or from a picture that it has made."""

    def __init__(self, paint: Paint, pictured: bool) -> None:
        super().__init__()
        self._paint, self._pictured = paint, pictured

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        if not self._pictured:
            self._paint(painter)
            return
        picture = QPixmap(self.size())
        picture.fill(Qt.GlobalColor.white)
        inner = QPainter(picture)
        self._paint(inner)
        inner.end()
        painter.drawPixmap(0, 0, picture)


@pytest.fixture(params=[False, True], ids=["on the widget", "on a picture"])
def said(show: Any, request: pytest.FixtureRequest) -> Callable[[Paint], list[str]]:
    """A function that paints on a widget of 200 × 100 in a window and says what is unreadable."""

    def said(paint: Paint) -> list[str]:
        around = QWidget()
        row = QVBoxLayout(around)
        row.setContentsMargins(10, 10, 10, 10)
        row.addWidget(Painting(paint, request.param))
        show(around, 220, 120)
        return unreadable_in(around)

    return said


def type_of(painter: QPainter) -> QFontMetricsF:
    font = QFont(painter.font())
    font.setPixelSize(16)
    painter.setFont(font)
    return QFontMetricsF(font)


def test_words_with_room_are_well(said: Callable[[Paint], list[str]]) -> None:
    def paint(painter: QPainter) -> None:
        type_of(painter)
        painter.drawText(QRectF(0, 0, 200, 30), MIDDLE, "kernel")
        painter.drawText(QRectF(0, 30, 200, 30), LEFT, "left")
        painter.drawText(QRectF(0, 30, 200, 30), RIGHT, "right")
        painter.drawText(QRectF(0, 60, 1, 1), MIDDLE, "")

    assert said(paint) == []


@pytest.mark.parametrize(
    ("box", "flags"),
    [
        (QRectF(0, 0, 30, 30), MIDDLE),
        (QRectF(0, 0, 30, 30), RIGHT),
        (QRectF(0, 0, 200, 8), MIDDLE),
        (QRectF(180, 0, 200, 30), LEFT),
        (QRectF(-20, 0, 200, 30), LEFT),
        (QRectF(0, 90, 200, 30), MIDDLE),
        (QRectF(0, -14, 200, 24), MIDDLE),
    ],
    ids=["narrow", "narrow at the right", "low", "right edge", "left edge", "below", "above"],
)
def test_a_word_that_is_cut_off_is_told(
    box: QRectF, flags: Any, said: Callable[[Paint], list[str]]
) -> None:
    def paint(painter: QPainter) -> None:
        type_of(painter)
        painter.drawText(box, flags, "receptive field")

    (told,) = said(paint)
    assert told.startswith("cut: 'receptive field' on")


def test_what_is_not_clipped_by_its_box_still_ends_at_the_widget(
    said: Callable[[Paint], list[str]],
) -> None:
    def paint(painter: QPainter) -> None:
        type_of(painter)
        free = MIDDLE | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(100, 0, 2, 2), free, "3")
        painter.drawText(QRectF(80, 40, 2, 20), free, "whole")
        painter.drawText(QRectF(195, 70, 2, 20), free, "wholly lost")

    assert [told.split("'")[1] for told in said(paint)] == ["3", "wholly lost"]


def test_a_painter_that_was_moved_is_followed(said: Callable[[Paint], list[str]]) -> None:
    def paint(painter: QPainter) -> None:
        type_of(painter)
        painter.translate(0, 95)
        painter.drawText(QRectF(0, 0, 200, 24), MIDDLE, "stride")

    assert len(said(paint)) == 1


def test_one_word_over_another_is_told(said: Callable[[Paint], list[str]]) -> None:
    def paint(painter: QPainter) -> None:
        type_of(painter)
        painter.drawText(QRectF(0, 10, 200, 24), MIDDLE, "0.662")
        painter.drawText(QRectF(0, 18, 200, 24), MIDDLE, "0.6")

    (told,) = said(paint)
    assert told.startswith("one over another: '0.662'")


def test_a_text_that_is_shortened_is_told(said: Callable[[Paint], list[str]]) -> None:
    def paint(painter: QPainter) -> None:
        metrics = type_of(painter)
        short = metrics.elidedText("pre-activation", Qt.TextElideMode.ElideRight, 60)
        painter.drawText(QRectF(0, 0, 200, 24), LEFT, short)

    (told,) = said(paint)
    assert told.startswith("'pre-activation' shortened to")


def test_every_kind_of_painted_word_of_the_window_is_seen(window: MainWindow) -> None:
    words, _ = words_of(window)
    texts = {word.text for word in words}
    assert {"conv2d_1", "(26, 26, 32)", "320", "maxpooling2d_2"} <= texts, "the strip's cards"
    assert {str(row) for row in range(10)} <= texts, "the answer's rows"
    assert {word.on.split()[0] for word in words} >= {
        *("a", "ColourBar", "DigitView", "Elided", "GridRow", "Probabilities"),
    }
    window.session.viewer.select_layer(7)
    assert {word.on.split()[0] for word in words_of(window)[0]} >= {"BarsView", "SumLines"}
    window.show_page(window.pages[1])
    window.settle()
    assert {word.on.split()[0] for word in words_of(window)[0]} >= {"LabGrid", "LabBoard", "LabSum"}


def test_painting_is_as_it_was_afterwards(window: MainWindow) -> None:
    before = QPainter.drawText, QFontMetricsF.elidedText
    words_of(window)
    assert (QPainter.drawText, QFontMetricsF.elidedText) == before
