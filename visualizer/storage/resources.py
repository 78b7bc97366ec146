"""Where the icons, the pretrained weights and the guide lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file or folder of `resources/`: inside the package in a wheel, beside it in a checkout.

    Raises
    ------
    FileNotFoundError
        There is no such resource in either place.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"the resource {'/'.join(parts)} is missing from this installation")
