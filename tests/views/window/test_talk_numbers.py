"""Every stage of the built-in talk shows the numbers of the network, which torch computes, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.conftest import settled
from tests.views.readable import readable_in, tells
from visualizer.core.network.terms import ConvTerms, DenseTerms, PoolTerms
from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.text.numbers import compact, count, number, percent
from visualizer.training.torch_network import activated, image_tensor, layer_modules
from visualizer.views.base.look import Look
from visualizer.views.window.window import MainWindow

pytestmark = pytest.mark.slow

Forms = Iterator[set[str]]  # of each number one form must be there


def decimals(value: float) -> set[str]:
    """A number in the decimals in which a sum may be written."""
    return {number(value, digits) for digits in range(1, 7)}


def shares(scene: Scene) -> Forms:
    if scene.digit.undrawn:  # of an empty pad nothing is told
        return
    yield from ({percent(float(share))} for share in scene.trace.probabilities)


def the_sum(scene: Scene) -> Forms:
    terms = scene.terms(scene.selected)
    match terms:
        case ConvTerms() | DenseTerms():
            yield decimals(terms.bias)
            yield decimals(float(scene.value(scene.selected, pre_activation=True)))
            if terms.activation == "softmax":
                yield from shares(scene)
        case PoolTerms():
            yield {number(terms.output), number(terms.output, 2)}


def the_map(scene: Scene) -> Forms:
    yield {number(scene.value(scene.selected), 4)}


def the_activation(scene: Scene) -> Forms:
    yield {compact(scene.value(scene.selected, pre_activation=True))}
    output = scene.value(scene.selected)
    yield {"0" if output == 0 else compact(output)}


def the_network(scene: Scene) -> Forms:
    yield from shares(scene)
    for layer in scene.network.layers:
        yield {str(layer.output_shape), str(layer.output_shape).replace(" ", "")}
        if layer.parameter_count:
            yield {count(layer.parameter_count)}


def the_way(scene: Scene) -> Forms:
    for cell in scene.trail.steps:
        if cell.layer != len(scene.network.layers) - 1:
            yield decimals(scene.value(cell)) | {compact(scene.value(cell))}
    yield {percent(float(scene.trace.probabilities[scene.selected.channel]))}


EXPECTED: dict[str, Callable[[Scene], Forms]] = {
    "The digit and its answer": shares,
    "A network learns": shares,
    "One number, whole": the_sum,
    "The sliding window": the_sum,
    "One feature map": the_map,
    "Feature maps": the_map,
    "Before and after the activation": the_activation,
    "The network": the_network,
    "From a pixel to the answer": the_way,
}


def judged(scene: Scene) -> Scene:
    """Hold the scene's numbers against torch, layer by layer."""
    values = image_tensor(scene.digit.pixels[None])
    chain = layer_modules(scene.network, scene.weights)
    for layer, module, own in zip(scene.network.layers, chain, scene.trace.outputs, strict=True):
        values = activated(layer, module(values))
        found = values.numpy()[0]
        found = found.transpose(1, 2, 0) if found.ndim == 3 else found
        np.testing.assert_allclose(own, found, atol=1e-4)
    return scene


def test_the_stages_of_the_talk_show_the_networks_own_numbers(
    window: MainWindow, look: Look, session: Session, qtbot: QtBot
) -> None:
    look.set_present(True)
    window.resize(1920, 1080)
    session.talk.begin_built_in()
    window.deck.begin()
    missing, looked_at = [], set()
    for at, stop in enumerate(session.talk.talk.stops):
        window.deck.go_to(at)
        if stop.ask:
            QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_A)
        if stop.stage not in EXPECTED:
            continue
        settled(window, qtbot)
        texts, scene = readable_in(window), judged(session.viewer.scene)
        for forms in EXPECTED[stop.stage](scene):
            if not any(tells(texts, form) for form in forms):
                missing.append(f"stop {at + 1}, {stop.title}: {sorted(forms)[:3]}")
        looked_at.add(stop.stage)
    assert not missing, "\n".join(missing)
    assert looked_at == set(EXPECTED)
