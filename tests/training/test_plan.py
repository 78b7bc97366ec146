"""The trial picks what is fastest, and the watch falls back when the machine gets busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
import torch

from visualizer.core.network.networks import named
from visualizer.training import plan as module
from visualizer.training.plan import Plan, choose_plan
from visualizer.training.settings import Settings
from visualizer.training.thread_watch import WINDOW, ThreadWatch

CPU = "cpu"


class Machine:
    """A make-believe machine: a clock that each step moves on by what its plan costs."""

    def __init__(self, costs: Callable[[Plan], float]) -> None:
        self.now, self.costs, self.tried = 0.0, costs, []

    def make_step(self, plan: Plan) -> Callable[[], None]:
        self.tried.append(plan)

        def step() -> None:
            self.now += self.costs(plan)

        return step


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No choice remembered, four cores with bfloat16, and torch's threads as they were."""
    threads = torch.get_num_threads()
    monkeypatch.setattr(module, "_chosen", {})
    monkeypatch.setattr(module, "cores", lambda: 4)
    monkeypatch.setattr(module, "has_bfloat16", lambda: True)
    yield
    torch.set_num_threads(threads)


def choose(
    costs: Callable[[Plan], float],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings | None = None,
) -> tuple[Plan, Machine]:
    machine = Machine(costs)
    monkeypatch.setattr(time, "perf_counter", lambda: machine.now)
    settings = settings or Settings(device=CPU)
    return choose_plan(named("book"), 64, settings, machine.make_step), machine


def cost(plan: Plan) -> float:
    """Seconds a step where four threads, bfloat16 and channels_last all help."""
    seconds = 0.004 / plan.threads
    seconds *= 1 if plan.precision == "bfloat16" else 2
    return seconds if plan.channels_last else 1.5 * seconds


def test_the_fastest_of_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, _ = choose(cost, monkeypatch)
    assert plan == Plan(CPU, "bfloat16", 4, True)
    assert plan.step_seconds == pytest.approx(0.001)
    assert plan.text == "cpu, 4 threads, bfloat16, channels last"


@pytest.mark.parametrize(
    ("slow", "expected"),
    [
        (lambda plan: plan.threads > 2, Plan(CPU, "bfloat16", 2, True)),
        (lambda plan: plan.threads > 1, Plan(CPU, "bfloat16", 1, True)),
        (lambda plan: plan.precision == "bfloat16", Plan(CPU, "float32", 4, True)),
        (lambda plan: plan.channels_last, Plan(CPU, "bfloat16", 4, False)),
    ],
    ids=["four threads", "more than one thread", "bfloat16", "channels_last"],
)
def test_what_is_slow_here_is_left_out(
    slow: Callable[[Plan], bool], expected: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, _ = choose(lambda plan: cost(plan) * (5 if slow(plan) else 1), monkeypatch)
    assert plan == expected


def test_what_the_user_pins_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, machine = choose(cost, monkeypatch, Settings("float32", 3, CPU))
    assert plan == Plan(CPU, "float32", 3, True)
    assert {(tried.precision, tried.threads) for tried in machine.tried} == {("float32", 3)}


def test_float32_is_not_left_where_bfloat16_is_emulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "has_bfloat16", lambda: False)
    plan, machine = choose(cost, monkeypatch)
    assert plan == Plan(CPU, "float32", 4, True)
    assert {tried.precision for tried in machine.tried} == {"float32"}


@pytest.mark.parametrize("seconds", [0.001, 0.02, 0.3])
def test_the_trial_stays_well_under_a_second(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most one step begins after the budget is spent."""
    _, machine = choose(lambda plan: seconds, monkeypatch)
    assert machine.now <= module.BUDGET + seconds + 1e-9


def test_a_choice_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = choose(cost, monkeypatch)
    again, machine = choose(lambda plan: 1 / cost(plan), monkeypatch)
    assert again == first
    assert not machine.tried


@pytest.mark.parametrize(
    "wrong", [{"precision": "float8"}, {"threads": 0}, {"threads": 100_000}, {"device": "tpu"}]
)
def test_settings_that_there_are_not_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"precision|threads|device"):
        Settings(**wrong)


def windows(watch: ThreadWatch, *seconds: float) -> list[int]:
    """The threads in use after each window of steps that take so long."""
    used = []
    for step in seconds:
        for _ in range(WINDOW):
            watch.note(step)
        used.append(watch.threads)
    return used


def test_a_quiet_machine_keeps_its_threads() -> None:
    watch = ThreadWatch(2, 0.008, fixed=False)
    assert set(windows(watch, 0.008, 0.012, 0.009, 0.015, 0.008)) == {2}


def test_one_stall_is_forgiven_two_slow_windows_are_not() -> None:
    watch = ThreadWatch(2, 0.008, fixed=False)
    assert windows(watch, 0.008, 0.03, 0.008, 0.03, 0.03) == [2, 2, 2, 2, 1]
    watch.apply()
    assert torch.get_num_threads() == 1


def test_a_run_that_begins_on_a_busy_machine_falls_back_too() -> None:
    watch = ThreadWatch(2, 0.008, fixed=False)
    for _ in range(6):
        watch.note(0.4)
    assert watch.threads == 1


def test_all_threads_are_tried_again_ever_more_rarely() -> None:
    watch = ThreadWatch(2, 0.008, fixed=False)
    windows(watch, 0.03, 0.03)
    rests = []
    for _ in range(3):
        rests.append(0)
        while windows(watch, 0.016) == [1]:
            rests[-1] += 1
        assert windows(watch, 0.03) == [1]
    assert rests == sorted(set(rests))
    while windows(watch, 0.016) == [1]:
        pass
    assert set(windows(watch, 0.008, 0.008, 0.009)) == {2}


def test_pinned_threads_stay() -> None:
    assert set(windows(ThreadWatch(2, 0.008, fixed=True), 0.5, 0.5, 0.5)) == {2}
