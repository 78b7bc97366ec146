"""The IDX format of MNIST and its relatives, plain or gzip-compressed.

A file is two zero bytes, a type byte (8: unsigned byte), the number of dimensions, each
dimension as a big-endian 32-bit integer, then the values in row-major order.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from visualizer.data.dataset import DataError, UInt8
from visualizer.system.files import open_regular

MAX_BYTES = 1 << 29  # half a gibibyte: eleven times MNIST's training images

_GZIP_MAGIC = b"\x1f\x8b"
_UNSIGNED_BYTE = 8
_MAX_DIMENSIONS = 4


def read_idx(path: str | Path, *, max_bytes: int = MAX_BYTES) -> UInt8:
    """Read an IDX file of unsigned bytes; the content shows whether it is compressed.

    At most one byte more than the header announces is decompressed, so that a small hostile file
    cannot fill the memory.

    Parameters
    ----------
    path : str or Path
        The file, plain or gzip.
    max_bytes : int
        The largest number of values that the header may announce.

    Returns
    -------
    (…) uint8
        An array of one to four dimensions, as the header says.

    Raises
    ------
    DataError
        The file is unreadable, truncated, too long, too large or not such an IDX file.
    """
    path = Path(path)
    try:
        with open_regular(path) as raw:
            compressed = raw.read(2) == _GZIP_MAGIC
            raw.seek(0)
            if not compressed:
                return _read_stream(raw, path, max_bytes)
            with gzip.GzipFile(fileobj=raw) as unpacked:
                return _read_stream(cast(BinaryIO, unpacked), path, max_bytes)
    except EOFError as error:
        raise DataError(f"{path} is truncated: its compressed data end too early.") from error
    except (zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is damaged: {error}.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error


def _read_stream(stream: BinaryIO, path: Path, max_bytes: int) -> UInt8:
    shape = _read_header(stream, path)
    size = math.prod(shape)
    if math.prod(max(length, 1) for length in shape) > max_bytes:  # also 0 × a huge number
        announced = " × ".join(f"{length:,}" for length in shape)
        raise DataError(
            f"{path} is too large: it announces {announced} values, over {max_bytes:,}."
        )
    data = stream.read(size + 1)
    if len(data) < size:
        raise DataError(f"{path} is truncated: {len(data):,} of {size:,} values are there.")
    if len(data) > size:
        raise DataError(f"{path} is damaged: it is longer than the {size:,} values it announces.")
    return np.frombuffer(bytearray(data), dtype=np.uint8).reshape(shape)


def _read_header(stream: BinaryIO, path: Path) -> tuple[int, ...]:
    head = stream.read(4)
    if len(head) < 4 or head[:2] != b"\0\0" or not 1 <= head[3] <= _MAX_DIMENSIONS:
        raise DataError(f"{path} is not an IDX file: its first bytes are not an IDX header.")
    if head[2] != _UNSIGNED_BYTE:
        raise DataError(f"{path} holds IDX type {head[2]:#04x}; only unsigned bytes are read.")
    dimensions = stream.read(4 * head[3])
    if len(dimensions) < 4 * head[3]:
        raise DataError(f"{path} is truncated: its IDX header is incomplete.")
    return struct.unpack(f">{head[3]}I", dimensions)


def write_idx(path: str | Path, array: UInt8) -> None:
    """Write an array of bytes as an IDX file, compressed if the name ends in ``.gz``.

    The same array always gives the same bytes (the gzip header carries no time).

    Parameters
    ----------
    path : str or Path
        The file to create.
    array : (…) uint8
        One to four dimensions.

    Raises
    ------
    ValueError
        The array is of another type or number of dimensions.
    """
    if array.dtype != np.uint8 or not 1 <= array.ndim <= _MAX_DIMENSIONS:
        raise ValueError(
            f"an IDX file takes uint8 in 1–4 dimensions, not {array.dtype}{array.shape}"
        )
    path = Path(path)
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, _UNSIGNED_BYTE, array.ndim, *array.shape)
    content = header + array.tobytes()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
