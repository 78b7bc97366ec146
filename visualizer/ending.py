"""How the process ends: at once, though a thread runs on; quietly, though nobody reads it."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterable


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
