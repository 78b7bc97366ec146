"""The log of this user's sessions, with warnings and tracebacks, and the hooks that fill it."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from visualizer.session.session import Session
from visualizer.storage.upkeep import NAME
from visualizer.system.notice import Notice
from visualizer.views.base.guard import Failure, failures

log = logging.getLogger(__name__)


def start_log() -> Path:
    """Write warnings and tracebacks to a file in the user's log folder; return the file."""
    path = platformdirs.user_log_path(NAME) / "visualizer.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return path
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


class Hooks:
    """Sends unexpected errors to the log with their traceback, and to the window in one line."""

    def __init__(self, session: Session, log_path: Path) -> None:
        self._session, self._log_path = session, log_path
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        failures.listen(self._on_failure)

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        failures.forget(self._on_failure)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("unexpected error", exc_info=(kind, error, trace))
        self._tell(f"{kind.__name__}: {error}")

    def _on_failure(self, failure: Failure) -> None:
        self._tell(failure.error)

    def _tell(self, what: str) -> None:
        text = f"Something went wrong ({what}). {self._log_path} has the details."
        self._session.noticed.emit(Notice(text, "error"))

    def _on_thread_error(self, arguments: threading.ExceptHookArgs) -> None:
        log.error("unexpected error in a thread: %s", arguments.exc_value, exc_info=True)
