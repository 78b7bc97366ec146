"""A digit's picture comes back, and no other picture is taken for one."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image

from visualizer.data.dataset import DataError
from visualizer.storage.digit_picture import picture_file, picture_in

DIGIT = np.arange(784, dtype=np.uint32).reshape(28, 28).astype(np.uint8)


def png(mode: str, size: tuple[int, int] = (28, 28)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, "PNG")
    return file.getvalue()


def test_a_digit_comes_back() -> None:
    np.testing.assert_array_equal(picture_in(picture_file(DIGIT)), DIGIT)
    assert picture_file(DIGIT) == picture_file(DIGIT.copy())


GOOD = picture_file(DIGIT)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is no PNG picture"),
        (b"GIF89a" * 9, "it is no PNG picture"),
        (png("L", (29, 28)), "it is 29 × 28 pixels; a digit is 28 × 28"),
        (GOOD[:16] + struct.pack(">II", 60_000, 60_000) + GOOD[24:], "it is 60000 × 60000 pixels"),
        (png("RGB"), "its pixels are not grey with 8 bits each"),
        (png("1"), "its pixels are not grey with 8 bits each"),
        (GOOD[:60], "it is a broken PNG picture"),
        (GOOD[:50] + bytes(30) + GOOD[80:], "it is a broken PNG picture"),
    ],
)
def test_what_is_no_digit_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(DataError) as caught:
        picture_in(data)
    assert str(caught.value).startswith(says)
