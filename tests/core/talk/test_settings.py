"""The settings of a stop, as a hand writes them: read, or refused in one sentence."""

from __future__ import annotations

import pytest

from visualizer.core.talk.settings import Settings, differing, pair_text


def read(**settings: str) -> Settings:
    return Settings("Compare", settings, ("part", "log", "hole", "digit", "smoothing", "shift"))


def test_a_setting_that_the_page_does_not_have_is_named_with_those_that_it_has() -> None:
    with pytest.raises(ValueError, match="Compare has no setting “colour”: it has part, log, "):
        read(part="a", colour="red")
    with pytest.raises(ValueError, match=r"^Lab has no setting “colour”\.$"):
        Settings("Lab", {"colour": "red"}, ())


def test_what_is_not_said_has_its_first_value() -> None:
    nothing = read()
    assert nothing.one_of("part", ("networks", "shift")) == "networks"
    assert nothing.some_of("log", ("loss", "accuracy")) == frozenset()
    assert nothing.whole("digit", 0, 9) is None
    assert nothing.pair("shift", (0, 0), (9, 9)) is None
    assert nothing.share("smoothing", 0.6) == 0.6
    assert nothing.text("hole") == ""


@pytest.mark.parametrize(
    ("text", "pair"),
    [("2, -4", (2, -4)), (" 2 ,\u22124", (2, -4)), ("+2,0", (2, 0)), ("-8, 8", (-8, 8))],
)
def test_two_numbers_are_read_as_they_are_typed(text: str, pair: tuple[int, int]) -> None:
    assert read(shift=text).pair("shift", (-8, -8), (8, 8)) == pair
    assert read(shift=pair_text(pair)).pair("shift", (-8, -8), (8, 8)) == pair


@pytest.mark.parametrize("text", ["", "2", "2, 9", "2, 3, 4", "2; 3", "a, b", "1.5, 2", "9" * 5000])
def test_other_texts_are_no_two_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="two whole numbers with a comma between, from −8 to 8"):
        read(shift=text).pair("shift", (-8, -8), (8, 8))


def test_words_numbers_and_shares_out_of_reach_are_refused() -> None:
    with pytest.raises(ValueError, match=r"“part” is “x”; it has to be networks or shift\."):
        read(part="x").one_of("part", ("networks", "shift"))
    with pytest.raises(ValueError, match="loss or accuracy"):
        read(log="loss, x").some_of("log", ("loss", "accuracy"))
    for text in ("10", "-1", "x", "", "1.5"):
        with pytest.raises(ValueError, match="a whole number from 0 to 9"):
            read(digit=text).whole("digit", 0, 9)
    for text in ("1.5", "-0.1", "nan", "inf", "1e-1", "", "½"):
        with pytest.raises(ValueError, match="a number from 0 to 1"):
            read(smoothing=text).share("smoothing", 0.6)
    for text, share in (("0", 0), (".5", 0.5), ("1.0", 1), ("0.25", 0.25)):
        assert read(smoothing=text).share("smoothing", 0.6) == share


def test_only_what_differs_is_told() -> None:
    told = differing(("tab", "filter", "position"), ("scale", "layer", "layer"))
    assert told == {"tab": "filter"}
