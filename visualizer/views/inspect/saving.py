"""The entries of the File menu that save what is made on the Inspect page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from visualizer.views.filter.save_sheets import SaveSheets
from visualizer.views.input.draw.panel import DrawPanel
from visualizer.views.page import Action


def saving_actions(draw: DrawPanel, sheets: SaveSheets) -> Sequence[Action]:
    """Return what saves the drawings, and the sheets of filters."""
    in_file = partial(Action, menu="&File")
    return (
        in_file(
            "Save drawings as data se&t …",
            draw.choose_folder,
            button=draw.save,
            separated=True,
        ),
        in_file("Save s&heet of this filter …", sheets.save_one),
        in_file("Save sheets of a&ll filters …", sheets.save_all),
    )
