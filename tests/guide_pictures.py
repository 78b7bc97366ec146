"""The guide's pictures: what each shows, made again, and held against those in the guide.

`python tests/guide_pictures.py` says which are no longer what the program shows, and `--make`
puts new ones in their place. Both make them by `main.py figures`, of the synthetic digits.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "screenshots"
OPTIONS = ("--dataset", "synthetic", "--digit", "16", "--size", "1440x900")
DARK = ("inspect-dark",)

# A picture of the guide → the figure that it is.
PICTURES = {
    "inspect-light": "inspect-3-conv2d_2",
    "inspect-dark": "inspect-7-dense_1",
    "stage": "stage-one-number-whole-3-conv2d_2",
    "stage-pooling": "stage-one-number-whole-2-maxpooling2d_1",
    "time": "inspect-time-machine",
    "flow": "stage-gradient-flow",
    "draw": "inspect-draw",
    "filter": "inspect-filter",
    "lab": "lab-side-by-side",
    "edit-network": "dialog-edit-network-problem",
    "compare": "compare-shift",
}

ACROSS, DOWN = 72, 45  # cells that pictures are compared in
DIFFERS = 24  # of 255, the mean of a cell
MOST_CELLS = 0.06  # that may differ: another font moves edges of letters, not panels


def make(folder: Path) -> dict[str, Path]:
    """Make every picture of the guide anew, in a folder; returns their files by name."""
    made = {}
    for theme in ("light", "dark"):
        figures = folder / theme
        command = [sys.executable, "main.py", "figures", *OPTIONS, "--theme", theme]
        subprocess.run(
            [*command, "--out", str(figures)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
            capture_output=True,
        )
        for name, figure in PICTURES.items():
            if (name in DARK) == (theme == "dark"):
                made[name] = figures / f"{figure}.png"
    return made


def share_that_differs(one: Path, other: Path) -> float:
    """Tell which share of two pictures differs, 0 to 1; all of it where their sizes differ."""
    from PySide6.QtGui import QImage

    pictures = [QImage(str(path)) for path in (one, other)]
    if pictures[0].size() != pictures[1].size() or pictures[0].isNull():
        return 1.0
    first, second = (cells(picture) for picture in pictures)
    return float(np.mean(np.abs(first - second).max(axis=2) > DIFFERS))


def cells(picture: object) -> np.ndarray:
    """Average a picture over cells, (DOWN, ACROSS, 3) float64, 0 to 255."""
    from PySide6.QtGui import QImage

    assert isinstance(picture, QImage)
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    height, width = picture.height(), picture.width()
    bytes_a_line = picture.bytesPerLine()
    flat = np.frombuffer(picture.constBits(), np.uint8).reshape(height, bytes_a_line)
    pixels = flat[:, : 3 * width].reshape(height, width, 3).astype(np.float64)
    for axis, count in ((0, DOWN), (1, ACROSS)):
        starts = np.linspace(0, pixels.shape[axis], count, endpoint=False).astype(int)
        sizes = np.diff([*starts, pixels.shape[axis]])
        sums = np.add.reduceat(pixels, starts, axis=axis)
        pixels = sums / np.expand_dims(sizes, axis=tuple({0, 1, 2} - {axis}))
    return pixels


def outdated(made: dict[str, Path]) -> list[str]:
    """Name the pictures of the guide that show another program, and how much of each differs."""
    shares = {name: share_that_differs(FOLDER / f"{name}.png", at) for name, at in made.items()}
    return [f"{name}: {share:.0%}" for name, share in shares.items() if share > MOST_CELLS]


def main() -> int:
    """Check the guide's pictures, or make them anew; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", action="store_true", help="put new ones in the guide")
    replace = parser.parse_args().make
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder))
        old = outdated(made)
        for name, path in made.items() if replace else ():
            (FOLDER / f"{name}.png").write_bytes(path.read_bytes())
    for line in old:
        print(line)
    return 0 if replace else bool(old)


if __name__ == "__main__":
    raise SystemExit(main())
