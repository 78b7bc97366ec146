"""How far the weights of a run or of a file were trained."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.core.trained import Trained
from visualizer.runs.run import Run
from visualizer.runs.run_state import fact_number
from visualizer.scene.scene import Model
from visualizer.training.recipe import RECIPES, Recipe


def trained_by_facts(facts: Mapping[str, str]) -> Trained:
    """Read the training from the facts of a weights file; the recipe tells the planned epochs."""
    recipe = Recipe.of_facts(facts) or RECIPES.get(facts.get("recipe", ""))
    epochs = fact_number(facts.get("epochs"))
    return Trained(epochs, recipe.epochs if recipe else None, facts.get("dataset", ""))


def how_trained(model: Model, run: Run | None = None) -> Trained:
    """Return the training of a model, perhaps one of a run of this session or an earlier one."""
    if run is None or run.recipe is None:
        return trained_by_facts(model.facts)
    done = run.state.epoch if model.moment is None else model.moment.epoch
    return Trained(done, run.state.epochs, run.state.dataset)
