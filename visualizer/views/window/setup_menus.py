"""Two chips of the run bar: which recipe, which digits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFormLayout,
    QMenu,
    QWidget,
    QWidgetAction,
)

from visualizer.session.session import Session
from visualizer.text.numbers import as_tip, count, shortened
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Precision
from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.buttons import Button, ComboBox
from visualizer.views.widgets.controls import Chip
from visualizer.views.widgets.spin import RealField, WholeField
from visualizer.views.window.commands import Commands
from visualizer.views.window.menus import Menus


class RecipeForm(Guarded, QWidget):
    """A form with all settings of the next run."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.recipe = ComboBox(items=RECIPES)
        self.epochs, self.batch, self.seed = WholeField(), WholeField(), WholeField()
        self.epochs.setRange(1, 200)
        self.batch.setRange(1, 1024)
        self.seed.setRange(0, 999_999)
        self.rate = RealField()
        self.rate.setDecimals(5)
        self.rate.setRange(0.00001, 10.0)
        self.rate.setSingleStep(0.0005)
        fastest = "auto: whatever a short trial finds fastest on this machine"
        self.precision = ComboBox(tip=fastest, items=get_args(Precision))
        self.optimizer = label("", "caption")
        self.defaults = Button("Back to the recipe's own values", act=self._on_defaults)
        self.rows = form = QFormLayout(self)
        for text, widget in (
            ("Recipe", self.recipe),
            ("Epochs", self.epochs),
            ("Batch size", self.batch),
            ("Learning rate", self.rate),
            ("Seed", self.seed),
            ("Precision", self.precision),
            ("Optimizer", self.optimizer),
        ):
            form.addRow(text, widget)
        form.addRow(self.defaults)
        self.recipe.currentTextChanged.connect(self._on_recipe)
        for spin in (self.epochs, self.batch, self.rate, self.seed):
            spin.valueChanged.connect(self._on_edited)
        self.precision.currentTextChanged.connect(self._on_edited)
        self.show_setup()

    def show_setup(self) -> None:
        """Show the session's recipe; emits nothing."""
        runs = self._session.runs
        pairs = (
            (self.epochs, runs.recipe.epochs),
            (self.batch, runs.recipe.batch_size),
            (self.seed, runs.seed),
        )
        for spin, value in pairs:
            with QSignalBlocker(spin):
                spin.setValue(value)
        if self.rate.value() != runs.recipe.learning_rate:  # else it stays as it is being typed
            with QSignalBlocker(self.rate):
                self.rate.setValue(runs.recipe.learning_rate)
        for combo, text in (
            (self.recipe, runs.recipe.name),
            (self.precision, runs.settings.precision),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentText(text)
        schedule = "" if runs.recipe.schedule == "constant" else f", {runs.recipe.schedule} rate"
        names = {"rmsprop": "RMSprop", "adamw": "AdamW"}
        self.optimizer.setText(names.get(runs.recipe.optimizer, runs.recipe.optimizer) + schedule)

    def _on_recipe(self, name: str) -> None:
        runs = self._session.runs
        runs.configure(RECIPES[name], runs.seed, runs.settings)

    def _on_defaults(self) -> None:
        self._on_recipe(self.recipe.currentText())

    def _on_edited(self) -> None:
        runs = self._session.runs
        recipe = replace(
            runs.recipe,
            epochs=self.epochs.value(),
            batch_size=self.batch.value(),
            learning_rate=self.rate.value(),
        )
        precision = get_args(Precision)[self.precision.currentIndex()]
        settings = replace(runs.settings, precision=precision)
        runs.configure(recipe, self.seed.value(), settings)


class RecipeMenu(QObject):
    """The recipe chip; its menu is the form."""

    def __init__(self, chip: Chip, look: Look, session: Session) -> None:
        super().__init__(chip)
        self._chip, self._session = chip, session
        self.form = RecipeForm(session)
        self.menu = QMenu(chip)
        action = QWidgetAction(self)
        action.setDefaultWidget(self.form)
        self.menu.addAction(action)
        chip.setMenu(self.menu)
        session.runs.setupChanged.connect(self.show_setup)
        look.changed.connect(self._space)
        self._space(look.theme)
        self.show_setup()

    def _space(self, theme: Theme) -> None:
        px = theme.px
        layout = self.form.rows
        layout.setContentsMargins(px(16), px(10), px(16), px(10))
        layout.setSpacing(px(8))

    def show_setup(self) -> None:
        self.form.show_setup()
        recipe = self._session.runs.recipe
        self._chip.show_text(f"{recipe.title} · batch {recipe.batch_size}", recipe.name)
        self._chip.setToolTip(
            f"Recipe {recipe.title}: {recipe.epochs} epochs, batch size {recipe.batch_size}, "
            f"learning rate {recipe.learning_rate:g}"
        )


class DataMenu(QObject):
    """The data chip and its menu: MNIST, the built-in digits, or a folder."""

    def __init__(self, chip: Chip, session: Session, menus: Menus, commands: Commands) -> None:
        super().__init__(chip)
        self._chip, self._session = chip, session
        self.menu = QMenu(chip)
        self.mnist = self.menu.addAction("MNIST")
        self.synthetic = self.menu.addAction("Synthetic digits (built in)")
        for action in (self.mnist, self.synthetic):
            action.setCheckable(True)
        self.recent = self.menu.addSeparator()
        self._folders: list[QAction] = []
        self._last = self.menu.addSeparator()
        self.folder, self.download = (
            menus.entry(action) for action in (commands.open_folder, commands.download)
        )
        self.menu.addActions([self.folder, self.download])
        chip.setMenu(self.menu)
        self.mnist.triggered.connect(self._on_mnist)
        self.synthetic.triggered.connect(self._on_synthetic)
        session.source.changed.connect(self._show)
        session.jobsChanged.connect(self._show)
        session.source.foldersChanged.connect(self._show_folders)
        self._show_folders()
        self._show()

    def _show(self, news: object = None) -> None:
        dataset = self._session.dataset
        size = count(len(dataset.train)) if len(dataset.train) else "loading …"
        self.mnist.setChecked(dataset.kind == "mnist")
        self.synthetic.setChecked(dataset.kind == "synthetic")
        self._chip.show_text(f"{shortened(dataset.name)} · {size}", shortened(dataset.name))
        tip = (
            f"{shortened(dataset.name, 80)}: {count(len(dataset.train))} training digits, "
            f"{count(len(dataset.test))} test digits"
        )
        self._chip.setToolTip(as_tip(tip))

    def _show_folders(self) -> None:
        """List the folders opened before, newest first."""
        for action in self._folders:
            self.menu.removeAction(action)
            action.deleteLater()
        self._folders = []
        for folder in self._session.source.folders:
            action = QAction(
                shortened(str(folder), 60, keep_end=True).replace("&", "&&"), self.menu
            )
            action.setData(str(folder))
            action.triggered.connect(self._on_recent)
            self.menu.insertAction(self._last, action)
            self._folders.append(action)
        self.recent.setVisible(bool(self._folders))

    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._session.source.open(folder=Path(str(action.data())))

    def _on_mnist(self) -> None:
        self._session.source.open("mnist")
        self._show()

    def _on_synthetic(self) -> None:
        self._session.source.open("synthetic")
        self._show()
