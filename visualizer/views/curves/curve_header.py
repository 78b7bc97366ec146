"""The line above a curve: title, legend or control, what the pointer reads, and two buttons."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import IconButton


class CurveHeader(Guarded, QWidget):
    """Shows the longest form of each text that has room; no text is ever cut.

    The reading under the pointer matters most: where it has no room beside the rest, the rest
    makes way while the pointer is on the plot, but never a control that has the keyboard.

    Parameters
    ----------
    control : QWidget, optional
        What to show in place of the legend, after its accessible name where there is room.
    """

    def __init__(self, look: Look, title: str, control: QWidget | None = None) -> None:
        super().__init__()
        self.title = label(title, "heading")
        self.legend = label("", "caption", rich=True)
        self.control = control
        self.readout = label("", "caption")
        self.readout.setTextFormat(Qt.TextFormat.PlainText)
        self.log = QToolButton()
        self.log.setObjectName("flat")
        self.log.setText("log")
        self.log.setCheckable(True)
        self.log.setToolTip("Logarithmic scale")
        self.log.setAccessibleName(f"{title}: logarithmic scale")
        self.fit_button = IconButton(look, "fit", "Show the whole run")
        self._corner: IconButton | None = None
        self._legends: tuple[str, ...] = (control.accessibleName(), "") if control else ("",)
        self._readings: tuple[str, ...] = ("",)
        words = filter(None, (self.title, self.legend, control, self.readout))
        self._row = row(look, *words, 1, self.log, self.fit_button, spacing=6)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_in_corner(self, button: IconButton) -> None:
        """Add a button at the end of the line; it is shown where it has room."""
        self._corner = button
        self._row.add(button)
        self.fit()

    def show_legends(self, *texts: str) -> None:
        """Show the first form of the legend that has room; the longest comes first."""
        if self.control is None and texts != self._legends:
            self._legends = texts
            self.legend.setToolTip(texts[0])
            self.fit()

    def show_readings(self, *texts: str) -> None:
        """Show what the pointer reads, the longest form first; none when it is elsewhere."""
        if (texts or ("",)) != self._readings:
            self._readings = texts or ("",)
            self.fit()

    def show_fit(self, wanted: bool) -> None:
        """Offer to show the whole run, or not."""
        if wanted == self.fit_button.isHidden():
            self.fit_button.setVisible(wanted)
            self.fit()

    def fit(self) -> None:
        """Take the first arrangement that has room; the corner's button gives way to the title."""
        arrangement = self._fitting(self._corner)
        corner = any(arrangement)
        if not corner:
            arrangement = self._fitting(None)
        title, legend, control, reading = arrangement
        self.legend.setText(legend)
        self.readout.setText(reading)
        shown = self._shown(title, legend, control, reading)
        if self._corner is not None:
            shown[self._corner] = corner
        for widget, there in shown.items():
            widget.setVisible(there)
        self.readout.setToolTip(self._readings[0])

    def _fitting(self, corner: QWidget | None) -> tuple[bool, str, bool, str]:
        """Return the first arrangement with room beside the buttons; the last if none has room."""
        buttons = [self.log] if self.fit_button.isHidden() else [self.log, self.fit_button]
        room = self.width() - sum(self._width(b) for b in (*buttons, corner) if b is not None)
        arrangement = (True, "", True, "")
        for arrangement in self._arrangements():
            self.legend.setText(arrangement[1])
            self.readout.setText(arrangement[3])
            shown = self._shown(*arrangement)
            if sum(self._width(widget) for widget, there in shown.items() if there) <= room:
                break
        return arrangement

    def _shown(self, title: bool, legend: str, control: bool, reading: str) -> dict[QWidget, bool]:
        """Return whether an arrangement shows each widget."""
        shown: dict[QWidget, bool] = {
            self.title: title,
            self.legend: bool(legend),
            self.readout: bool(reading),
        }
        if self.control is not None:
            shown[self.control] = control
        return shown

    def _arrangements(self) -> Iterator[tuple[bool, str, bool, str]]:
        """Yield arrangements, the fullest first: title shown, legend, control shown, reading."""
        beside = [(True, text, True) for text in self._legends]
        if self.control is not None and self.control is self.window().focusWidget():
            beside.append((False, "", True))
        else:
            beside += [(True, "", False), (False, "", False)]
        for reading in self._readings:
            for title, legend, control in beside:
                yield title, legend, control, reading

    def _width(self, widget: QWidget) -> int:
        return _size(widget).width() + self._row.spacing()

    def sizeHint(self) -> QSize:
        """Return a size as high as all parts need, so that nothing moves as they come and go."""
        hint = super().sizeHint()
        parts = filter(None, (self.title, self.control, self.log, self.fit_button, self._corner))
        return QSize(hint.width(), max(hint.height(), *(_size(part).height() for part in parts)))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.fit()


def _size(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
