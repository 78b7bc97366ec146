"""PositionPanel: where the number under the pointer, or the selected one, comes from."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms
from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.session.first_look import NUMBER
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.system.throttle import single_shot
from visualizer.text.terms import tsv
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.maps.captions import short_name
from visualizer.views.position.conv_view import ConvView
from visualizer.views.position.dense_view import DenseView
from visualizer.views.position.gradient_sums import gradient_sum_of
from visualizer.views.position.gradient_view import GradientView, LogitView
from visualizer.views.position.pool_view import PoolView
from visualizer.views.position.slide_view import SlideView
from visualizer.views.position.sums import sum_of
from visualizer.views.position.terms_views import CopyView, PixelView, TermsView
from visualizer.views.position.titles import title_of
from visualizer.views.widgets.controls import IconButton, stage_button
from visualizer.views.widgets.hint import HintButton

FOLLOW = "Follow the largest term down"
WHOLE_WAY = "The whole way, from a pixel to the answer"
TRAIL_ENDS = "The trail ends here: a pixel of the digit has no terms"
LOSS_ENDS = "The way up ends here: at the logits the loss begins"
# An icon, and what it does before and at the end of the way.
DOWN, UP = ("follow", FOLLOW, TRAIL_ENDS), ("move-up", "Follow the largest term up", LOSS_ENDS)

AT_RIGHT = (0, 0, 12, 0)  # margins at zoom 1 of what ends before the scroll bar
FOR_MAPS = 48  # pixels at zoom 1 that larger numbers leave for the maps under them


class PositionPanel(ScenePanel):
    """One number, all its terms, and the trail down to the digit."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.title = Elided(name="heading")
        self.place = Elided(name="caption")
        self.back = IconButton(look, "back", "Back up the trail")
        self.forward = IconButton(look, "forward", "Down the trail again")
        self.follow = IconButton(look, "follow", FOLLOW)
        self.copy = IconButton(look, "copy", "Copy every term with all its digits")
        self.trail = label("", "caption", rich=True)
        self.trail.setWordWrap(True)
        self.conv = ConvView(look, session.sums_shown)
        self.views: dict[type, TermsView[Any]] = {
            ConvTerms: self.conv,
            PoolTerms: PoolView(look),
            CopyTerms: CopyView(look),
            DenseTerms: DenseView(look),
            GradientTerms: GradientView(look, session.sums_shown),
            LossTerms: LogitView(look),
        }
        self.pixel = PixelView(look)
        self.slide = SlideView(look)
        self.to_stage, self.slide_to_stage = stage_button(look), stage_button(look)
        self.to_chain = IconButton(look, "chain", WHOLE_WAY)
        self._shown: TermsView[Any] = self.pixel
        self._slides = False
        self._room_for: object = None
        self._after_maps = single_shot(self, "terms after maps", self._on_after_maps)
        self._lay_out(look)
        self._connect()

    def _lay_out(self, look: Look) -> None:
        self.head = row(look, (self.title, 1), margins=AT_RIGHT)
        way = (self.back, self.forward, self.follow, self.to_chain)
        buttons = (*way, self.copy, self.to_stage)
        header = row(look, (self.place, 1), *buttons, spacing=2)
        views = (*self.views.values(), self.pixel)
        for view in views:
            view.hide()
        # The stretch takes the spare height where nothing slides.
        self._inside = column(look, *views, (self.slide, 100), 1, spacing=12, margins=AT_RIGHT)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Where the number comes from")
        self._scroll.setWidget(held(self._inside, "panel"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hinted = "Where this number comes from; click any map for another"
        self.hint = HintButton(
            self._session.first_look, NUMBER, hinted, "Click any map for another"
        )
        hint = (self.hint, Qt.AlignmentFlag.AlignLeft)
        foot = row(look, (self.slide.player, 1), self.slide_to_stage, margins=AT_RIGHT)
        body = (self.head, header, hint, self.trail, (self._scroll, 1), foot)
        self._column = column(look, *body, spacing=4, margins=(16, 8, 4, 6))
        self.setLayout(self._column)
        sized(look, self, least_width=280)

    def _connect(self) -> None:
        viewer = self.viewer
        self._session.first_look.changed.connect(self._give_way)  # its hint comes or goes
        self.back.clicked.connect(viewer.back)
        self.forward.clicked.connect(viewer.forward)
        self.follow.clicked.connect(self.follow_main_term)
        self.copy.clicked.connect(self.copy_terms)
        self.trail.linkActivated.connect(self._on_trail)
        for view in self.views.values():
            view.followed.connect(self._on_followed)
            view.selected.connect(viewer.select)
        self.pixel.whole.clicked.connect(self.to_chain.click)
        self.slide.moved.connect(viewer.select)
        self.slide.player.started.connect(self._on_slide_started)

    def apply_theme(self, theme: Theme) -> None:
        self._fit_hint()
        self._show(self.scene)

    # What is shown

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.shown == new.shown and old.trail == new.trail and old.digit is not new.digit:
            self._after_maps.start()
        elif _drawn_of(old) != _drawn_of(new):
            self._show(new)

    def _on_after_maps(self) -> None:
        """Show the terms of a new digit, after the maps have been painted."""
        self._show(self.scene)

    def _show(self, scene: Scene) -> None:
        pixel = scene.pixel if scene.hovered is None else None
        title, place = title_of(scene, scene.trail.current if pixel else scene.shown)
        self.title.show_text(*title)
        if not pixel:
            which = "pointed at" if scene.hovered else "selected"
            place = (*(f"{which}: {form}" for form in place), which)
        self.place.show_text(*place)
        self._show_trail(scene)
        gradient = gradient_sum_of(scene, scene.trail.current if pixel else scene.shown)
        if pixel is not None and gradient is None:
            self.pixel.show_pixel(scene, *pixel)
            self._bring_forward(self.pixel)
            self._show_slide(False)
            return
        shown = gradient or sum_of(scene, scene.shown)
        view = self.views[type(shown.terms)]
        view.show_sum(shown)
        self._bring_forward(view)
        slides = gradient is None and isinstance(shown.layer, Windowed)
        if slides and view.sum is not None:
            self.slide.show_sum(view.sum, with_input=view is self.conv)
        self._show_slide(slides)

    def _show_slide(self, shown: bool) -> None:
        """Show or hide the maps under the terms, and the player at the panel's foot."""
        self._slides = shown
        self.slide.player.setVisible(shown)
        self.slide_to_stage.setVisible(shown)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()
        self._give_way()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._after_maps.start()  # only a shown text has the font of its object name

    def _fit_hint(self) -> None:
        margins = self._column.contentsMargins()
        self.hint.fit(self.width() - margins.left() - margins.right())

    def _give_way(self) -> None:
        """Fit the height: bars become lower, then maps go, then texts; the terms always stay.

        The height that is left makes bars and numbers larger, and then the maps.
        """
        view, width = self._shown, self._scroll.maximumViewportSize().width()
        trail = None if self.trail.isHidden() else self.trail.heightForWidth(width)
        above = self.hint.isHidden(), trail
        state = (self.size(), view, self.theme, self._slides, above, view.needs(width))
        if state == self._room_for:
            return
        self._room_for = state
        self.slide.setVisible(self._slides)
        view.show_roomy(width)
        for shrink in view.ways_to_shrink(self.slide.hide):
            if self._fits():
                break
            shrink()
        beside = 0 if self.slide.isHidden() else self.theme.px(FOR_MAPS)
        for show, heights in view.ways_to_grow():
            for height, larger in pairwise(heights):
                show(larger)
                if not self._fits(beside):
                    show(height)
                    break
        # A bar makes numbers narrower, so that they might need it: where they fit, there is none.
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAlwaysOff if self._fits() else policy.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(bar)

    def _fits(self, beside: int = 0) -> bool:
        """Return whether the scrolled content fits, with `beside` pixels to spare."""
        for part in (self._shown, self.slide):
            part.updateGeometry()  # a change inside a part reaches the layout only later
        self._column.activate()
        room = self._scroll.maximumViewportSize()  # that without a scroll bar
        return self._inside.totalHeightForWidth(room.width()) + beside <= room.height()

    def _bring_forward(self, view: TermsView[Any]) -> None:
        if view is not self._shown or not view.isVisibleTo(self):
            self._shown.hide()
            view.show()
            self._shown = view

    def _show_trail(self, scene: Scene) -> None:
        trail = scene.trail
        self.back.setEnabled(trail.goes_back)
        self.forward.setEnabled(trail.goes_forward)
        icon, *tips = DOWN if scene.backward is None else UP
        self.follow.setEnabled(not _ends(scene))
        self.follow.show_icon(icon, tips[_ends(scene)])
        self.trail.setVisible(len(trail.steps) > 1)
        color = self.theme.palette.accent
        parts = []
        for position, step in enumerate(trail.steps):
            name = short_name(scene, step).replace(" ", "&nbsp;")
            if position == trail.at:
                parts.append(f"<b>{name}</b>")
            else:
                style = f'style="color:{color}; text-decoration:none"'
                parts.append(f'<a href="{position}" {style}>{name}</a>')
        self.trail.setText(" › ".join(parts))

    # The user

    def follow_main_term(self) -> None:
        """Go down to the cell that contributes most to the selected number; backward, up."""
        scene = self.viewer.scene  # a key may ask while the panel is hidden
        gradient = gradient_sum_of(scene, scene.trail.current)
        if _ends(scene):
            words = f"{TRAIL_ENDS}. W shows the whole way." if gradient is None else f"{LOSS_ENDS}."
            self._session.noticed.emit(Notice(words, holds=lambda: _ends(self.viewer.scene)))
        elif gradient is not None:
            self.viewer.go_up(gradient.main_term)
        else:
            self.viewer.follow(sum_of(scene, scene.selected).main_term)

    def copy_terms(self) -> None:
        """Put the terms on the clipboard as tab-separated text."""
        scene = self.viewer.scene
        if not self._session.may_copy():
            return
        shown = gradient_sum_of(scene, scene.trail.current) or sum_of(scene, scene.selected)
        QGuiApplication.clipboard().setText(tsv(shown.terms))
        name = short_name(scene, scene.selected)
        self._session.noticed.emit(Notice(f"Copied every term of {name} with all its digits."))

    def _on_trail(self, link: str) -> None:
        self.viewer.go_to_step(int(link))

    def _on_followed(self, cell: Cell | None) -> None:
        scene = self.scene
        if cell is None:
            return
        if scene.hovered is not None:
            self.viewer.select(scene.hovered)
        (self.viewer.follow if scene.backward is None else self.viewer.go_up)(cell)

    def _on_slide_started(self) -> None:
        self.conv.hold_channel()


def _drawn_of(scene: Scene) -> tuple[object, ...]:
    """Return what the panel draws of a scene."""
    return scene.shown, scene.trail, scene.trace, scene.answer_hidden, scene.backward


def _ends(scene: Scene) -> bool:
    """Return whether the way ends here: down at a pixel, up where the loss begins."""
    if scene.backward is None:
        return scene.pixel is not None
    return scene.trail.current.layer == scene.last
