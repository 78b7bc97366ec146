"""What is known of the filters of a layer, one after the other, for their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from visualizer.data.dataset import Dataset
from visualizer.filters.facts import FilterFacts
from visualizer.filters.study import Study
from visualizer.scene.scene import Model
from visualizer.system.jobs import Job
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.ablation import Ablations
    from visualizer.training.ascent import AscentStep


def facts_of(
    job: Job,
    model: Model,
    dataset: Dataset,
    layer: str,
    channels: Sequence[int],
    study: Study | None,
    ablations: Ablations | None,
    seed: int,
) -> Iterator[FilterFacts]:
    """Yield the facts of each channel; what is not known yet is found out first.

    Parameters
    ----------
    job
        Is told how far the work is; in a cancelled one the work ends.
    study, ablations
        What is known already; None: the responses are collected, the accuracies left out.
    seed
        Of the noise from which the best input is searched.
    """
    from visualizer.training.ascent import ascend
    from visualizer.training.responses import collect

    settings, parts = Settings(threads=1), len(channels) + (study is None)
    of = model.network, model.weights
    if study is None:
        responses = job.follow(collect(*of, dataset.test, settings), 0, parts)
    else:
        responses = study.responses
    for at, channel in enumerate(channels, start=parts - len(channels)):
        best: AscentStep | None = None
        for best in ascend(*of, layer, channel, seed, settings=settings):  # noqa: B007
            job.share(0.0, at, parts)
        assert best is not None
        without = None if ablations is None else float(ablations.without[channel])
        yield FilterFacts(model, dataset, responses, layer, channel, best, without)
        job.share(1.0, at, parts)
