"""Any picture becomes a digit in MNIST's form, or one sentence says why not."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, qGray

from visualizer.data.input.drawing import to_digit
from visualizer.data.input.picture import PictureSteps
from visualizer.digits.pictures import LARGEST_SIDE, _grey, picture_of, read_picture

unix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")


def picture(path: Path, paper: str, ink: str, size: tuple[int, int] = (120, 160)) -> Path:
    """A thick stroke from top to bottom, off the middle."""
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    for y in range(size[1] // 8, size[1] // 2):
        for x in range(size[0] // 8, size[0] // 8 + 10):
            image.setPixelColor(x, y, QColor(ink))
    assert image.save(str(path))
    return path


def gif(path: Path) -> Path:
    """A black stroke on white, 40 × 30; Qt writes no GIF. Nine-bit codes, often cleared."""
    pixels = [int(5 <= x < 9 and 4 <= y < 20) for y in range(30) for x in range(40)]
    bits = "".join(
        format(code, "09b")[::-1]
        for start in range(0, len(pixels), 200)
        for code in (256, *pixels[start : start + 200])
    )
    bits += format(257, "09b")[::-1]
    packed = bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))
    blocks = b"".join(
        bytes([len(packed[at : at + 255])]) + packed[at : at + 255]
        for at in range(0, len(packed), 255)
    )
    palette = b"\xff\xff\xff\0\0\0" + bytes(3 * 254)
    head = b"GIF89a" + struct.pack("<HHBBB", 40, 30, 0xF7, 0, 0) + palette
    path.write_bytes(head + struct.pack("<BHHHHBB", 0x2C, 0, 0, 40, 30, 0, 8) + blocks + b"\0;")
    return path


def assert_digit(digit: np.ndarray) -> None:
    """Bright ink whose mass is in the middle, on black."""
    assert (digit.shape, digit.dtype) == ((28, 28), np.uint8)
    assert digit.max() > 200
    assert digit[0].max() == digit[:, 0].max() == 0
    rows, columns = np.indices(digit.shape)
    weight = digit.sum()
    assert (rows * digit).sum() / weight == pytest.approx(13.5, abs=1)
    assert (columns * digit).sum() / weight == pytest.approx(13.5, abs=1)


@pytest.mark.parametrize("suffix", ["png", "bmp", "jpg", "webp"])
@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("black", "white")])
def test_ink_is_bright_and_in_the_middle(suffix: str, paper: str, ink: str, tmp_path: Path) -> None:
    assert_digit(read_picture(picture(tmp_path / f"one.{suffix}", paper, ink)).digit)


def test_a_gif_is_read(tmp_path: Path) -> None:
    assert_digit(read_picture(gif(tmp_path / "one.gif")).digit)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif"])
def test_the_content_counts_not_the_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"one.{suffix}"
    made = gif(path) if suffix == "gif" else picture(path, "white", "black")
    for name in ("other.bmp", "other.svg", "other"):
        made.rename(tmp_path / name)
        made = tmp_path / name
        assert_digit(read_picture(made).digit)


@pytest.mark.parametrize("suffix", ["png", "bmp", "jpg"])
def test_a_large_picture_is_the_digit_that_a_small_one_is(suffix: str, tmp_path: Path) -> None:
    """3,000 pixels are brought down to a thousand and fewer before anything else."""
    images = []
    for size in ((300, 200), (3000, 2000)):
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(size[0] / 300, size[1] / 200)
        painter.fillRect(40, 20, 30, 150, QColor("black"))
        painter.fillRect(40, 100, 90, 30, QColor("#555555"))
        painter.end()
        assert image.save(str(tmp_path / f"{size[0]}.{suffix}"), quality=100)
        read = read_picture(tmp_path / f"{size[0]}.{suffix}")
        images.append(to_digit(read.grey).astype(int))
    assert np.abs(images[0] - images[1]).max() <= 25
    assert np.abs(images[0] - images[1]).mean() < 1


def test_colours_are_as_light_as_qt_has_them() -> None:
    bytes_ = np.random.default_rng(2).integers(0, 256, (60, 90, 4), dtype=np.uint8)
    bytes_[:, :, 3] = 255
    image = QImage(bytes_.data, 90, 60, 360, QImage.Format.Format_RGBA8888)
    expected = [[QColor(image.pixel(x, y)) for x in range(90)] for y in range(60)]
    grey = [[qGray(color.rgb()) for color in row] for row in expected]
    assert np.abs(_grey(image).astype(int) - grey).max() <= 1


def test_a_picture_can_be_read_in_any_thread(tmp_path: Path) -> None:
    path = picture(tmp_path / "one.png", "transparent", "black")
    with ThreadPoolExecutor(2) as threads:
        elsewhere = list(threads.map(read_picture, [path] * 8))
    for digit in elsewhere:
        np.testing.assert_array_equal(digit.digit, read_picture(path).digit)


def test_a_photograph_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    """EXIF orientation 6: to be turned by a quarter to the right."""
    path = picture(tmp_path / "one.jpg", "white", "black", (160, 120))
    upright = read_picture(path).digit
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    turned = read_picture(path).digit
    assert read_picture(path).grey.shape == (160, 120)
    assert np.abs(np.rot90(upright, -1).astype(int) - turned).mean() < 12
    assert np.abs(upright.astype(int) - turned).mean() > 20


# Not ru_maxrss, which a child takes over from the process that started it.
PEAK = """
import sys
from pathlib import Path
from PySide6.QtGui import QImage, QPainter
from visualizer.digits.pictures import read_picture
if sys.argv[2:]:
    image = QImage(8192, 8192, getattr(QImage.Format, sys.argv[2]))
    image.fill(0xFFFFFFFF)
    black = QImage(600, 6000, QImage.Format.Format_Grayscale8)
    black.fill(0)
    painter = QPainter(image)
    painter.drawImage(2000, 1000, black)
    painter.end()
    sys.exit(not image.save(sys.argv[1]))
