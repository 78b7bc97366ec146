"""HintButton: a hint beside the thing it is about; a click removes it."""

from __future__ import annotations

from visualizer.session.first_look import FirstLook
from visualizer.views.widgets.buttons import Button


class HintButton(Button):
    """A hint for new users; while shown, it has a place of its own in the layout."""

    def __init__(self, look: FirstLook, hint: str, text: str, short: str = "") -> None:
        """Show `text`, which may have several lines, or `short` where there is little room."""
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
        """Whether the hint is still needed."""
        return self._look.wants(self._hint)

    def leave_out(self, away: bool) -> None:
        """Leave the hint out for want of room, or show it where it is still needed."""
        self._room = not away
        self._show()

    def show_short(self, short: bool) -> None:
        """Show the short text or the long one."""
        self.setText(f"{self._texts[short]}  ×")

    def fit(self, room: int) -> None:
        """Show the long text where it fits in so many pixels, else the short one."""
        self.fit_text([f"{text}  ×" for text in self._texts], room)

    def _show(self) -> None:
        self.setVisible(self._room and self.wanted)

    def _on_clicked(self) -> None:
        self._look.finish(self._hint)
