"""LabBlock: a map under its name and caption, or the reason why there is no map."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from visualizer.text.terms import HIDDEN
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look, Panel
from visualizer.views.lab.grid import LabGrid
from visualizer.views.widgets.cells import FRAME, paint_frame
from visualizer.views.widgets.colour_bar import ColourBar

NOTE_WIDTH = 200


class LabBlock(Panel):
    """A LabGrid under its heading; without numbers, a colour bar stands beside it."""

    def __init__(self, look: Look, name: str, with_bar: bool = False) -> None:
        super().__init__(look)
        self.heading = label(name, "heading")
        self.caption = label("", "caption")
        self.grid = LabGrid(look, name)
        self.bar = ColourBar(look) if with_bar else None
        self.note = label("")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._captions, self.asked = ("", ""), False
        for child in (self.heading, self.caption, self.grid, self.bar, self.note):
            if child is not None:
                child.setParent(self)
        self.note.hide()

    def show_text(self, heading: str, caption: str, short: str | None = None) -> None:
        """Set heading and caption; `short` is a caption of fewer lines."""
        self.heading.setText(heading)
        self._captions = caption, caption if short is None else short
        self.use_short(False)

    def use_short(self, short: bool) -> None:
        """Show the short caption; the tool tip keeps the whole one."""
        self.caption.setText(self._captions[short])
        self.setToolTip(self._captions[0] if short else "")

    def show_note(self, text: str) -> None:
        """Show a text in place of the map; an empty text shows the map."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.grid.setVisible(not text and not self.asked)

    def show_asked(self, asked: bool) -> None:
        """Show ? in an empty frame in place of the map, whose size is asked for; or the map."""
        self.asked = asked
        self.grid.setVisible(self.has_map)
        self.update()

    @property
    def has_map(self) -> bool:
        """Whether a map is shown, not a text or a question in its place."""
        return not (self.note.text() or self.asked)

    @property
    def head_height(self) -> int:
        """Height of the lines above the map."""
        lines = self.caption.text().count("\n") + 1 if self.caption.text() else 0
        heading = QFontMetrics(self.theme.font(bold=True)).height()
        caption = QFontMetrics(self.theme.font("caption")).lineSpacing()
        return heading + lines * caption + self.theme.px(6)

    @property
    def head_width(self) -> int:
        heading = QFontMetrics(self.theme.font(bold=True)).horizontalAdvance(self.heading.text())
        metrics = QFontMetrics(self.theme.font("caption"))
        lines = self.caption.text().split("\n")
        widest = max(heading, *(metrics.horizontalAdvance(line) for line in lines))
        return widest + 2 * self.grid.line

    def size_at(self, cell: int) -> QSize:
        """Return the block's size, with `cell` pixels per cell."""
        if not self.has_map:
            side = self.theme.px(NOTE_WIDTH)
            return QSize(max(side, self.head_width), side // 2 + self.head_height)
        rows, columns = self.grid.extent
        width = columns * cell + 2 * self.grid.line
        if self.bar is not None and not self._has_numbers(cell):
            width += self.bar.sizeHint().width() + self.theme.px(6)
        height = max(rows * cell + 2 * self.grid.line, self._bar_height(cell)) + self.head_height
        return QSize(max(width, self.head_width), height)

    def _bar_height(self, cell: int) -> int:
        """Return the least height at which a colour bar's labels do not touch."""
        return self.theme.px(112) if self.bar is not None and not self._has_numbers(cell) else 0

    def _has_numbers(self, cell: int) -> bool:
        before, self.grid.cell = self.grid.cell, cell
        pixels = self.grid.number_pixels()
        self.grid.cell = before
        return pixels > 0

    def cell_for_numbers(self, role: str) -> int:
        """Return the pixels per cell at which every number fits in the font of a role."""
        metrics = QFontMetrics(self.theme.font(role))
        widest = metrics.horizontalAdvance(self.grid.widest)
        return max(widest + self.theme.px(6), self.theme.px(32))

    def arrange(self, cell: int, left: int, top: int) -> None:
        """Take a place on the board."""
        size = self.size_at(cell)
        self.setGeometry(QRect(left, top, size.width(), size.height()))
        heading = QFontMetrics(self.theme.font(bold=True)).height()
        head = self.head_height
        inset = self.grid.line if self.has_map else 0
        self.heading.setGeometry(inset, 0, size.width(), heading)
        self.caption.setGeometry(inset, heading, size.width(), head - heading)
        self.note.setGeometry(0, head, size.width(), size.height() - head)
        self.grid.set_cell(cell)
        self.grid.move(0, head)
        if self.bar is not None:
            self.bar.setVisible(self.has_map and not self.grid.number_pixels())
            self.bar.setGeometry(
                self.grid.width() + self.theme.px(6),
                head,
                self.bar.sizeHint().width(),
                max(self.grid.height(), self._bar_height(cell)),
            )

    def paintEvent(self, event: object) -> None:
        """Paint the question in place of a map whose size is asked for."""
        if self.asked:
            painter, line = QPainter(self), self.theme.px(FRAME)
            box = QRectF(self.rect()).adjusted(line, self.head_height + line, -line, -line)
            paint_frame(painter, box, self.theme.color("soft_ink"), line, dashed=True)
            painter.setFont(self.theme.font("counter"))
            painter.setPen(self.theme.color("selection"))
            painter.drawText(box, CENTRE, HIDDEN)
