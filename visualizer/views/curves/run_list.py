"""RunList: the runs of this session and of earlier ones; colours, names and ends, shown or not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QScrollArea

from visualizer.runs.how_trained import how_trained
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.text.numbers import as_tip, percent, shortened
from visualizer.training.recipe import Recipe
from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.plot import DASHES, run_pen
from visualizer.views.widgets.controls import IconButton, KeyPanel

SWATCH = 22


def key_of(run: Run) -> int:
    """Return the number that decides a run's colour and dashes."""
    return run.number


class Swatch(KeyPanel):
    """The line a run is drawn with, or an empty box; a click or Enter shows or hides the curve.

    Signals
    -------
    clicked
    """

    clicked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._key, self._shown, self._in_view = 0, True, False
        sized(look, self, width=SWATCH + 6, height=18)

    def show_run(self, key: int, shown: bool, in_view: bool) -> None:
        self._key, self._shown, self._in_view = key, shown, in_view
        self.setToolTip(
            "This run is in view" if in_view else "Hide its curve" if shown else "Show its curve"
        )
        self.setAccessibleName("Curve shown" if shown else "Curve hidden")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._shown:
            solid = QPen(theme.color("train"), theme.px(3))
            painter.setPen(
                solid if self._in_view else run_pen(theme, self._key, theme.px(3), DASHES[1:])
            )
            middle = box.center().y()
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        else:
            colour = theme.color("train") if self._in_view else theme.run_color(self._key)
            painter.setPen(QPen(colour, theme.px(1)))
            painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.line_width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def takes_enter(self) -> bool:
        return True

    def press_key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER:
            self.clicked.emit()
            return True
        return False


class Name(Guarded, QLineEdit):
    """A run's name, to be changed in place; Esc leaves it as it was."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.undo()
            self.clearFocus()
        else:
            super().keyPressEvent(event)


class RunRow(Panel):
    """One run: its curve's look, its name, how it was trained and how well it answers."""

    def __init__(self, look: Look, session: Session, run: Run) -> None:
        super().__init__(look)
        self._library, self.run = session.library, run
        self.swatch = Swatch(look)
        self.name = Name()
        self.name.setObjectName("inline")
        self.name.setAccessibleName("Name of the run")
        self.accuracy = label("", "caption")
        self.how, self.facts = Elided(name="caption"), Elided(name="caption")
        into = "Bring this run into view"
        self.bring = IconButton(look, "inspect", into, act=self._on_bring)
        self.delete = IconButton(look, "close", "Delete this run", act=self._on_delete)
        self._under = column(look, self.how, self.facts, spacing=0)
        words = column(look, self.name, self._under, spacing=0)
        beside = (self.accuracy, self.bring, self.delete)
        self.setLayout(row(look, self.swatch, (words, 1), *beside, spacing=2, margins=(8, 2)))
        self.swatch.clicked.connect(self._on_swatch)
        self.name.editingFinished.connect(self._on_renamed)
        self.show_run()

    def apply_theme(self, theme: Theme) -> None:
        # The facts begin where the name does, with its padding, border and margin.
        self._under.setContentsMargins(theme.px(4) + 3, 0, 0, 0)

    def show_run(self) -> None:
        """Show what is known of the run now; a name that is being written stays."""
        run, library = self.run, self._library
        in_view = run is library.in_view
        self.swatch.show_run(key_of(run), library.is_shown(run), in_view)
        if not self.name.hasFocus():
            self.name.setText(run.name)
            self.name.setToolTip(as_tip(f"{run.name}: click to rename"))
            self.name.setCursorPosition(0)
        accuracy = run.state.test_accuracy
        self.accuracy.setText("–" if accuracy is None else percent(accuracy))
        self.accuracy.setToolTip(as_tip(f"Accuracy on {run.state.dataset}"))
        network = shortened(run.model.network.name, 20)
        self.how.show_text(str(how_trained(run.model, run)))
        self.facts.show_text(*facts_forms(run, network))
        self.bring.setEnabled(not in_view)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._library.point(self.run)

    def leaveEvent(self, event: QEvent) -> None:
        if self._library.pointed is self.run:
            self._library.point(None)

    def show_pointed(self, pointed: bool) -> None:
        """Stand out while the pointer is at its curve."""
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setAutoFillBackground(pointed)

    def _on_swatch(self) -> None:
        if self.run is not self._library.in_view:
            self._library.show_curve(self.run, not self._library.is_shown(self.run))

    def _on_renamed(self) -> None:
        self._library.rename(self.run, self.name.text())
        self.name.setText(self.run.name)

    def _on_bring(self) -> None:
        self._library.bring(self.run)

    def _on_delete(self) -> None:
        self._library.delete(self.run)


def facts_forms(run: Run, network: str) -> tuple[str, ...]:
    """Return how a run was trained, in ever fewer words; where it began is dropped last."""
    facts = run.model.facts
    recipe = run.recipe or Recipe.of_facts(facts)
    words, title = (recipe.words, recipe.title) if recipe else (facts.get("recipe", ""),) * 2
    seed = f"seed {run.seed if run.recipe else facts.get('seed', '–')}"
    began = run.began.strip()
    lines = [(network, words, seed, began), (words, seed, began), (title, seed, began)]
    lines += [(seed, began), (began,)] if began else [(network, title)]
    return *(" · ".join(filter(None, line)) for line in lines), network


class RunList(Panel):
    """All runs of the session, the newest first."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._session = session
        self.rows: list[RunRow] = []
        self._column = column(look, 1, spacing=0)
        inside = held(self._column)
        area = QScrollArea()
        area.setAccessibleName("Runs")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.setLayout(column(look, area))
        sized(look, self, width=280)
        self.setAccessibleName("Runs of this session and of earlier ones")
        session.library.changed.connect(self.refresh)

    def showEvent(self, event: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the runs there are now."""
        if not self.isVisible():
            return
        runs = list(reversed(self._session.library.runs))
        if [row.run for row in self.rows] != runs:
            self._make(runs)
        for line in self.rows:
            line.show_run()
            line.show_pointed(line.run is self._session.library.pointed)

    def _make(self, runs: list[Run]) -> None:
        there = {row.run: row for row in self.rows}
        self.rows = [there.pop(run) if run in there else self._row(run) for run in runs]
        for gone in there.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, line in enumerate(self.rows):
            self._column.insertWidget(at, line)

    def _row(self, run: Run) -> RunRow:
        return RunRow(self.look, self._session, run)
