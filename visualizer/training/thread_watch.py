"""Fall back to one thread while another program uses the cores.

Threads wait for each other many times a step. Beside a process that takes a whole core, two
threads on two cores need 80 to 500 ms for a step of 9, and one thread needs 15. The trial at the
start cannot know what will run later. On a machine that runs nothing else nothing ever changes
here, so a run can be repeated to the bit.
"""

from __future__ import annotations

import torch

WINDOW = 12  # steps, or three slow ones
LONG = 0.4  # seconds
SLOW = 2.0  # times the best window's, or the trial's best, step
FIRST_REST = 5.0  # seconds with one thread before all are tried again; doubles each time


class ThreadWatch:
    """Watches the seconds of each step and chooses torch's threads; if `fixed`, it only watches."""

    def __init__(self, threads: int, step_seconds: float, *, fixed: bool) -> None:
        self.threads = threads
        self._all = threads
        self._fixed = fixed or threads == 1
        self._best = step_seconds
        self._slow_windows = 0
        self._seconds, self._steps = 0.0, 0
        self._rested, self._rest = 0.0, FIRST_REST

    def apply(self) -> None:
        """Set torch's threads and denormals for this thread: another run may have changed them."""
        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)
        torch.set_flush_denormal(True)

    def note(self, seconds: float) -> None:
        """Take in the seconds of one step."""
        self._seconds += seconds
        self._steps += 1
        whole = self._steps >= WINDOW or (self._steps >= 3 and self._seconds >= LONG)
        if self._fixed or not whole:
            return
        taken, mean = self._seconds, self._seconds / self._steps
        self._seconds, self._steps = 0.0, 0
        if self.threads == self._all:
            self._watch(mean)
        else:
            self._wait(taken)

    def _watch(self, mean: float) -> None:
        """Fall back to one thread after two slow windows in a row, which are no accident."""
        self._best = min(self._best, mean)
        self._slow_windows = self._slow_windows + 1 if mean > SLOW * self._best else 0
        if self._slow_windows == 2:
            self.threads = 1

    def _wait(self, taken: float) -> None:
        self._rested += taken
        if self._rested >= self._rest:
            self._rested, self._rest = 0.0, 2 * self._rest
            self._slow_windows = 1
            self.threads = self._all
