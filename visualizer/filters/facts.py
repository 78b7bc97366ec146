"""FilterFacts: everything that a report says about one filter, for its JSON and its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visualizer.core.network.layer import Layer
from visualizer.core.responses import LayerResponses, Patch, Responses
from visualizer.data.dataset import Dataset
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import first_scene

if TYPE_CHECKING:
    from visualizer.training.ascent import AscentStep

PATCHES = 9


@dataclass(frozen=True, slots=True, eq=False)
class FilterFacts:
    """One channel of a layer: its model, its responses, and the network's accuracy without it.

    Attributes
    ----------
    responses : Responses
        Responses of the model on the test set of `dataset`.
    ascent : AscentStep
        The best input found for the channel.
    accuracy_without : float or None
        Share of right answers with the channel switched off; None if not measured.
    """

    model: Model
    dataset: Dataset
    responses: Responses
    layer_name: str
    channel: int
    ascent: AscentStep
    accuracy_without: float | None = None

    @property
    def layer(self) -> Layer:
        return self.model.network[self.layer_name]

    @property
    def known(self) -> LayerResponses:
        """The responses of the channel's layer."""
        return self.responses[self.layer_name]

    @property
    def best_in_data(self) -> float:
        """The largest response of the test set."""
        return float(self.known.most[self.channel])

    @property
    def top(self) -> tuple[Patch, ...]:
        return self.known.top(self.channel, PATCHES)

    @property
    def bottom(self) -> tuple[Patch, ...]:
        return self.known.bottom(self.channel, PATCHES)

    def scene(self) -> Scene:
        """Make the scene of the digit with the strongest response, with that cell selected."""
        best, test = self.top[0], self.dataset.test
        digit = Digit(
            test.pixels[best.digit],
            int(test.labels[best.digit]),
            f"test digit {best.digit}",
            best.digit,
        )
        position = self.model.network.index(self.layer_name)
        cell = Cell(position, best.row, best.column, self.channel)
        return first_scene(self.model, digit).with_selection(cell)
