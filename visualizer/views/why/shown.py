"""What Why says and shows of a scene: picture, scale, table and sentences, for panel and stage."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.core.network.layer import Array
from visualizer.core.parts.parts import PIXELS, Parts
from visualizer.scene.scene import Scene
from visualizer.session.why import Reasons
from visualizer.text.why import number_sentence, parts_texts, reason_sentence, times_sentence
from visualizer.views.maps.captions import short_name
from visualizer.views.why.parts_table import PartsRow
from visualizer.views.widgets.pixels import symmetric_top

NOTHING = "There is no ink: every number is made of the biases alone."
PAPER = "White paper is 0 and adds nothing; what it means stands in the biases."


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """All that is to be read of one question.

    Attributes
    ----------
    title : tuple of str
        In ever shorter forms.
    picture : (28, 28)
        What each pixel adds.
    top : float
        The end of the picture's scale, which is symmetric.
    speaks_for : (str, str)
        What the two ends of the scale speak for.
    """

    title: tuple[str, ...]
    picture: Array
    top: float
    speaks_for: tuple[str, str]
    heads: tuple[str, ...]
    rows: tuple[PartsRow, ...]
    sentence: str
    times: str


def shown(scene: Scene, reasons: Reasons) -> Shown:
    """Return what is to be read of the reasons in a scene."""
    picture = reasons.shown.pixels
    top = symmetric_top(picture)
    if reasons.classes is None or reasons.second is None:
        return _of_number(scene, reasons, picture, top)
    first, second = map(str, reasons.classes)
    of = (reasons.first, reasons.second, reasons.shown)
    total = reasons.shown.value
    sums = reasons.shown.sums
    pixels = sums.pop(PIXELS)
    sentence = reason_sentence(first, second, pixels, sums, total)
    return Shown(
        (f"Why {first} and not {second}?",),
        picture,
        top,
        (f"for {first}", f"for {second}"),
        (first, second, f"{first} − {second}"),
        _rows(of, "logit"),
        NOTHING if scene.digit.undrawn else sentence,
        times_sentence(first, second, total),
    )


def _of_number(scene: Scene, reasons: Reasons, picture: Array, top: float) -> Shown:
    name = short_name(scene, reasons.cell)
    parts = reasons.shown
    pixels = parts.sums[PIXELS]
    sentence = number_sentence(name, pixels, parts.value - pixels, parts.value)
    return Shown(
        (f"What makes {name}?", name),
        picture,
        top,
        ("adds", "takes away"),
        (name,),
        _rows((parts,), "pre-activation"),
        NOTHING if scene.digit.undrawn else sentence,
        "",
    )


def _rows(of: tuple[Parts, ...], total: str) -> tuple[PartsRow, ...]:
    """Return the rows of the table: pixels, the biases of each layer, and their sum."""
    biases = [(f"bias {name}", name) for name in of[0].biases]
    names: list[tuple[str, ...]] = [("pixels",), *biases, (total,)]
    columns = [[*each.sums.values(), each.value] for each in of]
    figures = zip(*parts_texts(columns), strict=True)
    return tuple(PartsRow(name, row) for name, row in zip(names, figures, strict=True))
