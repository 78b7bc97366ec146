"""A sketch: each stroke can be undone and made again, and so can clearing."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from visualizer.data.dataset import DataError
from visualizer.data.input.sketch import MOST_STEPS, Drawing, Sketch, Stroke


def line(number: int) -> Stroke:
    return Stroke(((0.1, number / 100, 1.0), (0.9, number / 100, 0.5)), 0.08)


def drawn(count: int) -> Sketch:
    sketch = Sketch(Drawing())
    for number in range(count):
        sketch = add(sketch, line(number))
    return sketch


def add(sketch: Sketch, stroke: Stroke) -> Sketch:
    return sketch.then(sketch.present.with_stroke(stroke), MOST_STEPS)


def test_each_stroke_can_be_undone_and_made_again() -> None:
    sketch = drawn(3)
    assert sketch.undo().present == drawn(2).present
    assert sketch.undo().undo().redo().redo() == sketch
    assert sketch.redo() is sketch
    assert Sketch(Drawing()).undo() == Sketch(Drawing())


def test_a_new_stroke_forgets_what_was_undone() -> None:
    sketch = add(drawn(3).undo(), line(9))
    assert sketch.redo() is sketch
    assert sketch.present.strokes == (line(0), line(1), line(9))


def test_clearing_can_be_undone_and_an_empty_pad_has_nothing_to_clear() -> None:
    sketch = drawn(2)
    assert sketch.then(Drawing()).undo().present == sketch.present
    assert Sketch(Drawing()).then(Drawing()) == Sketch(Drawing())


def test_fifty_steps_go_back_and_no_more() -> None:
    sketch = drawn(60)
    for _ in range(60):
        sketch = sketch.undo()
    assert sketch.present == drawn(10).present
    for _ in range(60):
        sketch = sketch.redo()
    assert sketch.present == drawn(60).present


def test_a_digit_under_the_strokes_goes_and_comes_back_with_them() -> None:
    pixels = np.arange(784, dtype=np.uint8).reshape(28, 28)
    sketch = add(drawn(2).then(Drawing(ground=pixels.tobytes())), line(7))
    assert sketch.present == Drawing((line(7),), pixels.tobytes())
    assert sketch.then(Drawing()).undo().present == sketch.present
    assert sketch.undo().undo().present == drawn(2).present


def test_a_drawing_comes_back_from_json_as_it_was() -> None:
    wiped = Stroke(((0.5, 0.5, 0.25),), 0.2, erases=True)
    for drawing in (Drawing(), Drawing((line(1), wiped), bytes(784))):
        assert Drawing.from_json(json.loads(json.dumps(drawing.to_json()))) == drawing


@pytest.mark.parametrize(
    "stored",
    [
        {},
        [],
        {"strokes": 3, "ground": ""},
        {"strokes": [], "ground": "00"},
        {"strokes": [], "ground": "no"},
        {"strokes": [{"points": [], "size": 0.1, "erases": False}], "ground": ""},
        {"strokes": [{"points": [[0, 0]], "size": 0.1, "erases": False}], "ground": ""},
        {"strokes": [{"points": [[0, 0, 1]], "size": 0, "erases": False}], "ground": ""},
        {"strokes": [{"points": [[0, "nan", 1]], "size": 0.1, "erases": False}], "ground": ""},
        {"strokes": [{"points": [[0, 1e9, 1]], "size": 0.1, "erases": False}], "ground": ""},
    ],
)
def test_what_is_no_drawing_is_refused(stored: Any) -> None:
    with pytest.raises(DataError, match="not a drawing"):
        Drawing.from_json(stored)
