"""The entries of the Follow menu: the largest term, the trail, and the layers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from visualizer.scene.viewer import Viewer
from visualizer.views.page import Action
from visualizer.views.position.panel import PositionPanel

MOST_LAYER_KEYS = 9


class SelectLayer:
    """A command that selects a layer by its position."""

    def __init__(self, viewer: Viewer, layer: int) -> None:
        self._viewer, self._layer = viewer, layer

    def __call__(self) -> None:
        self._viewer.select_layer(self._layer)

    def name(self) -> str:
        """Return the layer's name in the network in view."""
        return self._viewer.scene.network.layers[self._layer].name

    def exists(self) -> bool:
        return self._layer < len(self._viewer.scene.network.layers)


def follow_actions(viewer: Viewer, position: PositionPanel) -> Sequence[Action]:
    """Return what the Follow menu offers, in its order."""
    in_follow = partial(Action, menu="F&ollow")
    layers = [
        in_follow(
            f"Layer {number}",
            SelectLayer(viewer, number - 1),
            keys=(str(number),),
            listed=False,
            available=SelectLayer(viewer, number - 1).exists,
            named=SelectLayer(viewer, number - 1).name,
            separated=number == 1,
        )
        for number in range(1, MOST_LAYER_KEYS + 1)
    ]
    return (
        in_follow(
            "&Largest term",
            position.follow_main_term,
            keys=("Return", "Enter"),
            explain="follow the largest term down a layer; backward, up",
            button=position.follow,
        ),
        in_follow(
            "&Back",
            viewer.back,
            keys=("Alt+Left",),
            explain="back up the trail, or to the way before",
            button=position.back,
        ),
        in_follow(
            "&Forward",
            viewer.forward,
            keys=("Alt+Right",),
            explain="down the trail again",
            button=position.forward,
        ),
        in_follow(
            "The whole &way",
            position.to_chain.click,
            keys=("W",),
            explain="the whole way, from a pixel to the answer",
        ),
        *layers,
    )
