"""What each command is asked for, as the parser has read it. Paths are as they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class DataOptions:
    """Which digits to use.

    Attributes
    ----------
    data : Path or None
        Folder of IDX files.
    dataset : str
        "auto", "mnist" or "synthetic".
    """

    data: Path | None
    dataset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOptions(DataOptions):
    """A run without a window; None: as the recipe has it, or, of threads, the fastest."""

    network: str
    recipe: str
    epochs: int | None
    batch_size: int | None
    learning_rate: float | None
    seed: int
    limit: int | None
    out: Path
    history: Path | None
    save_run: Path | None
    precision: Literal["auto", "float32", "bfloat16"]
    threads: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateOptions(DataOptions):
    """Weights to test."""

    weights: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryOptions:
    """A network to print, as a table or as JSON."""

    network: str
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationsOptions(DataOptions):
    """One digit, by its index in the test set or as a picture, and where its outputs go."""

    digit: int | None
    image: Path | None
    weights: Path | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientsOptions(DataOptions):
    """Training digits by their indices, the weights, and where the gradients go."""

    indices: tuple[int, ...]
    weights: Path
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(DataOptions):
    """A test digit by its index, a class, and where the parts of its logit go.

    Attributes
    ----------
    against : int or None
        The class whose logit is taken away.
    wipe : int or None
        The side of the patch that is wiped out at every place.
    """

    digit: int
    label: int
    against: int | None
    wipe: int | None
    weights: Path | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersOptions(DataOptions):
    """A layer, one of its filters or None for all, and the folder of the report."""

    layer: str
    filter: int | None
    ablate: bool
    weights: Path | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOptions(DataOptions):
    """Networks to test on moved digits; `square`: all 289 shifts, not those of a cross."""

    weights: list[Path] | None
    out: Path
    images: int | None
    square: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions(DataOptions):
    """Networks to set side by side, as a table or as JSON."""

    weights: list[Path] | None
    images: int | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingOptions:
    """A network to write as a listing of a framework."""

    network: str
    framework: str


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Nothing: MNIST is asked for."""
