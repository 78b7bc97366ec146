"""The main window: bars, pages, stage, drag and drop, its size on the screen, its closing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QMoveEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look, StageLook
from visualizer.views.compare.page import ComparePage
from visualizer.views.inspect.page import InspectPage
from visualizer.views.lab.page import LabPage
from visualizer.views.page import Page, Stage
from visualizer.views.present.blank import Blank
from visualizer.views.present.holder import StageOpener
from visualizer.views.present.spotlight import Spotlight
from visualizer.views.widgets.widget_ref import WidgetRef
from visualizer.views.window.all_stops import AllStops
from visualizer.views.window.closing import Closing
from visualizer.views.window.commands import Commands
from visualizer.views.window.faces import Faces
from visualizer.views.window.keys import FocusKeys
from visualizer.views.window.menus import Menus
from visualizer.views.window.network_menu import NetworkMenu
from visualizer.views.window.pictures import Pictures
from visualizer.views.window.rail import Rail
from visualizer.views.window.recent_talks import RecentTalks
from visualizer.views.window.run_bar import RunBar
from visualizer.views.window.save_handout import SaveHandout
from visualizer.views.window.screen import Screen
from visualizer.views.window.setup_menus import DataMenu, RecipeMenu
from visualizer.views.window.status_line import StatusLine
from visualizer.views.window.talk_menu import TalkMenu
from visualizer.views.window.talking import Talking
from visualizer.views.window.view_menu import view_actions

PAGES: tuple[type[Page], ...] = (InspectPage, LabPage, ComparePage)


class MainWindow(Guarded, QMainWindow):
    """The program's window."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self.look, self.session = look, session
        self.setWindowTitle("Convnet Visualizer")
        self.setAcceptDrops(True)
        self.run_bar = RunBar(look, session)
        self.recipe_menu = RecipeMenu(self.run_bar.recipe, look, session)
        self.pages = [make(look, session.viewer, session) for make in PAGES]
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.rail = Rail(look, self.pages)
        self.faces = Faces(look, session)
        self.stage, self.fade = self.faces.stage, self.faces.fade
        self.blank, self.spotlight = Blank(self, self._home), Spotlight(self)
        self._front_look = StageLook(look, self, grows=False)
        self.status = StatusLine(self._front_look, session)
        self.talking = Talking(
            self._front_look, session, self.faces, pages=self.pages, stack=self.stack, parent=self
        )
        self.all_stops = AllStops(self, look, session, self.faces, self.talking, kinds=PAGES)
        self.deck = self.talking.deck
        self._lay_out()
        self.screen_room = Screen(self, look)
        self.pictures = Pictures(self, look, session, holder=self.stage, page=lambda: self.page)
        self.talk_menu = TalkMenu(
            *(self, look, session, self.talking, self.all_stops),
            handout=SaveHandout(self, session, PAGES),
            room=self.screen_room,
            in_focus=lambda: (self.page, self.stage_in_focus),
        )
        button = self.run_bar.full_screen
        talk = self.talk_menu.actions(self.set_present, self.present_on_next_screen, button)
        view = view_actions(
            self,
            look,
            rail=self.rail,
            room=self.screen_room,
            go_back=self.go_back,
            stage=lambda wanted: self.show_stage(wanted, focused=True),
            on_stage=lambda: self.on_stage,
            blank=self.blank.cover,
            spotlight=self.spotlight.light,
        )
        taken = self.pictures.actions()
        self.commands = Commands(
            self, look, session, run_bar=self.run_bar, pages=self.pages, view=(*view, *talk, *taken)
        )
        self.menus = Menus(self, self.commands.actions, self.pages, session.time.changed)
        self.network_menu = NetworkMenu(self.run_bar.network, session, self.menus, self.commands)
        self.recent_talks = RecentTalks(self, session, self.menus, self.commands.open_folder)
        self.data_menu = DataMenu(self.run_bar.data, session, self.menus, self.commands)
        self._focus_keys = FocusKeys(self, self.deck.hear)
        self.closing = Closing(self, session)
        for page in self.pages:
            page.detour = self.stage.detour
            for stage in page.stages():
                StageOpener(stage, self).asked.connect(self.open_stage)
        self.stage.closed.connect(self.close_stage)
        self.stage.turned.connect(self._show_idle)
        self.faces.changed.connect(self._show_chrome)
        self.run_bar.full_screen.clicked.connect(self.toggle_present)
        self.rail.chosen.connect(self.show_page)
        self.status.offer.taken.connect(partial(self.talking.set_on, True))
        self.stack.currentChanged.connect(self._on_page)
        look.changed.connect(self._on_look)
        session.viewer.sceneChanged.connect(self._on_scene)
        session.runs.stateChanged.connect(self._show_idle)
        self._show_chrome()
        self._home().setFocus()

    def _lay_out(self) -> None:
        across = row(self.look, self.rail, (self.stack, 1), spacing=0)
        self.faces.body.setLayout(column(self.look, self.run_bar, (across, 1), spacing=0))
        whole = column(self.look, (self.faces, 1), self.talking.strip, self.status, spacing=0)
        self.setCentralWidget(held(whole))
        # Panels shrink by themselves: their preferred sizes never widen the window.
        self.stack.setMinimumSize(1, 1)

    # Pages and looks

    @property
    def page(self) -> Page:
        """The page in view."""
        return self.pages[self.stack.currentIndex()]

    def show_page(self, page: Page) -> None:
        """Bring a page into view; on the stage, show that page's first stage."""
        was_on_stage = self.on_stage
        self.close_stage()
        self.fade.cover()
        self.stack.setCurrentWidget(page)
        self.show_stage(was_on_stage)

    def go_back(self) -> None:
        """Leave Present mode or the stage, or go one step back on the page; never end a run."""
        if self.all_stops.shown:
            self.all_stops.show(False)
        elif self.look.theme.present:
            self.set_present(False)
        elif self.on_stage:
            self.close_stage()
        else:
            self.page.go_back()

    # The stage

    @property
    def on_stage(self) -> bool:
        """Whether one panel has the whole window."""
        return self.faces.on_stage

    def show_stage(self, wanted: bool, focused: bool = False) -> None:
        """Show the focused panel, or the page's first, in the whole window; or leave the stage."""
        if not wanted:
            self.close_stage()
        else:
            self.open_stage(self.stage_in_focus if focused else self.page.stages()[0])

    @property
    def stage_in_focus(self) -> Stage:
        """The stage on show, or that of the panel with the keyboard, or the page's first."""
        stages, focus = self.page.stages(), self.focusWidget() or self
        if self.stage.stage is not None:
            return self.stage.stage
        held = [stage for stage in stages if stage.panel.isAncestorOf(focus)]
        named = [stage for stage in held if stage.button is not None]  # its tool tip names the key
        innermost = max(
            named,
            key=lambda stage: sum(each.panel.isAncestorOf(stage.panel) for each in named),
            default=None,
        )
        return innermost or next(iter(held), stages[0])

    def open_stage(self, stage: Stage) -> None:
        """Show one panel of the page in view in the whole window."""
        self.faces.open(self.page, stage)

    def close_stage(self) -> None:
        """Go back to the page; the keyboard goes back to its former place."""
        self.faces.close_stage(self.page.home)

    def _home(self) -> QWidget:
        """Return the widget that has the keyboard where no other was given it."""
        return self.stage if self.on_stage else self.page.home

    def _show_chrome(self) -> None:
        """Show menus, rail and run bar; in Present mode none of them."""
        present = self.look.theme.present
        self.menuBar().setVisible(not (present or self.on_stage))
        for part in (self.run_bar, self.rail):
            part.setVisible(not present)
        self._show_idle()
        self.menus.refresh()

    def _show_idle(self, news: object = None) -> None:
        self.status.show_idle(self.on_stage, self.page.remark())

    def set_present(self, on: bool) -> None:
        """Enter Present mode with the talk, or leave both; what was in view before comes back."""
        self.screen_room.set_present(on)
        self.talking.set_on(on)
        WidgetRef(self.focusWidget()).focus(self._home())

    def present_on_next_screen(self) -> None:
        """Enter Present mode on the next screen, perhaps the projector's."""
        if self.screen_room.several:
            self.screen_room.go_to_next()
            self.screen_room.set_present(True)
            self.talking.set_on(True)

    def toggle_present(self) -> None:
        self.set_present(not self.look.theme.present)

    def _on_page(self, index: int) -> None:
        self.rail.show_page(self.page)
        self.menus.show_page(self.page)
        self._show_idle()

    def _on_look(self) -> None:
        self._show_chrome()
        self.menus.refresh()
        self.screen_room.hold_least()

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if old.network is not new.network:
            self.menus.refresh()
        if (old.digit, old.trace, old.answer_hidden) != (new.digit, new.trace, new.answer_hidden):
            self._show_idle()

    def settle(self) -> None:
        """End all motion: no fade."""
        self.fade.finish()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.commands.pictures.take(event.mimeData(), "dropped picture"):
            event.acceptProposedAction()

    # Beginning and end

    def sizeHint(self) -> QSize:
        return self.screen_room.first_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._front_look.fit(self.size())
        for cover in (self.blank, self.spotlight):
            cover.fit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.screen_room.leave_room_for_the_frame()  # a window manager may add the frame late

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.screen_room.follow()
        self.menus.refresh()

    def restore(self, window: str, layouts: dict[str, str]) -> None:
        """Restore a remembered size and layout; ignore unreadable text."""
        if not (window and self.restoreGeometry(QByteArray.fromBase64(window.encode()))):
            self.screen_room.begin()
        for page in self.pages:
            page.restore_layout(layouts.get(page.title, ""))

    def layout_state(self) -> tuple[str, dict[str, str]]:
        """Return the window's geometry and the layout of each page, for `restore`."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        return geometry, {page.title: page.layout_state() for page in self.pages}

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.closing.go(self.set_present))
