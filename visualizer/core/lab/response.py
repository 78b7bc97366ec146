"""The output of the lab's window on its input, computed by the layers of networks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from visualizer.core.lab.lab import (
    NETWORK,
    OWN,
    PRESETS,
    LabState,
    as_rows,
    default_grid,
    named_kernel,
    with_kernel,
)
from visualizer.core.network.geometry import Rect, Sliding
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.layers import AveragePool2D, Conv2D, MaxPool2D
from visualizer.core.network.terms import ConvTerms, PoolTerms, unbounded
from visualizer.core.network.windowed import Windowed

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

MAP_SIZE = (11, 11)
LAYER = "lab"


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The digit, map and filters that the program offers to the lab.

    Attributes
    ----------
    digit : (28, 28), 0 … 1
    digit_name : str
    map : (11, 11) or None
        A feature map of the network, if it has one of this size.
    map_name : str
    filters : (kernel_height, kernel_width, n) or None
        The kernels of the first layer, if it is a convolution of one channel.
    biases : (n,)
    filters_name : str
        The first layer's name.
    strongest : int
        The filter that answers most to the digit.
    """

    digit: Array
    digit_name: str = "digit"
    map: Array | None = None
    map_name: str = ""
    filters: Array | None = None
    biases: Array = field(default_factory=lambda: np.zeros(0, np.float32))
    filters_name: str = ""
    strongest: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """A state's input, kernel and output, or the reason why it has no output.

    Attributes
    ----------
    inputs : (height, width)
    kernel : (kernel_height, kernel_width)
    bias : float
    layer : Windowed
        The layer that computes, bound to the input.
    output : (rows, columns) or None
    problem : str
        The reason of `Sliding` why there is no output; else empty.
    """

    state: LabState
    inputs: Array
    kernel: Array
    bias: float
    layer: Windowed
    output: Array | None
    problem: str = ""

    @property
    def sliding(self) -> Sliding:
        return self.layer.sliding

    @property
    def weights(self) -> Weights:
        return _weights(self.kernel, self.bias)

    def terms(self, row: int, column: int) -> ConvTerms | PoolTerms:
        """Return every term of one output."""
        return self.layer.terms(self.inputs[:, :, None], self.weights, (row, column, 0))

    def first_on_ink(self) -> int:
        """Find the first place, row by row, whose window sees ink; if none does, return 0."""
        rows, columns = self.sliding.places
        for place in range(rows * columns):
            at = self.sliding.window(*divmod(place, columns))
            if self.inputs[max(at.top, 0) : at.bottom, max(at.left, 0) : at.right].any():
                return place
        return 0

    def reached(self, row: int, column: int) -> Rect:
        """Return the outputs whose windows contain an input cell (possibly none)."""
        return self.sliding.seeing(Rect.cell(row, column))

    def multiplied(self, row: int, column: int) -> Mask:
        """Return the input cells that a kernel cell meets at any place, (height, width)."""
        down, right = self.met(row, column)
        return self._cross(down, right)

    def met(self, row: int, column: int) -> tuple[Places, Places]:
        """Return the input rows and columns that a kernel cell meets; off the map on padding."""
        down, right = _starts(self.sliding)
        return down + row, right + column

    def unseen(self) -> Mask:
        """Return the input cells that no window sees, (height, width)."""
        sliding = self.sliding
        down, right = _starts(sliding)
        rows = down[:, None] + np.arange(sliding.kernel[0])
        columns = right[:, None] + np.arange(sliding.kernel[1])
        return ~self._cross(rows.reshape(-1), columns.reshape(-1))

    def _cross(self, rows: Places, columns: Places) -> Mask:
        """Return the cells of the map where these rows and columns cross, (height, width)."""
        height, width = self.inputs.shape
        mask = np.zeros((height, width), bool)
        on_rows = rows[(rows >= 0) & (rows < height)]
        on_columns = columns[(columns >= 0) & (columns < width)]
        mask[np.ix_(on_rows, on_columns)] = True
        return mask


