"""Handout: a talk as PDF, a stop a page, with its words."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from visualizer.core.talk.stop import Talk
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.widgets.picture import PIXELS_AN_INCH, Picture, render
from visualizer.views.window.stop_pictures import StopPictures

MILLIMETRES = 14  # around a page
CAPTION, WORDS, TITLE = 12, 17, 24  # pixels of letters, at 96 an inch
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class Handout:
    """The pages of a talk, painted one after the other; words are words, maps are pictures.

    Attributes
    ----------
    pictures : StopPictures
        The stages, on which each stop is shown and then painted.
    """

    def __init__(self, pictures: StopPictures, talk: Talk) -> None:
        self.pictures, self._talk = pictures, talk
        pictures.talking.strip.show_captions(False)
        self._theme = Theme(LIGHT)
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(PIXELS_AN_INCH)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        self._writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
        self._writer.setTitle(talk.title)
        self._writer.setCreator("Convnet Visualizer")
        self._painter: QPainter | None = None

    def __len__(self) -> int:
        return len(self._talk.stops)

    def show(self, at: int) -> None:
        """Show a stop; what is computed for it may come later."""
        self.pictures.show_stop(at)

    def rests(self) -> bool:
        """Look whether the stop is whole, so that it can be painted."""
        return self.pictures.rests()

    def paint(self, at: int) -> None:
        """Paint the stop that is shown on a page of its own."""
        if self._painter is None:
            self._painter = QPainter(self._writer)
        else:
            self._writer.newPage()
        painter, talk = self._painter, self._talk
        edge = round(MILLIMETRES / 25.4 * PIXELS_AN_INCH)
        page = QRect(0, 0, self._writer.width(), self._writer.height())
        page = page.adjusted(edge, edge, -edge, -edge)
        stop, (number, chapter) = talk.stops[at], talk.chapter_of(at)
        self._pen(CAPTION, "soft_ink")
        head = page.adjusted(0, 0, 0, CAPTION + 6 - page.height())
        painter.drawText(head, LEFT, f"{number}  {chapter}" if chapter else talk.title)
        painter.drawText(head, RIGHT, f"{at + 1} of {len(talk.stops)}")
        self._pen(TITLE, "ink", bold=True)
        title = QRect(page.left(), head.bottom() + 4, page.width(), TITLE + 12)
        painter.drawText(title, LEFT, stop.title or stop.stage)
        self._pen(WORDS, "ink")
        said = "\n".join(filter(None, (stop.words, self.pictures.talking.deck.remark)))
        high = round(painter.boundingRect(QRectF(page), TOP, said).height()) + 1
        words = page.adjusted(0, page.height() - high, 0, 0)
        painter.drawText(words.toRectF(), TOP, said)
        self._stage(QRect(page.left(), title.bottom() + 8, page.width(), 0), words.top() - 12)

    def _stage(self, room: QRect, bottom: int) -> None:
        """Paint the stage into a room, as large as it can be."""
        content, painter = self.pictures.faces.stage.content, self._painter
        assert content is not None and painter is not None
        room.setBottom(bottom)
        scale = min(room.width() / content.width(), room.height() / content.height())
        painter.save()
        painter.translate(room.left() + (room.width() - scale * content.width()) / 2, room.top())
        painter.scale(scale, scale)
        painter.setClipRect(content.rect())
        render(Picture("", content), painter)
        painter.restore()

    def _pen(self, pixels: int, color: str, bold: bool = False) -> None:
        assert self._painter is not None
        font = QFont(self._theme.font(bold=bold))
        font.setPixelSize(pixels)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(color))

    def data(self) -> bytes:
        """Return all pages as the bytes of a file."""
        if self._painter is not None:
            self._painter.end()
        return bytes(self._buffer.data().data())

    def end(self) -> None:
        """Delete the stages."""
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self.pictures.end()
