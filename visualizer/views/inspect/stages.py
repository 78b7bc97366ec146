"""The Inspect page's panels in their forms for the whole window."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TypeVar

from visualizer.core.talk.stop import Ask
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.look import Panel
from visualizer.views.chain.network_stage import NetworkStage
from visualizer.views.chain.stage import ChainStage
from visualizer.views.chain.strip import NetworkStrip
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.flow_stage import FlowStage
from visualizer.views.curves.time_pictures import short_run
from visualizer.views.filter.stage import FilterStage
from visualizer.views.input.digit_stage import DigitStage
from visualizer.views.input.panel import InputPanel
from visualizer.views.input.stage import AnswerStage
from visualizer.views.inspect.learning_stage import LearningStage
from visualizer.views.inspect.side_tabs import SideTabs
from visualizer.views.maps.activation_stage import ActivationStage
from visualizer.views.maps.map_stage import MapStage
from visualizer.views.maps.maps_panel import MapsPanel
from visualizer.views.page import Stage
from visualizer.views.position.stage.slide import SlideStage
from visualizer.views.position.stage.stage import NumberStage
from visualizer.views.step.stage import StepStage
from visualizer.views.why.stage import WhyStage
from visualizer.views.why.wear_stage import WearStage
from visualizer.views.widgets.cover import Cover, MapsCover, StepCover, WhyCover

ANSWER = "The digit and its answer"
Covered = TypeVar("Covered", bound=Panel)


def inspect_stages(
    viewer: Viewer,
    session: Session,
    input_panel: InputPanel,
    strip: NetworkStrip,
    maps: MapsPanel,
    side: SideTabs,
    curves: CurvesPanel,
) -> Sequence[Stage]:
    """Return the stages of the Inspect page in the order of a lecture."""
    position, filters = side.position, side.filter
    return (
        Stage(
            "A digit",
            input_panel.digit,
            make=lambda look: DigitStage(look, viewer, session.digit_shown),
        ),
        Stage(
            ANSWER,
            input_panel,
            heading=input_panel.title,
            button=input_panel.to_stage,
            make=lambda look: AnswerStage(look, viewer, input_panel.draw.easel),
        ),
        Stage(
            "A network learns",
            input_panel.probabilities,
            make=lambda look: LearningStage(look, viewer, session),
            tells_run=True,
        ),
        Stage(
            "The network",
            strip,
            heading=strip,
            make=lambda look: NetworkStage(look, viewer),
            film=NetworkStage,
        ),
        Stage(
            "Feature maps",
            maps,
            heading=maps.title,
            button=maps.to_stage,
            make=lambda look: _covered(
                viewer,
                MapsPanel(look, viewer, session.study, session.maps_shown, on_stage=True),
                by=MapsCover,
            ),
            by_layer=True,
        ),
        Stage(
            "One feature map",
            maps.maps,
            heading=maps.subtitle,
            make=lambda look: _covered(viewer, MapStage(look, viewer), "sum", "filter"),
            available=lambda: MapStage.can_show(viewer.scene),
            by_layer=True,
            film=MapStage,
        ),
        Stage(
            "Before and after the activation",
            maps.colour_bar,
            make=lambda look: _covered(viewer, ActivationStage(look, viewer), "sum", "filter"),
            available=lambda: ActivationStage.can_show(viewer.scene),
            by_layer=True,
            film=ActivationStage,
        ),
        Stage(
            "One number, whole",
            position,
            heading=position.title,
            button=position.to_stage,
            make=lambda look: _covered(
                viewer, NumberStage(look, viewer, session.sums_shown), "sum"
            ),
            by_layer=True,
            film=NumberStage,
        ),
        Stage(
            "The sliding window",
            position.slide,
            heading=position.slide.output,
            button=position.slide_to_stage,
            make=lambda look: _covered(viewer, SlideStage(look, viewer), "sum"),
            available=lambda: SlideStage.can_show(viewer.scene),
            by_layer=True,
            film=SlideStage,
        ),
        Stage(
            "From a pixel to the answer",
            position,
            button=position.to_chain,
            key="W",
            make=lambda look: _covered(viewer, ChainStage(look, viewer), "sum", "answer"),
            film=ChainStage,
        ),
        Stage(
            "Why this answer",
            side.why,
            heading=side.why.title,
            button=side.why.to_stage,
            make=lambda look: _covered(viewer, WhyStage(look, viewer, session), by=WhyCover),
        ),
        Stage(
            "When does it change its mind?",
            side.why.wear,
            button=side.why.wear.to_stage,
            make=lambda look: _covered(viewer, WearStage(look, viewer, session), by=WhyCover),
        ),
        Stage(
            "Why this weight changed",
            side.step,
            heading=side.step.title,
            button=side.step.to_stage,
            make=lambda look: _covered(viewer, StepStage(look, viewer, session), by=StepCover),
        ),
        Stage(
            "What a filter answers to",
            filters,
            heading=filters.title,
            button=filters.to_stage,
            make=lambda look: _covered(viewer, FilterStage(look, viewer, session), "filter"),
            by_layer=True,
        ),
        Stage(
            "Loss and accuracy",
            curves,
            heading=curves,
            button=curves.to_stage,
            make=lambda look: CurvesPanel(look, session, on_stage=True),
        ),
        Stage(
            "Gradient flow",
            curves.to_flow,
            button=curves.to_flow,
            make=lambda look: FlowStage(look, session),
            sample=lambda: short_run(session) if len(session.dataset.train) else nullcontext(),
        ),
    )


def _covered(viewer: Viewer, panel: Covered, *own: Ask, by: type[Cover] = Cover) -> Covered:
    """Cover a panel while it would tell what is asked, but for what it hides of its `own`."""
    by(panel.look, viewer, panel, *own)
    return panel
