"""Rows and columns that follow the zoom of a look; sizes are written as they are at zoom 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget

from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme

Piece: TypeAlias = QWidget | QLayout
# A widget or layout, perhaps with its stretch or its place across; a number alone is a stretch.
Part: TypeAlias = Piece | int | tuple[Piece, int | Qt.AlignmentFlag]
# All four margins, those at the sides and those above and below, or left, top, right, bottom.
Margins: TypeAlias = float | tuple[float, float] | tuple[float, float, float, float]
Sized = TypeVar("Sized", bound=QWidget)


class PartsLayout(QBoxLayout):
    """A row or column of parts whose spacing and margins follow the zoom of a look."""

    def __init__(
        self,
        look: Look,
        direction: QBoxLayout.Direction,
        parts: Sequence[Part],
        spacing: float | None,
        margins: Margins,
    ) -> None:
        super().__init__(direction)
        self._look = look
        self.space(spacing, margins)
        self.add(*parts)
        look.zoomed.connect(self._scale)

    def add(self, *parts: Part) -> None:
        """Add parts at the end."""
        for part in parts:
            if isinstance(part, int):
                self.addStretch(part)
                continue
            piece, how = part if isinstance(part, tuple) else (part, 0)
            across = how if isinstance(how, Qt.AlignmentFlag) else Qt.AlignmentFlag(0)
            stretch = 0 if across else int(how)  # an alignment is a number, too
            if isinstance(piece, QWidget):
                self.addWidget(piece, stretch, across)
            else:
                self.addLayout(piece, stretch)
                piece.setAlignment(across)

    def space(self, spacing: float | None, margins: Margins = 0) -> None:
        """Take a spacing and margins in pixels at zoom 1.

        Without a spacing, take that of the layout around; the outermost takes the style's.
        """
        self._spacing, self._margins = spacing, margins
        self._scale(self._look.theme)

    def _scale(self, theme: Theme) -> None:
        if self._spacing is not None:
            self.setSpacing(_pixels(theme, self._spacing))
        self.setContentsMargins(*_sides(theme, self._margins))


class Grid(QGridLayout):
    """A grid of widgets whose spacing and margins follow the zoom of a look."""

    def __init__(
        self,
        look: Look,
        *rows: Sequence[QWidget],
        across: float = 0,
        down: float = 0,
        margins: Margins = 0,
    ) -> None:
        """Place widgets row by row, with pixels at zoom 1 between columns and between rows."""
        super().__init__()
        self._spacing, self._margins = (across, down), margins
        for at, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                self.addWidget(widget, at, column)
        look.zoomed.connect(self._scale)
        self._scale(look.theme)

    def _scale(self, theme: Theme) -> None:
        across, down = self._spacing
        self.setHorizontalSpacing(_pixels(theme, across))
        self.setVerticalSpacing(_pixels(theme, down))
        self.setContentsMargins(*_sides(theme, self._margins))


def _sides(theme: Theme, margins: Margins) -> list[int]:
    """Return the margins in pixels: left, top, right, bottom."""
    each = margins if isinstance(margins, tuple) else (margins, margins)
    return [_pixels(theme, margin) for margin in (each if len(each) == 4 else each * 2)]


def _pixels(theme: Theme, size: float) -> int:
    return theme.px(size) if size else 0


def row(
    look: Look, *parts: Part, spacing: float | None = None, margins: Margins = 0
) -> PartsLayout:
    """Return a layout of parts beside each other; without a spacing, with the one around."""
    return PartsLayout(look, QBoxLayout.Direction.LeftToRight, parts, spacing, margins)


def column(
    look: Look, *parts: Part, spacing: float | None = None, margins: Margins = 0
) -> PartsLayout:
    """Return a layout of parts below each other; without a spacing, with the one around."""
    return PartsLayout(look, QBoxLayout.Direction.TopToBottom, parts, spacing, margins)


def held(layout: QLayout, name: str = "") -> QWidget:
    """Return a plain widget that holds a layout."""
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


class _Size(QObject):
    """Fixed and least sizes of the widget that is its parent."""

    def __init__(self, look: Look, widget: QWidget, **sizes: float) -> None:
        super().__init__(widget)  # the parent alone is asked: a reference would keep it alive
        self._sizes = sizes
        look.zoomed.connect(self._scale)
        self._scale(look.theme)

    def _scale(self, theme: Theme) -> None:
        for name, size in self._sizes.items():
            if size:
                getattr(self.parent(), name)(theme.px(size))


def sized(
    look: Look,
    widget: Sized,
    *,
    width: float = 0,
    height: float = 0,
    least_width: float = 0,
    least_height: float = 0,
) -> Sized:
    """Give a widget fixed and least sizes that follow the zoom, in pixels at zoom 1; return it."""
    _Size(
        look,
        widget,
        setFixedWidth=width,
        setFixedHeight=height,
        setMinimumWidth=least_width,
        setMinimumHeight=least_height,
    )
    return widget
