"""Pictures of phones and scanners are read, JPEGs small, within the memory that one may take."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from visualizer.data.input.jpeg import coefficient_bytes
from visualizer.digits import pictures
from visualizer.digits.pictures import read_picture

ROOT = Path(__file__).resolve().parents[2]


def bar(path: Path, width: int, height: int, progressive: bool = False) -> Path:
    """Black on white, along the longer side."""
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(width // 3, height // 4, width // 6, height // 2, QColor("black"))
    painter.end()
    writer = QImageWriter(str(path), b"jpeg")
    writer.setProgressiveScanWrite(progressive)
    assert writer.write(image)
    return path


def test_a_jpeg_may_be_longer_than_other_pictures(tmp_path: Path) -> None:
    grey = read_picture(bar(tmp_path / "long.jpg", 900, 9000)).grey
    assert max(grey.shape) <= pictures.DECODED_SIDE and grey.min() < 60 < 200 < grey.max()


def test_a_jpeg_of_too_many_pixels_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bar(tmp_path / "large.jpg", 90, 60)
    assert read_picture(path).grey.shape == (60, 90)
    monkeypatch.setattr(pictures, "MOST_PIXELS", 90 * 60 - 1)
    with pytest.raises(ValueError, match="is too large: 90 × 60 pixels, and at most 0 million"):
        read_picture(path)


def test_what_a_progressive_jpeg_keeps_in_memory_is_known_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two bytes for every pixel of a grey one; a plain one keeps nothing whole."""
    plain, whole = bar(tmp_path / "plain.jpg", 90, 60), bar(tmp_path / "whole.jpg", 90, 60, True)
    assert coefficient_bytes(plain.read_bytes()) == 0
    assert coefficient_bytes(whole.read_bytes()) == 2 * 90 * 60
    for cut in range(0, 400, 7):
        assert coefficient_bytes(whole.read_bytes()[:cut]) in (0, 2 * 90 * 60)
    assert read_picture(whole).grey.shape == (60, 90)
    monkeypatch.setattr(pictures, "MOST_UNPACKED", 0)
    assert read_picture(plain).grey.shape == (60, 90)
    with pytest.raises(ValueError, match="a progressive JPEG of this size is not read"):
        read_picture(whole)


MAKE = """
import sys
from PySide6.QtGui import QImage, QImageWriter, QPainter, QColor
width, height, progressive = map(int, sys.argv[2:])
image = QImage(width, height, QImage.Format.Format_RGB888)
image.fill(QColor("white"))
painter = QPainter(image)
painter.fillRect(width // 3, height // 4, width // 6, height // 2, QColor("navy"))
painter.end()
writer = QImageWriter(sys.argv[1])
writer.setProgressiveScanWrite(bool(progressive))
sys.exit(not writer.write(image))
"""
READ = """
import sys
from pathlib import Path
from visualizer.digits.pictures import read_picture
digit = read_picture(Path(sys.argv[1])).digit
status = Path("/proc/self/status").read_text().split()
print(status[status.index("VmHWM:") + 1], digit.max())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the peak of its memory")
@pytest.mark.parametrize(
    ("name", "width", "height", "progressive"),
    [
        ("phone.jpg", 9248, 6936, 0),
        ("progressive.jpg", 9248, 6936, 1),
        ("A3 at 600 dpi.jpg", 7016, 9933, 0),
        ("200 megapixels.jpg", 16320, 12240, 0),
        ("A4 at 600 dpi.tif", 4960, 7016, 0),
    ],
)
def test_phones_and_scanners_take_less_than_500_megabytes(
    name: str, width: int, height: int, progressive: int, tmp_path: Path
) -> None:
    path = tmp_path / name

    def python(program: str, *arguments: int) -> str:
        command = [sys.executable, "-c", program, str(path), *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    python(MAKE, width, height, progressive)
    kibibytes, brightest = map(int, python(READ).split())
    assert brightest > 200
    assert kibibytes * 1024 < 500e6
