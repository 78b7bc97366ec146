"""Rows and columns: what they hold, how they follow the zoom, and when they go."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, column, held, row, sized
from visualizer.views.base.look import Look, StageLook


def test_parts_are_widgets_layouts_and_stretches(look: Look, show: Any) -> None:
    left, middle, right, below = (QWidget() for _ in range(4))
    under = QLabel("under")
    page = held(
        column(
            look,
            (row(look, left, 1, (middle, 3), (right, 2), spacing=0), 1),
            (under, Qt.AlignmentFlag.AlignRight),
            below,
            spacing=0,
        ),
        "page",
    )
    sized(look, left, width=40)
    sized(look, below, height=30)
    show(page, 640, 200)
    assert page.objectName() == "page"
    assert left.geometry().left() == 0 and left.width() == 40
    assert middle.geometry().left() == 140 and middle.width() == 300 and right.width() == 200
    assert under.geometry().right() == 639 and under.width() < 100
    assert below.height() == 30 and below.geometry().bottom() == 199


def test_sizes_follow_the_zoom(look: Look) -> None:
    thin = sized(look, QWidget(), width=30, height=0.1)
    wide = sized(look, QWidget(), least_width=50, least_height=20)
    inner = row(look, thin, wide)
    outer = column(look, inner, spacing=8, margins=(1, 2, 3, 4))
    page = held(outer)
    assert (outer.spacing(), inner.spacing(), thin.width()) == (8, 8, 30)
    look.set_zoom(2.0)
    assert (outer.spacing(), inner.spacing()) == (16, 16), "without a spacing, that around"
    assert outer.contentsMargins() == QMargins(2, 4, 6, 8)
    assert inner.contentsMargins() == QMargins(0, 0, 0, 0)
    assert thin.minimumSize() == thin.maximumSize() and thin.minimumSize().toTuple() == (60, 1)
    assert wide.minimumSize().toTuple() == (100, 40) and wide.maximumWidth() > 1000
    outer.space(0, (5, 0))
    assert outer.spacing() == 0 and outer.contentsMargins() == QMargins(10, 0, 10, 0)
    look.set_zoom(1.0)
    assert outer.contentsMargins() == QMargins(5, 0, 5, 0)
    page.deleteLater()


def test_a_grid_follows_the_zoom(look: Look) -> None:
    names = [[label("a"), label("b")], [label("c"), label("d")]]
    grid = Grid(look, *names, across=10, down=0, margins=(0, 3))
    page = held(grid)
    look.set_zoom(2.0)
    assert grid.itemAtPosition(1, 0).widget() is names[1][0]
    assert (grid.horizontalSpacing(), grid.verticalSpacing()) == (20, 0)
    assert grid.contentsMargins() == QMargins(0, 6, 0, 6)
    page.deleteLater()


def test_layouts_are_spaced_before_panels_are_dressed_and_rest_in_the_dark(look: Look) -> None:
    line = row(look, spacing=8)
    page, seen, zoomed = held(line), [], []
    look.changed.connect(lambda theme: seen.append(line.spacing()))
    look.zoomed.connect(zoomed.append)
    look.set_zoom(2.0)
    look.set_dark(True)
    assert seen == [16, 16] and len(zoomed) == 1
    page.deleteLater()


def test_a_layout_on_the_stage_follows_its_room(look: Look) -> None:
    stage = StageLook(look)
    line = row(stage, spacing=10)
    page = held(line)
    before = line.spacing()
    stage.fit(stage._room * 2)
    assert line.spacing() == 2 * before
    page.deleteLater()


def test_a_layout_goes_with_its_widget(look: Look, qapp: QApplication) -> None:
    inner = row(look, sized(look, QWidget(), width=4))
    outer = column(look, inner)
    gone = [weakref.ref(inner), weakref.ref(outer)]
    page = held(outer)
    del inner, outer
    gc.collect()
    assert all(ref() is not None for ref in gone), "they live as long as the widget"
    page.deleteLater()
    del page
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert all(ref() is None for ref in gone)
    look.set_zoom(2.0)


def test_a_sized_widget_that_nobody_keeps_goes_at_once(look: Look) -> None:
    widget = sized(look, held(row(look, label("a"))), width=30)
    gone = weakref.ref(widget)
    del widget
    assert gone() is None
    look.set_zoom(2.0)
