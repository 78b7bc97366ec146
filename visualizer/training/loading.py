"""Importing torch in the thread that trains."""

from __future__ import annotations

import logging
from collections.abc import Callable

from visualizer.system.environment import give_way, open_torch_library

_log = logging.getLogger(__name__)


def load_torch(closing: Callable[[], bool]) -> None:
    """Import torch, and lower the thread's priority only then.

    The import holds the interpreter for long stretches: at a low priority on a busy machine the
    window would wait for each stretch many times as long.
    """
    try:
        open_torch_library()
        if not closing():
            import visualizer.training.fit  # noqa: F401
    except Exception:  # noqa: BLE001 - logged; a start will say what is wrong
        _log.exception("torch could not be loaded")
    give_way()
