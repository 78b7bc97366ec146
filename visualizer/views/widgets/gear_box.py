"""GearBox: how many batches a second training does, so that it can be watched."""

from __future__ import annotations

from visualizer.runs.run_control import GEARS, RunControl
from visualizer.views.widgets.buttons import ComboBox

NAMES = tuple(f"{gear} / s" if gear else "full speed" for gear in GEARS)
TIP = "Batches a second: fewer can be watched one by one"
KEYS = "G slower, Shift+G faster"


class GearBox(ComboBox):
    """A box to choose one of the gears; it follows the keys and the other boxes."""

    def __init__(self, runs: RunControl) -> None:
        super().__init__("Training speed, batches a second", f"{TIP} ({KEYS})", NAMES, small=True)
        self._runs = runs
        self.show_gear(runs.gear)
        self.activated.connect(self._on_chosen)
        runs.gearChanged.connect(self.show_gear)

    def show_gear(self, gear: int) -> None:
        self.setCurrentIndex(GEARS.index(gear))

    def _on_chosen(self, index: int) -> None:
        self._runs.set_gear(GEARS[index])
