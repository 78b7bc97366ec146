"""Stop: one place of a talk: a stage, what it shows, and what is said there. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Ask = Literal["", "answer", "sum", "size", "filter"]
Begin = Literal["wait", "play"]

TRAINED, UNTRAINED = "trained", "untrained"
PAD = "pad"  # the drawing under way


@dataclass(frozen=True, slots=True)
class StopDigit:
    """A digit as a stop names it.

    Attributes
    ----------
    kind : "mnist", "synthetic", "folder", "file" or "pad"
        The data set that it is a test digit of; a file of the talk; or what is drawn on the pad.
    index : int
        Its place in the test set.
    file : str
        The name of its file in the talk: a picture (28, 28), or a drawing.
    label : int or None
        Its class, if known: where the data set is missing, a digit of the class stands in.
    """

    kind: str = "synthetic"
    index: int = 0
    file: str = ""
    label: int | None = None


@dataclass(frozen=True, slots=True)
class StopCell:
    """A cell as a stop names it: by its layer's name, or "input" for a pixel of the digit.

    Attributes
    ----------
    channel, row, column : int or None
        None: where the answer to the digit is strongest, of what is left open.
    """

    layer: str
    channel: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A stage with its scene and its words; what is not said has the value given here.

    Attributes
    ----------
    stage : str
        The title of the stage.
    title, words : str
        What is shown over the stage, and below it: at most two sentences.
    chapter : str
        The part of the talk that it belongs to.
    network : str
        The name of a built-in network; empty: that of the weights' file.
    weights : str
        "trained": as the built-in network is; "untrained": as `seed` begins; else the name of a
        weights or run file in the talk.
    seed : int
    moment : int or None
        The batch of the run, whose weights are shown; None: its last.
    edits : tuple of str
        Changes to the network, each as the window writes it: "conv2d_2 · 38 off".
    digit : StopDigit
    way : tuple of StopCell
        The selected cell and the steps down from it; empty: the strongest cell of the first layer.
    at : int
        Which step of the way is shown.
    settings : mapping of str
        What the stage's page shows beside it, as the page names it.
    gear : int or None
        Batches a second while it trains, 0: full speed; None: as it is.
    ask : "", "answer", "sum", "size" or "filter"
        What is hidden until it is asked for.
    begin : "wait" or "play"
        Whether the window slides, or training begins, by itself.
    line : int
        Where it begins in the file that it was read from.
    """

    stage: str
    title: str = ""
    words: str = ""
    chapter: str = ""
    network: str = "book"
    weights: str = TRAINED
    seed: int = 0
    moment: int | None = None
    edits: tuple[str, ...] = ()
    digit: StopDigit = StopDigit()
    way: tuple[StopCell, ...] = ()
    at: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    gear: int | None = None
    ask: Ask = ""
    begin: Begin = "wait"
    line: int = field(default=0, compare=False)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files in the talk that it needs."""
        weights = self.weights if self.weights not in (TRAINED, UNTRAINED) else ""
        return tuple(name for name in (weights, self.digit.file) if name)

    @property
    def unsaid(self) -> Stop:
        """What it shows, without its words."""
        return replace(self, title="", words="", chapter="")


@dataclass(frozen=True, slots=True)
class Talk:
    """Stops in their order, and the files that they need.

    Attributes
    ----------
    title : str
    words : str
        What stands below the title; shown nowhere but in the file and on the handout.
    stops : tuple of Stop
    files : mapping of str to bytes
        Weights, runs, drawings and pictures by the name that the stops give them.
    """

    title: str
    words: str = ""
    stops: tuple[Stop, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    def chapter_of(self, at: int) -> tuple[int, str]:
        """Return the number, from 1, and the name of a stop's chapter; 0 and nothing for none."""
        known = list(dict.fromkeys(stop.chapter for stop in self.stops if stop.chapter))
        name = self.stops[at].chapter
        return (known.index(name) + 1, name) if name else (0, "")
