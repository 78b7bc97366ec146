"""The main window: bars, menus, keys, drag and drop, and an orderly end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from visualizer.notice import Notice
from visualizer.session import Session
from visualizer.views.inspect.page import InspectPage
from visualizer.views.lab.page import LabPage
from visualizer.views.shell.menus import Menus
from visualizer.views.shell.notice_bar import JobBar, NoticeBar
from visualizer.views.shell.rail import Rail
from visualizer.views.shell.run_bar import RunBar
from visualizer.views.shell.setup_menus import DataMenu, NetworkMenu, RecipeMenu
from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.look import Look

IMAGES = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"
WEIGHTS = "Weights (*.safetensors)"
PAGES = (("inspect", "Inspect"), ("lab", "Lab"))


class MainWindow(Guarded, QMainWindow):
    """Everything on the screen.

    Signals
    -------
    closing
        The window is about to close; what runs has been stopped.
    """

    closing = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self.look, self.session = look, session
        self.setWindowTitle("Convnet Visualizer")
        self.setAcceptDrops(True)
        self.run_bar = RunBar(look, session)
        self.network_menu = NetworkMenu(self.run_bar.network, session)
        self.recipe_menu = RecipeMenu(self.run_bar.recipe, look, session)
        self.data_menu = DataMenu(self.run_bar.data, session)
        self.notices = NoticeBar(look, session)
        self.job = JobBar(look, session)
        self.inspect = InspectPage(look, session.viewer, session)
        self.lab = LabPage(look, session.viewer, session)
        self._pages: tuple[QWidget, ...] = (self.inspect, self.lab)
        self.pages = QStackedWidget()
        for page in self._pages:
            self.pages.addWidget(page)
        self.rail = Rail(look, PAGES[: len(self._pages)])
        self._lay_out()
        self.rail.chosen.connect(self.show_page)
        self.run_bar.full_screen.clicked.connect(self.toggle_present)
        self.menus = Menus(self)
        self._laid_out = False
        self._zoom = look.theme.zoom
        look.changed.connect(self._on_look)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.run_bar, self.notices, self.job):
            column.addWidget(part)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self.pages, 1)
        column.addLayout(across, 1)
        self.setCentralWidget(body)
        self.rail.setVisible(len(self._pages) > 1)

    # Pages and looks

    @property
    def page_names(self) -> list[str]:
        """The pages in the order of the rail."""
        return [name for _, name in PAGES[: self.pages.count()]]

    def _on_look(self) -> None:
        zoom, self._zoom = self._zoom, self.look.theme.zoom
        if self._laid_out and zoom != self._zoom:
            self.inspect.share_out()

    def show_page(self, index: int) -> None:
        """Bring a page of the rail into view."""
        self.pages.setCurrentIndex(index)
        self.rail.show_page(index)

    def toggle_present(self) -> None:
        self.set_present(not self.look.theme.present)

    def set_present(self, on: bool) -> None:
        """Present mode takes the whole screen, and gives it back."""
        self.show_full_screen(on)
        self.look.set_present(on)

    def show_full_screen(self, on: bool) -> None:
        self.showFullScreen() if on else self.showNormal()

    # What the menus ask for

    def stop_or_show_all(self) -> None:
        """Esc: first out of an enlarged map, then out of the run."""
        if self.inspect.maps.maps.zoomed:
            self.inspect.maps.maps.fit()
        else:
            self.session.stop()

    def copy_map(self) -> None:
        """The selected map as tab-separated values in full precision."""
        scene = self.session.viewer.scene
        values = scene.trace.outputs[scene.selected.layer].reshape(scene.layer.map_shape)
        chosen = values[:, :, scene.selected.channel] if scene.layer.is_spatial else values[0]
        lines = ("\t".join(f"{value:.9g}" for value in row) for row in chosen)
        QGuiApplication.clipboard().setText("\n".join(lines))
        what = f"map {scene.selected.channel} of " if scene.layer.is_spatial else ""
        self.session.noticed.emit(Notice(f"Copied {what}{scene.layer.name} as a table."))

    # Files

    def open_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open weights", filter=WEIGHTS)
        if name:
            self.session.open_weights(Path(name))

    def save_weights(self) -> None:
        start = f"{self.session.viewer.scene.network.name}.safetensors"
        name, _ = QFileDialog.getSaveFileName(self, "Save weights", start, WEIGHTS)
        if name:
            self.session.save_weights(Path(name).with_suffix(".safetensors"))

    def open_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture as digit", filter=IMAGES)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open whatever was dropped: weights, a folder of digits, or a picture."""
        if path.is_dir():
            self.session.source.open(folder=path)
        elif path.suffix == ".safetensors":
            self.session.open_weights(path)
        else:
            self.session.open_picture(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_path(Path(url.toLocalFile()))
                event.acceptProposedAction()
                return

    # Beginning and end

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._laid_out = True
            self.inspect.share_out()

    def restore(self, window: str, splitters: str) -> None:
        """Put back a remembered size and layout; text that is not one changes nothing."""
        if window:
            self.restoreGeometry(QByteArray.fromBase64(window.encode()))
        if splitters:
            self._laid_out = self.inspect.restore_layout(splitters)

    def layout_state(self) -> tuple[str, str]:
        """Geometry of the window and of its splitters, as text for `restore`."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        return geometry, self.inspect.layout_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        self.setCursor(Qt.CursorShape.WaitCursor)
        self.session.close()
        event.accept()
