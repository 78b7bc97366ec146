"""Download MNIST from its public mirrors into the user's cache, checked by SHA-256."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from visualizer.data.dataset import DataError, Dataset
from visualizer.data.fetch import FetchError, fetch, is_intact
from visualizer.data.folder import load_folder

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class DownloadCancelledError(DataError):
    """The user stopped the download."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to download: its name on every mirror, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)

FILES = (
    Source(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    Source(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    Source(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    Source(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
)


def cache_folder() -> Path:
    """Return the folder of the downloaded MNIST: this user's cache folder for the application."""
    return platformdirs.user_cache_path("convnet-visualizer") / "mnist"


def cached(
    folder: Path | None = None, *, files: Sequence[Source] = FILES, train: bool = True
) -> Dataset | None:
    """Load the downloaded data set.

    Parameters
    ----------
    folder : Path, optional
        The cache; by default this user's.
    files : sequence of Source
        The files that must lie in it.
    train : bool
        Whether the training files are needed; if not, the training set is empty.

    Returns
    -------
    Dataset or None
        None if the download never happened or is incomplete.

    Raises
    ------
    DataError
        All files are there, but damaged; downloading again repairs them.
    """
    folder = cache_folder() if folder is None else folder
    files = [file for file in files if train or file.name.startswith("t10k")]
    if not all((folder / file.name).is_file() for file in files):
        return None
    damaged = [
        file.name for file in files if not is_intact(folder / file.name, file.size, file.sha256)
    ]
    if damaged:
        raise DataError(
            f"The downloaded MNIST in {folder} is damaged ({', '.join(damaged)}); "
            "downloading it again repairs it."
        )
    return load_folder(folder, train)


def download(
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    folder: Path | None = None,
    *,
    mirrors: Sequence[str] = MIRRORS,
    files: Sequence[Source] = FILES,
) -> Path:
    """Download missing or damaged files; a file appears only when it is whole.

    Parameters
    ----------
    progress : callable, optional
        Called in this thread with (done, total) bytes over all files; done never decreases.
    cancelled : callable, optional
        Called many times a second; True stops the download.
    folder : Path, optional
        The target; by default this user's cache.
    mirrors : sequence of str
        Addresses that end in a slash, tried in order; one that fails is tried last for the
        following files.
    files : sequence of Source
        The files to download.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DownloadCancelledError
        `cancelled` returned True.
    DataError
        No mirror delivered a file, or the folder cannot be written; the reasons are named.
    """
    folder = cache_folder() if folder is None else folder
    meter = _Meter(progress, cancelled, sum(file.size for file in files))
    order = list(mirrors)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        meter.show(0)
        for file in files:
            if not is_intact(folder / file.name, file.size, file.sha256):
                _from_any_mirror(file, folder, order, meter)
            meter.finish(file.size)
    except OSError as error:
        raise DataError(f"MNIST cannot be saved in {folder}: {error.strerror or error}.") from error
    return folder


class _Meter:
    """Turns the bytes of one file into progress over all files, and checks for the cancel."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None, total: int) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = total
        self._finished = 0
        self._shown = -1

    def check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise DownloadCancelledError("The download of MNIST was cancelled.")

    def show(self, done_of_file: int) -> None:
        """Report progress; when a second mirror starts at zero, wait until it catches up."""
        done = min(self._finished + done_of_file, self._total)
        if self._progress is not None and done > self._shown:
            self._shown = done
            self._progress(done, self._total)

    def finish(self, size: int) -> None:
        self.check()
        self._finished += size
        self.show(0)


def _from_any_mirror(file: Source, folder: Path, order: list[str], meter: _Meter) -> None:
    """Try the mirrors in this order; move one that fails to the end."""
    reasons = []
    for mirror in tuple(order):
        try:
            fetch(
                mirror + file.name,
                folder / file.name,
                file.size,
                file.sha256,
                check=meter.check,
                show=meter.show,
            )
        except FetchError as error:
            reasons.append(f"{mirror} ({error})")
            order.remove(mirror)
            order.append(mirror)
        else:
            return
    raise DataError(f"{file.name} could not be downloaded: tried {' and '.join(reasons)}.")
