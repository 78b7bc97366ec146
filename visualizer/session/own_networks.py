"""OwnNetworks: this user's own networks, kept from one start to the next."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS
from visualizer.storage import network_file
from visualizer.storage.network_file import load_network, save_network
from visualizer.storage.upkeep import is_aside, set_aside
from visualizer.system.errors import sentence
from visualizer.system.notice import Notice, Undo


class OwnNetworks(QObject):
    """This user's networks, one for each name; a later one replaces an earlier one.

    Signals
    -------
    changed
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_name: dict[str, Network] = {}
        self._unreadable: list[str] = []
        self._broken: set[Path] = set()

    @property
    def all(self) -> tuple[Network, ...]:
        return tuple(self._by_name[name] for name in sorted(self._by_name))

    def named(self, name: str) -> Network | None:
        return self._by_name.get(name)

    def load(self) -> None:
        """Read the kept networks; an unreadable file stays as it is."""
        for path in sorted(network_file.networks_folder().glob("*.json")):
            if is_aside(path):
                continue
            try:
                network = load_network(path)
                self._by_name[network.name] = network
            except ValueError as error:
                self._unreadable.append(str(error))
                self._broken.add(path)
        self.changed.emit()

    def tell_unreadable(self) -> None:
        """Report what `load` could not read, once somebody listens."""
        unreadable, self._unreadable = self._unreadable, []
        for what in unreadable:
            self.noticed.emit(Notice(what, "error"))

    def add(self, network: Network, keep: bool = True) -> None:
        """Add a network; with `keep`, also for the next start."""
        if network.name in NETWORKS:
            return
        self._by_name[network.name] = network
        if keep:
            try:
                path = _path(network.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                if (
                    path in self._broken and path.exists()
                ):  # the file of this name, which was unreadable
                    set_aside(path)
                    self._broken.discard(path)
                save_network(path, network)
            except OSError as error:
                what = f"{network.name} is here until the program ends, but was not kept"
                self.noticed.emit(Notice(f"{what}: {sentence(error)}", "error"))
        self.changed.emit()

    def remove(self, name: str) -> None:
        """Remove a network and its file; the notice offers to bring it back."""
        network = self._by_name.pop(name)
        try:
            _path(name).unlink(missing_ok=True)
        except OSError as error:
            self.noticed.emit(Notice(f"{name} was not deleted: {sentence(error)}", "error"))
        self.changed.emit()
        undo = Undo(partial(self.add, network))
        what = f"{name} is out of the list of networks."
        self.noticed.emit(Notice(what, action=undo, holds=lambda: name not in self._by_name))


def _path(name: str) -> Path:
    """Return the file for a name, whatever signs are in it."""
    words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:40]
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return network_file.networks_folder() / f"{words}-{mark}.json"
