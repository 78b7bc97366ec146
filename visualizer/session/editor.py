"""EditorModel: the draft under edit, each step of which can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from visualizer.core.editing.draft import Draft, free_name, same_network
from visualizer.core.editing.problem import Problem
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.undo import Undoable
from visualizer.session.own_networks import OwnNetworks


class EditorModel(QObject):
    """A draft with its steps; typing into one field is one step, like any other change.

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(self, network: Network, own: OwnNetworks, parent: QObject) -> None:
        super().__init__(parent)
        self._seen = Draft.of(network)
        self._own = own
        self._typed: tuple[object, ...] | None = None
        self.steps: Undoable[Draft] = Undoable(self._seen)

    @property
    def draft(self) -> Draft:
        return self.steps.present

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that keeps the draft from being used, including a name that another network has."""
        others = {network.name: network for network in self._own.all}
        found, name = self.draft.problems, self.draft.name_problem(others)
        if name is None or any(problem.setting == "name" for problem in found):
            return found
        return (*found, name)

    @property
    def whole(self) -> Problem | None:
        """The first problem that belongs to no row."""
        return next((problem for problem in self.problems if problem.row is None), None)

    @property
    def altered(self) -> bool:
        """Whether the draft differs from the network that was last in view or in use."""
        return self.draft != self._seen

    def look_at(self, network: Network) -> None:
        """Show another network, unless that would hide unsaved changes."""
        if not self.altered and not same_network(self.draft, network):
            self._seen = Draft.of(network)
            self.steps, self._typed = Undoable(self._seen), None
            self.changed.emit()

    def begin(self, draft: Draft) -> None:
        """Begin from another network; undo brings the previous draft back."""
        self._then(draft)

    def settle(self) -> None:
        """Note that the draft is in use now."""
        self._seen, self._typed = self.draft, None

    def undo(self) -> None:
        self.steps, self._typed = self.steps.undo(), None
        self.changed.emit()

    def redo(self) -> None:
        self.steps, self._typed = self.steps.redo(), None
        self.changed.emit()

    # Steps

    def type_setting(self, row: int, setting: str, value: object) -> None:
        self._change(self.draft.with_setting(row, setting, value), (row, setting))

    def type_name(self, name: str) -> None:
        self._then(self.draft.named(name), ("name",))

    def choose_kind(self, row: int, kind: str) -> None:
        self._change(self.draft.with_type(row, kind))

    def move(self, row: int, by: int) -> None:
        if 0 <= row + by < len(self.draft.rows):
            self._change(self.draft.moved(row, row + by))

    def remove(self, row: int) -> None:
        self._change(self.draft.without(row))

    def add(self, kind: str, after: int | None) -> int:
        """Add a layer below a row, or before the last one; return its row."""
        at = max(len(self.draft.rows) - 1, 0) if after is None else after + 1
        self._change(self.draft.with_new(at, kind))
        return at

    def take(self, problem: Problem) -> None:
        """Apply a problem's remedy: a value, or a row added, removed or moved."""
        self._change(self.draft.remedied(problem))

    def _change(self, draft: Draft, typing: tuple[object, ...] | None = None) -> None:
        """Take a step; a changed network does not keep the name of an existing one.

        Undo brings back the old name with the old draft.
        """
        known = {name: named(name) for name in NETWORKS}
        known |= {network.name: network for network in self._own.all}
        if draft.name in known and draft.network != known[draft.name]:
            own = f"my {draft.name}" if draft.name in NETWORKS else draft.name
            draft = draft.named(free_name(own, known))
        self._then(draft, typing)

    def _then(self, draft: Draft, typing: tuple[object, ...] | None = None) -> None:
        if typing is not None and typing == self._typed and self.steps.past:
            self.steps = Undoable(draft, self.steps.past)
        else:
            self.steps = self.steps.then(draft)
        self._typed = typing
        self.changed.emit()
