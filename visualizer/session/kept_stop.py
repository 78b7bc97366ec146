"""What is in view, as a stop of a talk: with the files that it needs to be shown elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from visualizer.core.gradient_step import GradientStep
from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.talk.stop import TRAINED, UNTRAINED, Stop, StopDigit
from visualizer.runs.bundled import BUNDLED
from visualizer.runs.stored_run import to_stored
from visualizer.scene.scene import Digit
from visualizer.session.session import Session
from visualizer.session.stop_scene import named_way
from visualizer.storage.digit_picture import picture_file
from visualizer.storage.run_file import run_bytes
from visualizer.storage.weights import weights_bytes
from visualizer.training.initial import initial_weights

KINDS = ("mnist", "synthetic")  # of data sets that are the same everywhere


def kept_stop(
    session: Session, stage: str, settings: Mapping[str, str]
) -> tuple[Stop, dict[str, bytes]]:
    """Return a stop that shows what is in view now, and its files by name.

    Parameters
    ----------
    stage
        The title of the stage.
    settings
        What the stage's page shows beside the scene.
    """
    scene = session.viewer.scene
    files: dict[str, bytes] = {}
    way, at = named_way(scene)
    digit = _named_digit(scene.digit, session.dataset.kind, files)
    stop = Stop(
        stage,
        title=stage,
        network=scene.network.name,
        edits=() if _has_learnt(session) else tuple(map(str, session.viewer.edits)),
        digit=digit,
        way=way,
        at=at,
        settings=dict(settings),
        ask="answer" if scene.predicts else scene.asked,
    )
    with_weights = _with_altered if _has_learnt(session) else _with_weights
    return with_weights(stop, session, files), files


def _has_learnt(session: Session) -> bool:
    """Return whether some edit is a step of learning, which no line of a talk can say."""
    return any(isinstance(edit, GradientStep) for edit in session.viewer.edits)


def _with_altered(stop: Stop, session: Session, files: dict[str, bytes]) -> Stop:
    """Return the stop with the weights in view, after all edits, in a file."""
    model = session.viewer.scene.model
    name = f"weights/{_slug(f'{model.network.name} {model.origin}')}.safetensors"
    files[name] = weights_bytes(model.network, model.weights, model.facts)
    own = stop if _is_built_in(model.network) else replace(stop, network="")
    return replace(own, weights=name)


def _named_digit(digit: Digit, kind: str, files: dict[str, bytes]) -> StopDigit:
    """Return a digit as a stop names it; one of no known data set goes into a file."""
    if digit.index is not None and kind in KINDS:
        return StopDigit(kind, digit.index, label=digit.label)
    name = f"pictures/{_slug(digit.source)}.png"
    files[name] = picture_file(digit.pixels)
    return StopDigit("file", file=name, label=digit.label)


def _with_weights(stop: Stop, session: Session, files: dict[str, bytes]) -> Stop:
    """Return the stop with the unedited weights in view: by their origin, else in a file."""
    run, model = session.runs.run, session.time.model
    built_in = _is_built_in(model.network)
    if built_in and model.origin == BUNDLED:
        return replace(stop, weights=TRAINED)
    seed = session.runs.seed
    if built_in and _same(model.weights, initial_weights(model.network, seed)):
        return replace(stop, weights=UNTRAINED, seed=seed)
    own = stop if built_in else replace(stop, network="")
    if not run.begun or model.moment is None:
        name = f"weights/{_slug(f'{model.network.name} {model.origin}')}.safetensors"
        files[name] = weights_bytes(model.network, model.weights, model.facts)
        return replace(own, weights=name)
    step = model.moment.step
    name = f"weights/{_slug(f'{model.network.name} {run.name} batch {step}')}.safetensors"
    stored = to_stored(run)
    kept = tuple(each for each in stored.snapshots if each.step == step)
    files[name] = run_bytes(replace(stored, snapshots=kept or stored.snapshots[-1:]))
    return replace(own, weights=name, moment=step)


def _is_built_in(network: Network) -> bool:
    return network.name in NETWORKS and named(network.name) == network


def _same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(one[key], other[key]) for key in other)


def _slug(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9_]+", words.lower()))[:60] or "own"
