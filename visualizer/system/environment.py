"""What has to be set before numpy and torch load. It imports neither.

Measured on two Zen 4 cores, batch 64, bfloat16, in milliseconds a step. Giving every freed block
back to the system costs a third of the time in page faults: 16 → 11 with one thread, 12 → 8 with
two. How long a thread of OpenMP (here GNU's) spins before it sleeps, two threads, alone / beside
a thread that takes 20 % of a core: never (OMP_WAIT_POLICY=PASSIVE) 11.5 / 18; 1000 rounds
10.7 / 15; 10,000 rounds 8.9 / 12; its own 300,000 8.6 / 12. One thread: 12.5 / 16. Later, at 3.2
milliseconds a step, beside a stage whose maps move (5 % of a core): training keeps 0.86 to 0.89 of
its speed with up to 40,000 rounds and 0.94 with 60,000 (a millisecond), for a thread that sleeps is
woken late while the window paints. More rounds gain nothing, and where another program takes a
whole core every step waits for their end, until ThreadWatch falls back to one thread.
Beside a window that computes in Python, a step waits for the interpreter up to 5 ms several
times; with a switch interval of half a millisecond it is a tenth faster (17.4 → 16.0).
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
import threading
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT_BYTES = 1 << 29
_SWITCH_SECONDS = 0.0005
_NICE = 10


def prepare_environment() -> None:
    """Make waiting threads sleep soon and keep freed memory; call it before any import.

    A variable that the user has set is left as it is.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", "60000")
    os.environ.setdefault("KMP_BLOCKTIME", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.setswitchinterval(_SWITCH_SECONDS)
    if sys.platform == "linux":
        _keep_freed_memory()


def give_way() -> None:
    """Lower the priority of this thread, and of those it starts, below the window's thread.

    Linux has a priority for each thread; elsewhere nothing happens. It cannot be taken back.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        nice = max(_NICE, os.getpriority(os.PRIO_PROCESS, thread))
        os.setpriority(os.PRIO_PROCESS, thread, nice)


def open_torch_library() -> None:
    """Load the largest library of torch before torch is imported.

    Loading takes a third of the import's time. During an import Python holds its lock all the time,
    and the window would stand still: 0.3 s on a quiet machine and 1 s on a busy one; loaded here,
    0.1 s and 0.3 s. If the library cannot be loaded here, the import loads it.
    """
    found = importlib.util.find_spec("torch")
    if sys.platform != "linux" or found is None or not found.submodule_search_locations:
        return
    library = Path(found.submodule_search_locations[0], "lib", "libtorch_cpu.so")
    # A function of the C library that is called by ctypes runs without Python's lock.
    dlopen = getattr(ctypes.CDLL(None), "dlopen", None)
    if dlopen is not None and library.is_file():
        dlopen.restype, dlopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
        dlopen(os.fsencode(library), os.RTLD_LAZY)


def give_back_memory() -> None:
    """Give freed memory that was kept back to the system, after large work.

    Only the GNU C library can do so; it takes some milliseconds, and other threads go on.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _keep_freed_memory() -> None:
    """Tell the GNU C library to reuse large blocks; other C libraries have no such call."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
    mallopt(_MMAP_THRESHOLD, _KEPT_BYTES)
    mallopt(_ARENA_MAX, 1)
