"""ComparePage: the networks beside each other, by numbers and by the same digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualizer.compare import settings as compared
from visualizer.compare.comparison import Comparison
from visualizer.core.talk.settings import Settings, differing
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.compare.curves_view import CurvesView
from visualizer.views.compare.peephole_view import PeepholeView
from visualizer.views.compare.pictures import compare_figures
from visualizer.views.compare.same_view import SameView
from visualizer.views.compare.shift_curves import ShiftCurves
from visualizer.views.compare.shift_view import MovedDigit, ShiftView
from visualizer.views.compare.table_view import TableView
from visualizer.views.page import Action, Hint, Page, Stage
from visualizer.views.widgets.controls import Segments, stage_button
from visualizer.views.widgets.scroll_when_small import ScrollWhenSmall

View = TypeVar("View", bound=QWidget)


class SubPage(Panel, Generic[View]):
    """A part of the Compare page; its view is made when it is first shown."""

    def __init__(self, look: Look, title: str, make: Callable[[Look], View]) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._make = make
        self.view: View | None = None
        self.title = Elided(title, "heading")
        self.to_stage = stage_button(look)
        head = row(look, (self.title, 1), self.to_stage)
        self._column = column(look, head, spacing=8, margins=(16, 8, 16, 10))
        self.setLayout(self._column)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.get_view()

    def get_view(self) -> View:
        """Return the view; make it if it is not there yet."""
        if self.view is None:
            self.view = self._make(self.look)
            self._column.add((self.view, 1))
        return self.view


class NetworksView(Panel):
    """The table and the training curves of the networks."""

    def __init__(self, look: Look, comparison: Comparison) -> None:
        super().__init__(look)
        self.table = TableView(look, comparison)
        self.curves = CurvesView(look, comparison)
        self.setLayout(column(look, self.table, (self.curves, 1), spacing=12))


PARTS = (
    ("networks", "Networks", "Sizes, accuracies and speeds; train them all"),
    ("shift", "Shift", "What becomes of the answers when the digit is moved"),
    ("same", "Same digits", "Which network reads which digits right, and one digit in both"),
    ("peephole", "Peephole", "A digit seen through the field of one cell: guess, then reveal"),
)
LEAST = (900, 550)


class ComparePage(Page):
    """The Compare page: one part at a time; a part is made when it is first shown."""

    title, icon = "Compare", "compare"
    hints = (
        Hint("arrow keys, or drag", "move the digit before both networks; move the hole"),
        Hint("Home", "the digit back in its place"),
        Hint("0 … 9, Enter", "what the digit in the peephole is; then another one"),
    )

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        self.comparison = comparison = Comparison(session, self)
        self.part = Segments(PARTS, "What is compared")
        self.networks = SubPage(
            look, "The networks in numbers", lambda look: NetworksView(look, comparison)
        )
        self.shift = SubPage(look, "One digit, moved", lambda look: ShiftView(look, comparison))
        self.same = SubPage(
            look, "The same digits through two networks", lambda look: SameView(look, comparison)
        )
        self.peephole = SubPage(
            look,
            "How much of a digit does one cell see?",
            lambda look: PeepholeView(look, comparison),
        )
        self.parts: dict[str, SubPage[Any]] = {
            "networks": self.networks,
            "shift": self.shift,
            "same": self.same,
            "peephole": self.peephole,
        }
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        head = row(look, self.part, 1)
        whole = column(look, head, (self.stack, 1), spacing=10, margins=(12, 10, 12, 12))
        scroll = ScrollWhenSmall(look, held(whole), LEAST)
        scroll.setAccessibleName("Networks side by side")
        self.setLayout(row(look, scroll))
        self.part.chosen.connect(self.show_part)
        self._stages = (
            Stage(
                "The networks in numbers",
                self.networks,
                heading=self.networks.title,
                button=self.networks.to_stage,
                make=lambda look: TableView(look, comparison, on_stage=True),
            ),
            Stage(
                "How the networks learnt",
                self.networks,
                make=lambda look: CurvesView(look, comparison),
            ),
            Stage(
                "One digit, moved",
                self.shift,
                heading=self.shift.title,
                button=self.shift.to_stage,
                make=lambda look: MovedDigit(look, comparison, on_stage=True),
            ),
            Stage(
                "Accuracy against shift",
                self.shift,
                make=lambda look: ShiftCurves(look, comparison, on_stage=True),
            ),
            Stage(
                "The same digits through two networks",
                self.same,
                heading=self.same.title,
                button=self.same.to_stage,
                make=lambda look: SameView(look, comparison, on_stage=True),
            ),
            Stage(
                "How much does one cell see?",
                self.peephole,
                heading=self.peephole.title,
                button=self.peephole.to_stage,
                make=lambda look: PeepholeView(look, comparison, on_stage=True),
            ),
        )

    def show_part(self, key: str) -> QWidget:
        """Bring one part into view; return its view."""
        self._turn_to(key)
        view: QWidget = self.parts[key].get_view()
        return view

    def _turn_to(self, key: str) -> None:
        """Bring one part into view; its view is made once it is seen."""
        self.part.show_choice(key)
        self.stack.setCurrentWidget(self.parts[key])

    def actions_here(self) -> Sequence[Action]:
        session, in_digit = self.session, partial(Action, menu="&Digit")
        return (
            Action(
                "&Copy table",
                self.copy_table,
                menu="&Edit",
                keys=("Ctrl+C",),
                explain="copy the table of networks",
            ),
            in_digit(
                "&Next digit",
                self.next_digit,
                keys=("N",),
                explain="the next digit; in the peephole, another one by chance",
            ),
            in_digit(
                "&Previous digit", session.previous_digit, keys=("P",), explain="the digit before"
            ),
            in_digit("&Random digit", session.random_digit, keys=("R",), explain="a random digit"),
        )

    def next_digit(self) -> None:
        """Show the next digit; in the peephole, a random one."""
        if self.part.choice == "peephole":
            self.comparison.peephole.next_digit()
        else:
            self.session.next_digit()

    def copy_table(self) -> None:
        """Copy the table of networks to the clipboard as tab-separated values."""
        QGuiApplication.clipboard().setText(self.networks.get_view().table.as_text())
        self.session.noticed.emit(Notice("Copied the table of networks."))

    def stages(self) -> Sequence[Stage]:
        return self._stages

    def shown_settings(self) -> dict[str, str]:
        part = differing(("part", self.part.choice, PARTS[0][0]))
        return part | compared.shown_settings(self.comparison)

    def show_settings(self, settings: Mapping[str, str]) -> None:
        read = Settings(self.title, settings, ("part", *compared.SETTINGS))
        part = read.one_of("part", [key for key, *_ in PARTS])
        compared.wanted(self.comparison, read).show(self.comparison)
        self._turn_to(part)

    def picture_source(self) -> str:
        return self.session.dataset.name

    def figures(self) -> Iterator[tuple[str, QWidget]]:
        yield from compare_figures(self.comparison, self.show_part, self.same.get_view)
