"""History: the pages that were read, to go back and forward among them."""

from __future__ import annotations


class History:
    """The pages that were read, one of them the present one."""

    def __init__(self, first: str) -> None:
        self._names, self._at = [first], 0

    @property
    def here(self) -> str:
        """The present page."""
        return self._names[self._at]

    @property
    def has_before(self) -> bool:
        """Whether there is a page to go back to."""
        return self._at > 0

    @property
    def has_after(self) -> bool:
        """Whether there is a page that was left by going back."""
        return self._at < len(self._names) - 1

    def go(self, name: str) -> None:
        """Go to a page; pages left by going back are forgotten."""
        if name != self.here:
            self._names[self._at + 1 :] = [name]
            self._at += 1

    def back(self) -> bool:
        """Go one page back; return False at the first page."""
        there = self.has_before
        self._at -= there
        return there

    def forward(self) -> bool:
        """Go one page forward; return False at the last page."""
        there = self.has_after
        self._at += there
        return there
