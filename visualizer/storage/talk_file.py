"""Talks in files: a zip of the text and what its stops need, or the text with them beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from visualizer.core.network.network import Network
from visualizer.core.talk.checks import check_stop
from visualizer.core.talk.markdown import read_talk, write_talk
from visualizer.core.talk.names import DRAWING, PICTURE, WEIGHTS
from visualizer.core.talk.steps import needed_files
from visualizer.core.talk.stop import TRAINED, Stop, Talk
from visualizer.core.talk.texts import TalkError
from visualizer.data.dataset import DataError
from visualizer.storage import digit_picture
from visualizer.storage.digit_picture import picture_in
from visualizer.storage.drawings import drawing_in
from visualizer.storage.resources import resource
from visualizer.storage.run_file import holds_run, run_in
from visualizer.storage.talk_zip import LARGEST_TEXT, MARK, TEXT, TalkZip, packed, too_large
from visualizer.storage.weights import LARGEST_FILE, shortened, weights_in
from visualizer.system.atomic import write_atomically
from visualizer.system.errors import reason
from visualizer.system.files import open_regular

SUFFIX = ".talk"
PLAIN = ".md"
LARGEST = 1 << 28  # bytes: of the file, and of all that is in it
_LIMITS = {WEIGHTS: LARGEST_FILE, DRAWING: 1 << 24, PICTURE: digit_picture.LARGEST}

Result = TypeVar("Result")
Read = Callable[[str, int], bytes]  # a file by its name, at most so long


def load_talk(path: Path | str) -> Talk:
    """Read a talk with all that its stops need, and check that all of it can be used.

    Raises
    ------
    TalkError
        It cannot be read or used; one sentence with the file, and the line or the file in it.
    """
    path = Path(path)
    try:
        with open_regular(path) as file:
            return _loaded(file, path)
    except TalkError as error:
        raise TalkError(error.reason, error.line, str(path)) from error
    except (OSError, ValueError) as error:
        raise TalkError(shortened(reason(error)), where=str(path)) from error


def _loaded(file: BinaryIO, path: Path) -> Talk:
    if os.fstat(file.fileno()).st_size > LARGEST:
        raise ValueError(f"it is larger than the {LARGEST >> 20} MiB that are possible")
    begin = file.read(len(MARK))
    if begin == MARK:
        read: Read = TalkZip(begin + file.read(LARGEST)).read
        text = read(TEXT, LARGEST_TEXT)
    else:
        read, text = _beside(path), begin + file.read(LARGEST_TEXT)
    talk = read_talk(_decoded(text))
    if not talk.stops:
        raise ValueError("there is no stop in it; a stop begins with “### ” and its title")
    return _with_files(talk, read)


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise TalkError("this is no text in UTF-8", line) from error


def _beside(path: Path) -> Read:
    """Make what reads files in the folder of a text, and nowhere else."""
    folder = path.parent.resolve()

    def read(name: str, most: int) -> bytes:
        there = (folder / name).resolve()
        if not there.is_relative_to(folder):
            raise ValueError(f"{name} is a link that leads out of the talk's folder")
        try:
            with open_regular(there) as file:
                data = file.read(most + 1)
        except OSError as error:
            raise ValueError(f"{name} cannot be read: {reason(error)}") from error
        if len(data) > most:
            raise ValueError(too_large(name, most))
        return data

    return read


def _with_files(talk: Talk, read: Read) -> Talk:
    """Return the talk with the files of its stops, each read once and checked."""
    files: dict[str, bytes] = {}
    networks: dict[str, tuple[Network, range | None]] = {}
    left = LARGEST
    for stop in talk.stops:
        for name in stop.files:
            if name in files:
                continue
            suffix = Path(name).suffix
            files[name] = _at(stop, read, name, min(_LIMITS[suffix], left))
            left -= len(files[name])
            if suffix == WEIGHTS:
                networks[name] = _at(stop, _network_in, files[name], name)
            else:
                _at(stop, _check_digit, files[name], name)
        if stop.weights in networks:
            _at(stop, _check_moment, stop, networks[stop.weights][1])
            _at(stop, check_stop, stop, networks[stop.weights][0])
        elif stop.weights == TRAINED:
            _at(stop, _check_trained, stop.network)
    return replace(talk, files=files)


def _at(stop: Stop, act: Callable[..., Result], *arguments: object) -> Result:
    """Do what may raise a ValueError, and have the error name the line of a stop."""
    try:
        return act(*arguments)
    except ValueError as error:
        raise TalkError(shortened(str(error)), stop.line) from error


def _network_in(data: bytes, name: str) -> tuple[Network, range | None]:
    """Return the network of a weights or run file, and the batches of a run."""
    if not holds_run(data):
        return weights_in(data, name).network, None
    run = run_in(data, name)
    return run.network, range(run.snapshots[0].step, run.snapshots[-1].step + 1)


def _check_digit(data: bytes, name: str) -> None:
    try:
        (picture_in if name.endswith(PICTURE) else drawing_in)(data)
    except DataError as error:
        raise ValueError(f"{name}: {error}") from error


def _check_moment(stop: Stop, batches: range | None) -> None:
    if stop.moment is not None and batches is None:
        raise ValueError(f"{stop.weights} is no run: it has no moment {stop.moment}")
    if stop.moment is not None and batches is not None and stop.moment not in batches:
        known = f"{batches[0]:,} to {batches[-1]:,}"
        raise ValueError(f"{stop.weights} has no moment {stop.moment:,}: its batches are {known}")


def _check_trained(network: str) -> None:
    try:
        resource("pretrained", f"{network}.safetensors")
    except FileNotFoundError as error:
        raise ValueError(f"{network} is not built in trained; say “weights: untrained”") from error


def save_talk(path: Path | str, talk: Talk) -> None:
    """Write a talk whole or not at all, with no more files than its stops need.

    The text alone is written where the name ends in .md, which a talk with files cannot be.

    Raises
    ------
    ValueError
        The talk cannot be written so; one sentence.
    OSError
        The file cannot be written; an old one stays as it was.
    """
    path = Path(path)
    files = needed_files(talk)
    if path.suffix == PLAIN:
        if files:
            raise ValueError(f"a talk with files of its own is saved as {SUFFIX}, not {PLAIN}")
        write_atomically(path, talk_text(talk))
    else:
        write_atomically(path, talk_bytes(talk))


def talk_bytes(talk: Talk) -> bytes:
    """Make the content of a talk's file: equal talks give equal bytes.

    Raises
    ------
    ValueError
        A file is missing, the talk has no stop, or it is too large.
    """
    files = needed_files(talk)
    if sum(map(len, files.values())) > LARGEST - LARGEST_TEXT:
        raise ValueError(f"the talk is larger than the {LARGEST >> 20} MiB that are possible")
    return packed({TEXT: talk_text(talk), **files})


def talk_text(talk: Talk) -> bytes:
    """Make the text of a talk's file, which can be read again.

    Raises
    ------
    ValueError
        The talk has no stop, or says what no file can hold.
    """
    text = write_talk(talk)
    if not read_talk(text).stops:
        raise ValueError("the talk has no stop")
    return text.encode()
