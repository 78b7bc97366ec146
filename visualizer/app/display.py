"""Check that Qt will find a display, before Qt would abort the process with its own message.

The check loads Qt's platform plugin and asks the display, as Qt does right afterwards: that costs
a millisecond or two. Only Linux needs it.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

ANSWER_SECONDS = 10.0
PACKAGES = {  # of Debian and its relatives, by the library that Qt loads
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
MISSING = re.compile(r"^(\S+\.so[.\d]*): cannot open shared object file")


def check_display() -> None:
    """Raise a ValueError if Qt would abort without a display; one sentence says why."""
    if not sys.platform.startswith("linux"):
        return
    named = os.environ.get("QT_QPA_PLATFORM", "")
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if not (named or os.environ.get("DISPLAY") or wayland):
        raise ValueError(
            "There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set."
        )
    default = ["xcb", "wayland"] if wayland else ["xcb"]
    names = [name.partition(":")[0].lower() for name in named.split(";")] if named else default
    failures: list[ValueError] = []
    for name in names:
        try:
            _check(name)
        except ValueError as error:
            failures.append(error)
        else:
            return
    raise failures[0]


def missing_library(text: str) -> str | None:
    """Say what to install if a loader's message names a missing library; else return None.

    The sentence names all missing libraries that Qt needs.
    """
    found = MISSING.match(text)
    if found is None:
        return None
    first, wayland = found[1], "wayland" in found[1]
    others = (name for name in PACKAGES if name != first and ("wayland" in name) <= wayland)
    missing = [first, *(name for name in others if not _is_installed(name))]
    return f"Qt needs {', '.join(missing)}, which this system lacks: {_remedy(missing)}."


def _check(platform: str) -> None:
    """Raise a ValueError unless a platform of Qt can be loaded and answers."""
    plugins = _plugins()
    if platform not in plugins:
        raise ValueError(
            f"QT_QPA_PLATFORM names {platform}, which is no platform of Qt here: "
            f"{', '.join(sorted(plugins))}."
        )
    try:
        _load(plugins[platform])
    except OSError as error:
        why = missing_library(str(error)) or f"Qt cannot load its platform {platform}: {error}"
        raise ValueError(why) from error
    if platform == "xcb":
        _check_answer("DISPLAY", _asks_x)
    elif platform.startswith("wayland"):
        _check_answer("WAYLAND_DISPLAY", _asks_wayland)


def _plugins() -> dict[str, Path]:
    """Return Qt's platforms by name: those of PySide6, and of the folders in the environment."""
    from PySide6.QtCore import QCoreApplication

    folders = [Path(path, "platforms") for path in QCoreApplication.libraryPaths()]
    more = os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    folders += [Path(path) for path in more.split(os.pathsep)] if more else []
    files = [path for folder in folders for path in sorted(folder.glob("libq*.so"))]
    found = {path.stem.removeprefix("libq"): path for path in reversed(files)}
    if "wayland" in found:  # one plugin, which still answers to its old names
        found |= dict.fromkeys(("wayland-egl", "wayland-generic"), found["wayland"])
    return found


def _check_answer(variable: str, asks: Callable[[], bool]) -> None:
    """Raise a ValueError unless a display answers within ANSWER_SECONDS."""
    name = os.environ.get(variable, "")
    if not name:
        raise ValueError(f"There is no display to open a window on: {variable} is not set.")
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(asks()), daemon=True)
    thread.start()
    thread.join(ANSWER_SECONDS)
    if not any(answers):
        raise ValueError(
            f"The display {name}, which {variable} names, does not answer. "
            "Is it running, and may this user open windows on it?"
        )


def _asks_x() -> bool:
    xcb = _load("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _asks_wayland() -> bool:
    wayland = _load("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if not display:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return True


def _load(library: Path | str) -> ctypes.CDLL:
    return ctypes.CDLL(str(library))


def _is_installed(library: str) -> bool:
    try:
        _load(library)
    except OSError as error:
        return MISSING.match(str(error)) is None
    return True


def _remedy(libraries: list[str]) -> str:
    """Return the command that installs libraries with this system's package manager."""
    packages = sorted({PACKAGES[name] for name in libraries if name in PACKAGES})
    if shutil.which("apt-get") and len(packages) and all(name in PACKAGES for name in libraries):
        return f"sudo apt-get install {' '.join(packages)}"
    bits = "()(64bit)" if sys.maxsize > 1 << 32 else ""
    named = " ".join(f"'{name}{bits}'" for name in libraries)
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            return f"sudo {manager} install {named}"
    return "install the packages that have them" if len(libraries) > 1 else "install its package"