digit = read_picture(Path(sys.argv[1])).digit
status = Path("/proc/self/status").read_text().split()
print(status[status.index("VmHWM:") + 1], digit.max())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the peak of its memory")
@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("rgba.png", "Format_ARGB32"),
        ("grey.png", "Format_Grayscale8"),
        ("rgb.jpg", "Format_RGB888"),
        ("rgb.bmp", "Format_RGB888"),
        ("rgb.webp", "Format_RGB888"),
        ("grey.tif", "Format_Grayscale8"),
    ],
)
def test_the_largest_picture_takes_less_than_500_megabytes(
    name: str, stored: str, tmp_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    path = tmp_path / name

    def python(*arguments: str) -> str:
        command = [sys.executable, "-c", PEAK, str(path), *arguments]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        return done.stdout

    python(stored)
    kibibytes, brightest = map(int, python().split())
    assert brightest > 200
    assert kibibytes * 1024 < 500e6


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    clear = read_picture(picture(tmp_path / "clear.png", "transparent", "black")).digit
    white = read_picture(picture(tmp_path / "white.png", "white", "black")).digit
    np.testing.assert_array_equal(clear, white)


@pytest.mark.parametrize("size", [(1, 200), (333, 17), (28, 28), (1000, 900)])
def test_pictures_of_any_size(size: tuple[int, int], tmp_path: Path) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(size[1] // 3, size[1] // 3 + max(size[1] // 3, 1)):
        for x in range(max(size[0] // 3, 1)):
            image.setPixelColor(x, y, QColor("black"))
    assert image.save(str(tmp_path / "a.png"))
    digit = read_picture(tmp_path / "a.png").digit
    assert digit.max() > 100


def text(folder: Path) -> Path:
    (folder / "notes.png").write_text("no picture")
    return folder / "notes.png"


def nothing(folder: Path) -> Path:
    (folder / "nothing.png").touch()
    return folder / "nothing.png"


def nested(folder: Path) -> Path:
    """An SVG that would draw 10^30 squares."""
    levels = "".join(
        f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 31)
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    path = folder / "nested.png"
    path.write_text(f'{head}<rect id="a0" width="9" height="9"/>{levels}</svg>')
    return path


def reading(folder: Path) -> Path:
    """An SVG that would read a device without end."""
    path = folder / "reading.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="/dev/zero" width="90" height="90"/></svg>'
    )
    return path


def other_kind(folder: Path) -> Path:
    """A picture that Qt could read, of a kind that we do not."""
    return picture(folder / "picture.ppm", "white", "black")


def header_cut(folder: Path) -> Path:
    path = picture(folder / "cut.png", "white", "black")
    path.write_bytes(path.read_bytes()[:60])
    return path


def start_only(folder: Path) -> Path:
    (folder / "start.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder / "start.jpg"


def disguised(folder: Path) -> Path:
    """An SVG after the first bytes of a PNG."""
    path = nested(folder)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + path.read_bytes())
    return path


def blank(folder: Path) -> Path:
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    assert image.save(str(folder / "blank.png"))
    return folder / "blank.png"


def wide(folder: Path) -> Path:
    """A header that promises more pixels than we read."""
    image = QImage(LARGEST_SIDE + 1, 1, QImage.Format.Format_Grayscale8)
    image.fill(0)
    assert image.save(str(folder / "wide.png"))
    return folder / "wide.png"


def promising(folder: Path) -> Path:
    """A few bytes that promise 8192 × 8192 pixels of 16 bits a colour."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 8192, 8192, 16, 6, 0, 0, 0)
    end = b"IEND"
    chunks = (header, b"IDAT" + zlib.compress(b""), end)
    path = folder / "promising.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
            for chunk in chunks
        )
    )
    return path


def missing(folder: Path) -> Path:
    return folder / "none.png"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.png")
    return folder / "pipe.png"


def device(folder: Path) -> Path:
    return Path("/dev/zero")


def a_folder(folder: Path) -> Path:
    return folder


KINDS = "is not a picture: PNG, JPEG, GIF, BMP, WebP and TIFF are read."


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text, KINDS),
        (nothing, KINDS),
        (nested, KINDS),
        (reading, KINDS),
        (other_kind, KINDS),
        (header_cut, "cannot be read: the picture is broken."),
        pytest.param(
            start_only,
            "cannot be read: the picture is broken.",
            marks=pytest.mark.qt_log_ignore("JPEG", extend=True),
        ),
        (disguised, "cannot be read: the picture is broken."),
        (blank, "is an empty sheet: nothing is drawn on it."),
        (wide, "is too large: 8193 × 1 pixels, and at most 8192 a side are read."),
        (promising, "is too large: 8192 × 8192 pixels of 64 bits, and at most 256 MiB are read."),
        (missing, "cannot be read: No such file or directory."),
        (a_folder, "cannot be read: Is a directory."),
        pytest.param(pipe, "cannot be read: it is not a regular file.", marks=unix),
        pytest.param(device, "cannot be read: it is not a regular file.", marks=unix),
    ],
)
@pytest.mark.timeout(120)
def test_what_is_no_digit_is_one_sentence(
    make: Callable[[Path], Path], reason: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(ValueError) as caught:
        read_picture(path)
    assert str(caught.value) == f"{path} {reason}"


@pytest.mark.parametrize("suffix", ["png", "bmp", "jpg", "webp", "gif"])
def test_a_picture_is_read_to_be_looked_at(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"one.{suffix}"
    made = gif(path) if suffix == "gif" else picture(path, "white", "black")
    read = read_picture(made)
    assert read.source == f"one.{suffix}" and not read.is_digit
    assert read.grey.shape == ((30, 40) if suffix == "gif" else (160, 120))
    assert_digit(PictureSteps.of(read.grey).digit)


def test_a_picture_in_memory_is_read_as_its_file_is(tmp_path: Path) -> None:
    path = picture(tmp_path / "one.png", "transparent", "black")
    held = picture_of(QImage(str(path)), "pasted picture")
    assert held.source == "pasted picture"
    np.testing.assert_array_equal(held.grey, read_picture(path).grey)
