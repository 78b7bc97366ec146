"""How people write the ten digits: pen strokes as control points, drawn by us.

Coordinates are (x, y) in hundredths of the digit's height, y downwards. A stroke runs smoothly
through its points; a point written twice is a corner. The weight says how common a form is
among the forms of its digit.
"""

from __future__ import annotations

from typing import NamedTuple

Point = tuple[int, int]
Stroke = tuple[Point, ...]


class Form(NamedTuple):
    """One way to write a digit."""

    digit: int
    weight: float
    strokes: tuple[Stroke, ...]


def _form(digit: int, weight: float, *strokes: str) -> Form:
    """Read strokes such as ``"30,0 30,100"``."""
    return Form(digit, weight, tuple(_stroke(stroke) for stroke in strokes))


def _stroke(text: str) -> Stroke:
    pairs = (point.split(",") for point in text.split())
    return tuple((int(x), int(y)) for x, y in pairs)


FORMS = (
    # 0: closed, overlapping, clockwise, with a curl, open at the top
    _form(0, 4, "35,0 12,15 3,50 14,86 33,100 55,85 64,50 54,14 35,0 26,4"),
    _form(0, 3, "50,8 30,2 10,22 3,58 15,92 35,98 56,78 63,42 55,12 38,8"),
    _form(0, 2, "20,10 45,0 63,30 60,70 35,100 8,80 3,45 15,12 38,5 52,12"),
    _form(0, 1, "44,3 15,20 5,60 20,98 48,85 62,45 52,8 34,3 24,18"),
    _form(0, 1, "27,5 6,35 8,80 32,100 57,82 63,40 47,5"),
    # 1: plain, with a flag, with flag and foot
    _form(1, 12, "30,0 30,50 30,100"),
    _form(1, 1.5, "16,18 34,0 34,0 34,50 34,100"),
    _form(1, 1, "12,18 32,0 32,0 32,50 32,100", "6,100 30,99 58,100"),
    # 2: corner, loop, large loop, like a Z, curled start
    _form(2, 4, "5,25 18,5 40,2 58,22 48,50 22,80 2,98 2,98 35,97 66,96"),
    _form(2, 3, "8,22 25,3 50,8 55,35 38,65 15,90 3,92 6,76 22,78 42,94 66,92"),
    _form(2, 2, "4,28 22,4 48,6 56,30 36,62 10,88 2,80 16,72 36,88 52,99 72,88"),
    _form(2, 1, "5,8 30,3 56,6 56,6 30,50 3,96 3,96 30,98 62,96"),
    _form(2, 1, "20,30 10,22 22,3 50,4 58,28 40,60 6,96 6,96 32,90 66,98"),
    # 3: round, flat top, small loop in the middle, shallow
    _form(3, 4, "6,14 28,0 54,10 52,34 24,47 24,47 56,56 60,82 32,100 2,88"),
    _form(3, 1, "6,4 30,5 56,4 56,4 26,42 26,42 56,52 60,80 34,100 4,90"),
    _form(3, 2, "8,12 32,0 54,14 42,38 22,48 20,43 30,44 56,58 56,88 28,100 2,90"),
    _form(3, 2, "4,10 36,0 56,16 34,44 34,44 60,66 44,96 2,96"),
    # 4: open, rounded, closed, in one stroke, with a low crossing
    _form(4, 3, "18,0 12,28 6,52 6,52 32,51 60,48", "50,2 46,50 42,100"),
    _form(4, 3, "8,4 4,32 14,50 36,50 56,40", "56,0 52,50 48,100"),
    _form(4, 2, "46,0 24,30 2,62 2,62 34,62 68,60", "46,0 45,50 44,100"),
    _form(4, 2, "14,4 6,42 26,54 52,40 58,4 58,4 52,50 46,100"),
    _form(4, 2, "22,2 4,58 4,58 36,57 68,54", "46,28 42,64 36,100"),
    # 5: two strokes, one stroke, like an S, cap detached, long cap, no bump
    _form(5, 3, "12,4 8,42 8,42 34,36 58,56 52,86 26,100 2,90", "12,4 36,3 64,2"),
    _form(5, 2, "60,4 38,3 16,4 16,4 10,44 10,44 40,38 58,62 42,94 4,96"),
    _form(5, 1, "58,2 30,4 14,22 24,44 48,58 50,84 24,100 2,88"),
    _form(5, 2, "16,14 12,46 12,46 40,40 58,62 44,94 6,96", "18,12 40,10 70,2"),
    _form(5, 2, "12,10 6,46 6,46 30,42 46,60 38,88 4,98", "12,10 44,6 86,0"),
    _form(5, 1, "56,6 36,5 18,6 18,6 10,38 34,46 52,62 44,92 4,98"),
    # 6: curved, straight stem, like a C, small loop, open loop, like a b
    _form(6, 3, "44,0 20,22 5,58 14,92 38,98 54,78 44,58 22,60 8,78"),
    _form(6, 3, "36,0 16,40 4,74 18,99 44,92 52,68 32,56 10,72"),
    _form(6, 1, "52,8 34,0 10,28 3,66 20,98 46,94 56,70 38,54 12,66"),
    _form(6, 2, "38,0 14,40 4,80 22,100 42,84 34,64 14,74 12,90"),
    _form(6, 1, "30,0 8,45 6,85 30,100 52,82 42,62 24,68"),
    _form(6, 1, "18,0 10,50 10,90 34,100 52,80 38,58 14,70"),
    # 7: plain, rounded, crossed, hooked, hooked and crossed, bent stem, wavy top
    _form(7, 4, "4,8 30,6 58,4 58,4 40,50 24,100"),
    _form(7, 3, "4,16 34,4 56,12 46,50 30,100"),
    _form(7, 1.5, "4,8 30,6 58,4 58,4 40,50 24,100", "16,50 38,48 60,46"),
    _form(7, 1.5, "4,24 6,6 6,6 32,5 58,4 58,4 36,50 24,100"),
    _form(7, 0.5, "4,22 6,6 6,6 32,5 58,4 58,4 36,50 24,100", "14,52 36,50 58,46"),
    _form(7, 1, "2,10 30,8 56,6 56,6 34,40 28,100"),
    _form(7, 1, "2,14 16,4 34,12 60,4 60,4 38,55 26,100"),
    # 8: S and back, two rings, from the top, open top, large top, mirrored S
    _form(8, 4, "52,14 32,0 10,16 20,40 46,58 56,82 32,100 6,84 16,60 44,40 56,16"),
    _form(8, 1, "32,46 10,26 30,0 54,22 32,46", "32,46 4,74 32,100 60,74 32,46"),
    _form(8, 2, "36,2 10,18 26,42 54,70 34,100 6,76 30,46 54,20 36,1"),
    _form(8, 2, "54,8 28,2 14,24 40,50 52,78 26,100 6,78 30,50 60,10"),
    _form(8, 1, "46,10 24,0 6,22 24,48 44,66 40,94 18,98 10,78 30,54 52,28 46,8"),
    _form(8, 1, "14,14 34,0 56,18 40,42 14,60 6,84 30,100 56,82 42,58 18,38 10,16"),
    # 9: straight tail, curved tail, flowing, overlapping, open top, slanting tail
    _form(9, 3, "52,10 28,0 4,22 14,46 40,42 54,10 54,10 50,55 44,100"),
    _form(9, 1.5, "54,12 28,0 4,20 12,46 40,44 54,16 54,16 56,60 40,98 6,92"),
    _form(9, 2, "48,20 30,4 8,20 14,42 36,38 50,14 48,50 36,100"),
    _form(9, 2, "56,4 30,2 6,24 18,46 44,36 56,6 50,50 30,100"),
    _form(9, 1.5, "40,6 14,8 4,32 20,50 46,38 56,8 56,8 48,60 40,100"),
    _form(9, 1, "44,8 20,4 6,30 24,48 46,28 52,4 36,50 14,100"),
)
