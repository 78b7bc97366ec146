"""What a user may pin about how training runs; no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Precision = Literal["auto", "float32", "bfloat16"]
Device = Literal["auto", "cpu", "cuda", "mps"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Precision, number of threads and device; what is left open is chosen by a trial.

    Raises
    ------
    ValueError
        A value that there is not, in one sentence.
    """

    precision: Precision = "auto"
    threads: int | None = None
    device: Device = "auto"

    def __post_init__(self) -> None:
        if self.precision not in get_args(Precision):
            raise ValueError(f"there is no precision {self.precision!r}")
        if self.device not in get_args(Device):
            raise ValueError(f"there is no device {self.device!r}")
        if self.threads is not None and self.threads < 1:
            raise ValueError(f"the number of threads must be at least 1, not {self.threads}")
