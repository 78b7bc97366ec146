"""The summary of a network as the book prints it, with receptive field and jump."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.network import Network, SummaryRow

HEADINGS = ("Layer (type)", "Output shape", "Param #", "Field", "Jump")


def as_json(network: Network) -> dict[str, object]:
    """Return the facts of the table, ready for JSON.

    Field and jump are one number if rows and columns have the same, else both; null above a
    Flatten.
    """
    return {
        "network": network.name,
        "input_shape": list(network.input_shape),
        "layers": [
            {
                "name": row.name,
                "type": type(layer).__name__,
                "output_shape": list(row.output_shape),
                "parameters": row.parameters,
                "receptive_field": _side(row.field),
                "jump": _side(row.jump),
            }
            for row, layer in zip(network.summary(), network.layers, strict=True)
        ],
        "parameters": network.parameter_count,
        "base_parameters": network.base_parameter_count,
    }


def as_table(network: Network) -> str:
    """Write the table as text: a line a layer, and the totals below."""
    rows = [
        _cells(row, type(layer).__name__)
        for row, layer in zip(network.summary(), network.layers, strict=True)
    ]
    widths = column_widths([HEADINGS, *rows])
    rule = "_" * (sum(widths) + 3 * (len(widths) - 1))
    lines = [f"Network: {network.name}   input {_shape(network.input_shape)}", rule]
    lines.append(aligned(HEADINGS, widths, left=2))
    lines.append(rule.replace("_", "="))
    lines += [aligned(row, widths, left=2) for row in rows]
    lines.append(rule)
    lines.append(f"Total params: {network.parameter_count:,}")
    lines.append(f"Convolutional base: {network.base_parameter_count:,}")
    return "\n".join(lines)


def _cells(row: SummaryRow, kind: str) -> tuple[str, ...]:
    field, jump = (_side_text(pair) for pair in (row.field, row.jump))
    shape = _shape(row.output_shape)
    return f"{row.name} ({kind})", shape, f"{row.parameters:,}", field, jump


def _side(pair: RowsColumns | None) -> int | list[int] | None:
    if pair is None:
        return None
    return pair[0] if pair[0] == pair[1] else list(pair)


def _side_text(pair: RowsColumns | None) -> str:
    if pair is None:
        return ""
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} × {pair[1]}"


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape)


def column_widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of the widest cell of each column."""
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def aligned(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    """Write one line: the first `left` cells are aligned left, the others right."""
    padded = [
        cell.ljust(width) if at < left else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "   ".join(padded).rstrip()
