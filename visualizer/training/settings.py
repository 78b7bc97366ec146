"""Settings that a user may fix about how training runs; no torch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal, get_args

Precision = Literal["auto", "float32", "bfloat16"]
Device = Literal["auto", "cpu", "cuda", "mps"]

THREADS_A_CORE = 4  # more only wait for each other; tens of thousands crash the process


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_threads(threads: int) -> None:
    """Reject a number of threads that this machine has no use for.

    Raises
    ------
    ValueError
        It is below 1, or above a few for each core.
    """
    most = THREADS_A_CORE * cores()
    if not 1 <= threads <= most:
        raise ValueError(f"the number of threads must lie between 1 and {most} here, not {threads}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Precision, number of threads and device; a trial chooses what is not set.

    Raises
    ------
    ValueError
        A value is impossible, in one sentence.
    """

    precision: Precision = "auto"
    threads: int | None = None
    device: Device = "auto"

    def __post_init__(self) -> None:
        if self.precision not in get_args(Precision):
            raise ValueError(f"there is no precision {self.precision!r}")
        if self.device not in get_args(Device):
            raise ValueError(f"there is no device {self.device!r}")
        if self.threads is not None:
            if type(self.threads) is not int:
                raise ValueError(f"the number of threads is no whole number: {self.threads!r:.40}")
            check_threads(self.threads)
