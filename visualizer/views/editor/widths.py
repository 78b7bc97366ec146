"""The widths of the editor's columns: those that are usual, and what is in them at least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from visualizer.views.base.theme import Theme, text_width
from visualizer.views.editor.fields import LONGEST_TYPED
from visualizer.views.editor.row import CHOICES, ENDS, FACTS, HEADINGS, KIND, Boxed
from visualizer.views.widgets.table_model import Cell

ROW, FIELD, CHOICE, FACT = 28, 20, 29, 8  # pixels at zoom 1: a row's height, and beside words
BEFORE_ICONS = 8
# The longest usual text of each column: fields, boxes of choices, numbers; then icons.
NUMBERS = ("1,024", "1,024", "15 × 15", "15 × 15")
SIZES = ("26 × 26 × 128", "93,322", "1,115,136", "Field", "Jump")
FIRST_TO_GO = (ENDS - 1, ENDS - 3)  # before a digit is cut: the jump, then the multiply-adds


def usual_widths(theme: Theme, gap: int) -> list[int]:
    """Return the columns' widths for the longest usual texts, in pixels with the gap beside."""

    def wide(beside: int, *texts: str) -> int:
        return _wide(theme, beside, texts) + gap

    widths = [wide(0, "64"), wide(CHOICE, *CHOICES["type"])]
    widths += [wide(FIELD, text) for text in NUMBERS]
    widths += [wide(CHOICE, *CHOICES[each]) for each in ("padding", "activation")]
    widths += [wide(FACT, text) for text in SIZES]
    widths[ENDS - 1] += theme.px(BEFORE_ICONS)
    return widths + [theme.px(ROW) + gap] * (len(HEADINGS) - ENDS)


def least_widths(theme: Theme, gap: int, rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Return the widths that show all that is in the columns now, in pixels with the gap beside.

    A choice that is none, from a file, asks for no room: it is a word, which can be cut.
    """
    caption = theme.font("caption").pixelSize()
    widths = [ceil(text_width(heading, caption)) for heading in HEADINGS]
    for cells in rows:
        for column, cell in enumerate(cells[:ENDS]):
            beside, text = FACT if column else 0, cell.text
            if isinstance(cell, Boxed):
                beside = CHOICE if cell.choices else FIELD
                text = text[:LONGEST_TYPED] if text in cell.choices or not cell.choices else ""
            widths[column] = max(widths[column], _wide(theme, beside, (text,)))
    widths[ENDS - 1] += theme.px(BEFORE_ICONS)
    return [wide + gap for wide in widths[:ENDS]] + [theme.px(ROW) + gap] * (len(HEADINGS) - ENDS)


def _wide(theme: Theme, beside: int, texts: Iterable[str]) -> int:
    """Return the width of the longest of some texts, with so many pixels at zoom 1 beside it."""
    size = theme.font().pixelSize()
    return ceil(max(text_width(text, size) for text in texts)) + theme.px(beside)


def shared_out(least: Sequence[int], usual: Sequence[int], room: int) -> list[int]:
    """Return the widths of the columns in a room; 0 is that of a column which is left out.

    Columns have their usual width or what they need. Where the usual widths are too much, the
    fields of numbers are narrower, whatever is in them, so that nothing moves as one types; where
    the needed ones are, all give of what they do not need. What is left over makes the columns of
    large numbers wider.
    """
    least, usual = list(least), list(usual)
    for column in FIRST_TO_GO:
        if sum(least) > room:
            least[column] = usual[column] = 0
    over = max(sum(usual) - room, 0)
    for column in range(KIND + 1, KIND + 1 + len(NUMBERS)):
        usual[column] -= ceil(over / len(NUMBERS))
    widths = [max(both) for both in zip(least, usual, strict=True)]
    spare = room - sum(widths)
    if spare >= 0:
        for column in range(FACTS, FACTS + 3):
            widths[column] += spare // 3
        return widths
    given = [wide - need for wide, need in zip(widths, least, strict=True)]
    share = min(-spare / max(sum(given), 1), 1.0)
    return [wide - ceil(part * share) for wide, part in zip(widths, given, strict=True)]
