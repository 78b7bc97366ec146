"""Networks as JSON files: what is saved opens as it was, and a bad file is one sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from visualizer.core.network.networks import NETWORKS, named
from visualizer.storage import network_file
from visualizer.storage.network_file import (
    NetworkFileError,
    load_network,
    named_or_loaded,
    save_network,
)
from visualizer.storage.resources import resource

LAYERS = [
    {"type": "Conv2D", "filters": 4, "kernel_size": [5, 5]},
    {"type": "Flatten"},
    {"type": "Dense", "units": 10, "activation": "softmax"},
]


def write(path: Path, **entries: object) -> Path:
    path.write_text(json.dumps({"input_shape": [28, 28, 1], "layers": LAYERS, **entries}))
    return path


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    save_network(tmp_path / "n.json", named(name))
    assert load_network(tmp_path / "n.json") == named(name)


def test_the_file_is_plain_has_its_version_and_a_line_a_layer(tmp_path: Path) -> None:
    save_network(tmp_path / "n.json", named("dense"))
    assert (tmp_path / "n.json").read_text() == (
        '{"version": 1, "name": "dense", "input_shape": [28, 28, 1], "layers": [\n'
        '  {"type": "Flatten"},\n'
        '  {"type": "Dense", "units": 512, "activation": "relu"},\n'
        '  {"type": "Dense", "units": 10, "activation": "softmax"}\n'
        "]}\n"
    )


GUIDE = resource("guide", "editor.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [network_file.__doc__ or "", GUIDE.partition("```json")[2].partition("```")[0]],
    ids=["docstring", "guide"],
)
def test_the_examples_in_the_documentation_open(text: str, tmp_path: Path) -> None:
    example = text[text.index("{") : text.rindex("}") + 1]
    (tmp_path / "n.json").write_text(example, encoding="utf-8")
    network = load_network(tmp_path / "n.json")
    assert [layer.name for layer in network.layers] == [
        "conv2d_1", "maxpooling2d_1", "flatten_1", "dense_1",
    ]  # fmt: skip


def test_what_is_usual_may_be_left_out_and_the_name_is_the_files(tmp_path: Path) -> None:
    assert load_network(write(tmp_path / "five by five.json")).name == "five by five"
    assert load_network(write(tmp_path / "book.json")).name == "my book"
    assert load_network(write(tmp_path / "n.json", name="other")).name == "other"


def test_a_network_is_named_or_lies_in_a_file(tmp_path: Path) -> None:
    assert named_or_loaded("strided") == named("strided")
    assert named_or_loaded(str(write(tmp_path / "n.json"))).name == "n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 60_000, "it is not JSON"),
        (b" " * 70_000, "it is longer than the 64 KiB that are possible"),
        (b'{"version": 2}', "its version is 2, and 1 is what can be read"),
        (b'{"version": [1]}', "its version is a list"),
        (b"[]", "the network: it is a list"),
        (b'{"layers": 3, "input_shape": [28, 28, 1]}', "its layers are 3"),
    ],
)
def test_a_bad_file_is_one_sentence_with_its_name(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(data)
    with pytest.raises(NetworkFileError) as caught:
        load_network(tmp_path / "bad.json")
    text = str(caught.value)
    assert text.startswith(f"{tmp_path / 'bad.json'}: ")
    assert reason in text
    assert "\n" not in text


def test_what_cannot_be_is_told_with_row_nearest_and_how_many_more(tmp_path: Path) -> None:
    bad = [{**LAYERS[0], "kernel_size": [40, 5]}, {"type": "Flatten"}, *LAYERS[1:]]
    with pytest.raises(NetworkFileError) as caught:
        load_network(write(tmp_path / "n.json", layers=bad))
    assert str(caught.value).endswith(
        "row 1 (Conv2D): a 40 × 5 window has no place on a 28 × 28 map; "
        "the nearest kernel_size that can be is 28 × 5 (and 1 more)"
    )


def test_no_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(NetworkFileError, match="not a regular file"):
            load_network(tmp_path / "pipe")
    with pytest.raises(NetworkFileError, match="No such file"):
        load_network(tmp_path / "none.json")
    with pytest.raises(NetworkFileError, match="directory"):
        load_network(tmp_path)
