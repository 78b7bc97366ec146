"""The download, against two mirrors on this machine's own loopback address."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from visualizer.data import mnist as mnist_source
from visualizer.data.dataset import DataError, UInt8
from visualizer.data.mnist import DownloadCancelledError, Source, cached, download

Arrays = dict[str, UInt8]


@dataclass
class Mirror:
    """What a local server holds, and which paths it was asked for."""

    files: dict[str, bytes]
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    address: str = ""
    released: threading.Event = field(default_factory=threading.Event)


def _handler(mirror: Mirror) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mirror.asked.append(self.path)
            content = mirror.files.get(self.path.removeprefix("/"))
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[:3000])
            self.wfile.flush()
            if mirror.silent:
                mirror.released.wait(500)
                return
            self.wfile.write(content[3000:])

        def log_message(self, *_: object) -> None:
            """Keep the test output quiet."""

    return Handler


@pytest.fixture
def originals(
    tmp_path: Path, write_folder: Callable[..., Path], tiny_arrays: Arrays
) -> dict[str, bytes]:
    folder = write_folder(tmp_path / "originals", tiny_arrays, ".gz")
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture
def files(originals: dict[str, bytes]) -> tuple[Source, ...]:
    return tuple(
        Source(name, len(content), hashlib.sha256(content).hexdigest())
        for name, content in originals.items()
    )


@pytest.fixture
def mirrors(originals: dict[str, bytes]) -> Iterator[tuple[Mirror, Mirror]]:
    both = Mirror(dict(originals)), Mirror(dict(originals))
    servers = []
    for mirror in both:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(mirror))
        mirror.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread, mirror))
    yield both
    for server, thread, mirror in servers:
        mirror.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
    deadline = time.monotonic() + 500
    for thread in threading.enumerate():
        if thread.name == "fetch":
            thread.join(deadline - time.monotonic())
            assert not thread.is_alive(), "a request outlived its server"


Mirrors = tuple[Mirror, Mirror]


def _addresses(mirrors: Mirrors) -> list[str]:
    return [mirror.address for mirror in mirrors]


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_what_is_downloaded_is_the_data_set(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...], tiny_arrays: Arrays
) -> None:
    folder = tmp_path / "cache" / "mnist"
    assert download(folder=folder, mirrors=_addresses(mirrors), files=files) == folder
    assert _names(folder) == sorted(file.name for file in files)
    data = cached(folder, files=files)
    assert data is not None
    np.testing.assert_array_equal(data.test.pixels, tiny_arrays["t10k-images-idx3-ubyte"])
    assert not mirrors[1].asked, "the second mirror is for when the first fails"


def test_progress_grows_to_the_total(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...]
) -> None:
    seen: list[tuple[int, int]] = []
    download(
        lambda done, total: seen.append((done, total)),
        folder=tmp_path / "cache",
        mirrors=_addresses(mirrors),
        files=files,
    )
    done = [step for step, _ in seen]
    total = sum(file.size for file in files)
    assert {each for _, each in seen} == {total}
    assert done[0] == 0
    assert done[-1] == total
    assert all(earlier < later for earlier, later in pairwise(done))
    assert len(done) > len(files), "one step a file is no progress"


def test_the_second_mirror_answers_when_the_first_fails(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...]
) -> None:
    mirrors[0].files.clear()
    seen: list[int] = []
    folder = download(
        lambda done, _: seen.append(done),
        folder=tmp_path / "cache",
        mirrors=_addresses(mirrors),
        files=files,
    )
    assert cached(folder, files=files) is not None
    assert mirrors[0].asked == [f"/{files[0].name}"], "one that failed is not asked first again"
    assert mirrors[1].asked == [f"/{file.name}" for file in files]
    assert seen == sorted(seen)


def test_a_mirror_that_failed_is_still_asked_when_all_others_fail(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...]
) -> None:
    del mirrors[0].files[files[0].name]
    del mirrors[1].files[files[2].name]
    folder = download(folder=tmp_path / "cache", mirrors=_addresses(mirrors), files=files)
    assert cached(folder, files=files) is not None
    asked = [f"/{file.name}" for file in files]
    assert mirrors[0].asked == [asked[0], asked[2], asked[3]]
    assert mirrors[1].asked == asked[:3]


def test_an_altered_file_is_refused_and_the_second_mirror_asked(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...]
) -> None:
    name = files[0].name
    mirrors[0].files[name] = mirrors[0].files[name][:-1] + b"x"
    folder = download(folder=tmp_path / "cache", mirrors=_addresses(mirrors), files=files)
    assert mirrors[0].asked == [f"/{name}"]
    assert mirrors[1].asked == [f"/{file.name}" for file in files]
    assert cached(folder, files=files) is not None


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda content: content[:-1] + b"x", "not the expected file"),
        (lambda content: content[:-1], "not the expected file"),
        (lambda content: content + b"x", "longer than the expected file"),
        (lambda content: None, "HTTP 404"),
    ],
)
def test_when_both_mirrors_fail_both_reasons_are_named_and_nothing_is_left(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...], spoil: object, reason: str
) -> None:
    assert callable(spoil)
    for mirror in mirrors:
        content = spoil(mirror.files.pop(files[0].name))
        if content is not None:
            mirror.files[files[0].name] = content
    with pytest.raises(DataError, match=reason) as caught:
        download(folder=tmp_path / "cache", mirrors=_addresses(mirrors), files=files)
    message = str(caught.value)
    assert all(mirror.address in message for mirror in mirrors)
    assert files[0].name in message
    assert message.count(reason) == 2
    assert _names(tmp_path / "cache") == []


def test_a_mirror_that_is_not_there_is_named(tmp_path: Path, files: tuple[Source, ...]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(DataError, match=f"{address} .no connection."):
            download(folder=tmp_path / "cache", mirrors=[address], files=files)


def test_cancel_between_pieces_leaves_no_half_file(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...], originals: dict[str, bytes]
) -> None:
    folder = tmp_path / "cache"
    seen: list[int] = []
    with pytest.raises(DownloadCancelledError):
        download(
            lambda done, _: seen.append(done),
            lambda: bool(seen and seen[-1] > 0),
            folder,
            mirrors=_addresses(mirrors),
            files=files,
        )
    assert 0 < seen[-1] < sum(file.size for file in files)
    left = _names(folder)
    assert len(left) < len(files)
    assert all((folder / name).read_bytes() == originals.get(name) for name in left)


def test_cancel_is_heard_at_once_while_the_server_is_silent(
    tmp_path: Path, mirrors: Mirrors, files: tuple[Source, ...]
) -> None:
    mirrors[0].silent = True
    answers: list[bool] = []

    def cancelled() -> bool:
        if mirrors[0].asked:
            answers.append(len(answers) >= 3)
        return bool(answers) and answers[-1]

    with pytest.raises(DownloadCancelledError):
        download(None, cancelled, tmp_path / "cache", mirrors=_addresses(mirrors), files=files)
    assert answers == [False, False, False, True] and not mirrors[0].released.is_set()
    assert not mirrors[1].asked
    assert _names(tmp_path / "cache") == []


def test_what_is_there_already_is_not_downloaded_again(
    tmp_path: Path,
    mirrors: Mirrors,
    files: tuple[Source, ...],
    write_folder: Callable[..., Path],
    tiny_arrays: Arrays,
) -> None:
    folder = write_folder(tmp_path / "cache", tiny_arrays, ".gz")
    (folder / files[1].name).unlink()
    download(folder=folder, mirrors=_addresses(mirrors), files=files)
    assert mirrors[0].asked == [f"/{files[1].name}"]


def test_a_damaged_cache_is_reported_and_repaired_by_downloading_again(
    tmp_path: Path,
    mirrors: Mirrors,
    files: tuple[Source, ...],
    write_folder: Callable[..., Path],
    tiny_arrays: Arrays,
) -> None:
    folder = write_folder(tmp_path / "cache", tiny_arrays, ".gz")
    damaged = folder / files[2].name
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    with pytest.raises(DataError, match="again repairs it") as caught:
        cached(folder, files=files)
    assert files[2].name in str(caught.value)
    download(folder=folder, mirrors=_addresses(mirrors), files=files)
    assert cached(folder, files=files) is not None
    assert mirrors[0].asked == [f"/{files[2].name}"]


def test_no_download_yet_is_no_error(tmp_path: Path, files: tuple[Source, ...]) -> None:
    assert cached(tmp_path / "absent", files=files) is None


def test_an_unfinished_download_counts_as_none(
    tmp_path: Path,
    files: tuple[Source, ...],
    write_folder: Callable[..., Path],
    tiny_arrays: Arrays,
) -> None:
    folder = write_folder(tmp_path / "cache", tiny_arrays, ".gz")
    (folder / files[0].name).unlink()
    assert cached(folder, files=files) is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, files: tuple[Source, ...]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="cannot be saved") as caught:
        download(folder=tmp_path / "file" / "cache", mirrors=[], files=files)
    assert str(tmp_path) in str(caught.value)


def test_the_download_is_the_size_that_the_window_announces() -> None:
    assert round(sum(file.size for file in mnist_source.FILES) / 1e6, 1) == 11.6


def test_the_cache_is_this_users_and_this_applications() -> None:
    assert "convnet-visualizer" in mnist_source.cache_folder().parts
