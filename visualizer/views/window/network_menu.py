"""NetworkMenu: the chip with the name of the network in view, and its menu."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.text.numbers import as_tip, count, shortened
from visualizer.views.widgets.controls import Chip
from visualizer.views.window.commands import Commands
from visualizer.views.window.menus import Menus

MOST_EDITS = 10  # in a tool tip
MOST_LETTERS = 32  # of a name


class NetworkMenu(QObject):
    """A menu of the named networks and the user's own, and an entry to edit one."""

    def __init__(self, chip: Chip, session: Session, menus: Menus, commands: Commands) -> None:
        super().__init__(chip)
        self._chip, self._session = chip, session
        self.menu = QMenu(chip)
        self._group = QActionGroup(self)
        self._own: list[QAction] = []
        for name in NETWORKS:
            self.menu.addAction(self._entry(named(name)))
        self._after_own = self.menu.addSeparator()
        self.remove = self.menu.addAction("")
        self.menu.addAction(menus.entry(commands.editing.action))
        chip.setMenu(self.menu)
        self.remove.triggered.connect(self._on_remove)
        session.own.changed.connect(self._show_own)
        self._group.triggered.connect(self._on_chosen)
        session.viewer.sceneChanged.connect(self._on_scene)
        session.what_if.changed.connect(self._on_edits)
        self._show_own()

    def _entry(self, network: Network) -> QAction:
        name = shortened(network.name, MOST_LETTERS).replace("&", "&&")
        action = QAction(f"{name}   {count(network.parameter_count)} parameters", self)
        action.setData(network.name)
        action.setCheckable(True)
        self._group.addAction(action)
        return action

    def _show_own(self) -> None:
        """List the user's own networks in a part of their own."""
        for action in self._own:
            self.menu.removeAction(action)
            self._group.removeAction(action)
            action.deleteLater()
        self._own = [self._entry(network) for network in self._session.own.all]
        if self._own:
            line = QAction(self)
            line.setSeparator(True)
            self._own.insert(0, line)
        self.menu.insertActions(self._after_own, self._own)
        self._show(self._session.viewer.scene)

    def _on_remove(self) -> None:
        self._session.own.remove(self._session.network.name)

    def _on_chosen(self, action: QAction) -> None:
        self._session.choose_network(str(action.data()))

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if old.network is not new.network:
            self._show(new)
        elif old.model.origin != new.model.origin:
            self._show_chip(new)

    def _on_edits(self) -> None:
        self._show(self._session.viewer.scene)

    def _show(self, scene: Scene) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == scene.network.name)
        own = self._session.own.named(scene.network.name) is not None
        self.remove.setVisible(own)
        self.remove.setText(f"Remove {shortened(scene.network.name, MOST_LETTERS)} from this list")
        self._show_chip(scene)

    def _show_chip(self, scene: Scene) -> None:
        name, parameters = shortened(scene.network.name), count(scene.network.parameter_count)
        origin, edits = shortened(scene.model.origin, 80), self._session.what_if.edits
        tip = [f"Network {name}, {parameters} parameters; its weights: {origin}"]
        if edits:
            self._chip.show_text(f"{name} · altered ({len(edits)})", f"{name} · altered")
            tip += [str(edit) for edit in edits[:MOST_EDITS]]
            tip += [f"and {len(edits) - MOST_EDITS} more"] if len(edits) > MOST_EDITS else []
        else:
            self._chip.show_text(f"{name} · {parameters}", name)
        self._chip.setToolTip(as_tip("\n".join(tip)))
