"""End the process: at once, though a thread still runs; quietly, though nobody reads its output."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable


def at_once(work: Callable[[], int]) -> int:
    """Run some work and return its exit code, or end the process with it if a thread still runs."""
    before = set(threading.enumerate())
    code = work()
    leave_behind(set(threading.enumerate()) - before, code)
    return code


def leave_behind(threads: Iterable[threading.Thread], code: int) -> None:
    """End the process with an exit code if one of these threads would keep Python waiting.

    An import cannot be broken off; importing torch takes ten seconds on a busy machine. Everything
    that is to be kept must have been written before this call.
    """
    if any(thread.is_alive() and not thread.daemon for thread in threads):
        logging.shutdown()
        flush()
        os._exit(code)


def flush() -> None:
    """Write out what was printed, if the streams still take it."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()


def mend_streams() -> None:
    """Replace a closed standard output or error stream by one that drops what is printed.

    Otherwise the next opened file would receive the printed text.
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
    """Drop output that nobody has taken, so that Python ends without a message about it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nothing = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nothing, stream.fileno())
                os.close(nothing)
