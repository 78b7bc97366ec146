"""Receptive fields are drawn both ways: from a cell to the digit, and from a pixel to the cells."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint

from visualizer.core.network.geometry import Rect
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.window.window import MainWindow


def tinted(window: MainWindow, color: str, layer: int) -> int:
    """How many pixels of a layer's card have about this colour of the palette."""
    strip = window.pages[0].strip
    card = strip.card(layer).toRect()
    picture = strip.grab(card).toImage()
    wanted = window.look.theme.color(color)
    points = (QPoint(x, y) for x in range(picture.width()) for y in range(picture.height()))
    colors = (picture.pixelColor(point) for point in points)
    return sum(
        abs(own.hue() - wanted.hue()) < 6 and own.saturation() > 0.5 * wanted.saturation()
        for own in colors
    )


def test_the_field_of_the_cell_under_the_pointer_is_drawn_on_every_map_below_it(
    window: MainWindow, session: Session
) -> None:
    session.viewer.hover(Cell(4, 1, 1, 3))
    drawn = [tinted(window, "field", layer) > 0 for layer in range(6)]
    assert drawn == [True, True, True, True, False, False]


def test_a_pixel_lights_the_cells_that_see_it(
    window: MainWindow, session: Session, pointer: Any
) -> None:
    digit = window.pages[0].input.digit
    pointer.move(digit, digit.cells.on_screen(Rect.cell(13, 13)).center())
    assert session.viewer.scene.pointed == (13, 13)
    assert all(tinted(window, "field", layer) > 0 for layer in range(5))
    marks = [mark for mark in window.pages[0].maps.maps.outlines if mark.color == "field"]
    assert len(marks) == 32
    assert {mark.rect for mark in marks} == {session.viewer.scene.network.cells_seeing(13, 13)[0]}
    pointer.leave(digit)
    assert session.viewer.scene.pointed is None


def test_a_blind_pixel_lights_nothing_above_the_layer_that_loses_it(
    window: MainWindow, session: Session
) -> None:
    session.viewer.point((27, 27))
    lit = [not rect.empty for rect in session.viewer.scene.network.cells_seeing(27, 27)]
    drawn = [tinted(window, "field", layer) > 0 for layer in range(5)]
    assert drawn == lit[:5]
    assert not drawn[4]


@pytest.mark.parametrize("network", ["book", "same-padding"])
def test_the_blind_border_is_shown_with_its_reason(
    network: str, window: MainWindow, session: Session, look: Look
) -> None:
    session.choose_network(network)
    panel = window.pages[0].input
    assert panel.blind.isVisibleTo(panel) == (network == "book")
    panel.blind.setChecked(True)
    assert panel.reason.isVisibleTo(panel) == (network == "book")
    if network == "book":
        assert panel.reason.text() == (
            "The windows of maxpooling2d_2 do not reach the last 1 row and 1 column of its "
            "11 × 11 input: rows and columns 26–27 of the digit change no output."
        )


def test_following_to_a_pixel_marks_it_on_the_digit(window: MainWindow, session: Session) -> None:
    session.viewer.select(session.viewer.scene.strongest(0))
    window.pages[0].position.follow_main_term()
    assert session.viewer.scene.pixel is not None
    digit = window.pages[0].input.digit
    box = digit.cells.on_screen(Rect.cell(*session.viewer.scene.pixel)).toRect()
    picture = digit.grab(box.adjusted(-3, -3, 3, 3)).toImage()
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert window.look.theme.palette.selection in colors
