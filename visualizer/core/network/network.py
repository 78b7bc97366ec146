"""A network: named layers on an input shape, its summary, and its forward pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.core.network.geometry import Lines, ReceptiveField, Rect, RowsColumns
from visualizer.core.network.layer import Array, Layer, Shape, Weights, rows_and_columns
from visualizer.core.network.limits import Sizes
from visualizer.core.network.terms import unbounded
from visualizer.core.network.windowed import Windowed


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Every layer's values for one image.

    Attributes
    ----------
    inputs : (height, width, channels) float32, 0 to 1
    pre_activations, outputs : one array a layer, (height, width, channels) or (units,)
    """

    inputs: Array
    pre_activations: tuple[Array, ...]
    outputs: tuple[Array, ...]

    def below(self, layer: int) -> Array:
        """Return the input of a layer: the output of the layer below, or the image."""
        return self.outputs[layer - 1] if layer else self.inputs

    @property
    def probabilities(self) -> Array:
        return self.outputs[-1]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of the summary; field and jump are (rows, columns), None for vectors."""

    name: str
    output_shape: Shape
    parameters: int
    field: RowsColumns | None
    jump: RowsColumns | None


@dataclass(frozen=True)
class Network:
    """Layers in order, each bound to its name and input shape; it holds no weights."""

    name: str
    input_shape: Shape
    layers: tuple[Layer, ...]

    @classmethod
    def build(cls, name: str, input_shape: Shape, layers: Iterable[Layer]) -> Network:
        """Name the layers (conv2d_1, conv2d_2, …) and give each its input shape.

        Raises
        ------
        ValueError
            There are no layers, or a layer does not fit on the one below; it is named.
        """
        if len(input_shape) != 3 or min(input_shape) < 1:
            raise ValueError(f"a network needs an image of rows, columns, channels: {input_shape}")
        bound: list[Layer] = []
        counts: dict[str, int] = {}
        sizes = Sizes()
        shape: Shape = input_shape
        for layer in layers:
            counts[layer.kind] = counts.get(layer.kind, 0) + 1
            placed = layer.bind(f"{layer.kind}_{counts[layer.kind]}", shape)
            try:
                if bound and bound[-1].activation_name == "softmax":
                    raise ValueError(f"after the softmax of {bound[-1].name} no layer can follow")
                placed.check()
                sizes.add(placed)
                shape = placed.output_shape
            except ValueError as error:
                raise ValueError(f"{placed.name}: {error}") from error
            bound.append(placed)
        if not bound:
            raise ValueError("a network needs at least one layer")
        return cls(name, input_shape, tuple(bound))

    def check_classifier(self, input_shape: Shape, classes: int) -> None:
        """Check that the network turns such an image into a probability for each class.

        Raises
        ------
        ValueError
            The input differs, or the last layer gives no such probabilities; the layer is named.
        """
        if self.input_shape != input_shape:
            raise ValueError(f"its input is {self.input_shape}, not {input_shape}")
        last = self.layers[-1]
        if last.activation_name != "softmax" or last.output_shape != (classes,):
            raise ValueError(
                f"{last.name}: the last layer must be dense with softmax and {classes} units, "
                "one for each class"
            )

    def __getitem__(self, name: str) -> Layer:
        return self.layers[self.index(name)]

    def index(self, name: str) -> int:
        """Return the position of a layer by its name; KeyError if there is none."""
        for position, layer in enumerate(self.layers):
            if layer.name == name:
                return position
        raise KeyError(name)

    @property
    def parameters(self) -> dict[str, Shape]:
        """Shape of every weight tensor by "<layer>.kernel" and "<layer>.bias"."""
        return {
            f"{layer.name}.{key}": shape
            for layer in self.layers
            for key, shape in layer.parameters.items()
        }

    @property
    def parameter_count(self) -> int:
        return sum(layer.parameter_count for layer in self.layers)

    @property
    def base_parameter_count(self) -> int:
        """Parameters of the convolutional base: the layers that have rows and columns."""
        return sum(layer.parameter_count for layer in self.layers if layer.is_spatial)

    def check_weights(self, weights: Weights) -> None:
        """Raise a ValueError naming the first tensor that is missing, misshapen or not finite."""
        for key, shape in self.parameters.items():
            if key not in weights:
                raise ValueError(f"{key} is missing")
            if weights[key].shape != shape:
                raise ValueError(f"{key} has shape {weights[key].shape}, not {shape}")
            if not np.isfinite(weights[key]).all():
                raise ValueError(f"{key} holds values that are not finite")
        for key in weights:
            if key not in self.parameters:
                raise ValueError(f"{key} is not a tensor of network {self.name}")

    @unbounded
    def forward(self, image: Array, weights: Weights) -> Trace:
        """Run one image (height, width, channels), 0 to 1, through every layer."""
        values = np.ascontiguousarray(image, np.float32)
        inputs = values
        pre_activations: list[Array] = []
        outputs: list[Array] = []
        for layer in self.layers:
            before, values = layer.forward(values, weights)
            pre_activations.append(before)
            outputs.append(values)
        return Trace(inputs, tuple(pre_activations), tuple(outputs))

    def receptive_field(self, layer: int) -> ReceptiveField | None:
        """Return size, jump and start of a layer's receptive field; None above a Flatten."""
        return self.receptive_fields()[layer]

    def receptive_fields(self) -> tuple[ReceptiveField | None, ...]:
        """Return the receptive field of each layer; None above a Flatten."""
        fields: list[ReceptiveField | None] = []
        field: ReceptiveField | None = ReceptiveField()
        for layer in self.layers:
            field = field.through(layer.sliding) if field and isinstance(layer, Windowed) else None
            fields.append(field)
        return tuple(fields)

    def fields(self, layer: int, row: int, column: int, channel: int = 0) -> tuple[Rect, ...]:
        """Return what one cell sees of every map below it, clipped to that map.

        Returns
        -------
        tuple of Rect
            Index 0 is the input image, index i the output of layer i − 1, up to the layer
            right below the cell's own.
        """
        seen = self.layers[layer].window(row, column, channel)
        size = self.input_shape if layer == 0 else self.layers[layer - 1].map_shape
        rects = [seen.clip(size[0], size[1])]
        for below in reversed(self.layers[:layer]):
            rects.append(below.seen_by(rects[-1]))
        return tuple(reversed(rects))

    def lines(self, layer: int, row: int, column: int, channel: int = 0) -> tuple[Lines, ...]:
        """Return the cells of every map below that one cell sees, without those in gaps.

        Returns
        -------
        tuple of Lines
            In the order of `fields`, whose rectangles they fill if no stride exceeds its window.
        """
        return _lines(self, self.layers[layer].window(row, column, channel), layer)

    def seen_in_the_middle(self, layer: int) -> Lines:
        """Return the pixels that the middle cell of a layer sees."""
        rows, columns, _ = self.layers[layer].map_shape
        return self.lines(layer, rows // 2, columns // 2)[0]

    def cells_seeing(self, row: int, column: int) -> tuple[Rect, ...]:
        """Return the cells of every layer that see one input pixel (empty if none does)."""
        rects: list[Rect] = []
        seen = Rect.cell(row, column)
        for layer in self.layers:
            seen = layer.seeing(seen)
            rects.append(seen)
        return tuple(rects)

    def seen(self) -> Rect:
        """Return the smallest rectangle of the input that holds all that the last layer sees."""
        rect = Rect.whole(*rows_and_columns(self.layers[-1].output_shape))
        for layer in reversed(self.layers):
            rect = layer.seen_by(rect)
        return rect

    def blind_lines(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the rows and columns of the input that no cell of the last layer sees."""
        height, width, _ = self.input_shape
        rows = tuple(r for r in range(height) if self._loses(Rect(r, 0, r + 1, width)) is not None)
        columns = tuple(
            c for c in range(width) if self._loses(Rect(0, c, height, c + 1)) is not None
        )
        return rows, columns

    def blinding_layer(self) -> Layer | None:
        """Return the first layer at which lines of the input lose their path to the last layer."""
        height, width, _ = self.input_shape
        lines = [Rect(r, 0, r + 1, width) for r in range(height)]
        lines += [Rect(0, c, height, c + 1) for c in range(width)]
        losing = [at for at in map(self._loses, lines) if at is not None]
        return self.layers[min(losing)] if losing else None

    def _loses(self, inputs: Rect) -> int | None:
        """Return the position of the first layer of which no cell sees these inputs."""
        for position, layer in enumerate(self.layers):
            inputs = layer.seeing(inputs)
            if inputs.empty:
                return position
        return None

    def summary(self) -> list[SummaryRow]:
        """Return one row a layer: name, output shape, parameters, receptive field, jump."""
        rows = []
        for layer, field in zip(self.layers, self.receptive_fields(), strict=True):
            rows.append(
                SummaryRow(
                    layer.name,
                    layer.output_shape,
                    layer.parameter_count,
                    field.size if field else None,
                    field.jump if field else None,
                )
            )
        return rows


@lru_cache(maxsize=1024)
def _lines(network: Network, window: Rect, layer: int) -> tuple[Lines, ...]:
    """Return the cells of every map below a layer that a window on the map right below it sees."""
    size = network.input_shape if layer == 0 else network.layers[layer - 1].map_shape
    lines = [Lines.within(window.clip(size[0], size[1]))]
    for below in reversed(network.layers[:layer]):
        lines.append(below.lines_seen_by(lines[-1]))
    return tuple(reversed(lines))
