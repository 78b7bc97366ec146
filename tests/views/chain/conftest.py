"""The whole chain on the stage, for any network, at the zoom of a room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont

from tests.scene.chains import network_of, weights_of
from tests.views.conftest import Show
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.views.base import theme
from visualizer.views.base.look import PRESENT_ROOM, Look
from visualizer.views.chain.stage import ChainStage

Make = Callable[..., ChainStage]


@pytest.fixture
def make(show: Show, look: Look, session: Session) -> Make:
    """A function that shows the chain of a network's answer in a room, as large as in Present."""

    def made(name: str = "", width: int = 1366, height: int = 700) -> ChainStage:
        viewer = session.viewer
        if name:
            network = network_of(name)
            viewer.show_live(Model(network, weights_of(network), "random"))
            viewer.settle()
        viewer.select_layer(len(viewer.scene.network.layers) - 1)
        zoom = min(width / PRESENT_ROOM.width(), (height + 68) / PRESENT_ROOM.height())
        look._change(replace(look.theme, zoom=zoom))
        stage = ChainStage(look, viewer)
        show(stage, width, height)
        return stage

    return made


@pytest.fixture(params=["DejaVu Sans", "Noto Sans"], ids=lambda family: family.replace(" ", "-"))
def one_font(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All type in one family alone, as on a machine that has no other."""
    if QFont(request.param).exactMatch() is False:
        pytest.skip(f"{request.param} is not installed")
    monkeypatch.setattr(theme, "FAMILIES", [request.param])
    caches = (theme.font_of, theme.text_width)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
