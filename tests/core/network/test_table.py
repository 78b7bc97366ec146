from __future__ import annotations

from visualizer.core.network.table import aligned, column_widths


def test_text_begins_and_numbers_end_at_their_columns_edge() -> None:
    rows = [("name", "n"), ("a", "1,000")]
    widths = column_widths(rows)
    assert [aligned(row, widths, left=1) for row in rows] == ["name       n", "a      1,000"]
