"""The classes a filter answers to, in one sentence made from its class means."""

from __future__ import annotations

import numpy as np

from visualizer.core.responses import LayerResponses, descending
from visualizer.core.words import listed

ALIKE, HARDLY = 0.9, 0.1  # shares of the largest class mean, for `sentence`


def sentence(known: LayerResponses, channel: int) -> str:
    """Say which classes a filter answers to, by its class means."""
    means = known.class_means[channel]
    classes = [int(label) for label in descending(means) if np.isfinite(means[label])]
    most, least = means[classes[0]], means[classes[-1]]
    if not known.above_zero[channel]:
        return "Answers to none of these digits: no response is above 0."
    if len(classes) == 1:
        return f"Answers to {classes[0]}; these digits are all of that class."
    if most <= 0:
        return f"Seldom above 0; nearest to it for {classes[0]}, farthest for {classes[-1]}."
    if least >= ALIKE * most:
        return "Answers to all classes about alike."
    to = [label for label in classes if means[label] >= ALIKE * most]
    hardly = sorted(label for label in classes if means[label] <= HARDLY * most)
    ending = f"hardly to {listed(hardly)}" if hardly else f"least to {classes[-1]}"
    if len(to) > len(classes) / 2 and len(classes) > 3:
        return f"Answers to most classes alike, {ending}."
    if len(to) + len(hardly) == len(classes) > 2:
        return f"Answers to {listed(to)}, hardly to the others."
    return f"Answers most to {listed(to)}, {ending}."
