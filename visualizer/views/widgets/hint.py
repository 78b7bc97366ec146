"""HintButton: a few words at the place that they are about; a click on them and they are gone."""

from __future__ import annotations

from visualizer.session.first_look import FirstLook
from visualizer.views.widgets.pressed import Button


class HintButton(Button):
    """A hint of the first look. It has a place of its own in the layout, while it is shown."""

    def __init__(self, look: FirstLook, hint: str, text: str, short: str = "") -> None:
        """`text` may have several lines; `short` is for where there is little room."""
        super().__init__(f"{text}  ×")
        self._texts = text, short or text
        self.setObjectName("hint")
        self.setAccessibleName(f"Hint: {text}".replace("\n", " "))
        self.setToolTip("Click: do not show this again")
        self._look, self._hint = look, hint
        self._room = True
        self.clicked.connect(self._on_clicked)
        look.changed.connect(self._show)
        self._show()

    @property
    def wanted(self) -> bool:
        """Whether it is still to be shown."""
        return self._look.wants(self._hint)

    def allow(self, room: bool) -> None:
        """Whether there is room for it."""
        self._room = room
        self._show()

    def show_short(self, short: bool) -> None:
        """Say less, where there is little room."""
        self.setText(f"{self._texts[short]}  ×")

    def _show(self) -> None:
        self.setVisible(self._room and self.wanted)

    def _on_clicked(self) -> None:
        self._look.finish(self._hint)
