"""What a stop of a talk says of the Inspect page: its tab, maps, curves, digit, wear."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.core.talk.settings import Settings, differing
from visualizer.data.wear import WEARS
from visualizer.session.choices import (
    MOST_SEED,
    CurvesShown,
    DigitShown,
    ExperimentShown,
    MapsShown,
    SumsShown,
)
from visualizer.session.session import Session
from visualizer.views.inspect.side_tabs import TABS
from visualizer.views.maps.captions import RANGES, VALUES
from visualizer.views.maps.order_button import ORDERS

SETTINGS = (
    *("tab", "values", "scale", "order", "sums", "smoothing", "log", "numbers"),
    *("wear", "seed", "direction", "loss"),
)
SUMS = ("size", "channel")
PLOTS = ("loss", "accuracy")
NO_OR_YES = ("no", "yes")
GOALS = ("", *map(str, range(10)))
WAYS = ("forward", "backward")


def shown_settings(session: Session, tab: str) -> dict[str, str]:
    """Return what the page shows, `tab` at the right; what has its first value is left out."""
    maps, curves, digit = session.maps_shown.now, session.curves_shown.now, session.digit_shown.now
    first, wanted = MapsShown(), session.viewer.scene.wanted
    goal = "" if wanted is None or wanted.goal is None else str(wanted.goal)
    first, experiment, usual = MapsShown(), session.experiment_shown.now, ExperimentShown()
    return differing(
        ("tab", tab, TABS[0][0]),
        ("values", maps.values, first.values),
        ("scale", maps.scale, first.scale),
        ("order", maps.order, first.order),
        ("sums", session.sums_shown.now.order, SUMS[0]),
        ("smoothing", f"{curves.smoothing:g}", f"{CurvesShown().smoothing:g}"),
        ("log", ", ".join(plot for plot in PLOTS if plot in curves.log), ""),
        ("numbers", NO_OR_YES[digit.numbers], NO_OR_YES[0]),
        ("direction", WAYS[wanted is not None], WAYS[0]),
        ("loss", goal, ""),
        ("wear", experiment.wear, usual.wear),
        ("seed", str(experiment.seed), str(usual.seed)),
    )


def show_settings(session: Session, settings: Mapping[str, str]) -> str:
    """Show what a stop says of maps, curves, digit and wear; return the tab that it wants.

    Raises
    ------
    ValueError
        A setting or a value is not known; nothing has changed.
    """
    read, first = Settings("Inspect", settings, SETTINGS), MapsShown()
    tab = read.one_of("tab", [key for key, *_ in TABS])
    maps = MapsShown(
        read.one_of("values", _first_of(first.values, VALUES)),
        read.one_of("scale", _first_of(first.scale, RANGES)),
        read.one_of("order", _first_of(first.order, ORDERS)),
    )
    sums = SumsShown(read.one_of("sums", SUMS))
    smoothing = read.share("smoothing", CurvesShown().smoothing)
    curves = CurvesShown(smoothing, read.some_of("log", PLOTS))
    digit = DigitShown(read.one_of("numbers", NO_OR_YES) == NO_OR_YES[1])
    backward = read.one_of("direction", WAYS) == WAYS[1]
    goal = read.one_of("loss", GOALS)
    session.viewer.show_backward(backward, int(goal) if goal else None)
    usual = ExperimentShown()
    wear = read.one_of("wear", sorted(WEARS, key=lambda name: name != usual.wear))
    seed = read.whole("seed", 0, MOST_SEED) or usual.seed
    session.maps_shown.show(maps)
    session.sums_shown.show(sums)
    session.curves_shown.show(curves)
    session.digit_shown.show(digit)
    session.experiment_shown.choose(wear=wear, seed=seed)
    return tab


def _first_of(first: str, choices: tuple[tuple[str, str, str], ...]) -> list[str]:
    """Return the keys of choices, the one that they begin with first."""
    return sorted((key for key, *_ in choices), key=lambda key: key != first)
