"""SortedMaps: order, names and badges of the maps on show, from the filter study."""

from __future__ import annotations

from visualizer.core.responses import LayerResponses
from visualizer.filters.study import FilterStudy
from visualizer.scene.scene import Scene
from visualizer.views.maps.badges import Badge, Badges
from visualizer.views.maps.captions import map_word
from visualizer.views.maps.map_order import map_order_of

Known = tuple[LayerResponses | None, bool]


class SortedMaps:
    """The part of a filter study that a panel of maps uses; it never starts a study.

    The order may come from results of earlier weights, so that it stays while a network learns.
    Badges are of the weights in view alone.

    Attributes
    ----------
    places : MapOrder
        Where each cell is drawn.
    names : list of str
        The name of the map at each place; none for a vector.
    badges : dict of Badge
        The badges, by place.
    """

    def __init__(self, scene: Scene, study: FilterStudy | None) -> None:
        self._study = study
        self._responses: LayerResponses | None = None
        self._fresh = False
        self._known_badges: Badges | None = None
        self.places = map_order_of(scene, "index", None)
        self.names: list[str] = []
        self.badges: dict[int, Badge] = {}

    @property
    def known(self) -> tuple[bool, bool]:
        """Whether the layer's responses are known, and whether of the weights in view."""
        return self._responses is not None, self._fresh

    def has_news(self, scene: Scene) -> bool:
        """Return whether the study has other results than the maps were last sorted by."""
        return self._look_up(scene) != (self._responses, self._fresh)

    def settle(self, scene: Scene, by: str) -> None:
        """Sort the selected layer's maps."""
        self._responses, self._fresh = self._look_up(scene)
        self.places = map_order_of(scene, by, self._responses, self.places)
        layer = scene.layer
        channels = self.places.order.tolist() if layer.is_spatial else []
        self.names = [f"{map_word(layer)} {channel}" for channel in channels]
        self.badges = {}
        known = self._badges_now(map_word(layer))
        for place, channel in enumerate(channels):
            badge = known.of(channel) if known else None
            if badge is not None:
                self.badges[place] = badge
                self.names[place] = " · ".join((self.names[place], *badge.words))

    def _look_up(self, scene: Scene) -> Known:
        if self._study is None:
            return None, False
        return self._study.layer(scene.layer.name), self._study.fresh

    def _badges_now(self, word: str) -> Badges | None:
        if self._responses is None or not self._fresh:
            return None
        if self._known_badges is None or self._known_badges.responses is not self._responses:
            self._known_badges = Badges(self._responses, word)
        return self._known_badges
