"""The summary as the book prints it, in figures that are the network's own."""

from __future__ import annotations

from visualizer.core.network.networks import named
from visualizer.core.network.summary import aligned, as_json, as_table, column_widths


def test_the_table_prints_shapes_as_the_book_does() -> None:
    lines = as_table(named("no-max-pool")).splitlines()
    assert lines[0] == "Network: no-max-pool   input (28, 28, 1)"
    (flatten,) = [line.split("   ") for line in lines if line.startswith("flatten_1")]
    assert [cell.strip() for cell in flatten if cell.strip()] == [
        "flatten_1 (Flatten)",
        "(30976,)",
        "0",
    ]
    assert lines[-2:] == ["Total params: 2,038,922", "Convolutional base: 55,744"]
    assert all(len(line) <= len(lines[1]) for line in lines[1:])


def test_json_holds_the_same() -> None:
    network = named("book")
    facts = as_json(network)
    assert (facts["parameters"], facts["base_parameters"]) == (93_322, 55_744)
    assert facts["layers"][2] == {
        "name": "conv2d_2",
        "type": "Conv2D",
        "output_shape": [11, 11, 64],
        "parameters": 18_496,
        "receptive_field": 8,
        "jump": 2,
    }
    assert facts["layers"][-1]["receptive_field"] is None


def test_text_begins_and_numbers_end_at_their_columns_edge() -> None:
    rows = [("name", "n"), ("a", "1,000")]
    widths = column_widths(rows)
    assert [aligned(row, widths, left=1) for row in rows] == ["name       n", "a      1,000"]
