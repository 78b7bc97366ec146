"""Picture: a widget or a part of it, taken away as the bytes of a PNG, SVG or PDF file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMarginsF, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QImage,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QRegion,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QPushButton, QScrollBar, QSlider, QToolButton, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.pixels import png_of
from visualizer.views.widgets.player import Player

FORMATS = ("png", "svg", "pdf")
SCALES = (1, 2, 4)
# What serves the pointer has no meaning on paper.
CONTROLS = (QPushButton, QToolButton, QScrollBar, QSlider, Player)
MARGIN = 12  # around a picture, in pixels at zoom 1
PIXELS_AN_INCH = 96


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A widget or a part of it, as a picture to be taken away.

    Attributes
    ----------
    title : str
        What it shows.
    widget : QWidget
    part : QRect or None
        The part of the widget; None: the whole of it.
    source : str
        Of which network and which digit it is; written below the title.
    """

    title: str
    widget: QWidget
    part: QRect | None = None
    source: str = ""

    @property
    def box(self) -> QRect:
        """The part of the widget that is taken."""
        return self.widget.rect() if self.part is None else self.part

    @property
    def formats(self) -> tuple[str, ...]:
        """The kinds of file it can be; a part is cut out, which a file of lines cannot say."""
        return FORMATS if self.part is None else FORMATS[:1]

    @property
    def name(self) -> str:
        """The title and the source as the name of a file, without a suffix."""
        words = re.findall(r"[a-z0-9_]+", f"{self.title} {self.source}".lower())
        return "-".join(words)[:80].rstrip("-") or "picture"

    @property
    def theme(self) -> Theme:
        """The theme of the widget or of the panel around it."""
        within: QWidget | None = self.widget
        while within is not None and not isinstance(within, Panel):
            within = within.parentWidget()
        return within.theme if within is not None else Theme()


@runtime_checkable
class HasPictures(Protocol):
    """A widget that has parts which are pictures of their own."""

    def picture_at(self, point: QPoint) -> Picture | None:
        """Return the part at a point of the widget."""


@dataclass(frozen=True, slots=True)
class PictureForm:
    """How a picture is to be taken away.

    Attributes
    ----------
    format : "png", "svg" or "pdf"
    scale : int
        Pixels of a PNG to one on the screen.
    light : bool
        Whether it is light, however the window is.
    titled : bool
        Whether title and source stand over it.
    controls : bool
        Whether buttons, boxes and sliders are painted, too.
    """

    format: str = "png"
    scale: int = 2
    light: bool = True
    titled: bool = True
    controls: bool = False


def size_of(picture: Picture, form: PictureForm) -> QSize:
    """Return the size of the file's picture, in its pixels."""
    size = _Sheet(picture, form).size
    return size * form.scale if form.format == "png" else size


def image_of(picture: Picture, look: Look, form: PictureForm) -> QImage:
    """Return a picture as an image; `look` is that of the window around it."""
    with look.of_picture(form.light):
        sheet = _Sheet(picture, form)
        image = QImage(sheet.size * form.scale, QImage.Format.Format_RGB32)
        image.fill(picture.theme.color("panel"))
        sheet.paint_on(image, form.scale)
        return image


def file_of(picture: Picture, look: Look, form: PictureForm) -> bytes:
    """Return a picture as the bytes of a file."""
    if form.format == "png":
        return png_of(image_of(picture, look, form))
    with look.of_picture(form.light):
        sheet = _Sheet(picture, form)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        make: Callable[[QBuffer, QSize, str], QPaintDevice]
        make = _svg if form.format == "svg" else _pdf
        sheet.paint_on(make(buffer, sheet.size, picture.title), 1)
        return bytes(buffer.data().data())


def _svg(buffer: QBuffer, size: QSize, title: str) -> QPaintDevice:
    device = QSvgGenerator()
    device.setOutputDevice(buffer)
    device.setResolution(PIXELS_AN_INCH)
    device.setSize(size)
    device.setViewBox(QRect(QPoint(0, 0), size))
    device.setTitle(title)
    device.setDescription("")
    return device


def _pdf(buffer: QBuffer, size: QSize, title: str) -> QPaintDevice:
    device = QPdfWriter(buffer)
    device.setResolution(PIXELS_AN_INCH)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    points = size.toSizeF() * (72 / PIXELS_AN_INCH)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    device.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", exact))
    device.setTitle(title)
    device.setCreator("Convnet Visualizer")
    return device


class _Sheet:
    """A picture with its title and its margin, ready to be painted."""

    def __init__(self, picture: Picture, form: PictureForm) -> None:
        self._picture, self._theme, self._form = picture, picture.theme, form
        theme, self._margin = self._theme, self._theme.px(MARGIN)
        lines = ((picture.title, "heading", True), (picture.source, "caption", False))
        self._lines = [
            (text, theme.font(role, bold)) for text, role, bold in lines if text and form.titled
        ]

    @property
    def size(self) -> QSize:
        box, margin = self._picture.box, self._margin
        words = (_width(text, font) for text, font in self._lines)
        return QSize(max(box.width(), *words, 0) + 2 * margin, self._top + box.height() + margin)

    @property
    def _top(self) -> int:
        """Where the widget begins: below the words."""
        high = sum(QFontMetrics(font).height() for _, font in self._lines)
        return self._margin + (high + self._margin // 2 if high else 0)

    def paint_on(self, device: QPaintDevice, scale: int) -> None:
        """Paint the words, and below them the widget without its controls."""
        painter = QPainter(device)
        painter.scale(scale, scale)
        painter.fillRect(QRect(QPoint(0, 0), self.size), self._theme.color("panel"))
        down = self._margin
        for (text, font), color in zip(self._lines, ("ink", "soft_ink"), strict=False):
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            high = QFontMetrics(font).height()
            line = QRect(self._margin, down, _width(text, font), high)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            down += high
        painter.translate(self._margin, self._top)
        try:
            render(self._picture, painter, self._form.controls)
        finally:
            painter.end()


def render(picture: Picture, painter: QPainter, controls: bool = False) -> None:
    """Paint a widget or a part of it as it is, with or without its controls."""
    widget, flags = picture.widget, QWidget.RenderFlag.DrawChildren
    unpainted = _Unpainted(widget if not controls else QWidget())
    try:
        widget.render(painter, QPoint(0, 0), QRegion(picture.box), flags)
    finally:
        unpainted.end()


def _width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text) + 2


class _Unpainted(Guarded, QObject):
    """Keeps the controls on a widget from being painted; room and focus stay as they are."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._controls = [each for each in widget.findChildren(QWidget) if is_control(each)]
        for control in self._controls:
            control.installEventFilter(self)

    def end(self) -> None:
        """Let them be painted again."""
        for control in self._controls:
            control.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.Paint


def is_control(widget: QWidget) -> bool:
    """Return whether a widget, or the one that it is a part of, serves the pointer alone.

    A box and the chosen one of joined buttons say what is shown, and stay.
    """
    within: QWidget | None = widget
    while within is not None:
        if isinstance(within, CONTROLS):
            return not (isinstance(within, QToolButton) and _is_chosen(within))
        within = within.parentWidget()
    return False


def _is_chosen(button: QToolButton) -> bool:
    return button.isChecked() and bool(button.text())
