"""What a stop asks for is told by nothing on the screen until A, and is then the network's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.session.test_last_step import step
from tests.views.conftest import settled
from tests.views.readable import readable_in, tells
from visualizer.core.talk.stop import Ask, Stop, StopCell
from visualizer.session.kept_stop import kept_stop
from visualizer.session.session import Session
from visualizer.text.chain import value_text
from visualizer.text.numbers import compact, number
from visualizer.views.inspect.page import InspectPage
from visualizer.views.window.window import MainWindow

Key = Qt.Key
Show = Callable[..., None]
SUM_STAGES = ("One number, whole", "The sliding window", "From a pixel to the answer")
CONV, SECOND, DENSE = (
    StopCell("conv2d_1", 29),
    StopCell("conv2d_2", 5),
    StopCell("dense_1"),
)
LAB = "The convolution lab"


@pytest.fixture
def ask(window: MainWindow, session: Session, qtbot: QtBot) -> Show:
    """A function that shows a stop that asks, on the stage or read beside the page."""

    def show(what: Ask, stage: str, *way: StopCell, on_page: bool = False, **settings: str) -> None:
        session.talk.keep(Stop(stage, way=way, ask=what, settings=settings))
        window.deck.begin()
        if on_page:
            window.faces.close_stage(window.page.home)
        settled(window, qtbot)

    return show


def press(window: MainWindow, key: Key, qtbot: QtBot) -> list[str]:
    """What can be read after a key."""
    QTest.keyClick(window.focusWidget() or window, key)
    settled(window, qtbot)
    return readable_in(window)


def figures(value: float) -> set[str]:
    """A number in every form in which the program writes numbers."""
    return {*(number(value, digits) for digits in (3, 4, 5, 6)), compact(value), value_text(value)}


def told_of(session: Session, texts: list[str]) -> list[str]:
    """The texts that tell the selected number or its sum."""
    scene = session.viewer.scene
    cell = scene.selected
    values = [scene.value(cell), scene.value(cell, pre_activation=True)]
    values += [float(getattr(scene.terms(cell), "total", values[0]))]
    told = [value for value in values if number(value, 3) != "1.000"]  # as many pixels are
    return [text for value in told for figure in figures(value) for text in tells(texts, figure)]


@pytest.mark.parametrize("cell", [CONV, SECOND, DENSE], ids=lambda cell: cell.layer)
@pytest.mark.parametrize("stage", [*SUM_STAGES, "the page"])
def test_a_sum_is_told_by_nothing_until_it_is_shown(
    stage: str, cell: StopCell, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    if stage == "The sliding window" and cell is DENSE:
        return  # nothing slides there
    on_page = stage == "the page"
    ask("sum", SUM_STAGES[0] if on_page else stage, cell, on_page=on_page)
    scene = session.viewer.scene
    assert scene.asked == "sum" and scene.value(scene.selected) > 0
    texts = readable_in(window)
    assert told_of(session, texts) == []
    assert tells(texts, "?")
    assert told_of(session, press(window, Key.Key_A, qtbot))


@pytest.mark.parametrize("stage", ["One feature map", "Before and after the activation"])
def test_maps_keep_their_colours_but_tell_no_number_of_an_asked_sum(
    stage: str, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    ask("sum", stage, StopCell("conv2d_3"))  # its cells have room for numbers
    assert told_of(session, readable_in(window)) == []
    assert told_of(session, press(window, Key.Key_A, qtbot))


@pytest.mark.parametrize("layer", ["maxpooling2d_1", "flatten_1", "dense_2"])
@pytest.mark.parametrize("stage", ["One number, whole", "From a pixel to the answer", "the page"])
def test_neither_a_winner_nor_a_copy_nor_a_share_tells_it(
    stage: str, layer: str, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    on_page = stage == "the page"
    ask("sum", "One number, whole" if on_page else stage, StopCell(layer), on_page=on_page)
    texts, scene = readable_in(window), session.viewer.scene
    value = scene.value(scene.selected)
    share = f"{number(value * 100, 2)}\u2009%"
    if layer == "maxpooling2d_1":  # its number is one of those in the window
        assert not [text for text in texts if f"= {number(value)}" in text]
        assert not [text for text in texts if text.startswith("a tie")]
    elif layer == "dense_2":
        assert [*tells(texts, share), *told_of(session, texts)] == []
    else:
        assert told_of(session, texts) == []
    shown = press(window, Key.Key_A, qtbot)
    assert [*told_of(session, shown), *tells(shown, share)]


@pytest.mark.parametrize("of", ["its stage", "its page"])
def test_the_lab_asks_for_the_sum_of_the_selected_output(
    of: str, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    preset = "28 → 26, our first layer"
    ask("sum", LAB, on_page=of == "its page", preset=preset, output="8, 16")
    texts = readable_in(window)
    assert "Output [8, 16] = ?" in texts and any(text.endswith("= ?") for text in texts)
    shown = press(window, Key.Key_A, qtbot)
    (told,) = {text.rpartition("≈ ")[2] for text in shown if "≈" in text}
    assert tells(texts, told) == [] and "Output [8, 16] = ?" not in shown


@pytest.mark.parametrize("of", ["its stage", "its page"])
@pytest.mark.parametrize(
    ("preset", "size", "places"),
    [
        ("28 → 26, our first layer", "26 × 26", "676"),
        ("Border effect: 3×3 on 5×5 has 9 places", "", "9"),
        ("Pool 11 → 5 drops a line", "5 × 5", "25"),
    ],
)
def test_the_lab_asks_for_the_size_of_the_output(
    preset: str,
    size: str,
    places: str,
    of: str,
    ask: Show,
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
) -> None:
    ask("size", LAB, on_page=of == "its page", preset=preset)
    texts = readable_in(window)
    assert [text for text in texts if places in text.split() and "place" in text] == []
    assert "? places" in texts and preset not in texts
    assert not (size and [text for text in texts if size in text])
    if of == "its stage":  # the switches are there to be tried
        assert {"Convolution", "valid", "same"} <= set(texts)
    shown = press(window, Key.Key_A, qtbot)
    assert f"{places} places" in shown and "? places" not in shown


@pytest.mark.parametrize("on_page", [False, True], ids=["the network", "the page"])
def test_the_network_asks_for_the_shapes(
    on_page: bool, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    ask("size", "The network", CONV, on_page=on_page)
    shapes = {str(layer.output_shape) for layer in session.viewer.scene.network.layers}
    sizes = {"26 × 26", "13 × 13", "11 × 11", "26 × 26, 32", "place 225 of 676"}
    texts = readable_in(window)
    assert [text for text in texts for told in shapes | sizes if told in text] == []
    assert texts.count("?") >= 7
    shown = press(window, Key.Key_A, qtbot)
    assert {"(26, 26, 32)", "(3, 3, 64)"} <= {told for told in shapes for t in shown if told in t}


@pytest.mark.parametrize(
    "stage",
    [
        "What a filter answers to",
        "One feature map",
        "Before and after the activation",
        "One number, whole",
        "the page",
    ],
)
def test_which_filter_it_is_is_told_by_nothing_until_it_is_shown(
    stage: str, ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    on_page = stage == "the page"
    ask("filter", "One feature map" if on_page else stage, CONV, on_page=on_page)
    texts = readable_in(window)
    named = [text for text in texts if not text.startswith("test digit")]
    named = [text for text in named if "29" in text.replace(",", " ").replace("]", " ").split()]
    assert named == [] and not [text for text in texts if "kernel" in text]
    maps = stage in ("One feature map", "Before and after the activation")
    assert not maps or not any("Which filter" in text for text in texts)  # the map stays
    shown = press(window, Key.Key_A, qtbot)
    assert [text for text in shown if "29" in text.replace(",", " ").split()]


@pytest.mark.parametrize("what", ["answer", "sum", "size", "filter"])
def test_the_header_and_the_strip_say_how_it_is_shown(
    what: Ask, ask: Show, window: MainWindow, qtbot: QtBot
) -> None:
    ask(what, LAB if what == "size" else "One number, whole", *([] if what == "size" else [CONV]))
    assert window.stage.number.text().endswith("A: show it")
    assert window.talking.strip.number.text().endswith("A: show it")
    press(window, Key.Key_A, qtbot)
    assert "show it" not in window.stage.number.text() + window.talking.strip.number.text()


def test_nothing_is_copied_that_is_asked_for(
    ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    ask("sum", "One number, whole", CONV, on_page=True)
    QGuiApplication.clipboard().setText("before")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for keys in (control, control | shift):
        QTest.keyClick(window.focusWidget() or window, Key.Key_C, keys)
    assert QGuiApplication.clipboard().text() == "before"
    press(window, Key.Key_A, qtbot)
    QTest.keyClick(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() != "before"


def test_the_next_stop_and_the_end_of_the_talk_ask_for_nothing(
    ask: Show, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    ask("filter", "One feature map", CONV)
    session.talk.keep(Stop("One feature map", way=(SECOND,)))
    window.deck.go_to(1)
    assert session.viewer.scene.asked == ""
    window.deck.go_to(0)
    assert session.viewer.scene.asked == "filter"  # asked anew, whenever one comes back
    window.deck.end()
    assert session.viewer.scene.asked == ""


def test_what_is_asked_is_kept_with_the_view(
    ask: Show, window: MainWindow, session: Session
) -> None:
    ask("size", "The network", CONV)
    session.talk.keep(kept_stop(session, "The network", {})[0])
    assert session.talk.talk.stops[1].ask == "size"


@pytest.mark.parametrize("on_stage", [False, True], ids=["the page", "the stage"])
def test_the_last_step_does_not_tell_the_digit_of_its_batch_that_is_to_be_guessed(
    on_stage: bool, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    step(session, qtbot)
    page = window.page
    assert isinstance(page, InspectPage)
    page.side.show_tab("step")
    page.side.step.parts.open_digit(2)
    if on_stage:
        titled = (each for each in page.stages() if each.title == "Why this weight changed")
        window.open_stage(next(titled))
    settled(window, qtbot)
    assert [text for text in readable_in(window) if re.match("digit [0-9]+: an? ", text)]
    session.viewer.predict(True)
    settled(window, qtbot)
    assert not [text for text in readable_in(window) if re.match("digit [0-9]+: an? ", text)]


@pytest.mark.parametrize("what", ["answer", "sum", "size", "filter"])
def test_what_is_hidden_is_not_told_backward(
    what: Ask, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    viewer, page = session.viewer, window.page
    assert isinstance(page, InspectPage)
    viewer.show_backward(True)
    settled(window, qtbot)
    told = re.compile("gradient (by|=)|gradients of|loss (rises|falls|does not)")
    assert [text for text in readable_in(window) if told.search(text)]
    viewer.ask(what)
    settled(window, qtbot)
    assert not [text for text in readable_in(window) if told.search(text)]
    assert not page.maps.direction.isEnabled()
    QTest.keyClick(window.focusWidget() or window, Key.Key_U)
    settled(window, qtbot)
    assert viewer.scene.backward is None
    shown = press(window, Key.Key_A, qtbot)
    assert [text for text in shown if "gradients of the loss" in text]


def test_a_pixel_that_is_clicked_does_not_tell_the_answer(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    viewer, page = session.viewer, window.page
    assert isinstance(page, InspectPage)
    viewer.predict(True)
    page.input.digit.clicked.emit(14, 13)
    settled(window, qtbot)
    assert viewer.scene.pixel == (14, 13)
    name, answer = viewer.scene.network.layers[-1].name, viewer.scene.prediction
    texts = readable_in(window)
    assert not [text for text in texts if f"{name} [" in text and f"[{answer}]" in text]
    share = f"{number(float(viewer.scene.trace.probabilities.max()) * 100, 2)}\u2009%"
    assert tells(texts, share) == []
