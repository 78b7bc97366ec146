"""One frozen snapshot of everything the window draws, and the pure steps to the next snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from visualizer.core.edits import Edit, altered
from visualizer.core.network.geometry import Lines, Rect
from visualizer.core.network.layer import Layer, Weights
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.terms import Terms
from visualizer.core.talk.stop import Ask
from visualizer.scene.backward import Backward
from visualizer.scene.moment import Moment
from visualizer.scene.trail import INPUT, Cell, Trail


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """A 28×28 image with its label and source.

    Attributes
    ----------
    pixels : (28, 28) uint8
        Ink is bright: 0 paper, 255 full ink.
    label : int or None
        Its class, if known.
    source : str
        What the window calls it: "test digit 12", "drawing", or a file's name.
    index : int or None
        Position in the test set, for a digit of the test set.
    drawn : bool
        Whether it was drawn on the pad.
    """

    pixels: npt.NDArray[np.uint8]
    label: int | None
    source: str
    index: int | None = None
    drawn: bool = False

    @property
    def undrawn(self) -> bool:
        """Whether it is a pad without ink: there is nothing to predict."""
        return self.drawn and not self.pixels.any()


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A network with its weights and their origin.

    Attributes
    ----------
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
    origin : str
        Where the weights come from, in the window's words.
    moment : Moment or None
        The moment of the weights in a run of this session; None if they come from no such run.
    facts : mapping of str
        How the weights were made, as a weights file says it: recipe, seed, epochs, …
    """

    network: Network
    weights: Weights
    origin: str
    moment: Moment | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    def altered(self, edits: tuple[Edit, ...], made: Weights | None = None) -> Model:
        """Return the model with edits, with weights `made` by them; its accuracy is not known.

        Raises
        ------
        ValueError
            An edit does not fit this network.
        """
        if not edits:
            return self
        facts = {key: fact for key, fact in self.facts.items() if key != "test_accuracy"}
        facts["altered"] = "; ".join(map(str, edits))
        weights = made or altered(self.network, self.weights, edits)
        return replace(self, weights=weights, origin=f"{self.origin}, altered", facts=facts)

    def trace(self, pixels: npt.NDArray[np.uint8]) -> Trace:
        """Compute every layer's values for a (28, 28) uint8 image."""
        image = pixels.reshape(self.network.input_shape).astype(np.float32)
        return self.network.forward(image / np.float32(255), self.weights)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A model, the digit it sees, and the selection.

    Attributes
    ----------
    model : Model
    trace : Trace
        The model's values for the digit.
    trail : Trail
        The one selection that every panel shows, and the steps that led to it.
    hovered : Cell or None
        The cell under the pointer, if any.
    pointed : (row, column) or None
        The pixel of the digit under the pointer, if any.
    predicts : bool
        Whether each digit's answer is hidden until it is revealed, so that users can guess.
    revealed : bool
        Whether the answer for this digit has been revealed.
    asked : "", "sum", "size" or "filter"
        What is still to be found out: the selected number, how large outputs are, or which
        filter is selected. In its place panels show ?.
    wanted : Backward or None
        The gradients that are asked for.
    """

    model: Model
    digit: Digit
    trace: Trace
    trail: Trail
    hovered: Cell | None = None
    pointed: tuple[int, int] | None = None
    predicts: bool = False
    revealed: bool = False
    asked: Ask = ""
    wanted: Backward | None = None

    @property
    def network(self) -> Network:
        return self.model.network

    @property
    def weights(self) -> Weights:
        return self.model.weights

    @property
    def selected(self) -> Cell:
        return self.trail.cell

    @property
    def pixel(self) -> tuple[int, int] | None:
        """The pixel of the digit at which the trail stands; None on a layer's cell."""
        current = self.trail.current
        return (current.row, current.column) if current.layer == INPUT else None

    @property
    def shown(self) -> Cell:
        """The cell that is explained: the cell under the pointer, else the selected cell."""
        return self.hovered or self.selected

    @property
    def layer(self) -> Layer:
        """The selected layer."""
        return self.network.layers[self.selected.layer]

    @property
    def prediction(self) -> int:
        return int(self.trace.probabilities.argmax())

    @property
    def answer_hidden(self) -> bool:
        """Whether the label and the network's answer are hidden."""
        return self._guessed or (self.asked == "sum" and self.selected.layer == self.last)

    @property
    def _guessed(self) -> bool:
        return self.predicts and not self.revealed

    @property
    def last(self) -> int:
        """The position of the last layer, whose numbers are the answer."""
        return len(self.network.layers) - 1

    def hides(self, layer: int) -> bool:
        """Return whether a layer's numbers are hidden: the answer, or those of an asked sum."""
        summed = self.asked == "sum" and layer == self.selected.layer
        return summed or (self.answer_hidden and layer == self.last)

    @property
    def backward(self) -> Backward | None:
        """The gradients to be shown: none while anything is hidden, as they would tell it."""
        return None if self.answer_hidden or self.asked else self.wanted

    def value(self, cell: Cell, pre_activation: bool = False) -> float:
        """Return the network's own number at a cell; at a pixel its ink, 0 to 1."""
        values = self.trace.pre_activations if pre_activation else self.trace.outputs
        if cell.layer == INPUT:
            return float(self.trace.inputs[cell.row, cell.column, cell.channel])
        shape = self.network.layers[cell.layer].map_shape
        return float(values[cell.layer].reshape(shape)[cell.row, cell.column, cell.channel])

    def terms(self, cell: Cell) -> Terms:
        """Return every term of the number at a cell."""
        of = self.trace.below(cell.layer), self.weights, (cell.row, cell.column, cell.channel)
        return self.network.layers[cell.layer].terms(*of)

    def below(self, cell: Cell, row: int, column: int, channel: int) -> Cell:
        """Return the cell at a place of the layer below, or the pixel below the first layer."""
        if cell.layer == 0:
            return Cell(INPUT, row, column, channel)
        return Cell(cell.layer - 1, row, column, channel)

    def field(self, cell: Cell) -> Rect:
        """Return the smallest rectangle of the digit that holds all pixels a cell sees."""
        return self.network.fields(cell.layer, cell.row, cell.column, cell.channel)[0]

    def pixels(self, cell: Cell) -> Lines:
        """Return the pixels of the digit that a cell sees, without those in gaps between them."""
        return self.network.lines(cell.layer, cell.row, cell.column, cell.channel)[0]

    def with_changes(self, model: Model | None, digit: Digit | None) -> Scene:
        """Show another model, another digit, or both, computed once."""
        model, digit = model or self.model, digit or self.digit
        changed = replace(
            self,
            model=model,
            digit=digit,
            trace=model.trace(digit.pixels),
            trail=self.trail if digit is self.digit else self.trail.kept(),
            revealed=self.revealed and digit is self.digit,
        )
        if self.wanted is not None:
            same = digit is self.digit or (digit.drawn and self.digit.drawn)
            changed = changed.with_backward(True, self.wanted.goal if same else None)
        if model.network is self.network:
            return changed
        # The selection stays as near as it can.
        return replace(changed, hovered=None, trail=Trail((changed.nearest(self.selected),)))

    def with_backward(self, wanted: bool, goal: int | None = None) -> Scene:
        """Have the gradients of the loss for a class, or for the digit's label; or none."""
        if not (wanted or self.wanted):
            return self
        of = self.network, self.weights, self.trace, self.digit.label, goal
        return replace(self, wanted=Backward.of(*of) if wanted else None)

    def with_selection(self, cell: Cell) -> Scene:
        """Select a cell, or the nearest existing one, and begin a new trail there.

        The selected cell is explained until the pointer moves again.
        """
        trail = Trail((self.nearest(cell),))
        return self if trail == self.trail else replace(self, trail=trail, hovered=None)

    def with_step(self, cell: Cell) -> Scene:
        """Follow the trail down to a term of the selected cell."""
        return self.with_trail(self.trail.then(cell))

    def with_trail(self, trail: Trail) -> Scene:
        """Stand at another step of the trail, or of another trail."""
        return self if trail is self.trail else replace(self, trail=trail, hovered=None)

    def nearest(self, cell: Cell) -> Cell:
        """Return the cell of the network that is nearest to these coordinates."""
        layer = min(max(cell.layer, 0), self.last)
        height, width, channels = self.network.layers[layer].map_shape
        return Cell(
            layer,
            min(max(cell.row, 0), height - 1),
            min(max(cell.column, 0), width - 1),
            min(max(cell.channel, 0), channels - 1),
        )

    def with_hover(self, cell: Cell | None) -> Scene:
        """Point at a cell; at none while a sum is asked for, as another's may have it as a term."""
        cell = None if self.asked == "sum" else cell
        return self if cell == self.hovered else replace(self, hovered=cell)

    def with_pointer(self, pixel: tuple[int, int] | None) -> Scene:
        return self if pixel == self.pointed else replace(self, pointed=pixel)

    def with_predictions(self, predicts: bool) -> Scene:
        """Hide every digit's answer from now on, or show the answers."""
        return replace(self, predicts=predicts, revealed=False, asked="")

    def with_question(self, ask: Ask) -> Scene:
        """Hide what is asked for, and nothing else."""
        asked: Ask = "" if ask == "answer" else ask
        hovered = None if asked else self.hovered
        return replace(self.with_predictions(ask == "answer"), asked=asked, hovered=hovered)

    def with_answer(self) -> Scene:
        """Reveal the answer for this digit, or what is asked for."""
        hidden = self.answer_hidden or self.asked
        return replace(self, revealed=True, asked="") if hidden else self

    def strongest(self, layer: int) -> Cell:
        """Find the cell of a layer that answers most to this digit; its first cell while hidden.

        In the last layer the unit that answers most is the answer.
        """
        if self._guessed and layer == self.last:
            return Cell(layer, 0, 0, 0)
        shape = self.network.layers[layer].map_shape
        flat = int(self.trace.outputs[layer].argmax())
        row, column, channel = np.unravel_index(flat, shape)
        return Cell(layer, int(row), int(column), int(channel))
