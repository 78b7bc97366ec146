"""The numbers that networks are compared by: sizes that follow from layers, and measurements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.core.network.geometry import Lines, RowsColumns
from visualizer.core.network.layer import Shape
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.core.network.summary import aligned, column_widths
from visualizer.core.trained import Trained, not_compared

BOOKS_UNITS = 512
HEADINGS = (
    "Network",
    "Param #",
    "Last map",
    "Coefficients",
    f"+ Dense({BOOKS_UNITS})",
    "Field",
    "of image",
    "Trained",
    "Accuracy",
    "s/epoch",
    "ms/digit",
)


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes of a network that the book argues with.

    Attributes
    ----------
    parameters : int
    last_map : (rows, columns, channels)
        Shape of the last feature map; None if there is none.
    coefficients : int
        Numbers in that map, or in the image: the inputs of the first dense layer.
    dense_parameters : int
        Parameters of a Dense(512) on top of the coefficients.
    field : (rows, columns)
        Receptive field of the last convolution, in pixels; None without a convolution.
    seen : Lines
        The pixels that its middle cell sees: not all of the field if a stride exceeds its
        window; None without a convolution.
    field_share : float
        The larger of the field's sides as shares of the image's; None without a convolution.
    """

    parameters: int
    last_map: Shape | None
    coefficients: int
    dense_parameters: int
    field: RowsColumns | None
    seen: Lines | None
    field_share: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A network's sizes, training, test accuracy (0 to 1), and seconds on this machine."""

    name: str
    measures: Measures
    trained: Trained
    accuracy: float
    epoch_seconds: float
    digit_seconds: float


def measures(network: Network) -> Measures:
    """Compute the sizes of a network."""
    maps = [layer.output_shape for layer in network.layers if layer.is_spatial]
    coefficients = math.prod(maps[-1] if maps else network.input_shape)
    convolutions = [at for at, it in enumerate(network.layers) if isinstance(it, Conv2D)]
    receptive = network.receptive_field(convolutions[-1]) if convolutions else None
    field = receptive.size if receptive else None
    rows, columns, _ = network.input_shape
    return Measures(
        network.parameter_count,
        maps[-1] if maps else None,
        coefficients,
        (coefficients + 1) * BOOKS_UNITS,
        field,
        network.seen_in_the_middle(convolutions[-1]) if convolutions else None,
        max(field[0] / rows, field[1] / columns) if field else None,
    )


def as_json(network: Measured) -> dict[str, object]:
    """Return a network's measures, ready for JSON; null without a map or a convolution."""
    sizes = network.measures
    return {
        "network": network.name,
        "parameters": sizes.parameters,
        "last_map": list(sizes.last_map) if sizes.last_map else None,
        "coefficients": sizes.coefficients,
        f"dense_{BOOKS_UNITS}_parameters": sizes.dense_parameters,
        "receptive_field": list(sizes.field) if sizes.field else None,
        "receptive_field_pixels": sizes.seen.count if sizes.seen else None,
        "receptive_field_share": sizes.field_share,
        "trained": {
            "epochs": network.trained.epochs,
            "dataset": network.trained.dataset or None,
            "finished": network.trained.finished,
        },
        "test_accuracy": network.accuracy,
        "seconds_per_epoch": network.epoch_seconds,
        "ms_per_digit": 1000 * network.digit_seconds,
    }


def as_table(networks: Sequence[Measured], dataset: str) -> str:
    """Write one line a network, and below them which accuracies may not be compared.

    Parameters
    ----------
    dataset : str
        Name of the data that the accuracies were measured on.
    """
    headings = headings_on(dataset)
    rows = [_cells(network) for network in networks]
    widths = column_widths([headings, *rows])
    lines = [aligned(row, widths, left=1) for row in (headings, *rows)]
    table = [lines[0], "_" * (sum(widths) + 3 * (len(widths) - 1)), *lines[1:]]
    caution = not_compared({network.name: network.trained for network in networks})
    return "\n".join([*table, "", caution] if caution else table)


def headings_on(dataset: str) -> tuple[str, ...]:
    """Return HEADINGS, with the data set's name behind "Accuracy"."""
    named = f"Accuracy on {dataset}" if dataset else "Accuracy"
    return tuple(named if heading == "Accuracy" else heading for heading in HEADINGS)


def _cells(network: Measured) -> tuple[str, ...]:
    return (
        network.name,
        *size_cells(network.measures),
        str(network.trained),
        f"{network.accuracy:.4f}",
        f"{network.epoch_seconds:.1f}",
        f"{1000 * network.digit_seconds:.2f}",
    )


def size_cells(sizes: Measures) -> tuple[str, ...]:
    """Write the sizes as a table prints them: the HEADINGS from "Param #" to "of image"."""
    return (
        f"{sizes.parameters:,}",
        " × ".join(map(str, sizes.last_map)) if sizes.last_map else "–",
        f"{sizes.coefficients:,}",
        f"{sizes.dense_parameters:,}",
        _field_text(sizes),
        f"{sizes.field_share:.0%}" if sizes.field_share is not None else "–",
    )


def _field_text(sizes: Measures) -> str:
    if sizes.field is None or sizes.seen is None:
        return "–"
    size = f"{sizes.field[0]} × {sizes.field[1]}"
    return f"{sizes.seen.count} in {size}" if sizes.seen.has_gaps else size
