"""What a page is: its name and icon, its actions and keys, its figures, its layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.widgets.controls import IconButton

ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page ↑", "PgDown": "Page ↓"}


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """Something that can be done: it is an entry of a menu, a key, perhaps a button.

    Attributes
    ----------
    text : str
        The entry of the menu, with an & before the letter that chooses it.
    act : callable
        Gets whether it is now on, where it is a switch; else nothing.
    keys : tuple of str
        Key sequences as Qt spells them.
    menu : str
        The menu that it stands in.
    explain : str
        What it does, for the sheet of keys; empty: as the text says.
    button : IconButton or None
        Does the same; its tool tip names the key.
    checked : callable or None
        Whether it is on, where it is a switch.
    available : callable or None
        Whether it has a meaning now.
    named : callable or None
        Its text as it is now, where that changes.
    separated : bool
        A line stands above it in the menu.
    last : bool
        It stands at the end of its menu, below what the pages add.
    repeats : bool
        Whether it is done again and again while its key is held.
    listed : bool
        Whether it stands in the list of keys; where many are alike, a Hint says it for all.
    """

    text: str
    act: Callable[..., object]
    _: KW_ONLY
    keys: tuple[str, ...] = ()
    menu: str = ""
    explain: str = ""
    button: IconButton | None = None
    checked: Callable[[], bool] | None = None
    available: Callable[[], bool] | None = None
    named: Callable[[], str] | None = None
    separated: bool = False
    last: bool = False
    repeats: bool = True
    listed: bool = True

    @property
    def plain_text(self) -> str:
        return self.text.replace("&", "").removesuffix(" …")

    @property
    def key_text(self) -> str:
        """The first key as it is printed: Ctrl+Shift+C, Alt+←."""
        return key_text(self.keys[0]) if self.keys else ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the pointer, or a key on a focused panel, does."""

    keys: str
    explain: str


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A panel's form for the whole window.

    Attributes
    ----------
    title : str
        What one sees on it.
    panel : QWidget
        The panel on the page; with the keyboard in it, this is the stage that the key opens.
    heading : QWidget or None
        The panel's title: a double click on it opens the stage.
    button : IconButton or None
        At the panel's corner, where it has one; opens it too.
    make : callable
        Makes the form, dressed by the look that it is given.
    available : callable or None
        Whether it has something to show now; without it, it always has.
    by_layer : bool
        Whether it shows the selected layer.
    """

    title: str
    panel: QWidget
    _: KW_ONLY
    make: Callable[[Look], QWidget]
    heading: QWidget | None = None
    button: IconButton | None = None
    available: Callable[[], bool] | None = None
    by_layer: bool = False

    @property
    def name(self) -> str:
        """The title as part of a file's name."""
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))


def key_text(key: str) -> str:
    """A key sequence as it is printed."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    *modifiers, last = text.split("+") if not text.endswith("+") else [*text[:-2].split("+"), "+"]
    names = {"Return": "Enter", "-": "−", **ARROWS}
    return "+".join([*modifiers, names.get(last, last)])


class Page(ScenePanel):
    """One page of the window. The shell knows of it what stands here, and nothing more.

    Attributes
    ----------
    title, icon : str
        What the rail shows.
    hints : tuple of Hint
    home : QWidget
        What has the keyboard where nothing else was given it.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    hints: ClassVar[tuple[Hint, ...]] = ()

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.session = session
        self.home: QWidget = self
        self.setObjectName("page")

    def show_scene(self, old: Scene, new: Scene) -> None:
        """Pages draw by their panels."""

    def actions_here(self) -> Sequence[Action]:
        """What can be done on this page; its keys rest while another page is in view."""
        return ()

    def stages(self) -> Sequence[Stage]:
        """The panels that can take the whole window, in the order in which they are told."""
        return ()

    def go_back(self) -> bool:
        """Esc: one step back; False where there is none."""
        return False

    def remark(self) -> tuple[str, ...]:
        """What is to be seen in what the page shows, in ever fewer words; or nothing."""
        return ()

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        """Every picture for the documentation: a file's name, and the widget as it now is."""
        raise NotImplementedError

    def layout_state(self) -> str:
        """How the user has shared the room among the panels, as text; empty where never."""
        return ""

    def restore_layout(self, state: str) -> None:
        """Share the room so again; a text that is not of this page changes nothing."""
