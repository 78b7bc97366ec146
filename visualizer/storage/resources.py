"""The folder of the icons, the pretrained weights and the guide."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return a file or folder of `resources/`: in the package in a wheel, beside it in a checkout.

    Raises
    ------
    FileNotFoundError
        Neither place has such a resource.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"the resource {'/'.join(parts)} is missing from this installation")
