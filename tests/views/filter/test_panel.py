"""The Filter view: everything about the selected channel, from the whole test set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from visualizer.core.edits import KeepOnly, Rescale, SetKernel, SwitchOff
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.text.filters import sentence
from visualizer.text.numbers import percent
from visualizer.views.base.look import Look
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.inspect.side_tabs import SideTabs
from visualizer.views.window.window import MainWindow


@pytest.fixture
def panel(look: Look, session: Session, show: Callable[..., Any], qtbot: QtBot) -> FilterPanel:
    """The panel, tall enough for all of it, with its study done."""
    made = FilterPanel(look, session.viewer, session)
    show(made, 440, 1700)
    qtbot.waitUntil(lambda: session.study.fresh)
    return made


def choose(session: Session, layer: str, channel: int) -> None:
    position = session.viewer.scene.network.index(layer)
    session.viewer.select(Cell(position, 0, 0, channel))


@pytest.mark.parametrize(
    ("layer", "channel", "title", "kernel"),
    [
        ("conv2d_1", 4, "conv2d_1 · filter 4", True),
        ("maxpooling2d_1", 9, "maxpooling2d_1 · channel 9", False),
        ("conv2d_3", 11, "conv2d_3 · filter 11", True),
        ("dense_1", 2, "dense_1 · unit 2", True),
        ("dense_2", 7, "dense_2 · unit 7", True),
    ],
)
def test_it_speaks_of_the_selected_channel(
    layer: str, channel: int, title: str, kernel: bool, panel: FilterPanel, session: Session
) -> None:
    choose(session, layer, channel)
    known = session.study.layer(layer)
    assert known is not None
    assert panel.title.whole == title
    assert panel.sentence.text().endswith(sentence(known, channel))
    assert panel.kernel.isVisible() is kernel
    assert panel.responses.patches.patches == known.top(channel, 9)
    assert panel.of.whole.startswith(f"All {len(known.labels)} test digits of ")


def test_a_patch_opens_its_digit_at_its_cell_with_its_sum(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    side: SideTabs = window.pages[0].side
    side.show_tab("filter")
    qtbot.waitUntil(lambda: session.study.fresh)
    choose(session, "conv2d_2", 38)
    patch = side.filter.responses.patches.patches[3]
    side.filter.responses.patches.opened.emit(patch)
    scene = session.viewer.scene
    assert scene.digit.index == patch.digit
    assert scene.selected == Cell(2, patch.row, patch.column, 38)
    assert scene.value(scene.selected, pre_activation=True) == pytest.approx(patch.value, abs=1e-4)
    assert side.tab == "position"
    assert side.position.isVisible()


def test_least_and_24_more(panel: FilterPanel, session: Session) -> None:
    choose(session, "conv2d_2", 5)
    known = session.study.layer("conv2d_2")
    assert known is not None
    view = panel.responses
    view.more.click()
    assert view.patches.patches == known.top(5, 33)
    view.ends.show_choice("bottom")
    view.ends.chosen.emit("bottom")
    assert view.patches.patches == known.bottom(5, 33)
    view.ends.show_choice("mean")
    view.ends.chosen.emit("mean")
    assert not view.patches.isVisible()
    tops = known.top(5, 100)
    test, network = session.source.dataset.test, session.viewer.scene.network
    fields = [network.fields(2, patch.row, patch.column)[0] for patch in tops]
    pieces = [
        test.pixels[patch.digit, at.top : at.bottom, at.left : at.right] / 255
        for patch, at in zip(tops, fields, strict=True)
    ]
    assert view.mean.pixels is not None
    assert np.allclose(view.mean.pixels, np.mean(pieces, axis=0), atol=1e-6)


def test_a_class_shows_its_digits_in_the_gallery_by_this_filter(
    panel: FilterPanel, session: Session
) -> None:
    choose(session, "conv2d_2", 5)
    panel.responses.classes.clicked.emit(4)
    known = session.study.layer("conv2d_2")
    assert known is not None
    order = known.of_class(5, 4)
    session.show_digit(int(order[0]))
    session.next_digit()
    assert session.viewer.scene.digit.index == order[1]


def test_off_only_and_times_follow_at_once_and_are_taken_back(
    panel: FilterPanel, session: Session
) -> None:
    choose(session, "conv2d_2", 5)
    view, viewer = panel.what_if, session.viewer
    view.off.click()
    QApplication.processEvents()
    assert session.what_if.edits == (SwitchOff("conv2d_2", 5),)
    assert not viewer.scene.trace.outputs[2][:, :, 5].any()
    assert view.lines == ["conv2d_2 · 5 off"]
    view.off.click()
    view.only.click()
    assert session.what_if.edits == (KeepOnly("conv2d_2", 5),)
    choose(session, "conv2d_2", 6)
    QApplication.processEvents()
    assert not view.only.isChecked()
    view.factor.setValue(2.0)
    assert session.what_if.edits[-1] == Rescale("conv2d_2", 6, 2.0)
    view.factor.setValue(1.0)
    assert session.what_if.edits == (KeepOnly("conv2d_2", 5),)
    QApplication.processEvents()
    view.undo.click()
    QApplication.processEvents()
    assert len(session.what_if.edits) == 2
    view.redo.click()
    assert len(session.what_if.edits) == 1


def layouts_rest() -> None:
    """Let layouts within layouts come to rest; each takes a round of events."""
    for _ in range(4):
        QApplication.processEvents()


def written(button: QPushButton) -> tuple[int, int]:
    """The first and the last column of a button's words, as they are painted."""
    image = button.grab(button.rect().adjusted(3, 3, -3, -3)).toImage()
    columns = [
        x
        for x in range(image.width())
        if min(image.pixelColor(x, y).lightness() for y in range(image.height())) < 190
    ]
    return columns[0], columns[-1]


