"""What a stop of a talk says of Inspect, and choices on a stage that the page then has, too."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from visualizer.session.choices import CurvesShown, MapsShown
from visualizer.session.session import Session
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.inspect.page import InspectPage
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.page import Stage
from visualizer.views.position.stage.stage import NumberStage
from visualizer.views.widgets.controls import Segments
from visualizer.views.window.window import MainWindow

STOP = {
    "tab": "filter",
    "values": "pre-activation",
    "scale": "map",
    "order": "response",
    "sums": "channel",
    "smoothing": "0.25",
    "log": "loss",
    "numbers": "yes",
    "wear": "noise",
    "seed": "7",
}


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    return cast(InspectPage, window.pages[0])


def press(choices: Segments, key: str) -> None:
    buttons = {button.property("key"): button for button in choices.findChildren(QToolButton)}
    buttons[key].click()


def stage_called(page: InspectPage, title: str) -> Stage:
    return next(stage for stage in page.stages() if stage.title == title)


def test_a_stop_is_shown_as_it_says_and_read_back_alike(page: InspectPage) -> None:
    assert page.shown_settings() == {}
    page.show_settings(STOP)
    assert page.shown_settings() == STOP
    QApplication.processEvents()
    assert page.side.tab == "filter"
    assert (page.maps.values.choice, page.maps.ranges.choice) == ("pre-activation", "map")
    assert page.maps.order.entries["response"].isChecked()
    assert page.curves.smoothing.strength == 0.25
    assert page.curves.loss.plot.log and not page.curves.accuracy.plot.log
    page.show_settings({})
    assert page.shown_settings() == {}


@pytest.mark.parametrize("name", STOP)
def test_each_setting_stands_for_itself(name: str, page: InspectPage) -> None:
    page.show_settings({name: STOP[name]})
    assert page.shown_settings() == {name: STOP[name]}
    page.show_settings(page.shown_settings())
    assert page.shown_settings() == {name: STOP[name]}


@pytest.mark.parametrize("name", [*STOP, "colour"])
def test_a_wrong_stop_changes_nothing(name: str, page: InspectPage) -> None:
    page.show_settings(STOP)
    with pytest.raises(ValueError, match=f"“{name}”"):
        page.show_settings({"tab": "position", name: "sideways"})
    assert page.shown_settings() == STOP


def test_what_is_chosen_on_the_stage_of_the_maps_is_seen_on_the_page(
    window: MainWindow, page: InspectPage, session: Session
) -> None:
    window.open_stage(stage_called(page, "Feature maps"))
    stage = cast(MapsPanel, window.stage.content)
    QApplication.processEvents()
    press(stage.values, "pre-activation")
    press(stage.ranges, "network")
    stage.order.entries["response"].trigger()
    assert session.maps_shown.now == MapsShown("pre-activation", "network", "response")
    window.close_stage()
    QApplication.processEvents()
    assert (page.maps.values.choice, page.maps.ranges.choice) == ("pre-activation", "network")
    assert page.maps.order.entries["response"].isChecked()
    assert page.maps.colour_bar.labels[0][0] < 0  # signed values


def test_what_is_chosen_on_the_stage_of_the_curves_is_seen_on_the_page(
    window: MainWindow, page: InspectPage, session: Session
) -> None:
    window.open_stage(stage_called(page, "Loss and accuracy"))
    stage = cast(CurvesPanel, window.stage.content)
    QApplication.processEvents()
    stage.loss.header.log.click()
    stage.smoothing.setValue(3)
    assert session.curves_shown.now == CurvesShown(0.15, frozenset({"loss"}))
    window.close_stage()
    page.curves.refresh()
    assert page.curves.loss.plot.log and page.curves.smoothing.strength == 0.15
    page.curves.loss.header.log.click()
    assert not page.curves.loss.plot.log and session.curves_shown.now.log == frozenset()


def test_the_order_of_the_channels_is_that_of_the_page(
    window: MainWindow, page: InspectPage, session: Session
) -> None:
    session.viewer.select_layer(2)
    page.show_settings({"sums": "channel"})
    assert page.position.conv.order == list(range(32))
    window.open_stage(stage_called(page, "One number, whole"))
    stage = cast(NumberStage, window.stage.content)
    QApplication.processEvents()
    assert stage.orders.choice == "channel"
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_C)
    window.close_stage()
    QApplication.processEvents()
    assert page.position.conv.orders.choice == "size"
    assert page.position.conv.order != list(range(32))
