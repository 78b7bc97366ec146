"""The Inspect page's panels in their forms for the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.session import Session
from visualizer.viewer import Viewer
from visualizer.views.inspect.answer_stage import AnswerStage
from visualizer.views.inspect.curves import CurvesPanel
from visualizer.views.inspect.flow_stage import FlowStage
from visualizer.views.inspect.input_panel import InputPanel
from visualizer.views.inspect.maps_panel import MapsPanel
from visualizer.views.inspect.strip import NetworkStrip
from visualizer.views.page import Stage
from visualizer.views.position.panel import PositionPanel
from visualizer.views.stage.slide import SlideStage


def inspect_stages(
    viewer: Viewer,
    session: Session,
    input_panel: InputPanel,
    strip: NetworkStrip,
    maps: MapsPanel,
    position: PositionPanel,
    curves: CurvesPanel,
) -> Sequence[Stage]:
    """In the order of a lecture: the digit, its maps, how the network came to them."""
    return (
        Stage(
            *("The digit and its answer", input_panel, input_panel.title, input_panel.stage),
            make=lambda look: AnswerStage(look, viewer),
        ),
        Stage(
            *("The network", strip, strip, None),
            make=lambda look: FlowStage(look, viewer),
        ),
        Stage(
            *("Feature maps", maps, maps.title, maps.stage),
            make=lambda look: MapsPanel(look, viewer, session.study, on_stage=True),
            by_layer=True,
        ),
        Stage(
            *("The sliding window", position.slide, position.slide.output, position.slide_stage),
            make=lambda look: SlideStage(look, viewer),
            available=lambda: SlideStage.can_show(viewer.scene),
            by_layer=True,
        ),
        Stage(
            *("Loss and accuracy", curves, curves, curves.stage),
            make=lambda look: CurvesPanel(look, session, on_stage=True),
        ),
    )
