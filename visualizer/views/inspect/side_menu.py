"""The entries of the View menu that say what is explained, and which way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from visualizer.scene.viewer import Viewer
from visualizer.views.inspect.side_tabs import SideTabs
from visualizer.views.maps.direction import DirectionSwitch
from visualizer.views.page import Action


def side_actions(viewer: Viewer, side: SideTabs, direction: DirectionSwitch) -> Sequence[Action]:
    """Return the tabs at the right, and the way backward, as entries of the menu."""
    in_view = partial(Action, menu="&View")
    return (
        in_view(
            "&Filter",
            side.show_filter,
            keys=("F",),
            explain="what the selected filter answers to, or the sum of the selected number",
            checked=lambda: side.tab == "filter",
            separated=True,
        ),
        in_view(
            "Wh&y",
            side.show_why,
            keys=("Y",),
            explain="why this answer, or what makes the selected number; or its sum again",
            checked=lambda: side.tab == "why",
        ),
        in_view(
            "The last s&tep",
            side.show_step,
            keys=("X",),
            explain="why a weight changed in the last step of training; or its sum again",
            checked=lambda: side.tab == "step",
        ),
        in_view(
            "&Backward: how the loss would change",
            viewer.show_backward,
            keys=("U",),
            explain="maps and sums backward: the gradients of the loss; or forward again",
            checked=lambda: viewer.scene.backward is not None,
            available=lambda: direction.can_go_back,
        ),
    )
