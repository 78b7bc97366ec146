"""DirectionSwitch: whether maps show numbers, or how the loss would change with them."""

from __future__ import annotations

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import as_logits
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.views.widgets.buttons import Button

LONG, SHORT = "Backward", "∂"
WORDS = "How the loss would change if a number changed (U)"
BY_LOGIT = "A softmax and its loss are taken as one: gradients are by the logits"
HIDDEN = "Gradients would tell what is hidden: A shows it"


class DirectionSwitch(Button):
    """A switch between forward and backward, for all panels of a viewer at once."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(LONG, WORDS)
        self.setAccessibleName(LONG)
        self.setObjectName("small")
        self.setCheckable(True)
        self._viewer = viewer
        self.clicked.connect(viewer.show_backward)

    @property
    def difference(self) -> int:
        """How much narrower the short text is, in pixels."""
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance(LONG) - metrics.horizontalAdvance(SHORT)

    @property
    def shortened_by(self) -> int:
        """How many pixels the text that is shown saves."""
        return self.difference if self.text() == SHORT else 0

    def show_short(self, short: bool) -> None:
        """Show the sign of a gradient in the place of the word."""
        self.setText(SHORT if short else LONG)

    @property
    def can_go_back(self) -> bool:
        """Whether gradients may be shown: they would tell what is hidden."""
        return not _hides(self._viewer.scene)

    def show_scene(self, scene: Scene) -> None:
        """Show which way it goes, and whether it can go the other; emits nothing."""
        hidden = _hides(scene)
        if hidden == self.isEnabled():  # else many events for nothing
            self.setEnabled(not hidden)
            self.setToolTip(HIDDEN if hidden else WORDS)
        self.setChecked(scene.backward is not None)


def _hides(scene: Scene) -> bool:
    return bool(scene.answer_hidden or scene.asked)


def numbers_of(scene: Scene, layer: int, before: bool) -> Array:
    """Return what maps show of a layer, its gradients if the scene goes backward.

    With `before` it is that before the activation.
    """
    if scene.backward is not None:
        return scene.backward.layer(layer, before)
    trace = scene.trace
    return as_logits(trace.pre_activations[layer]) if before else trace.outputs[layer]


def drawn_of(scene: Scene) -> tuple[object, ...]:
    """Return what maps draw of a scene, but for marks."""
    return scene.trace, scene.selected.layer, scene.backward, scene.answer_hidden
