"""Thirty scripted drawings: what they are taken for, with the centring and without it."""

from __future__ import annotations

from tests.views.input.draw.drawings import drawings
from visualizer.session.easel import Easel
from visualizer.session.session import Session

LEAST = 27


def test_most_drawings_are_recognised_wherever_they_stand(session: Session) -> None:
    model, easel = session.viewer.scene.model, Easel(session)
    right: dict[bool, list[int]] = {True: [], False: []}
    for digit, sketch in drawings():
        easel.show_sketch(sketch)
        for centring, found in right.items():
            easel.set_centring(centring)
            if model.trace(easel.pixels).probabilities.argmax() == digit:
                found.append(digit)
    said = f"of 30, with centring {right[True]}, without {right[False]}"
    assert len(right[True]) >= LEAST, said
    assert len(right[False]) < len(right[True]), said


def test_there_are_three_drawings_of_each_digit() -> None:
    assert sorted(digit for digit, _ in drawings()) == sorted([*range(10)] * 3)
