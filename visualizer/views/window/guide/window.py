"""GuideWindow: the list of the guide's pages, the page being read, and a search over all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import IconButton
from visualizer.views.window.guide.history import History
from visualizer.views.window.guide.pages import (
    KEYS,
    START,
    Row,
    count,
    page_named,
    read_guide,
    split_link,
    with_keys,
)
from visualizer.views.window.guide.view import GuideView

WIDTH, HEIGHT = 1040, 760
LIST_WIDTH = 230
LEAST_WITH_LIST = 620
SHARE = 0.92  # of the screen, at most


class GuideWindow(Guarded, QDialog):
    """The guide in a window of its own; nothing in it comes from the network."""

    def __init__(self, look: Look, parent: QWidget, rows: Callable[[], Sequence[Row]]) -> None:
        """Make the window; `rows` returns (where, keys, what they do)."""
        super().__init__(parent)
        self._look, self._rows = look, rows
        self._first = ""
        self._pages = read_guide()
        self.history = History(START)
        self.setObjectName("guide")
        self.setWindowTitle("Guide")
        self.view = GuideView(look)
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages of the guide")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName("Search all pages of the guide")
        self.search.setClearButtonEnabled(True)
        self.found = Elided("", "caption")
        again = "The page after it again"
        self.back = IconButton(look, "back", "The page before", act=self.go_back)
        self.forward = IconButton(look, "forward", again, act=self.go_forward)
        self._lay_out()
        self._make_keys()
        self._list_pages()
        self.view.followed.connect(self.follow)
        self.pages.itemActivated.connect(self._on_chosen)
        self.pages.itemClicked.connect(self._on_chosen)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.next_place)
        look.changed.connect(self._on_look)
        self._fit()
        self.resize(self.sizeHint())

    def _lay_out(self) -> None:
        look = self._look
        sized(look, self.pages, width=LIST_WIDTH)
        top = row(look, self.back, self.forward, (self.search, 1))
        across = row(look, self.pages, (self.view, 1))
        whole = column(look, top, (across, 1), self.found, spacing=8, margins=12)
        self.setLayout(whole)
        order = (self.search, self.view, self.pages, self.back, self.forward)
        for one, next_one in pairwise(order):
            QWidget.setTabOrder(one, next_one)

    def _make_keys(self) -> None:
        zoom = self._look.zoom_by
        for keys, act in (
            (("Ctrl+F",), self._to_search),
            (("F1",), partial(self.open_page, KEYS)),
            (("Alt+Left",), self.go_back),
            (("Alt+Right",), self.go_forward),
            (("F3",), self.next_place),
            (("Ctrl++", "Ctrl+="), partial(zoom, 1)),
            (("Ctrl+-",), partial(zoom, -1)),
            (("Ctrl+0",), partial(zoom, 0)),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(act)
        self.back.show_keys("Alt+←")
        self.forward.show_keys("Alt+→")

    # Pages

    @property
    def name(self) -> str:
        """The name of the page on show."""
        return self.history.here

    def open_page(self, name: str = "", anchor: str = "", first: str = "") -> None:
        """Show the window with a page; without a name, the page that was read last.

        Parameters
        ----------
        first
            Title of the window's page whose keys come first.
        """
        self._first = first or self._first
        self.history.go(name or self.name)
        self._show_page(anchor)
        self.show()
        self.raise_()
        self.activateWindow()
        if self.name == KEYS:
            self._to_search()

    def follow(self, link: str) -> None:
        """Follow a link within the guide; tell if it leads nowhere."""
        try:
            name, anchor = split_link(link)
        except ValueError as error:
            self.found.show_text(str(error))
            return
        self.history.go(name or self.name)
        self._show_page(anchor)

    def go_back(self) -> None:
        """Go to the page that was read before."""
        if self.history.back():
            self._show_page()

    def go_forward(self) -> None:
        """Go to the page that was left by going back."""
        if self.history.forward():
            self._show_page()

    def next_place(self) -> None:
        """Go to the next match of the search; after a page's last match, to the next page."""
        if self.view.next_place():
            return
        names = [self._name_of(row) for row in range(self.pages.count())]
        found = [
            name for name in names if not self._item(name).isHidden() and self._count(name) > 0
        ]
        if found:
            later = [name for name in found if names.index(name) > names.index(self.name)]
            self.history.go((later or found)[0])
            self._show_page()
            self.view.next_place()

    def _show_page(self, anchor: str = "") -> None:
        page = page_named(self._pages, self.name)
        words, text = self.search.text(), page.text
        if page.name == KEYS:
            text = with_keys(text, self._rows(), self._first, words)
        self.view.show_text(text, words if self._count(page.name) else "")
        self.setWindowTitle(f"Guide: {page.title}")
        self.pages.setCurrentItem(self._item(page.name))
        self.back.setEnabled(self.history.has_before)
        self.forward.setEnabled(self.history.has_after)
        if anchor:
            self.view.show_anchor(anchor)

    # The list, and the search

    def _list_pages(self) -> None:
        for page in self._pages:
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
            self.pages.addItem(item)

    def _name_of(self, row: int) -> str:
        return str(self.pages.item(row).data(Qt.ItemDataRole.UserRole))

    def _item(self, name: str) -> QListWidgetItem:
        rows = range(self.pages.count())
        return self.pages.item(next(row for row in rows if self._name_of(row) == name))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        name = str(item.data(Qt.ItemDataRole.UserRole))
        if name != self.name:
            self.history.go(name)
            self._show_page()

    def _count(self, name: str) -> int:
        return count(page_named(self._pages, name), self.search.text())

    def _on_search(self, text: str) -> None:
        """List only pages that have all words, and mark the words."""
        places = pages = 0
        for page in self._pages:
            item, there = self._item(page.name), count(page, text)
            item.setText(f"{page.title} ({there})" if there else page.title)
            item.setHidden(bool(text.split()) and not there)
            places, pages = places + there, pages + bool(there)
        self.found.show_text(_told(places, pages) if text.split() else "")
        self._show_page()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Looks

    def _on_look(self) -> None:
        self._fit()
        if self.isVisible():
            self.view.refresh()

    def _fit(self) -> None:
        """Hide the list of pages in a narrow window."""
        px = self._look.theme.px
        self.pages.setVisible(self.width() >= px(LEAST_WITH_LIST))
        self.pages.setSpacing(px(3))

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        room = self.screen().availableGeometry().size() * SHARE
        return QSize(px(WIDTH), px(HEIGHT)).boundedTo(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.refresh()


def _told(places: int, pages: int) -> str:
    """Return the number of matches in words."""
    if not places:
        return "No page has these words."
    where = "1 page" if pages == 1 else f"{pages} pages"
    return f"{places} on {where}; Enter: the next"
