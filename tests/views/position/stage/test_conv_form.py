"""A convolution's number whole: every product, every subtotal, and the way to the output."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Pointer, Show
from tests.views.painted import unreadable_in, words_of
from tests.views.position.stage.conftest import ROOMS, Stage, channel_of
from visualizer.core.network.terms import ConvTerms
from visualizer.session.session import Session
from visualizer.text.terms import subtotal, thousandths
from visualizer.views.base.look import Look
from visualizer.views.position.stage.conv_form import ConvForm
from visualizer.views.position.stage.product_grids import ProductGrids
from visualizer.views.position.stage.stage import NumberStage
from visualizer.views.position.stage.subtotal_bars import NEGATIVE, POSITIVE, BarArrangement

CONV_1, CONV_2, CONV_3 = 0, 2, 4


def form_of(stage: NumberStage) -> ConvForm:
    form = stage.forms[ConvTerms]
    assert isinstance(form, ConvForm) and form.isVisible()
    return form


def terms_of(session: Session) -> ConvTerms:
    terms = session.viewer.scene.terms(session.viewer.scene.selected)
    assert isinstance(terms, ConvTerms)
    return terms


def as_number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_all_288_products_are_painted_in_thousandths(stage: Stage, session: Session) -> None:
    made = stage(CONV_2, 1366, 768, 1.0)
    terms, grids = terms_of(session), form_of(made).products
    words = [word for word in words_of(made)[0] if word.on.startswith("ProductGrids")]
    for channel in range(32):
        place = grids.place(channel)
        inside = [w.text for w in words if place.adjusted(-2, 0, 2, 0).contains(w.ink.center())]
        values = terms.products[:, :, channel]
        expected = [
            "·" if abs(v) < 0.0005 else str(round(v * 1000)).replace("-", "−")
            for v in values.ravel().tolist()
            if v != 0
        ]
        total = f"{terms.subtotals[channel]:.3f}".replace("-0.000", "0.000").replace("-", "−")
        total = total if terms.subtotals[channel] else "0"
        assert Counter(inside) == Counter([str(channel), total, *expected])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.0, ""), (-0.0, ""), (0.00049, "·"), (-0.00049, "·"), (0.00051, "1")),
        *((0.114, "114"), (-0.006, "−6"), (1.5, "1500"), (float("nan"), "not a number")),
    ],
)
def test_a_product_is_written_in_thousandths(value: float, text: str) -> None:
    assert thousandths(value) == text


@pytest.mark.parametrize("layer", [CONV_2, CONV_3])
def test_the_subtotals_and_the_bias_are_the_networks_pre_activation(
    stage: Stage, session: Session, layer: int
) -> None:
    made = stage(layer)
    scene, terms = session.viewer.scene, terms_of(session)
    words = [word.text for word in words_of(made)[0] if word.on.startswith("ProductGrids")]
    subtotals = [as_number(text) for text in words if re.fullmatch(r"−?\d+\.\d{3}", text)]
    assert len(subtotals) == np.count_nonzero(terms.subtotals)
    assert len(terms.subtotals) == scene.trace.below(layer).shape[2]
    shown = sum(subtotals) + terms.bias
    network = scene.value(scene.selected, pre_activation=True)
    assert abs(shown - network) <= 0.0005 * len(terms.subtotals)
    assert abs(terms.subtotals.sum(dtype=np.float64) + terms.bias - network) < 1e-5


@pytest.mark.parametrize("layer", [CONV_1, CONV_2, CONV_3])
def test_the_lines_add_up_as_shown_and_end_at_the_networks_output(
    stage: Stage, session: Session, layer: int
) -> None:
    total, bias, before, after = form_of(stage(layer)).lines.lines
    figures = [as_number(line.figure) for line in (total, bias, before, after)]
    assert figures[0] + figures[1] == pytest.approx(figures[2], abs=1e-9)
    digits = len(before.figure.partition(".")[2])
    scene = session.viewer.scene
    close = 0.5 * 10.0**-digits + 2e-6  # float32 adds the same products in another order
    assert abs(figures[2] - scene.value(scene.selected, pre_activation=True)) <= close
    assert abs(figures[3] - scene.value(scene.selected)) <= close
    assert "ReLU" in after.words[0] and after.result


@pytest.mark.parametrize("room", [ROOMS[0], (1366, 768, 1.0)], ids=["bars", "grids"])
def test_the_largest_channel_is_open_and_the_keys_open_others(
    stage: Stage, session: Session, room: tuple[int, int, float]
) -> None:
    form = form_of(stage(CONV_2, *room))
    by_size = np.argsort(-np.abs(terms_of(session).subtotals), kind="stable").tolist()
    across, down = form.products.arrangement.steps
    assert channel_of(form) == by_size[0]
    for key, at in (
        *((Qt.Key.Key_Right, across), (Qt.Key.Key_Down, across + down), (Qt.Key.Key_Left, down)),
        *((Qt.Key.Key_End, 31), (Qt.Key.Key_Right, 31), (Qt.Key.Key_Down, 31)),
        *((Qt.Key.Key_Home, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Up, 0)),
    ):
        QTest.keyClick(form.products, key)
        assert channel_of(form) == by_size[at]


def test_the_grid_pointed_at_opens_as_patch_kernel_and_products(
    stage: Stage, session: Session, pointer: Pointer
) -> None:
    made = stage(CONV_2)
    form, terms = form_of(made), terms_of(session)
    pointer.move(form.products, form.products.place(7).center())
    words = [word.text for word in words_of(made)[0] if word.on.startswith("OpenedGrid")]
    numbers = [as_number(text) for text in words if re.fullmatch(r"−?\d*\.?\d+", text)]
    parts = (terms.patch, terms.kernel, terms.products)
    values = [value for part in parts for value in part[:, :, 7].ravel().tolist()]
    assert len(numbers) == len(values) == 27
    assert np.allclose(numbers, values, atol=0.0051)
    assert np.allclose(numbers[18:], values[18:], atol=0.00051)
    assert any(text.startswith("channel 7") for text in words)


def test_o_switches_the_order(stage: Stage, session: Session) -> None:
    made = stage(CONV_2)
    form = form_of(made)
    assert made.orders.isVisible() and made.orders.choice == "size"
    assert form.products.place(channel_of(form)).topLeft() == QPointF(1, 1)
    made.activateWindow()
    QTest.keyClick(made, Qt.Key.Key_C)
    assert made.orders.choice == "channel"
    places = [form.products.place(channel) for channel in range(32)]
    order = sorted(range(32), key=lambda at: (places[at].left(), places[at].top()))
    assert order == list(range(32))
    QTest.keyClick(made, Qt.Key.Key_C)
    assert made.orders.choice == "size"


@pytest.mark.parametrize("by_key", [True, False])
def test_a_channel_is_followed_to_its_largest_product(
    stage: Stage, session: Session, pointer: Pointer, by_key: bool
) -> None:
    form, scene, terms = form_of(stage(CONV_3)), session.viewer.scene, terms_of(session)
    channel = int(np.abs(terms.subtotals).argmax())
    if by_key:
        QTest.keyClick(form.products, Qt.Key.Key_Return)
    else:
        pointer.double_click(form.products, form.products.place(channel).center())
    cell = session.viewer.scene.selected
    assert (cell.layer, cell.channel) == (CONV_3 - 1, channel)
    largest = np.abs(terms.products[:, :, channel]).max()
    kernel = terms.kernel[:, :, channel]
    assert np.isclose(np.abs(scene.value(cell) * kernel), largest, rtol=1e-5).any()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("layer", [CONV_1, CONV_2, CONV_3])
def test_every_word_is_whole_and_clear_and_as_large_as_promised(
    stage: Stage, layer: int, room: tuple[int, int, float]
) -> None:
    made = stage(layer, *room)
    form = form_of(made)
    assert unreadable_in(made) == []
    assert form.opened.form is not None  # what is explained is never left out
    assert form.opened.pixels >= made.theme.px(18)
    if form.several:
        assert form.products.subtotal_pixels >= max(made.theme.px(10.4), 12)
        least = max(made.theme.px(10.4), 12)
        assert (form.products.product_pixels or least) >= least
    assert made.orders.isVisible() == form.several


def test_at_1080p_in_present_mode_the_sizes_are_those_of_the_lecture_hall(stage: Stage) -> None:
    form = form_of(stage(CONV_2))
    assert form.opened.pixels >= 45
    assert form.products.subtotal_pixels >= 30
    assert form.theme.font("caption").pixelSize() >= 30 and form.theme.line_width >= 3


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("layer", [CONV_2, CONV_3])
def test_what_the_back_row_cannot_read_is_gone_and_bars_are_there_largest_first(
    stage: Stage, session: Session, layer: int, room: tuple[int, int, float]
) -> None:
    made = stage(layer, *room)
    grids, subtotals = form_of(made).products, terms_of(session).subtotals
    bars, whole = grids.arrangement, QRectF(grids.rect())
    words = [word for word in words_of(made)[0] if word.on.startswith("ProductGrids")]
    assert min(word.pixels for word in words) >= max(made.theme.px(10.4), 12)
    if room == ROOMS[-1] and grids.product_pixels is not None:
        return  # no lecture hall: a narrow font can be read even here
    assert isinstance(bars, BarArrangement) and grids.product_pixels is None
    order = np.argsort(-np.abs(subtotals), kind="stable").tolist()
    for position, channel in enumerate(order):
        place = bars.place(position)
        assert whole.contains(place) and grids.place(channel) == place
        told = sorted((w for w in words if place.contains(w.ink.center())), key=lambda w: w.ink.x())
        assert [word.text for word in told] == [str(channel), subtotal(float(subtotals[channel]))]
        assert told[0].ink.right() < bars.bar(position).left()
        assert bars.bar(position).right() < told[1].ink.left()


def test_a_bar_is_as_long_as_its_subtotal_is_large(stage: Stage, session: Session) -> None:
    grids, subtotals = form_of(stage(CONV_3)).products, terms_of(session).subtotals
    bars, picture = grids.arrangement, grids.grab().toImage()
    assert isinstance(bars, BarArrangement)
    span = max(subtotals.max(), 0) - min(subtotals.min(), 0)
    for position, channel in enumerate(grids._order[1:], start=1):
        room, value = bars.bar(position), float(subtotals[channel])
        shade = grids.theme.diverging[POSITIVE if value >= 0 else NEGATIVE].tolist()
        y, xs = round(room.center().y()), range(round(room.left()) - 2, round(room.right()) + 2)
        colors = (picture.pixelColor(x, y) for x in xs)
        long = sum([c.red(), c.green(), c.blue()] == shade for c in colors)
        assert long == pytest.approx(abs(value) / span * room.width(), abs=3)


def test_where_the_lines_are_high_the_products_stand_as_colours_beside_the_bars(
    stage: Stage, session: Session
) -> None:
    made = stage(CONV_2)
    bars, terms = form_of(made).products.arrangement, terms_of(session)
    assert isinstance(bars, BarArrangement) and bars.side / 3 >= 15
    assert "brown" in made.note.whole and "blue" in made.note.whole
    picture, theme = form_of(made).products.grab().toImage(), made.theme
    top = float(np.abs(terms.products).max())
    order = form_of(made).products._order
    for position, channel in enumerate(order[:3]):
        for row, column in np.ndindex(3, 3):
            place = bars.cells(position).cell(row, column).center().toPoint()
            level = (float(terms.products[row, column, channel]) / top + 1) / 2 * 255
            near = theme.diverging[max(int(level) - 1, 0) : int(level) + 3].tolist()
            color = picture.pixelColor(place)
            assert [color.red(), color.green(), color.blue()] in near


def test_few_channels_keep_their_numbers_in_the_lecture_hall(look: Look, show: Show) -> None:
    look._change(replace(look.theme, zoom=2.5))
    grids = ProductGrids(look)
    show(grids, 1260, 890)
    products = np.linspace(-0.2, 0.9, 72, dtype=np.float32).reshape(3, 3, 8)
    subtotals = products.sum(axis=(0, 1))
    grids.show_products(products, subtotals, np.arange(8), 0)
    assert (grids.product_pixels or 0) >= 26 and grids.subtotal_pixels >= 26


def test_the_note_says_what_the_products_are_shown_as(stage: Stage) -> None:
    assert stage(CONV_2, 1366, 768, 1.0).note.whole == "288 products, in thousandths"
    assert stage(CONV_3).note.whole == "576 products, in 64 subtotals"


def test_the_opened_grid_has_a_ring_while_it_has_the_keyboard(stage: Stage) -> None:
    made = stage(CONV_2)
    grids = form_of(made).products
    made.orders.setFocus()
    QApplication.processEvents()
    without = grids.grab().toImage()
    grids.setFocus()
    QApplication.processEvents()
    assert grids.hasFocus() and grids.grab().toImage() != without
    assert grids.accessibleName() and "channel" in grids.accessibleDescription()


def test_another_cell_of_the_layer_keeps_the_opened_channel(stage: Stage, session: Session) -> None:
    form = form_of(stage(CONV_2))
    QTest.keyClick(form.products, Qt.Key.Key_End)
    kept = channel_of(form)
    cell = session.viewer.scene.selected
    session.viewer.select(type(cell)(cell.layer, 5, 5, cell.channel))
    assert channel_of(form) == kept
