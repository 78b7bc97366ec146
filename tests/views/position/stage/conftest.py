"""The stage with one number, in the rooms and at the zooms that it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.views.conftest import Show
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.position.stage.conv_form import ProductsForm
from visualizer.views.position.stage.stage import NumberStage

ROOMS = [(1920, 1080, 2.5), (1366, 768, 1.78), (1024, 700, 1.1)]
Stage = Callable[..., NumberStage]


@pytest.fixture
def stage(show: Show, look: Look, session: Session) -> Stage:
    """A function that shows a layer's strongest cell on the stage in a room."""

    def make(layer: int, width: int = 1920, height: int = 1080, zoom: float = 2.5) -> NumberStage:
        look._change(replace(look.theme, zoom=zoom))
        session.viewer.select_layer(layer)
        made = NumberStage(look, session.viewer)
        show(made, width, height)
        look._change(replace(look.theme, zoom=zoom + 1e-3))  # every part hears of the zoom
        look._change(replace(look.theme, zoom=zoom))
        return made

    return make


def channel_of(form: ProductsForm[Any]) -> int:
    """The enlarged channel of a form."""
    assert form.sum is not None
    return int(form.sum.channel)
