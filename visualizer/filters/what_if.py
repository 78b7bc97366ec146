"""WhatIf: the edits of the network in view, in a list that can be undone; runs ignore them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from visualizer.core.edits import Edit, KeepOnly, Rescale, SetKernel, altered
from visualizer.core.gradient_step import GradientStep
from visualizer.core.network.network import Network
from visualizer.core.undo import Undoable
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer

Edits = tuple[Edit, ...]


class WhatIf(QObject):
    """The edits of each network, kept while another network is in view.

    Signals
    -------
    changed
        The edits have changed, or which of them can be undone.
    """

    changed = Signal()

    def __init__(self, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._steps: dict[Network, Undoable[Edits]] = {}
        viewer.sceneChanged.connect(self._on_scene)

    @property
    def edits(self) -> Edits:
        return self._viewer.edits

    @property
    def steps(self) -> Undoable[Edits]:
        """The edits of the network in view, with what can be undone and redone."""
        return self._steps.setdefault(self._network, Undoable(self.edits))

    @property
    def can_undo(self) -> bool:
        return bool(self.steps.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.steps.future)

    def add(self, edit: Edit) -> None:
        """Add an edit; it replaces an older edit of the same subject, but for steps of learning.

        Raises
        ------
        ValueError
            The edit does not fit the network; nothing has changed then.
        """
        altered(self._network, self._viewer.unaltered.weights, (edit,))
        there = [_subject(known) for known in self.edits]
        if _subject(edit) in there and not isinstance(edit, GradientStep):
            at = there.index(_subject(edit))
            self._set((*self.edits[:at], edit, *self.edits[at + 1 :]))
        else:
            self._set((*self.edits, edit))

    def remove(self, edit: Edit) -> None:
        """Remove one edit, wherever it stands in the list; of equal steps of learning the last."""
        if edit in self.edits:
            at = len(self.edits) - 1 - self.edits[::-1].index(edit)
            self._set((*self.edits[:at], *self.edits[at + 1 :]))

    def clear(self) -> None:
        """Remove every edit; `undo` brings them back."""
        self._set(())

    def undo(self) -> None:
        self._go_to(self.steps.undo())

    def redo(self) -> None:
        self._go_to(self.steps.redo())

    @property
    def all_steps(self) -> dict[Network, Undoable[Edits]]:
        """The edits of each network, with what can be undone and redone."""
        return dict(self._steps)

    def put_back(self, steps: Mapping[Network, Undoable[Edits]]) -> None:
        """Have each network's edits be these; those of others are gone."""
        for network in self._steps.keys() | steps.keys():
            self._steps[network] = steps.get(network, Undoable(()))
            self._viewer.alter_network(network, self._steps[network].present)
        self.changed.emit()

    def _set(self, edits: Edits) -> None:
        self._go_to(self.steps.then(edits))

    def _go_to(self, steps: Undoable[Edits]) -> None:
        if steps is not self.steps:
            self._steps[self._network] = steps
            self._viewer.alter(steps.present)
            self.changed.emit()

    @property
    def _network(self) -> Network:
        return self._viewer.unaltered.network

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if new.network is not old.network:
            self.changed.emit()


def _subject(edit: Edit) -> tuple[object, ...]:
    """Return what an edit is about: a later edit replaces an earlier one about the same."""
    match edit:
        case KeepOnly():
            return KeepOnly, edit.layer
        case SetKernel():
            return SetKernel, edit.layer, edit.channel, edit.row, edit.column
        case Rescale():
            return Rescale, edit.layer, edit.channel
        case GradientStep():
            return GradientStep, edit
        case _:
            return type(edit), edit.layer, edit.channel
