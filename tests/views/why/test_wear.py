"""Worn down: a slider whose every step is a digit for all panels, curves, and where they flip."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer, settled, stage_called
from tests.views.painted import unreadable_in
from tests.views.readable import readable_in
from visualizer.core.edits import SwitchOff
from visualizer.core.parts.wearing import WearCurve
from visualizer.data.wear import WEARS
from visualizer.scene.scene import Digit
from visualizer.session.session import Session
from visualizer.text.wear import NO_INK, flip_sentence
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.inspect.page import InspectPage
from visualizer.views.why.panel import WhyPanel
from visualizer.views.why.wear_stage import WearStage
from visualizer.views.why.wear_view import MOVING, NAMES, WearView
from visualizer.views.widgets.cover import WhyCover
from visualizer.views.window.window import MainWindow

STAGE = "When does it change its mind?"


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    QTest.keyClick(window, Qt.Key.Key_Y)
    page.side.why.experiment.chosen.emit("worn")
    QApplication.processEvents()
    return page


@pytest.fixture
def panel(page: InspectPage) -> WhyPanel:
    return page.side.why


@pytest.fixture
def view(panel: WhyPanel, session: Session, qtbot: QtBot) -> WearView:
    assert panel.wear.isVisible() and not panel.wipe.isVisible()
    curve_of(session, qtbot)
    return panel.wear


@pytest.fixture
def original(view: WearView, session: Session) -> Digit:
    return session.viewer.scene.digit


def curve_of(session: Session, qtbot: QtBot) -> WearCurve:
    """What is answered for the digit in view, once the view has had it found."""
    wearing, viewer = session.wearing, session.viewer
    viewer.settle()
    qtbot.waitUntil(lambda: wearing.curve(viewer.scene) is not None and session.rests)
    QApplication.processEvents()
    curve = wearing.curve(viewer.scene)
    assert curve is not None
    return curve


def settle(session: Session) -> None:
    session.viewer.settle()
    QApplication.processEvents()


def strength(session: Session) -> float:
    settle(session)
    return session.wearing.strength(session.viewer.scene)


def draw_a_stroke(session: Session) -> None:
    session.easel.touch(0.5, 0.2)
    session.easel.move(0.45, 0.8)
    session.easel.lift()
    settle(session)


@pytest.mark.parametrize("name", NAMES)
def test_the_curves_are_the_answers_to_the_worn_digit(
    name: str, view: WearView, session: Session, qtbot: QtBot
) -> None:
    view.kind.activated.emit(NAMES.index(name))
    curve, scene = curve_of(session, qtbot), session.viewer.scene
    lines = {int(line.name): line for line in view.plot._lines}
    first, second = session.why.classes(scene)
    assert set(lines) == {first, second} | set(curve.answers)
    assert list(lines)[:2] == [first, second]
    assert len(lines) + len(view.plot._faint) == 10
    times = 100 if name in ("noise", "blot") else 1
    for place in range(0, len(curve.strengths), 7):
        worn = WEARS[name].apply(scene.digit.pixels, curve.strengths[place], 0)
        own = scene.model.trace(worn).probabilities
        for label, line in lines.items():
            assert line.y[place] == own[label]
            assert line.x[place] == pytest.approx(times * curve.strengths[place])
    assert view.sentence.text() == flip_sentence(name, curve)


def test_each_step_of_the_slider_is_a_digit_that_all_panels_show(
    view: WearView, page: InspectPage, original: Digit, session: Session
) -> None:
    assert view.slider.value() == WEARS["turn"].strengths.index(0)
    assert not view.back.isEnabled()
    view.slider.setValue(view.slider.value() + 8)
    assert strength(session) == 24
    worn = WEARS["turn"].apply(original.pixels, 24, 0)
    scene = session.viewer.scene
    np.testing.assert_array_equal(scene.digit.pixels, worn)
    assert page.input.digit._digit is scene.digit
    assert page.input.source.whole == "test digit 0, turned by 24° · label 7"
    assert page.input.source._forms[1] == "#0, turned by 24° · label 7"
    chance = f"{100 * float(scene.trace.probabilities.max()):.2f}"
    assert view.told.whole.startswith("Turned by 24°: a") and chance in view.told.whole
    assert view.plot.place_told == 24
    view.back.click()
    assert strength(session) == 0 and session.viewer.scene.digit is original
    assert view.slider.value() == WEARS["turn"].strengths.index(0)


def test_the_slider_is_moved_by_keys(view: WearView, session: Session) -> None:
    view.slider.setFocus()
    for key, expected in (
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Right, 6),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_End, 90),
        (Qt.Key.Key_Home, -90),
        (Qt.Key.Key_PageUp, -60),
    ):
        QTest.keyClick(view.slider, key)
        assert strength(session) == expected


def test_a_click_into_the_curves_moves_the_slider(
    view: WearView, session: Session, pointer: Pointer
) -> None:
    for wanted in (-42.0, 30.0):
        pointer.click(view.plot, view.plot.place(wanted + 1.0, 0.5))
        assert strength(session) == wanted
        assert view.slider.value() == WEARS["turn"].strengths.index(wanted)
    pointer.drag(view.plot, view.plot.place(30, 0.5), view.plot.place(60, 0.5))
    assert strength(session) == 60


def test_the_knob_stands_under_the_mark(view: WearView) -> None:
    view.slider.setValue(40)
    QApplication.processEvents()
    knob = view.slider.half_knob + 40 / 60 * (view.slider.width() - 2 * view.slider.half_knob)
    at = view.slider.mapTo(view, QPointF(knob, 0)).x()
    mark = view.plot.mapTo(view, view.plot.place(WEARS["turn"].strengths[40], 0)).x()
    assert at == pytest.approx(mark, abs=2)


def test_values_are_told_at_strengths_that_there_are(view: WearView, pointer: Pointer) -> None:
    pointer.move(view.plot, view.plot.place(22.7, 0.5))
    assert view.plot.place_told == 24
    pointer.leave(view.plot)
    assert view.plot.place_told == 0


def test_another_wear_begins_anew_and_another_seed_goes_on(
    view: WearView, original: Digit, session: Session, qtbot: QtBot
) -> None:
    view.slider.setValue(3)
    assert strength(session) != 0 and view.seed.isHidden()
    view.kind.activated.emit(NAMES.index("noise"))
    assert strength(session) == 0 and session.viewer.scene.digit is original
    first = curve_of(session, qtbot)
    view.slider.setValue(20)
    settle(session)
    before = session.viewer.scene.digit
    assert view.seed.isVisible()
    view.seed.setValue(5)
    assert strength(session) == 0.4
    assert (session.viewer.scene.digit.pixels != before.pixels).any()
    assert (curve_of(session, qtbot).probabilities != first.probabilities).any()


def test_the_digit_stays_chosen_in_the_gallery_and_a_click_brings_it_back(
    view: WearView, page: InspectPage, original: Digit, session: Session, qtbot: QtBot
) -> None:
    view.slider.setValue(3)
    settle(session)
    tiles = page.input.gallery.list
    qtbot.waitUntil(lambda: tiles.currentIndex().row() == 0)
    where = tiles.visualRect(tiles.currentIndex()).center()
    QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle(session)
    assert session.viewer.scene.digit is original
    view.slider.setValue(3)
    settle(session)
    QTest.mouseClick(
        tiles.viewport(),
        Qt.MouseButton.LeftButton,
        pos=tiles.visualRect(tiles.model().index(1, 0)).center(),
    )
    settle(session)
    assert session.viewer.scene.digit.index == 1 and strength(session) == 0
    assert view.slider.value() == WEARS["turn"].strengths.index(0)


def test_a_drawing_that_is_worn_comes_back_to_the_pad(
    view: WearView, page: InspectPage, original: Digit, session: Session, qtbot: QtBot
) -> None:
    draw_a_stroke(session)
    drawn = session.viewer.scene.digit
    assert drawn.drawn and page.input.tab == "draw"
    curve_of(session, qtbot)
    view.slider.setValue(40)
    settle(session)
    worn = session.viewer.scene.digit
    assert worn.source == "drawing, turned by 30°" and page.input.tab == "gallery"
    assert not session.easel.blank
    QTest.keyClick(page.window(), Qt.Key.Key_D)
    settle(session)
    np.testing.assert_array_equal(session.viewer.scene.digit.pixels, drawn.pixels)
    QTest.keyClick(page.window(), Qt.Key.Key_D)
    settle(session)
    assert session.viewer.scene.digit is original  # the picked one, not the worn drawing


def test_it_follows_the_pen(view: WearView, session: Session, qtbot: QtBot) -> None:
    draw_a_stroke(session)
    one = curve_of(session, qtbot)
    session.easel.touch(0.2, 0.5)
    session.easel.move(0.8, 0.5)
    session.easel.lift()
    other = curve_of(session, qtbot)
    assert other is not one
    np.testing.assert_array_equal(other.untouched, session.viewer.scene.trace.probabilities)


def test_it_follows_edits_and_remembers(view: WearView, session: Session, qtbot: QtBot) -> None:
    before = curve_of(session, qtbot)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    settle(session)
    assert view.plot.curve is None
    after = curve_of(session, qtbot)
    assert view.plot.curve is after and (after.probabilities != before.probabilities).any()
    session.what_if.undo()
    settle(session)
    assert view.plot.curve is before and view not in session.why.waiting


def test_while_weights_move_nothing_is_found_and_when_they_rest_it_is(
    view: WearView, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: view.plot.curve is None)
    assert not short.wearing.curves.busy
    if short.runs.moving:
        assert view.plot._empty == MOVING
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    curve = curve_of(short, qtbot)
    assert view.plot.curve is curve
    np.testing.assert_array_equal(curve.untouched, short.viewer.scene.trace.probabilities)


def test_what_nobody_sees_is_not_computed(
    view: WearView, panel: WhyPanel, page: InspectPage, session: Session, qtbot: QtBot
) -> None:
    def show(index: int) -> None:
        session.show_digit(index)
        settle(session)

    page.side.show_tab("position")
    show(3)
    assert session.rests and not session.wearing.curves.busy
    page.side.show_tab("why")
    panel.experiment.chosen.emit("wiped")
    settle(session)
    assert panel.wipe.isVisible() and panel.wipe in session.why.waiting
    assert view not in session.why.waiting
    qtbot.waitUntil(lambda: session.rests)
    assert session.wearing.curve(session.viewer.scene) is None
    panel.experiment.chosen.emit("worn")
    assert view in session.why.waiting and not session.rests
    show(4)
    curve_of(session, qtbot)
    assert session.why.wiped(session.viewer.scene) is None


def test_a_digit_without_ink_says_so(view: WearView, session: Session) -> None:
    session.show(Digit(np.zeros((28, 28), np.uint8), None, "drawing", drawn=True))
    settle(session)
    assert view.sentence.text() == NO_INK and view.plot.curve is None
    assert not view.slider.isEnabled() and view.told.whole == ""
    assert session.rests


def test_every_control_has_a_name(view: WearView) -> None:
    controls = (QAbstractButton, QComboBox, QSlider, QSpinBox)
    for kind in controls:
        for part in view.findChildren(kind):
            assert part.accessibleName(), part
    assert view.slider.accessibleDescription() == "as it was"
    assert view.plot.accessibleDescription() == view.sentence.text()


def test_an_answer_to_be_guessed_is_not_told(
    view: WearView, window: MainWindow, session: Session
) -> None:
    session.viewer.predict(True)
    settle(session)
    said = view.sentence.text()
    assert said not in readable_in(window)
    window.open_stage(stage_called(window, STAGE))
    QApplication.processEvents()
    stage = window.stage.content
    assert isinstance(stage, WearStage)
    (cover,) = stage.findChildren(WhyCover)
    assert cover.isVisible()
    assert said not in readable_in(window)
    session.viewer.reveal()
    QApplication.processEvents()
    assert not cover.isVisible()


def test_the_stage_says_and_does_the_same(
    view: WearView, window: MainWindow, original: Digit, session: Session
) -> None:
    said = view.sentence.text()
    view.slider.setFocus()
    QTest.keyClick(view.slider, Qt.Key.Key_F11)
    QApplication.processEvents()
    stage = window.stage.content
    assert isinstance(stage, WearStage)
    assert stage.wear.sentence.text() == said
    stage.wear.slider.setFocus()
    QTest.keyClick(stage.wear.slider, Qt.Key.Key_Right)
    assert strength(session) == 3 and window.stage.content is stage
    assert stage.digit._digit is session.viewer.scene.digit
    assert stage.source.whole == "test digit 0, turned by 3° · label 7"
    stage.bars.chosen.emit(2)
    assert session.why.classes(session.viewer.scene)[0] == 2
    assert next(iter(stage.wear.plot._lines)).name == "2"
    QTest.keyClick(stage.wear.slider, Qt.Key.Key_Home)
    assert strength(session) == -90
    window.close_stage()
    settle(session)
    assert view.slider.value() == 0
    view.back.click()
    settle(session)
    assert session.viewer.scene.digit is original


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("size", "present"), [((1024, 700), False), ((1920, 1080), True)])
def test_nothing_is_cut(
    name: str,
    size: tuple[int, int],
    present: bool,
    page: InspectPage,
    window: MainWindow,
    look: Look,
    qtbot: QtBot,
) -> None:
    """In the panel, and on the stage in Present mode, at the ends and at 0."""
    session = window.session
    look.set_present(present)
    window.resize(*size)
    session.experiment_shown.choose(wear=name)
    if present:
        window.open_stage(stage_called(window, STAGE))
    for at in (WEARS[name].strengths[0], 0.0, WEARS[name].strengths[-2]):
        session.wearing.wear_to(session.viewer.scene, at)
        session.viewer.settle()
        settled(window, qtbot)
        seen = window.stage if present else page.side.why.wear
        assert unreadable_in(seen) == []
        words = [*seen.findChildren(Elided), *([] if present else [page.input.source])]
        assert [each.whole for each in words if each.isVisible() and "…" in each.text()] == []
