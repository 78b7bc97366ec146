"""The guide's window: every page opens, links and the search lead on, keys are those there are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from pytestqt.qtbot import QtBot

from tests.views.window.menus import action_named
from visualizer.views.base.look import Look
from visualizer.views.window.guide.pages import KEYS, ORDER, START
from visualizer.views.window.guide.view import GuideView
from visualizer.views.window.guide.window import GuideWindow
from visualizer.views.window.window import MainWindow

PICTURE = chr(0xFFFC)


@pytest.fixture
def guide(window: MainWindow, qtbot: QtBot) -> GuideWindow:
    action_named(window, "Guide").trigger()
    made = window.commands.guide.guide
    qtbot.waitExposed(made)
    return made


def said(guide: GuideWindow) -> str:
    return guide.view.toPlainText()


def listed(guide: GuideWindow) -> list[str]:
    items = [guide.pages.item(row) for row in range(guide.pages.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_the_menu_opens_the_first_page_and_escape_closes(guide: GuideWindow, qtbot: QtBot) -> None:
    assert guide.name == START and guide.isVisible()
    assert guide.windowTitle() == "Guide: Start"
    assert len(listed(guide)) == len(ORDER)
    for part in (guide.view, guide.search, guide.pages):
        guide.open_page()
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Escape)
        assert not guide.isVisible()


@pytest.mark.parametrize("name", ORDER)
def test_every_page_opens_with_its_pictures(name: str, guide: GuideWindow) -> None:
    guide.follow(f"{name}.md")
    assert guide.pages.currentItem().text() in said(guide)
    assert "](" not in said(guide) and "<!--" not in said(guide)
    document = guide.view.document()
    block = document.begin()
    while block.isValid():
        if PICTURE in block.text():
            assert document.documentLayout().blockBoundingRect(block).height() > 100
        block = block.next()


def test_the_list_links_and_the_way_back(guide: GuideWindow, qtbot: QtBot) -> None:
    assert not guide.back.isEnabled()
    guide.pages.itemActivated.emit(guide.pages.item(ORDER.index("lab")))
    guide.view.anchorClicked.emit(QUrl("commands.md#filters"))
    assert guide.name == "commands"
    assert guide.view.verticalScrollBar().value() > 0
    guide.back.click()
    assert guide.name == "lab"
    guide.go_back()
    assert guide.name == START and not guide.back.isEnabled()
    guide.go_back()
    guide.forward.click()
    assert guide.name == "lab" and guide.forward.isEnabled()
    guide.follow("editor.md")
    assert not guide.forward.isEnabled()


def test_nothing_comes_from_outside(guide: GuideWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    guide.view.anchorClicked.emit(QUrl("https://keras.io/"))
    guide.view.anchorClicked.emit(QUrl("file:///etc/hosts"))
    guide.view.anchorClicked.emit(QUrl("../../main.py"))
    assert opened == ["https://keras.io/"]
    assert guide.name == START
    picture, page = (
        QTextDocument.ResourceType.ImageResource,
        QTextDocument.ResourceType.HtmlResource,
    )
    for kind, url in ((picture, "https://x.org/a.svg"), (page, "lab.md"), (page, "/etc/hosts")):
        assert guide.view.loadResource(kind.value, QUrl(url)) is None


def test_a_picture_that_is_missing_is_left_out(look: Look, show: object) -> None:
    view = GuideView(look)
    show(view)
    view.show_text("# A\n\n![b](../screenshots/no-such.png)\n\nc\n")
    assert "c" in view.toPlainText()


def test_the_search_finds_words_on_all_pages(guide: GuideWindow) -> None:
    guide.search.setText("RECEPTIVE field")
    assert 1 < len(listed(guide)) < len(ORDER)
    assert all(text.endswith(")") for text in listed(guide))
    gone_through = set()
    for _ in range(40):
        guide.next_place()
        gone_through.add(guide.name)
        assert {word.lower() for word in guide.view.marked} <= {"receptive", "field"}
    assert len(gone_through) == len(listed(guide)), (
        "Enter goes through all pages that have the words"
    )
    guide.search.setText("no such words anywhere")
    assert listed(guide) == [] and guide.found.whole == "No page has these words."
    guide.next_place()
    guide.search.clear()
    assert len(listed(guide)) == len(ORDER) and guide.view.marked == []


def test_f1_opens_the_page_of_keys_ready_to_be_searched(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    guide = window.commands.guide.guide
    qtbot.waitUntil(guide.isActiveWindow)
    assert guide.name == KEYS
    assert guide.focusWidget() is guide.search
    guide.follow("lab.md")
    qtbot.keyClick(guide, Qt.Key.Key_F1)
    assert guide.name == KEYS


def test_keys_of_the_window_work_in_the_guide(guide: GuideWindow, look: Look, qtbot: QtBot) -> None:
    qtbot.waitUntil(guide.isActiveWindow)
    guide.view.setFocus()
    qtbot.keyClick(guide.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.focusWidget() is guide.search
    guide.follow("lab.md")
    qtbot.keyClick(guide.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.name == START
    before = guide.view.document().defaultFont().pixelSize()
    qtbot.keyClick(guide.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.zoom > 1
    assert guide.view.document().defaultFont().pixelSize() > before


def test_the_guide_follows_the_look(guide: GuideWindow, look: Look) -> None:
    look.set_dark(True)
    assert guide.view.palette().base().color() == look.theme.color("panel")
    guide.follow("lab.md")
    look.set_zoom(3.0)
    guide.resize(700, 500)
    assert not guide.pages.isVisible(), "the page has the room where there is little"
    look.set_zoom(1.0)
    assert guide.pages.isVisible()
    assert guide.name == "lab"
