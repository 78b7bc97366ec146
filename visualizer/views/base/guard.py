"""Keep exceptions of overridden methods out of Qt: log, tell and show them.

On Python 3.11 an exception that leaves an overridden virtual method can end the process; on later
versions it vanishes without a trace. A Guarded class returns a plain value instead.
"""

from __future__ import annotations

import functools
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

log = logging.getLogger(__name__)

MOST_WORDS = 200
COVER = "broken"


@dataclass(frozen=True, slots=True)
class Failure:
    """An overridden method that raised: its class, its name, and the error."""

    owner: str
    method: str
    error: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.method}: {self.error}"


class Failures:
    """The errors raised in overridden methods; each kind is reported once."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str, str]] = set()
        self._listeners: list[Callable[[Failure], None]] = []

    def listen(self, listener: Callable[[Failure], None]) -> None:
        self._listeners.append(listener)

    def forget(self, listener: Callable[[Failure], None]) -> None:
        self._listeners.remove(listener)
        self._known.clear()

    def note(self, owner: object, method: str, error: Exception) -> Failure:
        """Log a failure with its traceback, and call the listeners at its first occurrence."""
        name = type(owner).__name__
        words = f"{type(error).__name__}: {error}"[:MOST_WORDS]
        failure = Failure(name, method, words)
        key = (name, method, type(error).__name__)
        if key not in self._known:
            self._known.add(key)
            log.error("%s.%s failed", name, method, exc_info=error)
            for listener in self._listeners:
                listener(failure)
        return failure


failures = Failures()


class Guarded:
    """Base of every class that overrides a virtual method of Qt; first among the bases."""

    _broken: ClassVar[dict[str, Failure]] = {}

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and is_override(cls, name):
                setattr(cls, name, _guarded(cls, name, method))


def is_override(cls: type, name: str) -> bool:
    """Return whether a Qt class among the bases has a method of this name."""
    if name.startswith("__"):
        return False
    return any(
        name in vars(base)
        for base in cls.__mro__
        if base.__module__.startswith(("PySide6", "Shib"))
    )


def _guarded(cls: type, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **keywords: Any) -> Any:
        try:
            result = method(self, *arguments, **keywords)
        except Exception as error:  # noqa: BLE001 - nothing may go on into Qt
            failure = failures.note(self, name, error)
            # A painter that the failed frames still hold would paint on past its event.
            traceback.clear_frames(error.__traceback__)
            self._broken = {**self._broken, name: failure}
            _soon(self)
            return _instead(cls, self, name, arguments)
        if name in self._broken:
            self._broken = {k: v for k, v in self._broken.items() if k != name}
            _soon(self)
        return result

    return call


def _instead(cls: type, owner: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    """Return what replaces a failed method's result: an event is handled; else Qt's own result."""
    if name == "event":
        return True
    if name == "eventFilter":
        return False
    if name.endswith("Event") or name == "paint":
        return None
    try:
        return getattr(super(cls, owner), name)(*arguments)
    except Exception:  # noqa: BLE001 - a pure virtual has no answer of its own
        return 0 if name == "rowCount" else None


def _soon(owner: object) -> None:
    """Cover or uncover a widget after its current event, which may be a paint event."""
    if isinstance(owner, QWidget) and isValid(owner):
        QTimer.singleShot(0, owner, functools.partial(_cover, owner))


def _cover(owner: Any) -> None:
    cover = owner.findChild(Cover, COVER, Qt.FindChildOption.FindDirectChildrenOnly)
    if not owner._broken:
        if cover is not None:
            cover.setParent(None)
            cover.deleteLater()
        return
    if cover is None:
        cover = Cover(owner)
    failure = next(iter(owner._broken.values()))
    cover.setText(f"This part cannot be shown.\n{failure.error}\nThe log has the details.")
    cover.setGeometry(owner.rect())
    cover.raise_()
    cover.show()


class Cover(Guarded, QLabel):
    """A label over a broken widget that says why; it goes when the widget works again."""

    def __init__(self, broken: QWidget) -> None:
        super().__init__(broken)
        self.setObjectName(COVER)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Filled by the style: an opaque widget would keep Qt from painting the one below again.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        broken.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False
