"""Options of the command line for the window and for the figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FORMATS = ("png", "svg", "pdf")  # of a picture that is taken away
SCALES = (1, 2, 4)  # pixels of a PNG to one on the screen


@dataclass(frozen=True, slots=True)
class AppOptions:
    """How to open the window.

    Attributes
    ----------
    data : Path or None
        Folder of IDX files.
    dataset : str
        "auto", "mnist" or "synthetic".
    network : str or None
        Name of the network, or its JSON file; None: the last one shown, at first "book".
    weights : Path or None
        A safetensors file to show instead of the bundled network.
    present : bool
        Start in Present mode.
    talk : Path or None
        A talk to begin with.
    """

    data: Path | None = None
    dataset: str = "auto"
    network: str | None = None
    weights: Path | None = None
    present: bool = False
    talk: Path | None = None


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    """A talk as PDF, a stop a page; without a file the talk that comes with the program."""

    out: Path
    talk: Path | None = None


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """The pictures to make.

    Attributes
    ----------
    size : (width, height)
        Of the window, in pixels.
    theme : "light" or "dark"
    panel : str
        The beginning of the names of those wanted; empty: all.
    scale : int
        Pixels of a PNG to one of the window.
    format : "png", "svg" or "pdf"
    """

    out: Path
    digit: int = 0
    data: Path | None = None
    dataset: str = "auto"
    weights: Path | None = None
    size: tuple[int, int] = (1920, 1080)
    theme: str = "light"
    present: bool = False
    panel: str = ""
    scale: int = 1
    format: str = "png"