def test_a_button_that_is_on_has_room_for_its_words(panel: FilterPanel) -> None:
    """Pressed or not, the words are as wide: none of their letters is cut off."""
    for button in (panel.what_if.off, panel.what_if.only, panel.responses.more):
        off = written(button)
        button.click()
        QApplication.processEvents()
        assert button.isChecked()
        assert written(button) == pytest.approx(off, abs=1), button.text()


def test_nothing_moves_under_the_pointer_while_a_pass_runs(
    panel: FilterPanel, session: Session
) -> None:
    choose(session, "conv2d_1", 3)
    panel.what_if.only.click()
    layouts_rest()
    before = panel.what_if.off.mapTo(panel, QPoint())
    session.study.ask()
    layouts_rest()
    assert panel.progress.isVisible() and panel.cancel.isVisible()
    assert panel.what_if.off.mapTo(panel, QPoint()) == before


def test_a_number_of_a_kernel_is_changed_by_typing(
    panel: FilterPanel, session: Session, qtbot: QtBot
) -> None:
    choose(session, "conv2d_1", 3)
    panel.kernel.numbers.followed.emit(1, 2)
    editor = panel.kernel.editor
    assert editor is not None
    editor.setText("-0.5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.what_if.edits == (SetKernel("conv2d_1", 3, 1, 2, -0.5),)
    assert session.viewer.scene.weights["conv2d_1.kernel"][1, 2, 0, 3] == -0.5
    assert panel.kernel.editor is None
    QApplication.processEvents()
    assert "−0.5" in panel.what_if.lines[0]


def test_the_accuracy_with_a_change_stands_beside_that_without(
    panel: FilterPanel, session: Session, qtbot: QtBot
) -> None:
    before = session.study.results
    assert before is not None
    choose(session, "conv2d_1", 3)
    panel.what_if.only.click()
    QApplication.processEvents()
    assert panel.what_if.ask.isVisible()
    panel.what_if.ask.click()
    qtbot.waitUntil(lambda: session.study.fresh)
    QApplication.processEvents()
    after = session.study.results
    assert after is not None
    now, was = percent(after.responses.accuracy), percent(before.responses.accuracy)
    assert panel.what_if.accuracy.whole == f"Test accuracy with this change {now}, {was} without"
    assert now != was
    panel.what_if.undo.click()
    QApplication.processEvents()
    assert panel.what_if.accuracy.whole == ""
    assert session.study.results is before


def test_a_planted_dead_filter_and_a_twin_wear_their_badges(
    panel: FilterPanel, session: Session, qtbot: QtBot
) -> None:
    model = session.viewer.scene.model
    weights = {key: value.copy() for key, value in model.weights.items()}
    weights["conv2d_1.kernel"][..., 1] = weights["conv2d_1.kernel"][..., 0]
    weights["conv2d_1.bias"][1] = weights["conv2d_1.bias"][0]
    weights["conv2d_1.kernel"][..., 2] = 0
    weights["conv2d_1.bias"][2] = -1
    from dataclasses import replace

    session.viewer.show_live(replace(model, weights=weights))
    session.study.ask()
    qtbot.waitUntil(lambda: session.study.fresh)
    choose(session, "conv2d_1", 2)
    assert ">dead<" in panel.sentence.text()
    choose(session, "conv2d_1", 1)
    assert "twin of 0 (1.00)" in panel.sentence.text()


def test_what_does_not_come_from_weights_says_why(panel: FilterPanel, session: Session) -> None:
    choose(session, "flatten_1", 100)
    assert not panel.what_if.off.isEnabled()
    assert "only repeats" in panel.what_if.remark.whole
    choose(session, "maxpooling2d_1", 3)
    assert panel.what_if.off.isEnabled()
    assert panel.what_if.remark.whole == "Its values come from filter 3 of conv2d_1"


def test_which_filters_matter_is_ranked_and_a_bar_selects(
    panel: FilterPanel, session: Session, qtbot: QtBot
) -> None:
    choose(session, "dense_2", 4)
    panel.ablation.ask.click()
    assert panel.ablation.stop.isVisible()
    qtbot.waitUntil(lambda: not session.study.ablations.busy)
    known = session.study.without("dense_2")
    assert known is not None
    ranking = panel.ablation.ranking
    lost = known.accuracy - known.without
    assert all(np.diff(lost[ranking]) <= 0)
    panel.ablation.bars.clicked.emit(0)
    assert session.viewer.scene.selected.channel == ranking[0]
    assert percent(known.accuracy) in panel.ablation.words.whole


@pytest.mark.slow
def test_the_ascent_stands_beside_the_best_of_the_data(
    panel: FilterPanel, session: Session, qtbot: QtBot
) -> None:
    choose(session, "conv2d_2", 12)
    model = session.viewer.scene.model

    def done() -> bool:
        found = session.activation_max.found(model, "conv2d_2", 12, panel.ascent.seed.value())
        return found is not None and found.done

    qtbot.waitUntil(done)
    found = session.activation_max.found(model, "conv2d_2", 12, 0)
    assert found is not None
    assert panel.ascent.picture.pixels is found.step.pixels
    assert panel.ascent.value.whole == f"response {found.step.value:.3f}"
    panel.ascent.restart.click()
    assert panel.ascent.seed.value() == 1
    panel.ascent.stop.click()
    assert not session.activation_max.busy


def test_the_hidden_tab_asks_for_nothing(window: MainWindow, session: Session) -> None:
    side: SideTabs = window.pages[0].side
    for channel in range(4):
        choose(session, "conv2d_2", channel)
        QApplication.processEvents()
    assert not session.study.responses.busy
    assert not session.activation_max.busy
    assert side.filter.scene is not session.viewer.scene


def test_enter_and_escape_end_the_typing_and_do_nothing_else(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    """On the page Enter follows the largest term, and Esc goes a step back."""
    side = window.pages[0].side
    choose(session, "conv2d_1", 3)
    selected = session.viewer.scene.trail
    side.show_tab("filter")
    panel = side.filter
    handle = window.windowHandle()
    for key, value in ((Qt.Key.Key_Escape, None), (Qt.Key.Key_Return, 0.9)):
        panel.kernel.numbers.followed.emit(0, 0)
        qtbot.waitUntil(lambda: panel.kernel.editor is not None and panel.kernel.editor.hasFocus())
        QTest.keyClicks(panel.kernel.editor, "0.9")
        QTest.keyClick(handle, key)
        assert panel.kernel.editor is None
        made = [edit.value for edit in session.what_if.edits if isinstance(edit, SetKernel)]
        assert made == ([] if value is None else [value])
    panel.what_if.factor.setFocus()
    panel.what_if.factor.lineEdit().setText("× 0.5")
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert session.what_if.edits[-1] == Rescale("conv2d_1", 3, 0.5)
    assert session.viewer.scene.trail == selected


def test_the_wheel_scrolls_past_the_boxes_and_changes_nothing(
    window: MainWindow, session: Session
) -> None:
    side = window.pages[0].side
    side.show_tab("filter")
    layouts_rest()
    for box in (side.filter.ascent.seed, side.filter.what_if.factor):
        side.filter._scroll.ensureWidgetVisible(box)
        layouts_rest()
        before = box.value()
        at = QPointF(box.mapTo(window, box.rect().center()))
        QTest.wheelEvent(window.windowHandle(), at, QPoint(0, 120))
        assert box.value() == before
    assert session.what_if.edits == ()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_what_switching_each_off_finds_is_seen_without_scrolling(
    size: tuple[int, int], window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.resize(*size)
    panel = beside(window, session, qtbot)
    matter = panel.ablation
    panel._scroll.ensureWidgetVisible(matter.ask)
    layouts_rest()
    press(matter.ask)
    qtbot.waitUntil(lambda: not session.study.ablations.busy)
    layouts_rest()
    for part in (matter.bars, matter.words):
        assert part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("layer", ["conv2d_1", "conv2d_2", "dense_2"])
@pytest.mark.parametrize(
    "button",
    [
        lambda panel: panel.what_if.off,
        lambda panel: panel.what_if.only,
        lambda panel: panel.ablation.ask,
        lambda panel: panel.ask,
    ],
    ids=["it were off", "only it", "switch each off", "find out now"],
)
def test_a_button_never_appears_where_another_just_was(
    layer: str,
    button: Callable[[FilterPanel], QPushButton],
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
) -> None:
    window.resize(1366, 768)
    panel = beside(window, session, qtbot)
    if button(panel) is panel.ask:
        session.study.watch(panel, False)
        session.what_if.add(SwitchOff("conv2d_1", 2))
    choose(session, layer, 3)
    layouts_rest()
    pressed = button(panel)
    if pressed is not panel.ask:
        panel._scroll.ensureWidgetVisible(pressed, 0, 40)
    layouts_rest()
    at = press(pressed)
    for rests in (
        lambda: True,
        lambda: not (session.study.responses.busy or session.study.ablations.busy),
    ):
        qtbot.waitUntil(rests)
        layouts_rest()
        under = window.childAt(window.mapFromGlobal(at))
        assert under is pressed or not isinstance(under, QAbstractButton)


def beside(window: MainWindow, session: Session, qtbot: QtBot) -> FilterPanel:
    """The window's own panel, with its study done."""
    side: SideTabs = window.pages[0].side
    side.show_tab("filter")
    qtbot.waitUntil(lambda: session.study.fresh)
    layouts_rest()
    return side.filter


def press(button: QPushButton) -> QPoint:
    """Press a button in its middle; returns where that was on the screen."""
    at = button.rect().center()
    place = button.mapToGlobal(at)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)
    return place
