"""The one rule of what numbers fit into cells: smaller type, then .04 for 0.04, never cut."""

from __future__ import annotations

from visualizer.text.numbers import Digits
from visualizer.views.base.look import Look
from visualizer.views.base.theme import text_width
from visualizer.views.widgets.cells import NumberForm, fitting_form

SIZES = range(16, 11, -1)


def written(bare: bool) -> list[str]:
    return [Digits(2).text(value, bare) for value in (0.04, -0.71, 0.0)]


def width_of(form: NumberForm) -> float:
    return max(text_width(text, form.pixels) for text in written(form.bare))


def test_the_best_form_that_fits_is_taken(look: Look) -> None:
    forms = [NumberForm(pixels, bare) for bare in (False, True) for pixels in SIZES]
    for width in range(10, 80):
        fits = [form for form in forms if width_of(form) <= width]
        assert fitting_form(SIZES, written, width) == (fits[0] if fits else None)


def test_low_cells_have_small_numbers_or_none(look: Look) -> None:
    form = fitting_form(SIZES, written, 200, height=16)
    assert form is not None and form.pixels == 13 and not form.bare
    assert fitting_form(SIZES, written, 200, height=10) is None
