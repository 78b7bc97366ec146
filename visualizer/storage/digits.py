"""A folder of labelled digits in MNIST's four IDX files, written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from visualizer.data.dataset import Images
from visualizer.data.idx import write_idx


def save_digits(folder: Path, train: Images, test: Images) -> None:
    """Make a folder that `load_folder` reads.

    Parameters
    ----------
    folder : Path
        Must not be there yet, or be empty.

    Raises
    ------
    OSError
        It is there and not empty, or it cannot be made; nothing is left behind then.
    """
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        for name, images in (("train", train), ("t10k", test)):
            write_idx(made / f"{name}-images-idx3-ubyte", images.pixels)
            write_idx(made / f"{name}-labels-idx1-ubyte", images.labels)
        made.chmod(0o755)
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
