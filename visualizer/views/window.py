"""The main window: bars, menus, keys, drag and drop, and an orderly end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QVBoxLayout, QWidget

from visualizer.notice import Notice
from visualizer.session import Session
from visualizer.views.dialogs import about_dialog, shortcuts_dialog
from visualizer.views.images import read_digit
from visualizer.views.inspect_page import InspectPage
from visualizer.views.look import Look
from visualizer.views.notice_bar import JobBar, NoticeBar
from visualizer.views.run_bar import RunBar
from visualizer.views.setup_menus import DataMenu, NetworkMenu, RecipeMenu

IMAGES = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"
WEIGHTS = "Weights (*.safetensors)"


class MainWindow(QMainWindow):
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
        self.inspect = InspectPage(look, session)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.run_bar, self.notices, self.job):
            column.addWidget(part)
        column.addWidget(self.inspect, 1)
        self.setCentralWidget(body)
        self.run_bar.full_screen.clicked.connect(self.toggle_present)
        self._laid_out = False
        self._add_menus()

    # Menus and keys

    def _add_menus(self) -> None:
        session, look = self.session, self.look
        file = self.menuBar().addMenu("&File")
        self._add(file, "&Open weights …", self._open_weights, QKeySequence.StandardKey.Open)
        self._add(file, "&Save weights …", self._save_weights, QKeySequence.StandardKey.Save)
        self._add(file, "Open &picture as digit …", self._open_picture)
        file.addSeparator()
        file.addActions([self.data_menu.folder, self.data_menu.download])
        file.addSeparator()
        self._add(file, "&Quit", self.close, "Ctrl+Q")
        position = self.inspect.position
        edit = self.menuBar().addMenu("&Edit")
        self._add(edit, "&Copy map as table", self._copy_map, QKeySequence.StandardKey.Copy)
        self._add(edit, "Copy &terms as table", position.copy_terms, "Ctrl+Shift+C")
        follow = self.menuBar().addMenu("F&ollow")
        self._add(follow, "&Largest term", position.follow_main_term, "Return", "Enter")
        self._add(follow, "&Back", session.back, "Alt+Left")
        self._add(follow, "&Forward", session.forward, "Alt+Right")
        train = self.menuBar().addMenu("&Train")
        self._add(train, "&Train / pause", session.train_or_pause, "Space")
        self._add(train, "Train one &batch", session.step, "S")
        self._add(train, "&Stop", self._stop_or_leave_zoom, "Esc")
        self._add(train, "&Reset to initial weights", session.reset, "Ctrl+R")
        digit = self.menuBar().addMenu("&Digit")
        self._add(digit, "&Next", self._next_digit, "N")
        self._add(digit, "&Previous", self._previous_digit, "P")
        self._add(digit, "&Random", session.random_digit, "R")
        self._add(digit, "Next &misclassified", session.next_misclassified, "M")
        self._add_layer_keys(digit)
        view = self.menuBar().addMenu("&View")
        self._dark = self._add(view, "&Dark", look.set_dark, "Ctrl+D", checkable=True)
        self._present = self._add(view, "&Present mode", look.set_present, "F5", checkable=True)
        self._add(view, "Reduce &motion", look.set_reduce_motion, checkable=True).setChecked(
            look.theme.reduce_motion
        )
        self._full = self._add(view, "&Full screen", self._full_screen, "F11", checkable=True)
        view.addSeparator()
        self._add(view, "&Larger", self._larger, "Ctrl++", "Ctrl+=")
        self._add(view, "&Smaller", self._smaller, "Ctrl+-")
        self._add(view, "100 %", self._actual_size, "Ctrl+0")
        view.addSeparator()
        self._add(view, "Show all &panels", self.inspect.share_out)
        for panel, text in (
            (self.inspect.input, "&Input"),
            (self.inspect.position, "P&osition"),
            (self.inspect.curves, "&Curves"),
        ):
            action = self._add(view, text, panel.setVisible, checkable=True)
            action.setChecked(True)
        help_menu = self.menuBar().addMenu("&Help")
        self._add(help_menu, "&Keyboard and mouse", self._show_shortcuts, "F1")
        self._add(help_menu, "&About", self._show_about)
        look.changed.connect(self._on_look)
        self._on_look()

    def _add(
        self,
        menu: QWidget,
        text: str,
        slot: Callable[..., object],
        *keys: str | QKeySequence.StandardKey,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        (action.toggled if checkable else action.triggered).connect(slot)
        menu.addAction(action)
        self.addAction(action)
        return action

    def _add_layer_keys(self, menu: QWidget) -> None:
        for position in range(9):
            action = QAction(self)
            action.setShortcut(QKeySequence(str(position + 1)))
            action.setData(position)
            action.triggered.connect(self._on_layer_key)
            self.addAction(action)

    def _on_layer_key(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.session.select_layer(int(action.data()))

    def _on_look(self) -> None:
        theme = self.look.theme
        for action, on in (
            (self._dark, theme.palette.name == "dark"),
            (self._present, theme.present),
        ):
            action.blockSignals(True)
            action.setChecked(on)
            action.blockSignals(False)
        self.menuBar().setVisible(not theme.present)
        if self._laid_out:
            self.inspect.share_out()

    def toggle_present(self) -> None:
        self.look.set_present(not self.look.theme.present)

    def _full_screen(self, on: bool) -> None:
        self.showFullScreen() if on else self.showNormal()

    def _larger(self) -> None:
        self.look.zoom_by(1)

    def _smaller(self) -> None:
        self.look.zoom_by(-1)

    def _actual_size(self) -> None:
        self.look.zoom_by(0)

    def _stop_or_leave_zoom(self) -> None:
        if self.inspect.maps.maps.zoomed:
            self.inspect.maps.maps.fit()
        else:
            self.session.stop()

    def _next_digit(self) -> None:
        self._move_digit(1)

    def _previous_digit(self) -> None:
        self._move_digit(-1)

    def _move_digit(self, by: int) -> None:
        index = self.session.scene.digit.index
        self.session.show_digit(0 if index is None else index + by)

    def _copy_map(self) -> None:
        """The selected map as tab-separated values in full precision."""
        scene = self.session.scene
        values = scene.trace.outputs[scene.selected.layer].reshape(scene.layer.map_shape)
        chosen = values[:, :, scene.selected.channel] if scene.layer.is_spatial else values[0]
        lines = ("\t".join(f"{value:.9g}" for value in row) for row in chosen)
        QGuiApplication.clipboard().setText("\n".join(lines))
        what = f"map {scene.selected.channel} of " if scene.layer.is_spatial else ""
        self.session.noticed.emit(Notice(f"Copied {what}{scene.layer.name} as a table."))

    def _show_shortcuts(self) -> None:
        shortcuts_dialog(self.look, self).show()

    def _show_about(self) -> None:
        about_dialog(self.look, self).show()

    # Files

    def _open_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open weights", filter=WEIGHTS)
        if name:
            self.session.open_weights(Path(name))

    def _save_weights(self) -> None:
        start = f"{self.session.scene.network.name}.safetensors"
        name, _ = QFileDialog.getSaveFileName(self, "Save weights", start, WEIGHTS)
        if name:
            self.session.save_weights(Path(name).with_suffix(".safetensors"))

    def _open_picture(self) -> None:
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
            try:
                self.session.show_image(read_digit(path), path.name)
            except ValueError as error:
                self.session.noticed.emit(Notice(str(error), "error"))

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
