"""Numbers as users type them, turned into the form that Python reads."""

from __future__ import annotations

import unicodedata

POINT = "."
_SIGNS = {",": POINT, "\u066b": POINT, "\u2212": "-", "\u2013": "-"}


def plain_number(text: str) -> str:
    """Rewrite typed text with a point, a hyphen and the digits 0 to 9, sign by sign.

    A decimal comma becomes a point in every language: nothing here groups digits, so 0,5 and 0.5
    are both a half and 1,000 is one. All other signs stay in their places.
    """
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return _SIGNS.get(sign, sign) if digit is None else str(digit)
