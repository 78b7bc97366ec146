"""The name of a channel, and its badges, in words."""

from __future__ import annotations

from visualizer.core.responses import LayerResponses
from visualizer.scene.scene import Scene
from visualizer.views.maps.captions import channel_text


def channel_name(scene: Scene) -> tuple[str, ...]:
    """Return the selected channel's name, then a shorter form."""
    layer, channel = scene.layer, channel_text(scene, scene.selected)
    if "kernel" in layer.parameters:
        word = "filter" if layer.is_spatial else "unit"
    else:
        word = "channel" if layer.is_spatial else "element"
    return f"{layer.name} · {word} {channel}", f"{layer.name} · {channel}"


def badge_words(known: LayerResponses, channel: int) -> list[str]:
    """Return a channel's badges in words; a twin is named with its cosine."""
    words = [badge for badge in known.badges(channel) if badge != "twin"]
    twins = known.twins(channel)
    return words + [f"twin of {other} ({cosine:.2f})" for other, cosine in twins[:3]]
