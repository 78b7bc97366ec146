"""One zoom and one palette for the whole window, changed live."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.views.base.look import Look
from visualizer.views.base.theme import (
    DARK,
    DARK_PRESENT,
    LIGHT,
    LIGHT_PRESENT,
    PRESENT_ZOOM,
    ZOOM_STEPS,
    Theme,
)
from visualizer.views.window.window import MainWindow


def test_larger_and_smaller_go_through_the_steps(look: Look) -> None:
    for steps, ladder in ((1, ZOOM_STEPS), (-1, ZOOM_STEPS[::-1])):
        look.set_zoom(ladder[0])
        seen = [look.theme.zoom]
        for _ in range(len(ZOOM_STEPS) + 2):
            look.zoom_by(steps)
            if look.theme.zoom != seen[-1]:
                seen.append(look.theme.zoom)
        assert tuple(seen) == ladder


@pytest.mark.parametrize(("asked", "held"), [(0.1, 0.8), (1.33, 1.33), (9.0, 3.0)])
def test_any_zoom_is_held_in_its_range(asked: float, held: float, look: Look) -> None:
    look.set_zoom(asked)
    assert look.theme.zoom == held


def test_100_percent_again(look: Look) -> None:
    look.set_zoom(2.5)
    look.zoom_by(0)
    assert look.theme.zoom == 1.0


def test_present_mode_gives_the_zoom_back(look: Look) -> None:
    look.set_zoom(1.1)
    look.set_present(True)
    assert (look.theme.zoom, look.theme.present) == (PRESENT_ZOOM, True)
    look.zoom_by(1)
    look.zoom_by(0)
    assert look.theme.zoom == PRESENT_ZOOM
    look.set_present(False)
    assert (look.theme.zoom, look.theme.present) == (1.1, False)


def test_present_mode_is_light_until_it_is_made_dark(look: Look) -> None:
    look.set_dark(True)
    look.set_present(True)
    assert look.theme.palette is LIGHT_PRESENT
    look.set_dark(True)
    assert look.theme.palette is DARK_PRESENT
    look.set_present(False)
    assert look.theme.palette is DARK
    look.set_dark(False)
    look.set_present(True)
    assert look.theme.palette is DARK_PRESENT  # each choice is kept by itself
    assert (look.own_dark, look.present_dark) == (False, True)


def test_a_change_is_told_once_and_no_change_is_not(look: Look) -> None:
    told: list[Theme] = []
    look.changed.connect(told.append)
    look.set_dark(True)
    look.set_dark(True)
    look.set_present(False)
    look.set_zoom(1.0)
    assert told == [Theme(DARK, reduce_motion=True)]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_application_takes_the_palette(palette: object, look: Look) -> None:
    look.set_dark(palette is DARK)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().color(QPalette.ColorRole.Window) == look.theme.color("ground")
    assert app.palette().color(QPalette.ColorRole.Text) == look.theme.color("ink")


@pytest.mark.parametrize("zoom", [0.8, 1.0, PRESENT_ZOOM, 3.0])
@pytest.mark.parametrize("dark", [False, True])
def test_the_whole_window_follows(
    zoom: float, dark: bool, window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    window.resize(3840, 2160)
    before = window.pages[0].strip.minimumSizeHint().height()
    look.set_dark(dark)
    look.set_zoom(zoom)
    assert window.pages[0].strip.minimumSizeHint().height() == pytest.approx(before * zoom, abs=1)
    picture = window.grab().toImage()
    foot = window.rail.mapTo(window, window.rail.rect().bottomLeft()).y() - 1
    assert picture.pixelColor(2, foot) == look.theme.color("rail")
    assert picture.pixelColor(window.rail.width() + 2, foot) == look.theme.color("panel")
    font = window.pages[0].maps.readout.font()
    window.pages[0].maps.readout.ensurePolished()
    assert font.pixelSize() in (look.theme.px(12), look.theme.px(13))


def test_the_zoom_is_held_at_what_the_screen_has_room_for(look: Look) -> None:
    look.set_zoom(2.5)
    look.hold_zoom(1.4)
    assert (look.theme.zoom, look.own_zoom) == (1.4, 2.5)
    look.zoom_by(1)
    assert look.theme.zoom == 1.4
    look.hold_zoom(3.0)
    assert look.theme.zoom == 2.5
    look.set_present(True)
    look.hold_zoom(1.4)
    look.set_present(False)
    look.hold_zoom(3.0)
    assert look.theme.zoom == 2.5
