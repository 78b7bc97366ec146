"""Badges: which filters stand out, in a word, in a sentence, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from visualizer.core.responses import LayerResponses
from visualizer.filters.study import FilterStudy
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import count, number

MOST_TWINS = 3


@dataclass(frozen=True, slots=True)
class Badge:
    """The badge of one filter that stands out.

    Attributes
    ----------
    words : "dead", "rare", "always on", "twin"
    sentence : the words with their figures
    """

    words: tuple[str, ...]
    sentence: str

    @property
    def warns(self) -> bool:
        """Whether the badge is more than "twin"."""
        return self.words != ("twin",)


class Badges:
    """The badges of a layer's filters."""

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
        """A count such as "3 dead · 2 twins"; nothing if no filter stands out."""
        counts = Counter(word for badge in self._of.values() for word in badge.words)
        plural = {"twin": "twin" if counts["twin"] == 1 else "twins"}
        order = ("dead", "rare", "always on", "twin")
        return " · ".join(
            f"{counts[word]} {plural.get(word, word)}" for word in order if counts[word]
        )


class StandingOut:
    """The layers that have filters standing out, as far as that is known."""

    def __init__(self, viewer: Viewer, study: FilterStudy | None) -> None:
        self._viewer, self._study = viewer, study

    def marks(self) -> tuple[str, ...]:
        """Return a colour for each layer: none, that of twins, or that of dead, rare or always on.

        Return an empty tuple while nothing is known.
        """
        if self._study is None or not self._study.fresh:
            return ()
        return tuple(map(self._mark, range(len(self._viewer.scene.network.layers))))

    def summary(self, position: int) -> str:
        """Return a layer's summary, such as "3 dead · 2 twins"; nothing if no filter stands out."""
        responses = self._responses(position)
        return Badges(responses).summary if responses else ""

    def _mark(self, position: int) -> str:
        responses = self._responses(position)
        kinds = responses.kinds if responses else frozenset()
        return "warning" if kinds - {"twin"} else "soft_ink" if kinds else ""

    def _responses(self, position: int) -> LayerResponses | None:
        """Return a layer's responses of the weights in view."""
        if self._study is None or not self._study.fresh:
            return None
        return self._study.layer(self._viewer.scene.network.layers[position].name)


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
