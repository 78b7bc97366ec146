"""The command `train`: a run without a window, whose results are written or kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from visualizer import __version__
from visualizer.cli.options import TrainOptions
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset, Images
from visualizer.data.open import open_dataset
from visualizer.runs.run import Run
from visualizer.runs.stored_run import to_stored
from visualizer.scene.scene import Model
from visualizer.storage.history import csv_of
from visualizer.storage.network_file import named_or_loaded
from visualizer.storage.run_file import save_run
from visualizer.storage.upkeep import spare_path
from visualizer.storage.weights import save_weights
from visualizer.system.atomic import check_writable, write_atomically
from visualizer.system.errors import sentence
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Finished,
    RunStarted,
    UnitsDied,
)
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings


def train(options: TrainOptions) -> dict[str, Any]:
    """Train, write the weights (and the history), and return the facts about the training.

    Raises
    ------
    OSError
        A file cannot be written: this is checked before the training.
    ValueError
        The data cannot be used, or the training diverged; nothing is written. Or a file can no
        longer be written after the training: then it is kept elsewhere, and the sentence says
        where.
    """
    for path in filter(None, (options.out, options.history, options.save_run)):
        check_writable(path)
    network, recipe = named_or_loaded(options.network), _recipe(options)
    dataset = _first(open_dataset(options.dataset, options.data), options.limit)
    settings = Settings(options.precision, options.threads)
    run = _new_run(network, dataset, recipe, options.seed, settings)
    started, finished, history = _train(run, dataset)
    metadata = {
        **run.facts,
        **({"limit": str(options.limit)} if options.limit else {}),
        "epochs": str(recipe.epochs),
        "test_accuracy": f"{finished.test_accuracy:.4f}",
        "version": __version__,
    }
    _write_or_keep(
        (options.out, lambda path: save_weights(path, network, finished.weights, metadata)),
        (options.history, lambda path: write_atomically(path, csv_of(history))),
        (options.save_run, lambda path: save_run(path, to_stored(run))),
    )
    return {
        "network": network.name,
        "recipe": recipe.name,
        "dataset": dataset.name,
        "epochs": recipe.epochs,
        "batch_size": recipe.batch_size,
        "learning_rate": recipe.learning_rate,
        "train_images": run.train_images,
        "seed": options.seed,
        "device": started.device,
        "precision": started.precision,
        "threads": started.threads,
        "images_per_second": round(finished.images_per_second, 1),
        "train_seconds": round(finished.seconds, 3),
        "test_loss": finished.test_loss,
        "test_accuracy": finished.test_accuracy,
        "out": str(options.out),
    }


def _write_or_keep(*files: tuple[Path | None, Callable[[Path], None]]) -> None:
    """Write the results of a training; what cannot be written to its file is kept elsewhere."""
    failed = []
    for path, write in files:
        if path is None:
            continue
        try:
            write(path)
        except OSError as error:
            kept = spare_path(path)
            failed.append(f"{sentence(error)}. ")
            try:
                kept.parent.mkdir(parents=True, exist_ok=True)
                write(kept)
                failed.append(f"It is kept as {kept}. ")
            except OSError as second:
                failed.append(f"Nor could it be kept: {sentence(second)}. ")
    if failed:
        raise ValueError("".join(failed).rstrip())


def _recipe(options: TrainOptions) -> Recipe:
    recipe = RECIPES[options.recipe]
    return replace(
        recipe,
        epochs=options.epochs or recipe.epochs,
        batch_size=options.batch_size or recipe.batch_size,
        learning_rate=options.learning_rate or recipe.learning_rate,
    )


def _first(dataset: Dataset, limit: int | None) -> Dataset:
    """Return the data set with only the first training images."""
    images = dataset.train
    return replace(dataset, train=Images(images.pixels[:limit], images.labels[:limit]))


def _new_run(
    network: Network, dataset: Dataset, recipe: Recipe, seed: int, settings: Settings
) -> Run:
    """Make a run from the seed's initial weights."""
    model = Model(network, initial_weights(network, seed), f"untrained, seed {seed}")
    name = f"{network.name}, {recipe.words}, seed {seed}"
    return Run.begin(1, model, recipe, seed, settings, dataset.name, name=name)


def _train(run: Run, dataset: Dataset) -> tuple[RunStarted, Finished, list[list[object]]]:
    """Train with a progress bar; return the first and last events and the rows of the history."""
    from tqdm import tqdm

    from visualizer.training.fit import fit

    assert run.recipe is not None
    training = fit(
        run.model.network,
        dataset,
        run.recipe,
        run.seed,
        settings=run.settings,
        publish_every=float("inf"),
    )
    history: list[list[object]] = []
    with tqdm(unit=" batches", file=sys.stderr, mininterval=0.2) as bar:
        for event in training:
            run.take(event)
            match event:
                case RunStarted() as started:
                    bar.set_description(f"{dataset.name}, {event.plan_text}")
                    bar.reset(event.epochs * event.steps_per_epoch)
                case BatchEnded():
                    history.append([event.step, event.epoch, event.loss, event.accuracy, "", ""])
                    bar.update()
                case EpochEnded():
                    history[-1][4:] = [event.test_loss, event.test_accuracy]
                    bar.set_postfix_str(f"test accuracy {event.test_accuracy:.4f}")
                case UnitsDied():
                    bar.write(event.message, file=sys.stderr)
                case Diverged():
                    raise ValueError(event.message)
                case Finished() as finished:
                    pass
    return started, finished, history
