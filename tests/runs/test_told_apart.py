"""A run can be told from another, and made again from what is written of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, until
from visualizer.core.beginning import Beginning
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset, Images
from visualizer.runs.stored_run import read_run, to_stored
from visualizer.session.session import Session
from visualizer.storage.resources import resource
from visualizer.storage.run_file import load_run, save_run
from visualizer.storage.weights import load_weights, network_of
from visualizer.training.events import Finished, WeightsPublished
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings
from visualizer.views.curves.run_list import facts_forms
from visualizer.views.curves.time_bar import moment_texts


@pytest.fixture
def branched(short: Session, ear: Ear, qtbot: QtBot) -> Session:
    """A run of ten batches, and one that went on from its fourth at another rate."""
    short.train_or_pause()
    until(qtbot, short, "finished")
    short.time.show(4)
    runs = short.runs
    runs.configure(replace(runs.recipe, learning_rate=0.002), runs.seed, runs.settings)
    short.go_on_from_here()
    until(qtbot, short, "finished")
    return short


def without_prefix(facts: dict[str, str]) -> dict[str, str]:
    """What is said of the run that a run went on from."""
    return {
        key.removeprefix("began_"): text for key, text in facts.items() if key.startswith("began_")
    }


def made_again(facts: dict[str, str], network: Network, dataset: Dataset) -> dict:
    """The weights that come of what a file says, and of the same digits."""
    before = without_prefix(facts)
    weights = None
    if before:
        made = events_of(before, network, dataset, None)
        weights = next(
            event.weights
            for event in made
            if isinstance(event, WeightsPublished) and event.step == int(before["batch"])
        )
    *_, last = events_of(facts, network, dataset, weights)
    assert isinstance(last, Finished)
    return dict(last.weights)


def events_of(facts: dict[str, str], network: Network, dataset: Dataset, weights: object) -> list:
    recipe = Recipe.of_facts(facts)
    assert recipe is not None
    first = int(facts["train_images"])
    train = Images(dataset.train.pixels[:first], dataset.train.labels[:first])
    settings = Settings(facts["precision"], int(facts["threads"]), facts["device"])  # type: ignore[arg-type]
    return list(
        fit(
            *(network, replace(dataset, train=train), recipe, int(facts["seed"])),
            settings=settings,
            weights=weights,  # type: ignore[arg-type]
        )
    )


def test_saved_weights_hold_all_that_is_needed_to_make_them_again(
    branched: Session, small_dataset: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "w.safetensors"
    branched.files.save(path)
    stored = load_weights(path)
    facts = stored.metadata
    assert (facts["recipe"], facts["learning_rate"], facts["batch_size"]) == ("book", "0.002", "20")
    assert (facts["began_run"], facts["began_batch"], facts["began_learning_rate"]) == (
        *("run 1", "4", "0.001"),
    )
    assert facts["began_weights"] == "epoch 0.40" and facts["train_images"] == "200"
    again = made_again(facts, stored.network, small_dataset)
    for key, tensor in stored.weights.items():
        np.testing.assert_array_equal(again[key], tensor)


def test_where_a_run_began_comes_back_from_its_file(branched: Session, tmp_path: Path) -> None:
    run, path = branched.runs.run, tmp_path / "run.safetensors"
    save_run(path, to_stored(run))
    again = read_run(path)
    assert again.beginning == run.beginning
    assert (again.beginning.run, again.beginning.step) == ("run 1", 4)  # type: ignore[union-attr]
    assert dict(again.plan) == dict(run.plan) and again.state.plan == run.state.plan != ""
    assert again.facts == run.facts


def test_a_run_of_an_older_file_is_still_read(branched: Session, tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    save_run(path, replace(to_stored(branched.runs.run), plan={}, beginning=None))
    assert b'"began' not in path.read_bytes()[:4000]
    again = load_run(path)
    assert again.beginning is None and again.plan == {}


def test_two_runs_are_told_apart_in_words(branched: Session, ear: Ear) -> None:
    first, second = branched.library.runs[-2:]
    first_words = "run 1 of book (recipe book, batch 20, 1 epoch, seed 3, epoch 1.00"
    assert first.describe().startswith(first_words)
    began = "book, rate 0.002, batch 20, 1 epoch, seed 3 from batch 4 of run 1, epoch 1.00"
    assert second.describe().startswith(f"run 2 of book (recipe {began}")
    whole, *shorter = facts_forms(second, "book")
    assert whole == "book · book, rate 0.002, batch 20, 1 epoch · seed 3 · from batch 4 of run 1"
    assert "from batch 4 of run 1" in shorter and shorter[-1] == "book"
    assert "from" not in facts_forms(first, "book")[0]
    assert moment_texts(branched)[0].endswith("epoch 1.00 · the run went on from batch 4 of run 1")
    assert any(
        note.text.startswith("A new run begins from batch 4 of run 1.") for note in ear.notices
    )


def test_a_chain_of_runs_is_kept_the_nearest_first() -> None:
    facts = {**RECIPES["book"].facts, "seed": "0"}
    for number in range(12):
        facts = {
            **RECIPES["book"].facts,
            "seed": str(number),
            **Beginning(f"run {number}", 40, 0.5, "epoch 0.50", facts).as_facts(),
        }
    assert len(facts) < 128
    assert (facts["began_run"], facts["began_began_run"]) == ("run 11", "run 10")
    assert facts["began_began_began_seed"] == "8"


def test_a_recipe_comes_back_from_what_is_written_of_it() -> None:
    for recipe in RECIPES.values():
        for made in (recipe, replace(recipe, learning_rate=1e-9, batch_size=7, epochs=9)):
            assert Recipe.of_facts({**made.facts, "epochs": "0.40"}) == made
            assert (made.words == made.name) == (made == recipe)
    for facts in ({}, {"recipe": "book"}, {**RECIPES["book"].facts, "batch_size": "many"}):
        assert Recipe.of_facts(facts) is None


def test_the_bundled_weights_describe_their_network() -> None:
    for path in sorted(resource("pretrained").glob("*.safetensors")):
        head = path.read_bytes()[:16_384]
        length = int.from_bytes(head[:8], "little")
        metadata = json.loads(head[8 : 8 + length])["__metadata__"]
        assert "spec" in metadata and network_of(metadata).name == path.stem
