"""Badges: which filters stand out, in a word, in a sentence, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from visualizer.core.responses import LayerResponses
from visualizer.views.widgets.text import count, number

MOST_TWINS = 3


@dataclass(frozen=True, slots=True)
class Badge:
    """What stands out at one filter.

    Attributes
    ----------
    words : "dead", "rare", "always on", "twin"
    sentence : the same with its figures
    """

    words: tuple[str, ...]
    sentence: str

    @property
    def warns(self) -> bool:
        """Whether more stands out than that another filter is like it."""
        return self.words != ("twin",)


class Badges:
    """The badges of one layer's filters."""

    def __init__(self, responses: LayerResponses, filter_word: str = "filter") -> None:
        self.responses = responses
        self._of: dict[int, Badge] = {}
        for channel in range(responses.channels):
            words = responses.badges(channel)
            if words:
                told = "; ".join(_sentence(responses, channel, word) for word in words)
                self._of[channel] = Badge(words, f"{filter_word} {channel}: {told}")

    def of(self, channel: int) -> Badge | None:
        return self._of.get(channel)

    @property
    def summary(self) -> str:
        """ "3 dead · 2 twins"; nothing where no filter stands out."""
        counts = Counter(word for badge in self._of.values() for word in badge.words)
        plural = {"twin": "twin" if counts["twin"] == 1 else "twins"}
        order = ("dead", "rare", "always on", "twin")
        return " · ".join(
            f"{counts[word]} {plural.get(word, word)}" for word in order if counts[word]
        )


def _sentence(responses: LayerResponses, channel: int, word: str) -> str:
    digits, total = count(len(responses.labels)), count(responses.total)
    match word:
        case "dead":
            return f"dead: no response above 0 on any of {digits} digits"
        case "rare":
            above = count(int(responses.above_zero[channel]))
            return f"rare: {above} of {total} responses above 0"
        case "always on":
            return f"always on: every response to {digits} digits is above 0"
        case _:
            twins = responses.twins(channel)
            each = [f"{other} ({number(cosine, 2)})" for other, cosine in twins[:MOST_TWINS]]
            more = len(twins) - MOST_TWINS
            return f"twin of {', '.join(each)}" + (f" and {more} more" if more > 0 else "")
