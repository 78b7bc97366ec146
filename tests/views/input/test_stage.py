"""The digit and its answer on the stage: the digit alone, and what the network says of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Show
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.input.stage import AnswerStage


@pytest.mark.parametrize("layer", [0, 2, 4])
def test_nothing_lies_over_the_digit(show: Show, look: Look, session: Session, layer: int) -> None:
    stage = AnswerStage(look, session.viewer, session.easel)
    show(stage, 1366, 700)
    session.viewer.select_layer(layer)
    QApplication.processEvents()
    picture, cells = stage.digit.grab().toImage(), stage.digit.cells
    digit = session.viewer.scene.digit
    for row in range(28):
        for column in range(28):
            box = cells.cell(row, column)
            for point in (box.center(), box.topLeft() + (box.center() - box.topLeft()) / 4):
                color = picture.pixelColor(point.toPoint())
                assert color.red() == color.green() == color.blue()  # ink, and no other colour
                assert color.red() == pytest.approx(255 - int(digit.pixels[row, column]), abs=3)
