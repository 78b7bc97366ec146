"""Where a stride exceeds its window only the pixels that are seen are marked, and words say so."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from visualizer.core.network.geometry import Lines, Rect
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.scene.scene import Digit, Model
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import first_scene
from visualizer.text.numbers import sees_text
from visualizer.training.initial import initial_weights
from visualizer.views.base.look import Look
from visualizer.views.maps.captions import describe, field_words
from visualizer.views.widgets.digit_view import DigitView

LAYERS = (Conv2D(1, (2, 2), (3, 3)), Conv2D(1, (2, 2)), Flatten(), Dense(10, "softmax"))
DIGIT = Digit(np.zeros((28, 28), np.uint8), 0, "test digit 0", 0)
SEEN = Lines((3, 4, 6, 7), (6, 7, 9, 10))


def test_gaps_are_said() -> None:
    assert sees_text(SEEN) == ("sees 16 pixels within 5 × 5", "sees 16 in 5 × 5")
    whole = "sees 16 pixels within rows 3–7, columns 6–10"
    assert field_words(SEEN) == (whole, "sees 16 pixels within 5 × 5")
    assert sees_text(Lines.within(Rect(0, 0, 3, 7))) == ("sees 3 × 7 pixels", "sees 3 × 7")
    network = Network.build("sparse", (28, 28, 1), LAYERS)
    model = Model(network, initial_weights(network, 0), "untrained")
    scene = first_scene(model, DIGIT)
    assert whole in describe(scene, Cell(1, 1, 2, 0))[0]


def test_only_pixels_that_are_seen_are_marked_on_the_digit(look: Look, qtbot: QtBot) -> None:
    view = DigitView(look, DIGIT)
    qtbot.addWidget(view)
    view.resize(400, 400)
    plain = view.grab().toImage()
    view.show_field(SEEN)
    marked = view.grab().toImage()
    changed = set()
    for row in range(28):
        for column in range(28):
            point = view.cells.cell(row, column).center().toPoint()
            if plain.pixelColor(point) != marked.pixelColor(point):
                changed.add((row, column))
    assert changed == {(row, column) for row in SEEN.rows for column in SEEN.columns}
