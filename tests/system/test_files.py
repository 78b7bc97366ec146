"""Only regular files are opened, at once; what would be waited for is refused."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from visualizer.core.network.networks import named
from visualizer.data.dataset import DataError
from visualizer.data.folder import load_folder
from visualizer.data.idx import read_idx
from visualizer.storage.history import load_history
from visualizer.storage.weights import WeightsError, load_weights, save_weights
from visualizer.system.files import open_regular
from visualizer.training.initial import initial_weights

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here"),
    pytest.mark.timeout(120),
]


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_regular_file_is_read_from_its_start(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\r\n12")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    for name in ("a", "link"):
        with open_regular(tmp_path / name) as file:
            assert file.read() == b"\r\n12"


def test_what_is_no_regular_file_is_refused_and_closed(pipe: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(pipe)
    before = len(list(Path("/dev/fd").iterdir()))
    for path in (pipe, tmp_path / "link", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match="it is not a regular file"):
            open_regular(path)
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none")
    assert len(list(Path("/dev/fd").iterdir())) == before


@pytest.mark.skipif(sys.platform != "linux", reason="a socket cannot be opened anywhere; as Linux")
def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(OSError, match="No such device"):
            open_regular(tmp_path / "s")


def test_weights_data_and_curves_do_not_wait_for_a_pipe(pipe: Path) -> None:
    with pytest.raises(WeightsError, match="pipe: it is not a regular file"):
        load_weights(pipe)
    with pytest.raises(DataError, match=r"pipe cannot be read: it is not a regular file\."):
        read_idx(pipe)
    with pytest.raises(OSError, match="it is not a regular file"):
        load_history(pipe)


def test_a_folder_of_pipes_holds_no_data(tmp_path: Path) -> None:
    for stem in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        os.mkfifo(tmp_path / f"{stem}-ubyte")
    with pytest.raises(DataError, match="has no train-images-idx3-ubyte"):
        load_folder(tmp_path)


def test_weights_are_read_through_a_link(tmp_path: Path) -> None:
    save_weights(tmp_path / "w", named("dense"), initial_weights(named("dense"), 0), {})
    (tmp_path / "link").symlink_to(tmp_path / "w")
    assert load_weights(tmp_path / "link").network == named("dense")
