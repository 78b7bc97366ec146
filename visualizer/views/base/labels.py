"""Text on the screen: labels, lines that shorten, sentences that keep their height."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QResizeEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from visualizer.text.numbers import THIN_SPACE, as_tip
from visualizer.views.base.guard import Guarded
from visualizer.views.base.tips import show_tip

UNBROKEN = "\u202f"  # a thin space at which no line ends, before a percent sign
POWER = re.compile(" · 10(?=[⁻⁰¹²³⁴-⁹])")  # one number, on one line


def label(text: str = "", name: str = "", rich: bool = False, wraps: bool = False) -> QLabel:
    """Return a label of a kind named in roles.WORDS, such as "caption", "heading" or "counter".

    Only a `rich` label takes markup: text from a file could name other files to load.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    made.setText(text)
    made.setObjectName(name)
    made.setWordWrap(wraps)
    return made


def longest(
    forms: Sequence[str],
    metrics: QFontMetrics,
    width: int,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """Return the first of ever shorter texts that fits into a width; else the last one cut."""
    for form in forms:
        if metrics.horizontalAdvance(form) <= width:
            return form
    return metrics.elidedText(forms[-1], mode, width)


class Elided(Guarded, QLabel):
    """A one-line label that shows the longest of its `forms` that fits, and shortens only the last.

    Where the first form is not shown, the tool tip has it. A `natural` label asks for the width of
    its text. Other labels ask for no width, so that a new text moves nothing.
    """

    def __init__(
        self,
        text: str = "",
        name: str = "",
        mode: Qt.TextElideMode | None = None,
        natural: bool = False,
    ) -> None:
        super().__init__()
        self._natural = natural
        if not natural:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName(name)
        self._mode = mode or Qt.TextElideMode.ElideRight
        self._forms: tuple[str, ...] = ("",)
        self.show_text(text)

    def show_text(self, text: str, *shorter: str) -> None:
        """Show a text, or the longest of its shorter forms that fits."""
        if (text, *shorter) != self._forms:
            self._forms = (text, *shorter)
            self.setAccessibleName(text)
            if self._natural:
                self.updateGeometry()
            self.update()

    @property
    def whole(self) -> str:
        return self._forms[0]

    @property
    def shortest(self) -> str:
        return self._forms[-1]

    def text(self) -> str:
        """Return the text on the screen: the first form that fits, or the last one cut with … ."""
        return longest(self._forms, self.fontMetrics(), self.width(), self._mode)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 4, metrics.height())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.whole) + 2, metrics.height())

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(self.rect(), across | Qt.AlignmentFlag.AlignVCenter, self.text())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.setToolTip(as_tip(self._tip()))
            show_tip(self, event.globalPos(), self._tip)
            return True
        return super().event(event)

    def _tip(self) -> str:
        return self.whole if self.text() != self.whole else ""


class Sentence(Guarded, QWidget):
    """Wrapped text, perhaps with markup, that keeps the height it once needed.

    While a network learns, its numbers grow and shrink by a digit. Text that wraps now on one line
    and now on two would make everything below it jump. Words joined by &nbsp; are parted where they
    are wider than the label: a line that is too long would lose its last digits.
    """

    def __init__(self, name: str = "", lines: int = 1) -> None:
        """Keep room for at least so many `lines`."""
        super().__init__()
        self._least = "<br>".join(["<b>A</b>"] * lines) if lines > 1 else ""
        self._text, self._widest = "", ""
        self._subject: object = None
        self._height = 0
        self._heights: dict[int, int] = {}
        self._fitted: dict[tuple[str, int], str] = {}
        self._least_heights: dict[tuple[str, int], int] = {}
        self._label = label("", name, rich=True)
        self._label.setParent(self)
        self._label.hide()  # empty words take no keyboard
        self._label.setWordWrap(True)
        self._label.installEventFilter(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._text

    def show_text(self, text: str, subject: object = None, widest: str = "") -> None:
        """Show a text; the height stays until the `subject` is another one.

        There is room for the `widest` form of the text, so that it changes and nothing moves.
        """
        if widest != self._widest:
            self._least_heights.clear()
        if (text, widest) != (self._text, self._widest):
            self._heights.clear()
            self._fitted.clear()
            self._text, self._widest = text, widest
            self._write(self._fitting(text, self.width()))
            self._label.setVisible(bool(text))
        kept = self._height if subject == self._subject else 0
        self._subject = subject
        self._keep(max(kept, self._needed(self.width())))

    def _needed(self, width: int) -> int:
        """Return the height of the text at a width, in the font of the label's name."""
        if width not in self._heights:  # a layout asks several times, and it is slow to answer
            shown = self._label.text()
            height = self._height_of(self._fitting(self._text, width), width)
            for least in filter(None, (self._least, self._widest)):
                if (least, width) not in self._least_heights:
                    fitted = self._fitting(least, width)
                    self._least_heights[least, width] = self._height_of(fitted, width)
                height = max(height, self._least_heights[least, width])
            self._heights[width] = height
            self._write(shown)
        return self._heights[width]

    def _write(self, text: str) -> None:
        if text != self._label.text():  # even the same is laid out anew
            self._label.setText(text)

    def _height_of(self, text: str, width: int) -> int:
        self._label.ensurePolished()
        self._write(text)
        return self._label.heightForWidth(width)

    def _fitting(self, text: str, width: int) -> str:
        """Return a text with as many &nbsp; as fit in a width."""
        if (text, width) not in self._fitted:
            self._fitted[text, width] = self._fit(text, width)
        return self._fitted[text, width]

    def _fit(self, text: str, width: int) -> str:
        text = POWER.sub("\u00a0·\u00a010", text.replace(THIN_SPACE, UNBROKEN))
        if "&nbsp;" not in text:
            return text
        self._label.ensurePolished()
        forms = (text, text.replace("&nbsp;=", " ="))
        fitting = (form for form in forms if self._widest_line(form, width) <= width)
        return next(fitting, text.replace("&nbsp;", " "))

    def _widest_line(self, text: str, width: int) -> float:
        """Return the width of the longest line in pixels, with lines broken between words."""
        document = QTextDocument()
        document.setDefaultTextOption(QTextOption())  # breaks lines between words alone
        document.setDocumentMargin(0)
        document.setDefaultFont(self._label.font())
        document.setHtml(text)
        document.setTextWidth(width)
        return document.idealWidth()

    def _keep(self, height: int) -> None:
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return self._height if width == self.width() else self._needed(width)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self._write(self._fitting(self._text, self.width()))
            self._keep(self._needed(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        self._take_font(event)
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._take_font(event)  # the label may get its font after the sentence
        return False

    def _take_font(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._heights.clear()
            self._fitted.clear()
            self._least_heights.clear()
            self._write(self._fitting(self._text, self.width()))
            self._keep(self._needed(self.width()))
