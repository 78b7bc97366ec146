"""A folder of labelled digits in MNIST's four IDX files, written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from visualizer.data.dataset import Images
from visualizer.data.idx import write_idx
from visualizer.system.atomic import PREFIX, SUFFIX, naming


def save_digits(folder: Path, train: Images, test: Images) -> None:
    """Write a folder that `load_folder` reads.

    Parameters
    ----------
    folder : Path
        Must not exist yet, or be empty.

    Raises
    ------
    OSError
        The folder exists and is not empty, or it cannot be created; then nothing is left behind.
    """
    with naming(folder):
        made = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=folder.parent))
        try:
            for name, images in (("train", train), ("t10k", test)):
                write_idx(made / f"{name}-images-idx3-ubyte", images.pixels)
                write_idx(made / f"{name}-labels-idx1-ubyte", images.labels)
            with suppress(OSError):  # some disks know no permissions
                made.chmod(0o755)
            made.replace(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
