"""The keys 1 … 9 go to the layers on every keyboard, and signs stay signs."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.window import keys as digit_row
from visualizer.views.window.window import MainWindow

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
AZERTY = "&é\"'(-è_ç"
QWERTY_SHIFTED = "!@#$%^&*("


def typed(widget: QWidget, sign: str, place: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press the key of a digit's place, which types a sign, as Qt tells of it under X11."""
    code = digit_row.EVDEV[place]
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(sign.upper()), modifiers, code, ord(sign), 0, sign)
        event.setAccepted(kind != QEvent.Type.ShortcutOverride)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def maps(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    """What has the focus at the start, under X11."""
    monkeypatch.setattr(sys, "platform", "linux")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.pages[0].maps.maps


@pytest.mark.parametrize("layer", range(8))
def test_the_digit_row_of_azerty_selects_a_layer_without_shift(
    layer: int, maps: QWidget, session: Session
) -> None:
    session.viewer.select_layer((layer + 3) % 8)
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    typed(focused, AZERTY[layer], layer + 1)
    assert session.viewer.scene.selected.layer == layer


def test_the_digit_row_of_azerty_goes_to_a_page_with_control(
    maps: QWidget, window: MainWindow
) -> None:
    typed(maps, "é", 2, CONTROL)
    assert window.pages[1].isVisible()


@pytest.mark.parametrize("place", range(1, 10))
def test_the_signs_of_qwerty_select_nothing(place: int, maps: QWidget, session: Session) -> None:
    before = session.viewer.scene.selected
    typed(maps, QWERTY_SHIFTED[place - 1], place, SHIFT)
    assert session.viewer.scene.selected == before


@pytest.mark.parametrize(("sign", "code"), [("-", 20), ("'", 48)])
def test_a_sign_in_its_own_place_is_no_digit(
    sign: str, code: int, maps: QWidget, session: Session
) -> None:
    """On QWERTY - and ' are keys of their own, without Shift."""
    before = session.viewer.scene.selected
    event = QKeyEvent(QEvent.Type.KeyPress, ord(sign), NONE, code, 0, 0, sign)
    assert digit_row.as_digit(event) is None
    QApplication.sendEvent(maps, event)
    assert session.viewer.scene.selected == before


def test_a_text_field_gets_its_signs(
    maps: QWidget, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    before = session.viewer.scene.selected
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for layer, sign in enumerate(AZERTY):
        typed(field, sign, layer + 1)
    assert field.text() == AZERTY
    assert session.viewer.scene.selected == before


@pytest.mark.parametrize(
    ("platform", "place"), [("win32", digit_row.WINDOWS), ("darwin", digit_row.MACINTOSH)]
)
def test_every_system_has_its_own_name_for_the_keys(
    platform: str, place: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for number, sign in enumerate(AZERTY, 1):
        codes = (place[number], 0) if platform == "win32" else (1, place[number])
        event = QKeyEvent(QEvent.Type.KeyPress, ord(sign.upper()), NONE, *codes, 0, sign)
        digit = digit_row.as_digit(event)
        assert digit is not None and digit.toString() == str(number)
