"""The log of this user's sessions: warnings and tracebacks."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from visualizer.storage.upkeep import NAME


def start_log() -> Path:
    """Write warnings and tracebacks into the user's log folder; returns the file."""
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
