"""A picture that is broken, hostile or hardly one is a sentence: no crash, no hours, no noise."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter

from visualizer.cli import main as cli
from visualizer.data.dataset import DataError
from visualizer.data.input.picture import PictureSettings, PictureSteps
from visualizer.digits import picture_reader, pictures
from visualizer.digits.picture_reader import PictureReader
from visualizer.digits.pictures import Picture, picture_of, read_picture
from visualizer.system.jobs import Job, Jobs

ROOT = Path(__file__).resolve().parents[2]
SCAN = bytes([0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0])  # of the first component, without data


class AskedInOrder(QImageReader):
    """Its format is uninitialised memory until its size is known, and so the end of a process."""

    def imageFormat(self) -> QImage.Format:  # noqa: N802
        assert self.size().isValid(), "asked for its format before its size was known"
        return super().imageFormat()


BROKEN = {
    "three-bytes.jpg": b"\xff\xd8\xff",
    "four-bytes.jpg": b"\xff\xd8\xff\xe0",
    "no-image.jpg": b"\xff\xd8\xff\xd9",
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "cut.gif": b"GIF89a\x05",
    "cut.bmp": b"BM\x05\0",
    "cut.webp": b"RIFF\x05\0\0\0WEBPVP8 ",
}


def test_the_start_of_a_picture_is_a_broken_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "QImageReader", AskedInOrder)
    for name, start in BROKEN.items():
        path = tmp_path / name
        path.write_bytes(start)
        with pytest.raises(ValueError) as caught:
            read_picture(path)
        assert str(caught.value) == f"{path} cannot be read: the picture is broken."


def test_at_the_command_line_a_broken_picture_is_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, start in BROKEN.items():
        path = tmp_path / name
        path.write_bytes(start)
        assert cli.main(["activations", "--image", str(path), "--out", str(tmp_path / "x")]) == 1
        told = capfd.readouterr().err.removeprefix("libpng error: Read Error\n")  # is C's own
        assert told == f"convnet-visualizer: {path} cannot be read: the picture is broken.\n"


def progressive(path: Path, more_scans: int) -> Path:
    """A black bar on white in ten scans, and so many empty ones after them."""
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(50, 70):
        for y in range(20, 100):
            image.setPixelColor(x, y, QColor("black"))
    writer = QImageWriter(str(path), b"jpeg")
    writer.setProgressiveScanWrite(True)
    assert writer.write(image)
    del writer
    data = path.read_bytes()
    path.write_bytes(data[:-2] + SCAN * more_scans + data[-2:])
    return path


def test_a_jpeg_of_more_than_a_hundred_scans_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_picture(progressive(tmp_path / "usual.jpg", 0)).digit.max() > 200
    assert read_picture(progressive(tmp_path / "many.jpg", 90)).digit.max() > 200
    monkeypatch.delattr(pictures, "QImageReader")
    for more in (91, 240_000):
        path = progressive(tmp_path / "too-many.jpg", more)
        with pytest.raises(ValueError, match="it has more than 100 scans"):
            read_picture(path)


def test_a_picture_without_pixels_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="The pasted picture has no pixels"):
        picture_of(QImage(), "pasted picture")
    picture = np.zeros((9, 7), np.uint8)
    for box in ((3, 3, 3, 5), (3, 3, 5, 3), (9, 7, 20, 20)):
        with pytest.raises(DataError, match="no pixel"):
            PictureSteps.of(picture, PictureSettings(box))
    with pytest.raises(DataError, match="no pixel"):
        PictureSteps.of(picture[:0])


def test_the_smallest_and_emptiest_pictures_become_digits_without_a_warning() -> None:
    """Warnings are errors in these tests: none may come of a mean or deviation of nothing."""
    numbers = np.random.default_rng(0)
    for shape in ((1, 1), (1, 2), (2, 1), (2, 2), (1, 7), (3, 2), (5, 5)):
        sheets = (
            *(np.full(shape, value, np.uint8) for value in (0, 77, 255)),
            *(numbers.integers(0, 256, shape, np.uint8) for _ in range(4)),
            numbers.integers(0, 2, shape, np.uint8) * np.uint8(255),
        )
        for sheet in sheets:
            for threshold in (None, 0.0, 1.0):
                for inverted in (None, True, False):
                    settings = PictureSettings(None, inverted, threshold)
                    assert PictureSteps.of(sheet, settings).digit.shape == (28, 28)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A picture that is read until this event is set."""
    goes_on = threading.Event()

    def read(path: Path) -> Picture:
        goes_on.wait()
        raise ValueError("it was read in the end")

    monkeypatch.setattr(picture_reader, "read_picture", read)
    yield goes_on
    goes_on.set()


def test_the_end_does_not_wait_for_a_picture_that_is_read_without_end(
    endless: threading.Event, qapp: object
) -> None:
    jobs = Jobs()
    PictureReader(jobs).open(Path("picture.jpg"))
    threads = [thread for thread in threading.enumerate() if "picture.jpg" in thread.name]
    assert threads and not jobs.close(seconds=0.0)
    endless.set()
    for thread in threads:
        thread.join()


def test_the_end_waits_for_what_writes() -> None:
    jobs, ended = Jobs(), threading.Event()

    def write(job: Job) -> None:
        while not job.cancelled():
            pass
        ended.set()

    jobs.start("save", "Saving", write, lambda result: None, lambda message: None, must_end=True)
    assert jobs.close(seconds=0.0) and ended.is_set()


ENDLESS = """
import sys
import threading
from pathlib import Path
from PySide6.QtCore import QTimer
from visualizer.app import run as app
from visualizer.cli import main as cli
from visualizer.digits import picture_reader
picture_reader.read_picture = lambda path: threading.Event().wait()
restore = app.MainWindow.restore
def begin(window, *remembered):
    restore(window, *remembered)
    window.session.pictures.open(Path("picture.jpg"))
    QTimer.singleShot(0, window.close)
app.MainWindow.restore = begin
sys.exit(cli.main(["--dataset", "synthetic"]))
"""


@pytest.mark.slow
def test_the_program_ends_in_order_while_a_picture_is_read_without_end(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS],
        cwd=ROOT,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert list(tmp_path.rglob("preferences.json"))
