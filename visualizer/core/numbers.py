"""How a number is written, and what else is understood where one is typed."""

from __future__ import annotations

import unicodedata

POINT = "."
_SIGNS = {",": POINT, "\u066b": POINT, "\u2212": "-", "\u2013": "-"}


def plain_number(text: str) -> str:
    """Write what was typed with a point, a hyphen and the digits 0 to 9, sign by sign.

    A decimal comma is a point, in every language: nothing here has groups of digits, so that
    0,5 and 0.5 are both a half and 1,000 is one. All else stays as it is, and where it is.
    """
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return _SIGNS.get(sign, sign) if digit is None else str(digit)
