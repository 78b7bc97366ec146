"""The file of a run may say anything: what no run could use is one sentence with its name."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from safetensors.numpy import load_file, save_file

from visualizer.core.history import History
from visualizer.core.network.networks import named
from visualizer.core.snapshots import Snapshot
from visualizer.runs.stored_run import read_run
from visualizer.storage.run_file import StoredRun, save_run
from visualizer.storage.weights import WeightsError
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings

DENSE = named("dense")
HUGE = int("9" * 400)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    history = History(2)
    history.add_batch(0.5, 2.3, 0.1)
    snapshot = Snapshot(1, 0.5, initial_weights(DENSE, 0))
    recipe, settings = asdict(RECIPES["book"]), asdict(Settings())
    made = tmp_path / "run.safetensors"
    run = StoredRun(DENSE, "mine", 3, recipe, "bars", 224, 1.5, history, (snapshot,), settings)
    save_run(made, run)
    return made


class Changed:
    """The same file with other words about the run."""

    def __init__(self, path: Path) -> None:
        self.path, self._tensors = path, load_file(path)
        length = int.from_bytes(path.read_bytes()[:8], "little")
        self._metadata = json.loads(path.read_bytes()[8 : 8 + length])["__metadata__"]
        self.facts = json.loads(self._metadata["run"])

    def sentence(self, facts: dict) -> str:
        """What is wrong with the run of these facts; nothing where it can be used."""
        metadata = {**self._metadata, "run": json.dumps(facts)}
        save_file(self._tensors, self.path, metadata)
        try:
            read_run(self.path)
        except WeightsError as error:
            return str(error)
        return ""


ODD = (None, True, "x", "1", [], [1], {}, -1, -0.5, float("nan"), float("inf"), HUGE, -HUGE, 1e39)


def test_every_entry_of_a_recipe_is_of_its_kind_and_within_bounds(path: Path) -> None:
    changed = Changed(path)
    assert changed.sentence(changed.facts) == ""
    told = {}
    for field in fields(Recipe):
        for value in ODD:
            if field.name == "name" and value in ("x", "1"):
                continue
            recipe = {**changed.facts["recipe"], field.name: value}
            told[field.name, str(value)[:9]] = changed.sentence({**changed.facts, "recipe": recipe})
    unnamed = [key for key, text in told.items() if not text.startswith(f"{path}: its recipe")]
    assert unnamed == []
    assert max(map(len, told.values())) < len(str(path)) + 220


def test_settings_and_facts_are_of_their_kind_and_within_bounds(path: Path) -> None:
    changed = Changed(path)
    facts = changed.facts
    told = []
    for name in ("precision", "threads", "device"):
        odd = [value for value in ODD if not (name == "threads" and value in (None, HUGE))]
        for value in odd:
            told.append(changed.sentence({**facts, "settings": {**facts["settings"], name: value}}))
    for name in ("name", "dataset"):
        odd = [value for value in ODD if not isinstance(value, str)]
        told += [changed.sentence({**facts, name: value}) for value in odd]
    for name in ("seed", "train_images", "seconds", "epochs"):
        told += [changed.sentence({**facts, name: value}) for value in ODD]
    for value in ODD:
        told += [changed.sentence({**facts, "snapshots": value})]
        told += [changed.sentence({**facts, "snapshots": [[value, 0.5]]})]
        told += [changed.sentence({**facts, "snapshots": [[1, value]]})]
        told += [changed.sentence({**facts, "recipe": value})]
        told += [changed.sentence({**facts, "began": value})]
        told += [changed.sentence({**facts, "began": {"batch": value, "epoch": "x"}})]
    for name in facts:
        if name not in ("settings", "plan"):
            told.append(changed.sentence({key: facts[key] for key in facts if key != name}))
    assert [text for text in told if not text.startswith(f"{path}: ")] == []
    assert max(map(len, told)) < len(str(path)) + 220


def test_entries_that_are_missing_or_not_known_are_named(path: Path) -> None:
    changed = Changed(path)
    facts, recipe = changed.facts, changed.facts["recipe"]
    missing = {key: recipe[key] for key in recipe if key != "learning_rate"}
    assert "it has no learning_rate" in changed.sentence({**facts, "recipe": missing})
    more = {**recipe, "dropout": 0.5}
    assert "nothing is known of 'dropout'" in changed.sentence({**facts, "recipe": more})
    later = {key: recipe[key] for key in recipe if key != "schedule"}  # it has a default
    assert changed.sentence({**facts, "recipe": later}) == ""


def test_a_run_of_a_machine_with_more_cores_can_be_looked_at(path: Path) -> None:
    changed = Changed(path)
    settings = {**changed.facts["settings"], "threads": 4096}
    assert changed.sentence({**changed.facts, "settings": settings}) == ""
    assert read_run(path).settings == replace(Settings(), threads=None)
