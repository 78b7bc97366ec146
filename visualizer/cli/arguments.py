"""Arguments that commands have in common, and checks of their values."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

LARGEST_RATE = 10  # the largest learning rate, as in the window
IMAGE_SIZE = 28
SMALLEST, LARGEST = (320, 240), (7680, 4320)  # sizes of a window in `figures`


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of IDX files")
    parser.add_argument(
        "--dataset",
        choices=("auto", "mnist", "synthetic"),
        default="auto",
        help="auto: MNIST where it is found, else the built-in synthetic digits",
    )


def add_network(
    parser: argparse.ArgumentParser, default: str | None = None, required: bool = False
) -> None:
    """Add a network by its name or as a JSON file; `named_or_loaded` reads the value."""
    from visualizer.core.network.networks import NETWORKS

    parser.add_argument(
        "--network",
        type=network,
        default=default,
        required=required,
        metavar="NAME|FILE.json",
        help=f"{', '.join(NETWORKS)}, or a file",
    )


def add_weights_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weights",
        type=Path,
        nargs="+",
        metavar="F",
        help="safetensors files; default: the built-in networks",
    )


def add_weights(parser: argparse.ArgumentParser, required: bool = False) -> None:
    parser.add_argument(
        "--weights",
        type=Path,
        required=required,
        metavar="F",
        help="a safetensors file" + ("" if required else "; default: the bundled network"),
    )


def add_talk(parser: argparse.ArgumentParser, more: str) -> None:
    parser.add_argument("--talk", type=Path, metavar="FILE", help=f"a .talk or .md file; {more}")


def network(text: str) -> str:
    from visualizer.core.network.networks import NETWORKS

    if text in NETWORKS or text.endswith(".json") or Path(text).is_file():
        return text
    names = ", ".join(NETWORKS)
    raise argparse.ArgumentTypeError(f"{text!r} is none of {names}, and no JSON file")


def natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is below 0")
    return number


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


def indices(text: str) -> tuple[int, ...]:
    try:
        return tuple(natural(number) for number in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no list such as 0,1,2") from error


def odd(text: str) -> int:
    number = int(text)
    if not 1 <= number < IMAGE_SIZE or number % 2 == 0:
        raise argparse.ArgumentTypeError(
            f"{number} is no odd number of pixels from 1 to {IMAGE_SIZE - 1}"
        )
    return number


def rate(text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number such as 0.001") from error
    if not 0 < number <= LARGEST_RATE:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and at most {LARGEST_RATE}")
    return number


def threads(text: str) -> int:
    from visualizer.training.settings import check_threads

    number = int(text)
    try:
        check_threads(number)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return number


def size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1920x1080")
    width, height = int(match[1]), int(match[2])
    (least_width, least_height), (most_width, most_height) = SMALLEST, LARGEST
    if not (least_width <= width <= most_width and least_height <= height <= most_height):
        limits = f"{least_width}x{least_height} to {most_width}x{most_height}"
        raise argparse.ArgumentTypeError(f"{text!r} is not within {limits}")
    return width, height
