"""How a run uses this machine: device, precision, threads and memory format.

A trial of well under a second measures the few candidates with real training steps. On two
Zen 4 cores at batch 64 (milliseconds a step, one / two threads): float32 23 / 14, with
channels_last 14 / 9, bfloat16 with channels_last 10 / 6. Beside a thread that takes 20 % of a
core two threads still win; beside one that takes a whole core one thread wins, five times as
fast, which is why the trial decides and not a rule, and why ThreadWatch watches the run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from visualizer.core.network.network import Network
from visualizer.training.settings import Settings, cores

__all__ = ["Plan", "Settings", "choose_device", "choose_plan", "has_bfloat16"]

WARM_UP_STEPS = 2
TIMED_STEPS = 4
BUDGET = 0.6


@dataclass(frozen=True, slots=True)
class Plan:
    """The choices for one run, and the seconds of a step in the trial (infinite: no trial)."""

    device: str
    precision: str
    threads: int
    channels_last: bool
    step_seconds: float = field(default=math.inf, compare=False)

    @property
    def dtype(self) -> torch.dtype:
        return torch.bfloat16 if self.precision == "bfloat16" else torch.float32

    @property
    def text(self) -> str:
        """The plan in words, for the status line."""
        threads = f"{self.threads} thread{'s' if self.threads > 1 else ''}"
        order = "channels last" if self.channels_last else "channels first"
        return f"{self.device}, {threads}, {self.precision}, {order}"


StepMaker = Callable[[Plan], Callable[[], object]]
_chosen: dict[tuple[Network, int, Settings], Plan] = {}


def choose_device(settings: Settings) -> str:
    """Return the device of the settings, else CUDA, else Apple's MPS, else the CPU."""
    if settings.device != "auto":
        return settings.device
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def has_bfloat16() -> bool:
    """Return whether this CPU multiplies bfloat16 in hardware (AVX512-BF16 or AMX)."""
    asked = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(bool(getattr(torch.cpu, name, bool)()) for name in asked)


def choose_plan(
    network: Network, batch_size: int, settings: Settings, make_step: StepMaker
) -> Plan:
    """Find the fastest plan here for a network and batch size; remember it in the process.

    Parameters
    ----------
    make_step
        Makes, for a plan, a function that does one training step under it.
    """
    key = (network, batch_size, settings)
    if key not in _chosen:
        _chosen[key] = _tried(first_plan(settings), settings, make_step)
    return _chosen[key]


def first_plan(settings: Settings) -> Plan:
    """Return the first plan of the trial: the fastest one on most machines, with one thread."""
    device = choose_device(settings)
    precision = "bfloat16" if device == "cpu" and has_bfloat16() else "float32"
    if settings.precision != "auto":
        precision = settings.precision
    return Plan(device, precision, settings.threads or 1, device == "cpu")


def _tried(plan: Plan, settings: Settings, make_step: StepMaker) -> Plan:
    """Improve the plan one choice at a time, within the budget: threads, format, precision."""
    if plan.device != "cpu":
        return plan
    deadline = time.perf_counter() + BUDGET
    best = _measured(plan, make_step, BUDGET)
    for change in _changes(plan, settings):
        left = deadline - time.perf_counter()
        if left <= 0:
            break
        candidate = replace(best, **change)
        if candidate == best:
            continue
        candidate = _measured(candidate, make_step, left)
        if candidate.step_seconds < best.step_seconds:
            best = candidate
    return best


def _changes(plan: Plan, settings: Settings) -> list[dict[str, Any]]:
    """List the changes to try; threads twice, because a short disturbance hurts them most."""
    threads: list[dict[str, Any]] = []
    if settings.threads is None:
        threads = [{"threads": n} for n in sorted({cores(), max(cores() // 2, 1)} - {1})]
    changes = [*threads]
    if settings.precision == "auto" and plan.precision == "bfloat16":
        changes.append({"precision": "float32"})
    changes.append({"channels_last": not plan.channels_last})
    return changes + threads


def _measured(plan: Plan, make_step: StepMaker, budget: float) -> Plan:
    """Return the plan with the seconds of its fastest step, after warm-up steps.

    The fastest counts, because other programs running just now should not decide for the whole run.
    """
    torch.set_num_threads(plan.threads)
    step = make_step(plan)
    deadline = time.perf_counter() + budget
    seconds = []
    for _ in range(WARM_UP_STEPS + TIMED_STEPS):
        start = time.perf_counter()
        step()
        end = time.perf_counter()
        seconds.append(end - start)
        if end > deadline:
            break
    return replace(plan, step_seconds=min(seconds))