@unbounded
def respond(state: LabState, surroundings: Surroundings) -> Response:
    """Compute the output of a state's window on its input, or the reason why it has none."""
    inputs = input_of(state, surroundings)
    kernel, bias = kernel_of(state, surroundings)
    layer = _layer(state, kernel, inputs)
    try:
        outputs = layer.pre_activation(inputs[:, :, None], _weights(kernel, bias))
    except ValueError as error:
        return Response(state, inputs, kernel, bias, layer, None, str(error))
    return Response(state, inputs, kernel, bias, layer, outputs[:, :, 0])


def input_of(state: LabState, surroundings: Surroundings) -> Array:
    """Return the input map, (height, width)."""
    if state.source == "digit":
        return surroundings.digit
    if state.source == "map":
        return (
            np.asarray(default_grid(MAP_SIZE), np.float32)
            if surroundings.map is None
            else surroundings.map
        )
    return np.asarray(state.grid, np.float32)


def kernel_of(state: LabState, surroundings: Surroundings) -> tuple[Array, float]:
    """Return the kernel and its bias; the state's own numbers if the network has no such filter."""
    if state.kernel_name == NETWORK and surroundings.filters is not None:
        at = min(state.filter, surroundings.filters.shape[2] - 1)
        return np.ascontiguousarray(surroundings.filters[:, :, at]), float(surroundings.biases[at])
    return np.asarray(state.kernel, np.float32), 0.0


def from_network(state: LabState, surroundings: Surroundings, at: int) -> LabState:
    """Take a filter of the first layer as the kernel; its numbers are kept for later edits."""
    chosen = replace(state, kernel_name=NETWORK, filter=at)
    return replace(chosen, kernel=as_rows(kernel_of(chosen, surroundings)[0]))


def refreshed(state: LabState, surroundings: Surroundings) -> LabState:
    """Take the same filter of a changed network; keep the last numbers if it has no filters."""
    if surroundings.filters is None:
        return replace(state, kernel_name=OWN)
    return from_network(state, surroundings, min(state.filter, surroundings.filters.shape[2] - 1))


def preset_state(name: str, surroundings: Surroundings) -> LabState:
    """Return a preset's state; "our first layer" takes the filter that answers most."""
    state = PRESETS[name]
    if state.kernel_name != NETWORK:
        return state
    if surroundings.filters is None:
        return with_kernel(state, "vertical edge")
    return from_network(state, surroundings, surroundings.strongest)


def is_changed(state: LabState, surroundings: Surroundings) -> bool:
    """Return whether a state differs from the preset that its name says.

    Another filter of the network, or a filter whose weights have changed, is no difference.
    """
    if state.preset not in PRESETS:
        return False
    preset = preset_state(state.preset, surroundings)
    if state.kernel_name == preset.kernel_name == NETWORK:
        preset = replace(preset, filter=state.filter, kernel=state.kernel)
    return state != preset


def side_by_side(
    state: LabState, surroundings: Surroundings
) -> tuple[Response, Response, Response]:
    """Compute max pooling and average pooling of 2×2, and the state's kernel, at stride 2."""
    window = named_kernel("blur", (2, 2))
    at_two = replace(state, stride=(2, 2), padding="valid")
    return (
        respond(replace(at_two, operation="max", kernel=window, kernel_name="blur"), surroundings),
        respond(
            replace(at_two, operation="average", kernel=window, kernel_name="blur"), surroundings
        ),
        respond(replace(at_two, operation="convolution"), surroundings),
    )


def _layer(state: LabState, kernel: Array, inputs: Array) -> Windowed:
    size = (kernel.shape[0], kernel.shape[1])
    layer: Windowed
    if state.operation == "convolution":
        layer = Conv2D(1, size, state.stride, state.padding, "linear")
    elif state.operation == "max":
        layer = MaxPool2D(size, state.stride, state.padding)
    else:
        layer = AveragePool2D(size, state.stride, state.padding)
    return layer.bind(LAYER, (*inputs.shape, 1))


def _weights(kernel: Array, bias: float) -> Weights:
    return {
        f"{LAYER}.kernel": kernel[:, :, None, None],
        f"{LAYER}.bias": np.asarray([bias], np.float32),
    }


def _starts(sliding: Sliding) -> tuple[Places, Places]:
    """Return the first row and first column of every window; negative on padding."""
    rows, columns = sliding.places
    return (
        np.array([sliding.window(row, 0).top for row in range(rows)]),
        np.array([sliding.window(0, column).left for column in range(columns)]),
    )
