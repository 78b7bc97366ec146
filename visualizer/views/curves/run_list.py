"""RunList: the runs of this session and of earlier ones; colours, names and ends, shown or not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from visualizer.runs.how_trained import how_trained
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.text.numbers import percent, shortened
from visualizer.training.recipe import Recipe
from visualizer.views.base.constants import RIGHT
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.curves.plot import DASHES
from visualizer.views.curves.sample import Sample
from visualizer.views.widgets.table import Table
from visualizer.views.widgets.table_model import Cell, Icon

SWATCH, WORDS, ACCURACY, BRING, DELETE = range(5)


def key_of(run: Run) -> int:
    """Return the number that decides a run's colour and dashes."""
    return run.number


def facts_forms(run: Run, network: str) -> tuple[str, ...]:
    """Return how a run was trained, in ever fewer words; where it began is dropped last."""
    facts = run.model.facts
    recipe = run.recipe or Recipe.of_facts(facts)
    words, title = (recipe.words, recipe.title) if recipe else (facts.get("recipe", ""),) * 2
    seed = f"seed {run.seed if run.recipe else facts.get('seed', '–')}"
    began = run.began.strip()
    lines = [(network, words, seed, began), (words, seed, began), (title, seed, began)]
    lines += [(seed, began), (began,)] if began else [(network, title)]
    return *(" · ".join(filter(None, line)) for line in lines), network


class RunList(Table):
    """All runs of the session, the newest first."""

    stretch = WORDS

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Runs of this session and of earlier ones", [Cell()] * 5, 6, 8)
        self._library = session.library
        sized(look, self, width=280)
        self.pointed.connect(self._library.point)
        self._library.changed.connect(self.refresh)

    def showEvent(self, event: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the runs there are now; a name that is being written stays."""
        if self.isVisible():
            runs = reversed(self._library.runs)
            self.show_rows({run: self._row(run) for run in runs}, self._library.pointed)

    def _row(self, run: Run) -> list[Cell]:
        library, accuracy = self._library, run.state.test_accuracy
        in_view, shown = run is library.in_view, library.is_shown(run)
        trained = how_trained(run.model, run)
        how = str(trained)
        hows = (how, str(replace(trained, dataset=""))) if trained.epochs is not None else (how,)
        facts = facts_forms(run, shortened(run.model.network.name, 20))
        does = "This run is in view" if in_view else f"{'Hide' if shown else 'Show'} its curve"
        return [
            Cell(
                tip=does,
                name=f"Curve {'shown' if shown else 'hidden'}",
                picture=Sample(key_of(run), 3, DASHES[1:], in_view, shown, (28, 14)),
                act=partial(self._show_curve, run),
            ),
            Cell(
                run.name,
                "\n".join((f"{run.name}: click to rename", how, facts[0])),
                f"Name of the run: {run.name}, {how}, {facts[0]}",
                under=(hows, facts),
                write=partial(library.rename, run),
            ),
            Cell(
                "–" if accuracy is None else percent(accuracy),
                f"Accuracy on {run.state.dataset}",
                role="caption",
                side=RIGHT,
            ),
            Cell(
                tip=(into := "Bring this run into view"),
                name=into,
                picture=Icon("inspect"),
                enabled=not in_view,
                act=partial(library.bring, run),
            ),
            Cell(
                tip=(gone := "Delete this run"),
                name=gone,
                picture=Icon("close"),
                act=partial(library.delete, run),
            ),
        ]

    def _show_curve(self, run: Run) -> None:
        if run is not self._library.in_view:
            self._library.show_curve(run, not self._library.is_shown(run))
