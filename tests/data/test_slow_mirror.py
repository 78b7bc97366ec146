"""A mirror that only drips is given up, by a clock of the test's own; a slow one is not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from visualizer.data.fetch import FetchError, _copy


class Dripping:
    """A request that sends these pieces, each so many seconds after the one before."""

    def __init__(self, pieces: Iterable[tuple[float, int]]) -> None:
        self.now, self.abandoned = 0.0, False
        self._pieces = iter(pieces)

    def clock(self) -> float:
        return self.now

    def next_piece(self) -> bytes | None:
        seconds, size = next(self._pieces, (0.0, -1))
        self.now += seconds
        return None if size < 0 else bytes(size)

    def abandon(self) -> None:
        self.abandoned = True


def nothing(*more: object) -> None:
    """Neither cancelled nor shown."""


def copied(pieces: Iterable[tuple[float, int]]) -> tuple[int, Dripping]:
    """The bytes that arrive."""
    request, got = Dripping(pieces), bytearray()
    try:
        _copy(request, got.extend, 10**7, nothing, nothing, request.clock)
    finally:
        assert request.abandoned
    return len(got), request


def test_what_is_slow_but_comes_is_waited_for() -> None:
    for pieces in (
        [(1.0, 1000)] * 500,
        [(4.0, 4096)] * 100,
        [(0.05, 0)] * 500 + [(0.05, 40_000)] + [(29.0, 30_000)] * 4,
        [(29.0, 10)],  # all that a small file has
    ):
        assert copied(pieces)[0] == sum(size for _, size in pieces)


def test_less_than_a_kilobyte_a_second_for_thirty_seconds_is_given_up() -> None:
    for pieces in (
        [(1.0, 900)] * 500,
        [(0.05, 0)] * 5000,
        [(10.0, 1)] * 10,
        [(0.1, 100_000)] * 10 + [(1.0, 10)] * 500,  # quick at first
    ):
        with pytest.raises(FetchError, match="less than 1 kB a second for 30 s"):
            copied(pieces)
