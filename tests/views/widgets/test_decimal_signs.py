"""Numbers are written with a point in every language, and understood with point and comma."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from visualizer.app import startup
from visualizer.core.editing.draft import typed_count
from visualizer.core.lab.lab import parse_number
from visualizer.core.numbers import plain_number
from visualizer.session.session import Session
from visualizer.views.widgets.spin import RealField, RealSpin, WholeField, WholeSpin
from visualizer.views.window.setup_menus import RecipeForm
from visualizer.views.window.window import MainWindow

LANGUAGES = ("de_DE", "ar_EG", "en_US", "fr_CH")
HALVES = ("0.5", "0,5", "\u0660\u066b\u0665", ",5", ".5")
GROUPED = ("1,000", "1.000", "2,5", "0,5")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def typed(field: QAbstractSpinBox, text: str) -> str:
    """What the field shows when a text was typed over what was in it."""
    field.selectAll()
    for sign in text:
        field.lineEdit().insert(sign)  # by QTest's keys no Arabic digit can be typed
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field.text()


def test_a_half_is_a_half_in_every_language(session: Session) -> None:
    for language in LANGUAGES:
        QLocale.setDefault(QLocale(language))
        form, spin = RecipeForm(session), RealSpin("Factor")
        spin.setDecimals(2)
        for half in HALVES:
            assert typed(form.rate, half) == "0.50000", (language, half)
            assert session.runs.recipe.learning_rate == 0.5
            assert typed(spin, half) == "0.50" and spin.value() == 0.5, (language, half)
            typed(form.rate, "0.001")
            typed(spin, "1")
        form.deleteLater()
        spin.deleteLater()


def test_a_rate_of_many_digits_is_taken_as_it_is_typed(window: MainWindow) -> None:
    """The next run has it with every key, and the field is not written anew under the cursor."""
    form = window.recipe_menu.form
    for text, rate in (("0.00125", 0.00125), ("0,0155", 0.0155), ("1.25", 1.25)):
        form.rate.selectAll()
        for sign in text:
            form.rate.lineEdit().insert(sign)
        assert window.session.runs.recipe.learning_rate == rate


def test_a_whole_number_never_takes_a_comma_for_nothing(session: Session) -> None:
    for language in LANGUAGES:
        QLocale.setDefault(QLocale(language))
        form, spin = RecipeForm(session), WholeSpin("Rows")
        spin.setRange(0, 2000)
        for field in (form.batch, spin):
            for text in GROUPED:
                field.setValue(64)
                field.lineEdit().selectAll()
                field.lineEdit().insert(text)  # as it is pasted: all at once, or nothing
                assert field.value() == 64, (language, text)
            assert typed(field, "\u0661\u0662") == "12"
            field.setValue(1000)
            assert field.text() == "1000"
        form.deleteLater()
        spin.deleteLater()


def test_cells_and_settings_understand_both_signs() -> None:
    assert [parse_number(half) for half in HALVES] == [0.5] * len(HALVES)
    assert parse_number("\u22121,25") == -1.25
    assert [typed_count(text) for text in ("64", "1,024", "2,5", "0,5", "2.5")] == [
        *(64, 1024, "2,5", "0,5", "2.5"),
    ]
    assert plain_number("1,5 × x") == "1.5 × x"


def test_the_program_writes_numbers_one_way(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    startup.make_application()
    assert QLocale().toString(1234.5) == "1234.5"


def test_every_number_field_of_the_window_is_one_of_these(window: MainWindow) -> None:
    window.commands.editing.show()
    fields = [*window.findChildren(QAbstractSpinBox), *window.recipe_menu.form.children()]
    spins = [field for field in fields if isinstance(field, QAbstractSpinBox)]
    assert len(spins) > 8
    assert [field for field in spins if not isinstance(field, (RealField, WholeField))] == []
    window.commands.editing.dialog.close()
