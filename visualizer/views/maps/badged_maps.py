"""BadgedMaps: maps with a word in the corner of those whose filters stand out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from visualizer.views.base.look import Look
from visualizer.views.maps.badges import Badge
from visualizer.views.widgets.map_paint import frames, tag_box
from visualizer.views.widgets.map_view import MapView

MOST_OF_A_MAP = (0.9, 0.3)  # width and height that a word may take
DOT = 8


class BadgedMaps(MapView):
    """Maps with badges: a word in the corner, or a dot if the map is too small; the tip says all.

    A map whose name is shown has the badge in its name. Badges never cover numbers.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._badges: dict[int, Badge] = {}

    def show_badges(self, badges: Mapping[int, Badge]) -> None:
        """Show badges at the maps of these places."""
        if badges != self._badges:
            self._badges = dict(badges)
            self.update()

    def tip_at(self, point: QPointF) -> str:
        place = self._viewport.place_at(point)
        badge = self._badges.get(place[2]) if place else None
        return f"{super().tip_at(point)}\n{badge.sentence}" if badge else super().tip_at(point)

    def badge_boxes(self) -> dict[int, tuple[str, QRectF]]:
        """Return the text and place of each badge; a dot has an empty text."""
        if not self._badges or self.number_form() is not None:
            return {}
        every, visible, tags = frames(self.mosaic, self._viewport.cells), self.rect(), self.tags()
        inside = QRectF(visible)
        covered = [tag_box(self.theme, self._names[n], at, inside) for n, at in tags.items()]
        boxes = {
            n: self._box(badge, every[n])
            for n, badge in self._badges.items()
            if n not in tags and every[n].intersects(inside)
        }
        return {
            n: (word, box)
            for n, (word, box) in boxes.items()
            if not any(box.intersects(tag) for tag in covered)
        }

    def _box(self, badge: Badge, frame: QRectF) -> tuple[str, QRectF]:
        """Return the longest badge text that fits in the corner of a map, or a dot on the corner.

        Twins are frequent, and their maps are worth seeing: they have a dot.
        """
        px, metrics = self.theme.px, QFontMetricsF(self.theme.font("caption"))
        height = metrics.height()
        for word in (" · ".join(badge.words), badge.words[0]) if badge.warns else ():
            width = metrics.horizontalAdvance(word) + px(6)
            across, down = MOST_OF_A_MAP
            if width <= across * frame.width() and height <= down * frame.height():
                return word, QRectF(frame.right() - width, frame.top(), width, height)
        size = px(DOT)
        left = min(frame.right() - 0.7 * size, self.width() - size)
        return "", QRectF(left, max(frame.top() - 0.3 * size, 0), size, size)

    def _paint(self, painter: QPainter) -> None:
        super()._paint(painter)
        theme, boxes = self.theme, self.badge_boxes()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        for n, (word, box) in boxes.items():
            ink = theme.color("warning" if self._badges[n].warns else "soft_ink")
            if word:
                painter.fillRect(box, theme.color("panel", 0.9))
                painter.setPen(ink)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            else:
                painter.setPen(QPen(theme.color("panel"), theme.px(1)))
                painter.setBrush(ink)
                painter.drawEllipse(box)
