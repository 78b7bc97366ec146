"""The entries of the View menu: the look, the screen, and the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from visualizer.views.base.look import Look
from visualizer.views.page import Action
from visualizer.views.window.rail import Rail
from visualizer.views.window.screen import Screen


def view_actions(
    window: QMainWindow,
    look: Look,
    *,
    rail: Rail,
    room: Screen,
    go_back: Callable[[], None],
    stage: Callable[[bool], None],
    on_stage: Callable[[], bool],
    blank: Callable[[], None],
    spotlight: Callable[[int], None],
) -> Sequence[Action]:
    """Return what the View menu offers on every page, in its order."""

    def in_front() -> bool:
        """Return whether the window is shown to others."""
        return look.theme.present or on_stage()

    in_view = partial(Action, menu="&View")
    pages = [
        in_view(
            f"Page: {page.title}",
            rail.button(page).click,
            keys=(f"Ctrl+{number}",),
            explain=f"the page {page.title}",
            button=rail.button(page),
            separated=number == 1,
        )
        for number, page in enumerate(rail.pages, start=1)
    ]
    return (
        in_view(
            "&Dark",
            look.set_dark,
            keys=("Ctrl+D",),
            explain="dark or light",
            checked=lambda: look.theme.palette.name == "dark",
        ),
        in_view("Reduce &motion", look.set_reduce_motion, checked=lambda: look.theme.reduce_motion),
        in_view(
            "St&age: one panel in the whole window",
            stage,
            keys=("F11",),
            explain="the focused panel in the whole window; a double click on a title, too",
            checked=on_stage,
            available=lambda: not look.theme.present,
        ),
        in_view(
            "&Full screen",
            room.set_full,
            keys=("Shift+F11",),
            explain="full screen",
            checked=window.isFullScreen,
        ),
        in_view(
            "&Blank screen",
            blank,
            keys=("B", "."),
            explain="a black screen until the next key (on the stage and in Present mode)",
            available=in_front,
        ),
        in_view(
            "Spot&light",
            partial(spotlight, Qt.Key.Key_L),
            keys=("L",),
            explain="held: a spotlight on what the pointer is at (where B blanks, too)",
            available=in_front,
            repeats=False,
        ),
        in_view("&Step back", go_back, keys=("Esc",), explain="one step back"),
        *pages,
        in_view(
            "&Larger",
            partial(look.zoom_by, 1),
            keys=("Ctrl++", "Ctrl+="),
            explain="everything larger",
            separated=True,
        ),
        in_view(
            "S&maller",
            partial(look.zoom_by, -1),
            keys=("Ctrl+-",),
            explain="everything smaller",
        ),
        in_view("100 %", partial(look.zoom_by, 0), keys=("Ctrl+0",), explain="everything at 100 %"),
    )
