"""WhatIfView: controls to switch a filter off, keep only it, or scale it; the changes as a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from visualizer.core.edits import Edit, KeepOnly, Rescale, SwitchOff
from visualizer.filters.what_if import WhatIf
from visualizer.system.notice import Notice
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, held, row
from visualizer.views.base.look import Look
from visualizer.views.filter.section import Section
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.spin import RealSpin

MOST_TIMES = 10.0


class WhatIfView(Section):
    """Buttons to switch the channel off, keep only it, or scale it, and the list of changes.

    Signals
    -------
    asked
        The accuracy with the changes is wanted.
    noticed : Notice
    """

    asked = Signal()
    noticed = Signal(Notice)

    def __init__(self, look: Look, what_if: WhatIf) -> None:
        super().__init__(look, "What if")
        self._what_if = what_if
        self._layer, self._channel, self._possible = "", 0, False
        self._listed: tuple[Edit, ...] = ()
        self.off = Button("it were off", act=self._on_off)
        self.only = Button("only it", act=self._on_only)
        for button in (self.off, self.only):
            button.setCheckable(True)
        self.factor = RealSpin("Scale the filter's output")
        self.factor.setRange(0.0, MOST_TIMES)
        self.factor.setDecimals(2)
        self.factor.setSingleStep(0.25)
        self.factor.setPrefix("× ")
        self.factor.setToolTip("Multiply the filter's output")
        self.undo = IconButton(look, "undo", "Undo the last change", act=what_if.undo)
        self.redo = IconButton(look, "redo", "Do it again", act=what_if.redo)
        self.head.add(self.undo, self.redo)
        self._list = column(look, spacing=0)
        self.accuracy = Elided(name="caption")
        self.ask = Button("Test accuracy with this change", act=self.asked)
        self.column.add(
            row(look, self.off, self.only, self.factor, 1),
            self._list,
            row(look, (self.accuracy, 1), self.ask),
        )
        self.factor.valueChanged.connect(self._on_factor)
        self.show_edits()

    # What is shown

    def show_filter(self, layer: str, channel: int, possible: bool, why: str) -> None:
        """Show a channel; `why` says why it cannot be changed, or where its values come from."""
        self._layer, self._channel, self._possible = layer, channel, possible
        self.note(why)
        self.show_edits()

    def show_accuracy(self, text: str, *shorter: str, known: bool) -> None:
        """Show the altered network's accuracy in words."""
        self.accuracy.show_text(text, *shorter)
        self.ask.setVisible(bool(self._what_if.edits) and not known)

    @property
    def lines(self) -> list[str]:
        """The texts of the changes."""
        return [str(edit) for edit in self._what_if.edits]

    def show_edits(self) -> None:
        """Show the list of changes, and which of them concern this channel."""
        edits = self._what_if.edits
        for control in (self.off, self.only, self.factor):
            control.setEnabled(self._possible)
        self.off.setChecked(SwitchOff(self._layer, self._channel) in edits)
        self.only.setChecked(KeepOnly(self._layer, self._channel) in edits)
        scales = [edit for edit in edits if isinstance(edit, Rescale) and self._is_here(edit)]
        with QSignalBlocker(self.factor):
            self.factor.setValue(scales[-1].factor if scales else 1.0)
        self.undo.setEnabled(self._what_if.can_undo)
        self.redo.setEnabled(self._what_if.can_redo)
        self._fill(edits)

    def _is_here(self, edit: Rescale) -> bool:
        return (edit.layer, edit.channel) == (self._layer, self._channel)

    def _fill(self, edits: tuple[Edit, ...]) -> None:
        if edits == self._listed:
            return
        self._listed = edits
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for edit in edits:
            self._list.add(self._line(edit))

    def _line(self, edit: Edit) -> QWidget:
        take_back = partial(self._what_if.remove, edit)
        away = IconButton(self.look, "close", f"Take back: {edit}", act=take_back)
        return held(row(self.look, (Elided(str(edit)), 1), away))

    # The user

    def add(self, edit: Edit) -> None:
        """Make a change; explain an impossible one."""
        try:
            self._what_if.add(edit)
        except ValueError as error:
            self.noticed.emit(Notice(f"{error}.", "error"))
            self.show_edits()

    def _on_off(self, wanted: bool) -> None:
        self._switch(SwitchOff(self._layer, self._channel), wanted)

    def _on_only(self, wanted: bool) -> None:
        self._switch(KeepOnly(self._layer, self._channel), wanted)

    def _switch(self, edit: Edit, wanted: bool) -> None:
        if wanted:
            self.add(edit)
        else:
            self._what_if.remove(edit)

    def _on_factor(self, factor: float) -> None:
        edit = Rescale(self._layer, self._channel, factor)
        if factor == 1.0:
            for known in self._what_if.edits:
                if isinstance(known, Rescale) and self._is_here(known):
                    self._what_if.remove(known)
        else:
            self.add(edit)
