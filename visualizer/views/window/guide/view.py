"""GuideView: a rendered page of the guide, with nothing from outside the program."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import QRegularExpression, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from visualizer.storage.resources import resource
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.window.guide.pages import anchor_of

HEADINGS = {1: (22, 0, 10), 2: (16, 18, 6), 3: (14, 12, 4)}  # size, room above, room below
LINE_HEIGHT, ROW_HEIGHT = 140.0, 115.0  # per cent: of running text, and in tables
WEB = ("http", "https")


class GuideView(Guarded, QTextBrowser):
    """A page of the guide; its pictures are as wide as there is room.

    Signals
    -------
    followed : str
        A link within the guide was clicked; those to the web are opened in the browser.
    """

    followed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text, self._words = "", ""
        self._places: list[QTextCursor] = []
        self._at, self._shown_width = -1, 0
        self.setAccessibleName("Page of the guide")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Always visible, so that the width for pictures does not change once they are shown.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.anchorClicked.connect(self._on_link)

    def show_text(self, text: str, words: str = "") -> None:
        """Show a page's Markdown from its beginning, and mark some words on it."""
        self._text, self._words = text, words
        self._render()
        self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Show the same page in new sizes or colours, at the same place."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._render()
        bar.setValue(round(share * bar.maximum()))

    def show_anchor(self, anchor: str) -> bool:
        """Scroll a heading to the top; return False if there is none of this name."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == anchor:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                return True
            block = block.next()
        return False

    def next_place(self) -> bool:
        """Go to the next marked word; return False after the last one."""
        self._at += 1
        if self._at >= len(self._places):
            self._at = -1
            return False
        self.setTextCursor(QTextCursor(self.document()))
        cursor = QTextCursor(self._places[self._at])
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._mark()
        return True

    @property
    def marked(self) -> list[str]:
        """The marked words as they are written on the page."""
        return [place.selectedText() for place in self._places]

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """Return a picture of the guide, no wider than the page; None for everything else."""
        name = PurePosixPath(url.path() if isinstance(url, QUrl) else url)
        if kind != QTextDocument.ResourceType.ImageResource.value or name.suffix != ".png":
            return None
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 3 * self._look.theme.px(20)
        try:
            image = QImage(str(resource("screenshots", name.name)))
        except FileNotFoundError:
            return None
        width = min(round(max(room, 1) * ratio), image.width())
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._text and self.viewport().width() != self._shown_width:
            self.refresh()

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() in WEB:
            QDesktopServices.openUrl(url)
        else:
            self.followed.emit(url.toString())

    def _render(self) -> None:
        theme, document = self._look.theme, self.document()
        self._shown_width = self.viewport().width()
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(20))
        self.setMarkdown(self._text)
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self._find()

    def _dress(self, block: QTextBlock) -> None:
        """Format a block: font size, margins, and code colours."""
        px, cursor = self._look.theme.px, QTextCursor(block)
        level = block.blockFormat().headingLevel()
        form = QTextBlockFormat()
        in_table = cursor.currentTable() is not None
        code = _is_code(block)
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        if not code and not _has_picture(block):
            form.setLineHeight(ROW_HEIGHT if in_table else LINE_HEIGHT, proportional)
        if level in HEADINGS:
            size, above, below = HEADINGS[level]
            form.setTopMargin(px(above))
            form.setBottomMargin(px(below))
            letters = QTextCharFormat()
            letters.setProperty(QTextFormat.Property.FontPixelSize, px(size))
            letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            letters.setFontWeight(QFont.Weight.DemiBold)
            self._give(block, letters)
        elif code:
            form.setBackground(self._look.theme.color("ground"))
            form.setNonBreakableLines(False)
            if not _is_code(block.next()):
                form.setBottomMargin(px(12))
        elif not in_table:
            form.setBottomMargin(px(4 if block.textList() else 8))
            form.setTopMargin(px(2))
        cursor.mergeBlockFormat(form)
        self._dress_code(block)

    def _give(self, block: QTextBlock, letters: QTextCharFormat) -> None:
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)

    def _dress_code(self, block: QTextBlock) -> None:
        """Give inline code the background colour."""
        letters = QTextCharFormat()
        letters.setBackground(self._look.theme.color("ground"))
        if QTextCursor(block).currentTable() is not None:  # where arrows are, and names
            letters.setFontFixedPitch(False)
            letters.setFontFamilies(self._look.theme.font().families())
        fragments = block.begin()
        places: list[tuple[int, int]] = []
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().fontFixedPitch():
                places.append((fragment.position(), fragment.length()))
            fragments += 1
        for start, length in places:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)

    def _dress_table(self, table: QTextTable) -> None:
        theme, form = self._look.theme, table.format()
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(theme.color("line"))
        form.setBorderCollapse(True)
        form.setCellPadding(theme.px(4))
        form.setTopMargin(theme.px(6))
        form.setBottomMargin(theme.px(12))
        if table.columns() == 2:
            share = QTextLength.Type.PercentageLength
            form.setWidth(QTextLength(share, 100))
            form.setColumnWidthConstraints([QTextLength(share, 30), QTextLength(share, 70)])
        table.setFormat(form)

    def _find(self) -> None:
        """Find every occurrence of the words, from the first to the last."""
        self._places, self._at = [], -1
        if words := self._words.split():
            either = "|".join(map(QRegularExpression.escape, words))
            option = QRegularExpression.PatternOption.CaseInsensitiveOption
            pattern = QRegularExpression(either, option)
            place = self.document().find(pattern, 0)
            while not place.isNull():
                self._places.append(place)
                place = self.document().find(pattern, place)
        self._mark()

    def _mark(self) -> None:
        theme = self._look.theme
        marks = []
        for position, place in enumerate(self._places):
            mark = QTextEdit.ExtraSelection()
            here = position == self._at
            mark.cursor = place
            mark.format.setBackground(theme.color("accent" if here else "warning_soft"))
            mark.format.setForeground(theme.color("on_accent" if here else "ink"))
            marks.append(mark)
        self.setExtraSelections(marks)


def _is_code(block: QTextBlock) -> bool:
    """Return whether a block is a line of a code listing."""
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _has_picture(block: QTextBlock) -> bool:
    return chr(0xFFFC) in block.text()
