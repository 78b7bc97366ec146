"""Download one file over HTTP with pooch: known hash, progress, and a cancel that acts at once."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from visualizer.data.dataset import DataError

_TIMEOUT = (10.0, 20.0)  # seconds to connect, and between two pieces of the answer
_PIECE = 1 << 12  # bytes: small enough that a slow server is seen to send something
SLOWEST, SLOW_FOR = 1000, 30.0  # bytes a second, over so many seconds: below that it is given up
_POLL = 0.05  # seconds between two checks whether to stop


Clock = Callable[[], float]


class FetchError(Exception):
    """This address did not deliver the file; the message is the reason, without a full stop."""


def is_intact(path: Path, size: int, sha256: str) -> bool:
    """Return whether the file exists with exactly the known content."""
    try:
        if path.stat().st_size != size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def fetch(
    url: str,
    target: Path,
    size: int,
    sha256: str,
    *,
    check: Callable[[], None],
    show: Callable[[int], None],
) -> None:
    """Download to a temporary file beside the target, and move it there if the hash is right.

    Parameters
    ----------
    url : str
        The address.
    target : Path
        The file to create or replace.
    size : int
        Expected bytes; a longer answer is refused.
    sha256 : str
        The known hash, in hexadecimal digits.
    check : callable
        Called twenty times a second and more; ends the download by raising.
    show : callable
        Called with the bytes of this file that have arrived.

    Raises
    ------
    FetchError
        The address fails, or delivers another content.
    OSError
        The file cannot be written.
    """
    import pooch  # type: ignore[import-untyped]  # slow to load: not before it is needed

    pooch.get_logger().setLevel("WARNING")

    def download(address: str, output_file: str, _pooch: object) -> None:
        with Path(output_file).open("wb") as output:
            _copy(_Request(address), output.write, size, check, show)

    check()
    try:
        pooch.retrieve(
            url, known_hash=sha256, fname=target.name, path=target.parent, downloader=download
        )
    except DataError:
        raise
    except ValueError as error:
        raise FetchError("what it sent is not the expected file") from error


def _copy(
    request: _Request,
    write: Callable[[bytes], Any],
    size: int,
    check: Callable[[], None],
    show: Callable[[int], None],
    clock: Clock = time.monotonic,
) -> None:
    done, speed = 0, _SpeedCheck(clock)
    try:
        while (piece := request.next_piece()) is not None:
            check()
            speed.note(len(piece))
            done += len(piece)
            if done > size:
                raise FetchError("what it sent is longer than the expected file")
            if piece:
                write(piece)
                show(done)
    finally:
        request.abandon()


class _SpeedCheck:
    """Gives up on a server that sends too little for too long."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun, self._bytes = clock(), 0

    def note(self, more: int) -> None:
        """Count received bytes, 0 included; raise a FetchError if they are too few."""
        self._bytes += more
        now = self._clock()
        if now - self._begun < SLOW_FOR:
            return
        if self._bytes < SLOWEST * SLOW_FOR:
            raise FetchError(f"it sent less than 1 kB a second for {SLOW_FOR:.0f} s")
        self._begun, self._bytes = now, 0


class _Request:
    """An HTTP request in a thread of its own, so that a silent server cannot hold its reader.

    The thread touches no file: abandoned, it ends by its own timeout and leaves nothing behind.
    """

    def __init__(self, url: str) -> None:
        self._pieces: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._failure = ""
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, args=(url,), name="fetch", daemon=True)
        self._thread.start()

    def next_piece(self) -> bytes | None:
        """Return received bytes; after a short wait without any, b""; at the end, None."""
        try:
            piece = self._pieces.get(timeout=_POLL)
        except queue.Empty:
            return b""
        if piece is None and self._failure:
            raise FetchError(self._failure)
        return piece

    def abandon(self) -> None:
        self._abandoned = True

    def write(self, piece: bytes) -> None:
        """Take a piece from the downloader, to which this object is the output file."""
        if self._abandoned:
            raise FetchError("abandoned")
        self._pieces.put(piece)

    def flush(self) -> None:
        """Do nothing, since nothing is buffered; the downloader calls the method."""

    def _run(self, url: str) -> None:
        import pooch

        download = pooch.HTTPDownloader(chunk_size=_PIECE, timeout=_TIMEOUT)
        try:
            download(url, self, None)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader must hear of it
            self._failure = _reason(error)
        finally:
            self._pieces.put(None)


def _reason(error: Exception) -> str:
    """Say in a few words why a request failed; the libraries' own messages are pages long."""
    response = getattr(error, "response", None)
    if response is not None:
        return f"HTTP {response.status_code} {response.reason}".rstrip()
    words = {
        "ConnectTimeout": "no answer",
        "ReadTimeout": "it stopped answering",
        "SSLError": "no secure connection",
        "ProxyError": "the proxy refused",
        "ConnectionError": "no connection",
        "ChunkedEncodingError": "the connection broke off",
    }
    return words.get(type(error).__name__, f"{type(error).__name__}: {error}")
