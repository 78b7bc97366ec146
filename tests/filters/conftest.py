"""A session that is listened to, as the session's own tests have it."""

from __future__ import annotations

from tests.session.conftest import ear, networks_folder

__all__ = ["ear", "networks_folder"]
