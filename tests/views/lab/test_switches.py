"""On its stage the lab says what is tried; large switches change it, for the page, too."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from tests.views.lab.hand import press
from tests.views.painted import unreadable_in
from visualizer.core.lab.lab import BORDER, POOL, STRIDE
from visualizer.views.base.look import Look
from visualizer.views.lab.page import LabPage
from visualizer.views.lab.switches import LabSwitches
from visualizer.views.lab.view import LabView
from visualizer.views.window.window import MainWindow

PROJECTORS = [QSize(1366, 768), QSize(1024, 700), QSize(1920, 1080)]


@pytest.fixture
def page(window: MainWindow, look: Look) -> LabPage:
    look.set_present(True)
    window.resize(1366, 768)
    made = cast(LabPage, window.pages[1])
    window.show_page(made)
    window.open_stage(made.stages()[0])
    QApplication.processEvents()
    return made


@pytest.fixture
def switches(page: LabPage, window: MainWindow) -> LabSwitches:
    made = cast(LabView, window.stage.content).switches
    assert made is not None
    return made


def test_switches_change_what_is_tried_and_the_page_follows(
    switches: LabSwitches, page: LabPage
) -> None:
    model = page.model
    press(switches.operation, "max")
    assert model.states.present.operation == "max" and page.bar.operation.choice == "max"
    press(switches.operation, "convolution")
    press(switches.padding, "same")
    assert model.response.output is not None and model.response.output.shape == (5, 5)
    press(switches.stride, "3")
    assert model.response.output.shape == (2, 2) and page.settings.stride.pair == (3, 3)
    for _ in range(4):
        model.undo()
    assert not model.altered
    assert (switches.padding.choice, switches.stride.choice) == ("valid", "1")


def test_switches_are_pressed_from_the_keyboard(switches: LabSwitches, page: LabPage) -> None:
    buttons = {
        button.property("key"): button for button in switches.padding.findChildren(QToolButton)
    }
    buttons["valid"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(buttons["valid"], Qt.Key.Key_Right)
    assert page.model.states.present.padding == "same"


def test_the_keys_of_a_remote_stay_with_the_stage(switches: LabSwitches, page: LabPage) -> None:
    before = page.model.states
    button = switches.stride.findChildren(QToolButton)[0]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_2, Qt.Key.Key_O, Qt.Key.Key_A):
        QTest.keyClick(button, key)
    assert page.model.states is before


def test_the_name_of_the_preset_stands_there_and_whether_it_was_changed(
    switches: LabSwitches, page: LabPage
) -> None:
    assert switches.name.text() == BORDER
    press(switches.padding, "same")
    assert switches.name.text() == "Border effect (changed)"
    page.show_settings({"preset": STRIDE})
    assert (switches.name.text(), switches.stride.choice) == (STRIDE, "2")


def test_a_stride_that_has_no_switch_shows_none(switches: LabSwitches, page: LabPage) -> None:
    for stride in ("[2, 1]", "[7, 7]"):
        page.show_settings({"lab": f'{{"stride": {stride}}}'})
        assert switches.stride.choice == ""
    press(switches.stride, "2")
    assert switches.stride.choice == "2" and page.model.states.present.stride == (2, 2)


def test_beside_each_other_the_operations_are_not_switched(
    switches: LabSwitches, page: LabPage
) -> None:
    page.show_settings({"preset": POOL, "view": "beside"})
    assert not switches.isVisible()
    page.show_settings({"preset": POOL})
    assert switches.isVisible() and switches.name.text() == POOL


@pytest.mark.parametrize("size", PROJECTORS, ids=lambda size: f"{size.width()}")
def test_switches_are_read_from_the_back_row_and_nothing_is_cut(
    size: QSize, window: MainWindow, page: LabPage, switches: LabSwitches
) -> None:
    window.resize(size)
    least = 30 * min(size.width() / 1920, size.height() / 1080) - 1
    for name in page.model.preset_names():
        page.show_settings({"preset": name})
        for changed in (False, True):
            if changed:
                press(switches.stride, "3")
            QApplication.processEvents()
            assert unreadable_in(window.stage) == [], name
            assert switches.name.height() >= switches.name.heightForWidth(switches.name.width())
            for button in switches.findChildren(QAbstractButton):
                assert QFontInfo(button.font()).pixelSize() >= least
                assert button.height() >= 1.4 * least
