"""SaveSheets: the sheet of the selected filter, or those of all filters of its layer, as files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from visualizer.core.responses import has_responses
from visualizer.filters.facts import FilterFacts
from visualizer.filters.sheets import facts_of
from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.system.atomic import write_together
from visualizer.system.jobs import Job
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look, StageLook
from visualizer.views.base.style import dress_apart
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.filter.sheet import FilterSheet, sheet_name
from visualizer.views.widgets.save_dialog import ask_where
from visualizer.views.widgets.window_thread import WindowThread

KEY = "sheets"


class SaveSheets(QObject):
    """Asks where, finds out what is missing, and writes the sheets: all of them or none."""

    def __init__(self, panel: QWidget, session: Session) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, session
        self._look = StageLook(Look(Theme(LIGHT), self), self)  # light, however the window is
        self._thread = WindowThread(self)
        self.menu = QMenu(panel)
        self.menu.addAction("Save sheet of this filter …", self.save_one)
        self.menu.addAction("Save sheets of all filters of this layer …", self.save_all)

    def offer(self, at: QPoint) -> None:
        """Open the menu at a point of the screen."""
        for action in self.menu.actions():
            action.setEnabled(self.available)
        self.menu.popup(at)

    @property
    def _scene(self) -> Scene:
        return self._session.viewer.scene

    @property
    def available(self) -> bool:
        """Whether the selected layer's responses can be known."""
        return has_responses(self._scene.layer) and len(self._session.dataset.test) > 0

    def save_one(self) -> None:
        """Ask for a file, and save the sheet of the selected filter."""
        channel = self._scene.selected.channel
        start = sheet_name(self._scene, channel)
        path = ask_where(self._panel, "Save sheet", start, "PNG (*.png)", "png")
        if path is not None:
            self.save({channel: path})

    def save_all(self) -> None:
        """Ask for a folder, and save the sheets of all filters of the selected layer."""
        scene, title = self._scene, "Save sheets in this folder"
        folder = QFileDialog.getExistingDirectory(self._panel, title)
        if not folder:
            return
        channels = range(scene.layer.map_shape[2])
        paths = {channel: Path(folder) / sheet_name(scene, channel) for channel in channels}
        there = [path.name for path in paths.values() if path.exists()]
        if not there or self._may_replace(there):
            self.save(paths)

    def _may_replace(self, names: Sequence[str]) -> bool:
        more = f" and {len(names) - 1} more are" if len(names) > 1 else " is"
        text = f"{names[0]}{more} there already. Are they to be replaced?"
        answer = QMessageBox.question(self._panel, "Save sheets", text)
        return answer == QMessageBox.StandardButton.Yes

    def save(self, paths: dict[int, Path]) -> None:
        """Save the sheets of channels of the selected layer, each as its file, in a job."""
        session, scene = self._session, self._scene
        layer, many = scene.layer.name, len(paths)
        found = partial(
            facts_of,
            model=scene.model,
            dataset=session.dataset,
            layer=layer,
            channels=list(paths),
            study=session.study.of(scene.model),
            ablations=session.study.without(layer),
            seed=0,
        )

        def work(job: Job) -> None:
            files = {
                paths[facts.channel]: self._thread.call(job, partial(self._drawn, facts))
                for facts in found(job)
            }
            write_together(files)

        what = f"sheet of {layer}" if many == 1 else f"{many} sheets of {layer}"
        place = (
            str(next(iter(paths.values()))) if many == 1 else str(next(iter(paths.values())).parent)
        )
        told, failed = Notice(f"Saved the {what}: {place}."), self._tell_failed
        done = partial(self._tell, told)
        session.jobs.start(KEY, f"Saving the {what}", work, done, failed)

    def _drawn(self, facts: FilterFacts) -> bytes:
        sheet = FilterSheet(self._look, facts)
        dress_apart(sheet, self._look.theme)
        png = sheet.png()
        sheet.deleteLater()
        return png

    def _tell(self, notice: Notice, result: None = None) -> None:
        self._session.noticed.emit(notice)

    def _tell_failed(self, why: str) -> None:
        self._session.noticed.emit(Notice(f"No sheet was saved. {why}", "error"))
