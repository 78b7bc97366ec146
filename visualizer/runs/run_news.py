"""Messages to the user about a run that goes wrong."""

from __future__ import annotations

import logging

from visualizer.system.notice import Notice
from visualizer.training.events import Diverged, Failed, UnitsDied

log = logging.getLogger(__name__)


def notice_of(event: object) -> Notice | None:
    """Return the notice about an event of a run; most events have none."""
    if isinstance(event, Diverged | UnitsDied):
        return Notice(event.message, "error")
    if isinstance(event, Failed):
        log.error("training failed: %s\n%s", event.message, event.traceback_text)
        return Notice(f"{event.message}. The log has the details.", "error")
    return None
