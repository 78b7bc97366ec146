"""LabSum: the arithmetic of one output, each term in the hue of its kernel cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.lab import Term
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, ink_on

LINES = 2
SHORT = 4  # terms that never need a second line


class LabSum(Panel):
    """A line of terms as chips, over as many lines as there is room for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._before, self._after = "", ""
        self._terms: list[Term] = []
        self._colors: Sequence[Sequence[QColor]] = []
        self._sign = "+"
        self._most_lines = LINES
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_terms(
        self,
        before: str,
        terms: list[Term],
        after: str,
        colors: Sequence[Sequence[QColor]],
        sign: str = "+",
    ) -> None:
        """Show terms with `sign` between them; `colors` are the kernel cells' hues."""
        self._before, self._terms, self._after = before, terms, after
        self._colors, self._sign = colors, sign
        self.setAccessibleName(self.sentence)
        self.setToolTip(self.sentence if len(self.pieces(self._font())) < len(terms) else "")
        self.update()

    def hold_room_for(self, terms: int, most_lines: int = LINES) -> None:
        """Keep the height for so many terms, whatever is shown."""
        lines = 1 if terms <= SHORT else most_lines
        if lines != self._most_lines:
            self._most_lines = lines
            self.updateGeometry()

    @property
    def sentence(self) -> str:
        """All terms in one line of text."""
        between = ", " if self._sign == "," else f" {self._sign} "
        run = between.join(term.text for term in self._terms)
        return " ".join(part for part in (self._before, run, self._after) if part)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), self._most_lines * self.theme.px(26))

    def _font(self) -> QFont:
        """Return the largest font, from "sum" to "caption", in which everything fits."""
        font = self.theme.font("sum")
        largest, smallest = (self.theme.px(FONT_SIZES[role]) for role in ("sum", "caption"))
        for size in range(largest, smallest - 1, -1):
            font.setPixelSize(size)
            if len(self._lines(self._terms, font)) <= self._most_lines:
                break
        return font

    def pieces(self, font: QFont) -> list[Term]:
        """Return the drawn terms: all, or without terms that are 0, or the first of them."""
        if len(self._lines(self._terms, font)) <= self._most_lines:
            return self._terms
        counting = [term for term in self._terms if term.counts]
        zeros = len(self._terms) - len(counting)
        end = [Term(f"{zeros} terms that are 0")] if zeros else []
        for taken in range(len(counting), 0, -1):
            left = len(counting) - taken
            more = [Term(f"{left} more")] if left else []
            shown = [*counting[:taken], *more, *end]
            if len(self._lines(shown, font)) <= self._most_lines:
                return shown
        return end

    def _lines(self, terms: list[Term], font: QFont) -> list[list[tuple[str, Term | None, float]]]:
        """Return texts, their terms and their left edges, line by line."""
        metrics = QFontMetricsF(font)
        pad, gap = self.theme.px(5), self.theme.px(4)
        words: list[tuple[str, Term | None]] = [(self._before, None)] if self._before else []
        for position, term in enumerate(terms):
            if position and self._sign:
                words.append((self._sign, None))
            words.append((term.text, term))
        if self._after:
            words.append((self._after, None))
        lines: list[list[tuple[str, Term | None, float]]] = [[]]
        x = 0.0
        for text, owner in words:
            width = metrics.horizontalAdvance(text) + (2 * pad if owner and owner.cell else 0)
            if x and x + width > self.width():
                lines.append([])
                x = 0.0
            lines[-1].append((text, owner, x))
            x += width + gap
        return lines

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        painter.setFont(font)
        height = self.theme.px(26)
        for row, line in enumerate(self._lines(self.pieces(font), font)):
            for text, term, x in line:
                self._paint_word(painter, text, term, QRectF(x, row * height, 0, height))

    def _paint_word(self, painter: QPainter, text: str, term: Term | None, box: QRectF) -> None:
        theme = self.theme
        metrics = QFontMetricsF(painter.font())
        pad = theme.px(5) if term and term.cell else 0
        box.setWidth(metrics.horizontalAdvance(text) + 2 * pad)
        last = term is None and text == self._after
        color = theme.color("selection" if last else "ink")
        if term is not None and term.cell is not None:
            hue = QColor(self._colors[term.cell[0]][term.cell[1]])
            chip = box.adjusted(0, theme.px(2), 0, -theme.px(2))
            pen = QPen(theme.color("winner"), theme.line_width) if term.wins else QPen(hue, 1)
            painter.setPen(pen)
            painter.setBrush(hue if term.counts else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, theme.px(4), theme.px(4))
            color = ink_on(hue) if term.counts else theme.color("soft_ink")
        elif term is None and not last:
            color = theme.color("soft_ink")
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
