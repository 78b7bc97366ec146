"""Numbers: which of those on the screen are cut, painted ones and those of Qt's own widgets."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from tests.views.painted import SLACK, words_of
from visualizer.views.base.labels import Elided
from visualizer.views.lab.bar import PresetBox


def cut_numbers_in(window: QWidget) -> list[str]:
    """Every text with a digit of which not every letter is seen, in words; empty is well."""
    words, shortened = words_of(window)
    found = [f"cut: {word}" for word in words if _has_digit(word.text) and not word.whole]
    found += [f"shortened: {told}" for told in shortened if _has_digit(told)]
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, Elided):
            cut = _cut_cells(widget) if isinstance(widget, QTableView) else _cut_on(widget)
            found += [f"cut: {text!r} on {_named(widget)}" for text in cut]
    return found


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _named(widget: QWidget) -> str:
    parent = widget.parentWidget()
    around = "" if parent is None else f" in {type(parent).__name__}"
    return (
        f"{type(widget).__name__} {widget.objectName()} {widget.width()}×{widget.height()}{around}"
    )


def _cut_on(widget: QWidget) -> Iterator[str]:
    text, needed = _text_of(widget)
    if text and _has_digit(text):
        room, seen = _room_of(widget), _seen_of(widget)
        short = needed.width() > room.width() + SLACK or needed.height() > room.height() + SLACK
        if short or not _holds(seen, room, needed, widget):
            yield f"{text} (needs {needed.width():.0f}×{needed.height():.0f})"


def _cut_cells(view: QTableView) -> Iterator[str]:
    """The numbers of a table's cells that have less room than they need."""
    for index in shown_cells(view):
        needed, place = view.sizeHintForIndex(index), view.visualRect(index)
        seen = place.intersected(view.viewport().rect())
        if _has_digit(text := str(index.data())) and seen.width() + SLACK < needed.width():
            yield text


def shown_cells(view: QTableView) -> Iterator[QModelIndex]:
    """The cells of a view whose columns are shown."""
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            if not view.visualRect(index := model.index(row, column)).isEmpty():
                yield index


def _text_of(widget: QWidget) -> tuple[str, QSizeF]:
    """What a widget of Qt's says, and the room that its letters take."""
    metrics = QFontMetricsF(widget.font())
    if isinstance(widget, QLabel):
        return widget.text(), _needed(widget)
    if isinstance(widget, QLineEdit):
        inside = isinstance(widget.parent(), QAbstractSpinBox)
        text = "" if inside or widget.isModified() else widget.text()
        return text, QSizeF(metrics.horizontalAdvance(text), metrics.height())
    if isinstance(widget, QComboBox):
        shown = widget.shown_text() if isinstance(widget, PresetBox) else widget.currentText()
        return shown, QSizeF(metrics.horizontalAdvance(shown), 0)
    if isinstance(widget, QAbstractButton | QAbstractSpinBox):
        text = widget.text().replace("&", "")
        lines = text.split("\n")
        wide = max(map(metrics.horizontalAdvance, lines))
        return text, QSizeF(wide, metrics.height() * len(lines))
    return "", QSizeF()


def _needed(label: QLabel) -> QSizeF:
    """The room that a label's letters take, broken into lines where it may be."""
    document = QTextDocument()
    document.setDefaultTextOption(QTextOption())  # breaks lines between words alone
    document.setDocumentMargin(0)
    document.setDefaultFont(label.font())
    rich = label.textFormat() == Qt.TextFormat.RichText
    (document.setHtml if rich else document.setPlainText)(label.text())
    if label.wordWrap():
        document.setTextWidth(label.contentsRect().width())
    return QSizeF(document.idealWidth(), document.size().height())


def _room_of(widget: QWidget) -> QRectF:
    if isinstance(widget, QLineEdit | QLabel):
        return QRectF(widget.contentsRect())
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return QRectF(widget.style().subControlRect(kind, option, part, widget))
    return QRectF(widget.rect())


def _seen_of(widget: QWidget) -> QRect:
    return widget.visibleRegion().boundingRect()


def _holds(seen: QRect, room: QRectF, needed: QSizeF, widget: QWidget) -> bool:
    """Whether what is seen of a widget has its letters; what can be scrolled to is well."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            return True
        around = around.parentWidget()
    if isinstance(widget, QLabel) and not seen.isEmpty():
        right = bool(widget.alignment() & Qt.AlignmentFlag.AlignRight)
        left = room.right() - needed.width() if right else room.left()
        ink = QRectF(left, room.top(), needed.width(), 1)
        return seen.left() <= ink.left() + SLACK and ink.right() <= seen.right() + 1 + SLACK
    return seen.isEmpty() or seen.width() + SLACK >= needed.width()
