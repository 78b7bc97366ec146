"""The lab's settings: every control changes what it names, and a preset knows it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.lab.hand import press, type_into
from visualizer.core.lab.kernels import KERNELS
from visualizer.core.lab.lab import BORDER, FIRST_LAYER, NETWORK, OWN, POOL, SAME, STRIDE
from visualizer.session.session import Session
from visualizer.views.lab.page import LabPage


def test_without_filters_of_one_channel_the_network_is_no_choice(
    page: LabPage, session: Session
) -> None:
    session.choose_network("dense")
    values = page.settings.values
    item = values.model().item(values.findData(NETWORK))
    assert not item.isEnabled()
    assert "does not begin with a convolution" in values.toolTip()
    page.model.show_preset(FIRST_LAYER)
    assert page.model.response.output is not None


@pytest.mark.parametrize(
    ("size", "said"), [(3, "1 row and column of zeros"), (5, "2 rows and columns of zeros")]
)
def test_padding_is_said_and_drawn(page: LabPage, size: int, said: str) -> None:
    page.model.show_preset(SAME)
    page.settings.kernel.rows.setValue(size)
    assert said in page.settings.words.text()
    margin = size // 2
    assert page.view.board.input.grid.margins == ((margin, margin), (margin, margin))
    assert page.view.board.input.grid.picture.padded_texts()[0][0] == "0"


def test_a_filter_stays_as_ones_own_where_the_network_has_none(
    page: LabPage, session: Session
) -> None:
    page.model.show_preset(FIRST_LAYER)
    kernel = page.model.response.kernel
    session.choose_network("dense")
    np.testing.assert_array_equal(page.model.response.kernel, kernel)
    assert page.settings.values.currentData() == OWN


def test_sizes_are_square_until_unlinked(page: LabPage) -> None:
    page.settings.input_size.rows.setValue(8)
    assert page.model.states.present.grid_size == (8, 8)
    page.settings.input_size.link.click()
    page.settings.input_size.columns.setValue(6)
    assert page.model.states.present.grid_size == (8, 6)
    assert page.settings.formula.text() == ("rows (8 − 3) / 1 + 1 = 6\ncolumns (6 − 3) / 1 + 1 = 4")


class TestChanged:
    """The preset box says where something is not as its preset has it."""

    @pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
    def test_a_preset_as_it_is_has_its_name_alone(self, page: LabPage, preset: str) -> None:
        page.model.show_preset(preset)
        assert page.bar.preset.shown_text() == preset

    @pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
    def test_an_edit_is_said_and_undone(self, page: LabPage, preset: str) -> None:
        page.model.show_preset(preset)
        page.settings.stride.chosen.emit((3, 3))
        assert page.bar.preset.shown_text() == f"{preset} (changed)"
        page.model.undo()
        assert page.bar.preset.shown_text() == preset
        page.model.redo()
        page.model.reset()
        assert page.bar.preset.shown_text() == preset

    def test_a_number_that_is_typed_is_an_edit(self, page: LabPage, qtbot: QtBot) -> None:
        page.model.show_preset(BORDER)
        type_into(qtbot, page.view.board.input.grid, (0, 0), "3")
        assert page.bar.preset.shown_text() == f"{BORDER} (changed)"

    def test_another_digit_and_other_weights_change_no_preset(
        self, page: LabPage, session: Session
    ) -> None:
        page.model.show_preset(FIRST_LAYER)
        session.show_digit(9)
        session.viewer.settle()
        assert page.bar.preset.shown_text() == FIRST_LAYER

    @pytest.mark.parametrize("width", [880, 962, 1280])
    def test_the_word_is_read_in_a_narrow_window(self, page: LabPage, width: int) -> None:
        page.resize(width, 620)
        page.model.show_preset(BORDER)
        page.settings.padding.chosen.emit("same")
        QApplication.processEvents()
        box = page.bar.preset
        assert box.shown_text().startswith("Border effect")
        assert box.shown_text().endswith("(changed)")
        room = box.width() - page.theme.px(24 + 12)
        assert box.fontMetrics().horizontalAdvance(box.shown_text()) <= room


class TestSettings:
    """Every control changes the one thing that it names, and the picture follows."""

    @pytest.mark.parametrize("source", ["digit", "map", "grid"])
    def test_input(self, page: LabPage, source: str) -> None:
        page.model.show_preset(POOL if source == "grid" else BORDER)
        press(page.settings.source, source)
        assert page.model.states.present.source == source
        size = {"digit": (28, 28), "map": (11, 11), "grid": (5, 5)}[source]
        assert page.view.board.input.grid.values.shape == size
        assert page.settings.source.choice == source

    @pytest.mark.parametrize("padding", ["same", "valid"])
    def test_padding(self, page: LabPage, padding: str) -> None:
        page.model.show_preset(BORDER if padding == "same" else SAME)
        press(page.settings.padding, padding)
        assert page.model.states.present.padding == padding
        output = page.model.response.output
        assert output is not None
        assert output.shape == ((5, 5) if padding == "same" else (3, 3))

    @pytest.mark.parametrize(
        ("box", "rows", "columns", "attribute", "expected"),
        [
            ("input_size", 7, None, "grid_size", (7, 7)),
            ("input_size", None, 9, "grid_size", (9, 9)),
            ("kernel", 2, None, "kernel_size", (2, 2)),
            ("kernel", None, 4, "kernel_size", (4, 4)),
            ("stride", 2, None, "stride", (2, 2)),
            ("stride", None, 3, "stride", (3, 3)),
        ],
    )
    def test_sizes_are_square_while_linked(
        self, page: LabPage, box: str, rows: Any, columns: Any, attribute: str, expected: Any
    ) -> None:
        page.model.show_preset(BORDER)
        pair = getattr(page.settings, box)
        (pair.rows if rows else pair.columns).setValue(rows or columns)
        assert getattr(page.model.states.present, attribute) == expected
        assert pair.pair == expected

    @pytest.mark.parametrize("box", ["input_size", "kernel", "stride"])
    def test_sizes_go_apart_when_unlinked_and_together_again(self, page: LabPage, box: str) -> None:
        page.model.show_preset(BORDER)
        pair = getattr(page.settings, box)
        attribute = {"input_size": "grid_size", "kernel": "kernel_size", "stride": "stride"}[box]
        before = getattr(page.model.states.present, attribute)
        pair.link.click()
        pair.columns.setValue(2)
        assert getattr(page.model.states.present, attribute) == (before[0], 2)
        pair.link.click()
        assert getattr(page.model.states.present, attribute) == (before[0], before[0])

    @pytest.mark.parametrize("name", list(KERNELS))
    def test_named_kernels(self, page: LabPage, name: str) -> None:
        page.model.show_preset(BORDER)
        values = page.settings.values
        values.setCurrentIndex(values.findData(name))
        values.activated.emit(values.findData(name))
        assert page.model.states.present.kernel_name == name
        np.testing.assert_array_equal(page.model.response.kernel, KERNELS[name]((3, 3)))

    def test_a_filter_of_the_network_and_ones_own(self, page: LabPage, session: Session) -> None:
        page.model.show_preset(BORDER)
        values = page.settings.values
        values.activated.emit(values.findData(NETWORK))
        assert page.model.states.present.kernel_name == NETWORK
        weights = session.viewer.scene.weights["conv2d_1.kernel"]
        for at in (0, 31, 7):
            page.settings.filter.setValue(at)
            assert page.model.states.present.filter == at
            np.testing.assert_array_equal(page.model.response.kernel, weights[:, :, 0, at])
        values.activated.emit(values.findData(OWN))
        assert page.model.states.present.kernel_name == OWN
        np.testing.assert_allclose(page.model.response.kernel, weights[:, :, 0, 7], rtol=1e-6)

    @pytest.mark.parametrize("operation", ["max", "average", "convolution"])
    def test_operation(self, page: LabPage, operation: str) -> None:
        page.model.show_preset(POOL if operation == "convolution" else BORDER)
        press(page.bar.operation, operation)
        assert page.model.states.present.operation == operation
        assert page.settings.window_name.text() == (
            "Kernel" if operation == "convolution" else "Window"
        )
        assert page.settings.values.isVisible() == (operation == "convolution")
