"""How the process ends: at once, though a thread runs on; quietly, though nobody reads it."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable


def at_once(work: Callable[[], int]) -> int:
    """Return the exit code of some work; or end the process with it, where a thread runs on."""
    before = set(threading.enumerate())
    code = work()
    leave_behind(set(threading.enumerate()) - before, code)
    return code


def leave_behind(threads: Iterable[threading.Thread], code: int) -> None:
    """End the process with an exit code where a thread is left that Python would wait for.

    An import cannot be broken off; that of torch takes ten seconds on a busy machine. All that
    is to be kept must have been written by now.
    """
    if any(thread.is_alive() and not thread.daemon for thread in threads):
        logging.shutdown()
        flush()
        os._exit(code)


def flush() -> None:
    """Write out what was printed, as far as somebody takes it."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()


def mend_streams() -> None:
    """Have somewhere to print to where output or errors were closed: what is printed is lost.

    Else the next file that is opened would get what is printed.
    """
    for name, number in (("stdout", 1), ("stderr", 2)):
        try:
            os.fstat(number)
        except OSError:
            nothing = os.open(os.devnull, os.O_WRONLY)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def silence() -> None:
    """Let Python end without a word of output that nobody has taken."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nothing = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nothing, stream.fileno())
                os.close(nothing)
