"""A digit as a PNG picture of 28 × 28 grey pixels, 0 paper and 255 ink, and back."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np

from visualizer.data.dataset import IMAGE_SIZE, DataError, UInt8

LARGEST = 1 << 16  # bytes: 784 pixels need less, whatever else the file says of them
_BEGIN = struct.Struct(">8sI4sIIBB")  # mark, the first chunk with its kind, width, height, depth …
_MARK, _GREY, _DEPTH = b"\x89PNG\r\n\x1a\n", 0, 8


def picture_file(pixels: UInt8) -> bytes:
    """Make the PNG file of a (28, 28) uint8 digit."""
    from PIL import Image  # here, for the window starts without it

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def picture_in(data: bytes) -> UInt8:
    """Read the (28, 28) uint8 digit of a PNG file; its size is checked before it is decoded.

    Raises
    ------
    DataError
        It is no such picture; the sentence says why.
    """
    if len(data) < _BEGIN.size or data[:8] != _MARK:
        raise DataError("it is no PNG picture")
    _, _, first, width, height, depth, colours = _BEGIN.unpack_from(data)
    if first != b"IHDR" or (width, height) != (IMAGE_SIZE, IMAGE_SIZE):
        raise DataError(f"it is {width} × {height} pixels; a digit is {IMAGE_SIZE} × {IMAGE_SIZE}")
    if (depth, colours) != (_DEPTH, _GREY):
        raise DataError("its pixels are not grey with 8 bits each")
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            pixels = np.asarray(picture, np.uint8).copy()
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error) as error:
        raise DataError("it is a broken PNG picture") from error
    if pixels.shape != (IMAGE_SIZE, IMAGE_SIZE):
        raise DataError("it is a broken PNG picture")
    return pixels
