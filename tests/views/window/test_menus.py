"""The menus as one reads them: each thing once, in its place, by its name."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from tests.views.window.menus import menu_actions
from visualizer.session.session import Session
from visualizer.views.window.window import MainWindow


def entries(window: MainWindow) -> list[str]:
    """What can be read in the menus now."""
    shown = [action for action in menu_actions(window) if action.isVisible()]
    return [action.text().replace("&", "").removesuffix(" …") for action in shown]


def menu(window: MainWindow, title: str) -> QMenu:
    (found,) = (action.menu() for action in window.menuBar().actions() if action.text() == title)
    assert isinstance(found, QMenu)
    return found


def test_each_thing_stands_in_the_menus_once(window: MainWindow) -> None:
    for page in window.pages:
        window.show_page(page)
        words = [text.split()[0] for text in entries(window)]
        for word in ("Undo", "Redo", "Next", "Previous", "Random"):
            often = sum(text.split()[0] == word for text in entries(window) if "moment" not in text)
            assert often <= 1 + (word == "Next" and page is window.pages[0]), (page.title, word)
        twice = [text for text in entries(window) if entries(window).count(text) > 1]
        assert set(twice) == {"Read the talk"}, page.title  # in Help, too, for who is new here
        assert "Quit" in words


def test_a_menu_without_entries_is_not_there(window: MainWindow) -> None:
    follow = menu(window, "F&ollow").menuAction()
    assert follow.isVisible()
    window.show_page(window.pages[1])
    assert not follow.isVisible()
    window.show_page(window.pages[0])
    assert follow.isVisible()


def test_quit_is_the_last_of_its_menu(window: MainWindow) -> None:
    for page in window.pages:
        window.show_page(page)
        shown = [action for action in menu(window, "&File").actions() if action.isVisible()]
        assert shown[-1].text() == "&Quit" and shown[-2].isSeparator()


def test_layers_are_called_by_their_names(window: MainWindow, session: Session) -> None:
    for name in ("book", "dense"):
        session.choose_network(name)
        layers = [layer.name for layer in session.viewer.scene.network.layers]
        shown = [text for text in entries(window) if text in layers]
        assert shown == layers
        assert not any(text.startswith("Layer") for text in entries(window))
