"""The parts of a page: its name and icon, its actions and keys, its figures, its layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Protocol, runtime_checkable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from visualizer.core.talk.settings import Settings
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.picture import Picture

ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page ↑", "PgDown": "Page ↓"}


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A command: a menu entry, a key, perhaps a button.

    Attributes
    ----------
    text : str
        The entry of the menu, with an & before the letter that chooses it.
    act : callable
        Called when the command is chosen; a switch passes its new state.
    keys : tuple of str
        Key sequences as Qt spells them.
    menu : str
        The menu of the entry.
    explain : str
        Text for the list of keys; empty: the text of the entry.
    button : IconButton or None
        Does the same as the command; its tool tip names the key.
    checked : callable or None
        For a switch: returns whether it is on.
    available : callable or None
        Returns whether the command makes sense now.
    named : callable or None
        Returns the present text, where the text changes.
    separated : bool
        Whether a line stands above the entry.
    last : bool
        Whether the entry stands at the end of its menu, below the entries of the pages.
    repeats : bool
        Whether a held key repeats the command.
    listed : bool
        Whether the list of keys has it; many similar commands share one Hint instead.
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
        """The first key as a text: Ctrl+Shift+C, Alt+←."""
        return key_text(self.keys[0]) if self.keys else ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A line of the list of keys: what the pointer, or a key on a focused panel, does."""

    keys: str
    explain: str


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A panel's form for the whole window.

    Attributes
    ----------
    title : str
        Name of what the stage shows.
    panel : QWidget
        The panel on the page; while it has the keyboard, the key F11 opens this stage.
    heading : QWidget or None
        The panel's title; a double click on the title opens the stage.
    button : IconButton or None
        The button at the panel's corner that opens the stage, if there is one.
    make : callable
        Makes the form from a look.
    available : callable or None
        Returns whether the stage can be shown now; None: always.
    by_layer : bool
        Whether the stage shows the selected layer.
    tells_run : bool
        Whether the form itself says how far the run is.
    key : str
        The key that the button's tool tip names.
    film : callable or None
        Makes the form from a look and any viewer, for a moving picture; None: it needs more.
    sample : callable or None
        Returns a context with something in view to take a picture of; None: what is in view.
    """

    title: str
    panel: QWidget
    _: KW_ONLY
    make: Callable[[Look], QWidget]
    heading: QWidget | None = None
    button: IconButton | None = None
    available: Callable[[], bool] | None = None
    by_layer: bool = False
    tells_run: bool = False
    key: str = "F11"
    film: Callable[[Look, Viewer], QWidget] | None = None
    sample: Callable[[], AbstractContextManager[None]] | None = None

    @property
    def name(self) -> str:
        """The title as part of a file's name."""
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))


@runtime_checkable
class Plays(Protocol):
    """A stage that has something of its own to begin."""

    def play(self) -> None:
        """Begin it, where it has not begun yet."""


def key_text(key: str) -> str:
    """Return a key sequence as it is printed."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    *modifiers, last = text.split("+") if not text.endswith("+") else [*text[:-2].split("+"), "+"]
    names = {"Return": "Enter", "-": "−", **ARROWS}
    return "+".join([*modifiers, names.get(last, last)])


class Page(ScenePanel):
    """One page of the window; the window uses only the members below.

    Attributes
    ----------
    title, icon : str
        Shown on the rail.
    hints : tuple of Hint
    home : QWidget
        Has the keyboard where no other widget was given it.
    detour : callable
        Goes from the stage on show to a stage of the page or, if that is on show, back to the one
        before it where that is asked for; returns whether it went. The window sets it.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    hints: ClassVar[tuple[Hint, ...]] = ()

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.session = session
        self.home: QWidget = self
        self.detour: Callable[[Stage, bool], bool] = lambda stage, back: False
        self.setObjectName("page")

    def show_scene(self, old: Scene, new: Scene) -> None:
        """Do nothing: the panels of a page draw themselves."""

    def actions_here(self) -> Sequence[Action]:
        """Return the page's commands; their keys work only while the page is in view."""
        return ()

    def stages(self) -> Sequence[Stage]:
        """Return the panels that can take the whole window, in the order of a lecture."""
        return ()

    def pictures(self) -> Sequence[Picture]:
        """Return the panels that can be taken away as pictures."""
        panels = {stage.panel: stage.title for stage in reversed(self.stages())}
        return [Picture(title, panel) for panel, title in reversed(panels.items())]

    def picture_source(self) -> str:
        """Return the words under the title of a picture: of what it is; or nothing."""
        return ""

    def go_back(self) -> bool:
        """Go one step back, as Esc does; return False where there is no step."""
        return False

    def remark(self) -> tuple[str, ...]:
        """Return a remark on what the page shows, in ever shorter forms; or nothing."""
        return ()

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        """Yield every picture for the documentation: a file's name, and the widget to grab now."""
        raise NotImplementedError

    def shown_settings(self) -> dict[str, str]:
        """Return what the page shows beyond the scene, as a stop of a talk keeps it."""
        return {}

    def show_settings(self, settings: Mapping[str, str]) -> None:
        """Show what a stop of a talk says; what it does not say has its first value.

        Raises
        ------
        ValueError
            A setting or a value is not known; one sentence, and nothing has changed.
        """
        Settings(self.title, settings, ())

    def layout_state(self) -> str:
        """Return the panel sizes that the user chose, as text; empty where none were chosen."""
        return ""

    def restore_layout(self, state: str) -> None:
        """Restore saved panel sizes; ignore a text that is not of this page."""
