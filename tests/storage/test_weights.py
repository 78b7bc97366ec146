"""Weights files: what is stored comes back, and what cannot be used is said in one sentence."""

from __future__ import annotations

import json
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from visualizer.core.network.layer import Array
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.spec import to_spec
from visualizer.data.dataset import Dataset
from visualizer.storage import weights as weights_module
from visualizer.storage.resources import resource
from visualizer.storage.weights import WeightsError, load_weights, save_weights
from visualizer.training.initial import initial_weights

NETWORK = named("book")


@pytest.fixture
def tensors() -> dict[str, Array]:
    return initial_weights(NETWORK, 0)


def with_header(header: object, data: bytes = b"") -> bytes:
    text = json.dumps(header).encode() if not isinstance(header, bytes) else header
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    network = named(name)
    weights = initial_weights(network, 1)
    save_weights(tmp_path / "w.safetensors", network, weights, {"seed": "1", "dataset": "MNIST"})
    stored = load_weights(tmp_path / "w.safetensors")
    assert stored.network == network
    assert stored.metadata == {"seed": "1", "dataset": "MNIST", "network": name}
    assert set(stored.weights) == set(weights)
    for key, array in weights.items():
        np.testing.assert_array_equal(stored.weights[key], array)
        assert stored.weights[key].dtype == np.float32


def test_a_network_without_a_name_comes_back(tmp_path: Path) -> None:
    layers = (Conv2D(3, (5, 4), (2, 1), "same", "linear"), AveragePool2D((3, 2)), Flatten())
    for name in ("", "my own ★"):
        network = Network.build(name, (28, 28, 1), (*layers, Dense(10, "softmax")))
        weights = initial_weights(network, 1)
        save_weights(tmp_path / "w", network, weights, {})
        stored = load_weights(tmp_path / "w")
        assert stored.network == network
        assert stored.metadata == {"network": name}
        np.testing.assert_array_equal(stored.weights["dense_1.kernel"], weights["dense_1.kernel"])


def test_an_older_file_that_only_names_its_network_opens(
    tensors: dict[str, Array], tmp_path: Path
) -> None:
    (tmp_path / "w").write_bytes(save(tensors, {"network": "book", "seed": "3"}))
    stored = load_weights(tmp_path / "w")
    assert stored.network == NETWORK
    assert stored.metadata == {"network": "book", "seed": "3"}


def test_the_description_counts_not_the_name(tensors: dict[str, Array], tmp_path: Path) -> None:
    spec = json.dumps({**to_spec(NETWORK), "name": "mine"})
    (tmp_path / "w").write_bytes(save(tensors, {"network": "dense", "spec": spec}))
    stored = load_weights(tmp_path / "w")
    assert (stored.network.name, stored.metadata) == ("mine", {"network": "mine"})
    assert stored.network.layers == NETWORK.layers


def test_foreign_text_is_shortened_to_one_printable_line(
    tensors: dict[str, Array], tmp_path: Path
) -> None:
    many = {f"key {at:03}": "" for at in range(500)}
    texts = {
        "a": "x" * 10_000,
        "b" * 5000: "y",
        "c": "one\ntwo\x1b[2J\u202e three",
        "network": "book",
    }
    (tmp_path / "w").write_bytes(save(tensors, {**texts, **many}))
    metadata = load_weights(tmp_path / "w").metadata
    assert metadata["network"] == "book"
    assert metadata.get("c", "one two [2J three") == "one two [2J three"
    assert len(metadata) <= 129
    assert all(len(text) <= 200 for entry in metadata.items() for text in entry)
    assert {"a"} <= set(load_whole(tmp_path, tensors, texts))


def load_whole(folder: Path, tensors: dict[str, Array], texts: dict[str, str]) -> dict[str, str]:
    (folder / "few").write_bytes(save(tensors, texts))
    metadata = load_weights(folder / "few").metadata
    assert metadata["a"] == "x" * 199 + "…"
    assert metadata["b" * 199 + "…"] == "y"
    assert metadata["c"] == "one two [2J three"
    return metadata


def test_a_file_larger_than_any_weights_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tensors: dict[str, Array]
) -> None:
    path = tmp_path / "w"
    path.write_bytes(save(tensors, {"network": "book"}))
    size = path.stat().st_size
    monkeypatch.setattr(weights_module, "LARGEST_FILE", size)
    assert load_weights(path).network == NETWORK
    monkeypatch.setattr(weights_module, "LARGEST_FILE", size - 1)
    with pytest.raises(WeightsError, match="it is larger than the 0 MiB that are"):
        load_weights(path)
    monkeypatch.undo()
    with path.open("wb") as file:
        file.truncate(1 << 33)  # 8 GiB with a hole in it
    tracemalloc.start()
    try:
        with pytest.raises(WeightsError, match="it is larger than the 256 MiB"):
            load_weights(path)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_arrays_that_are_views_are_stored_in_their_order(
    tensors: dict[str, Array], tmp_path: Path
) -> None:
    turned = np.asfortranarray(tensors["dense_1.kernel"])
    save_weights(tmp_path / "w", NETWORK, {**tensors, "dense_1.kernel": turned}, {})
    np.testing.assert_array_equal(load_weights(tmp_path / "w").weights["dense_1.kernel"], turned)


def broken(tensors: dict[str, Array]) -> dict[str, tuple[bytes, str]]:
    """Files that a user may hand us, and what must be said of each."""
    good = save(tensors, {"network": "book"})
    nan = tensors["conv2d_2.kernel"].copy()
    nan[0, 0, 0, 0] = np.nan
    wide = tensors["dense_2.bias"].astype(np.float64)
    lacking = {key: array for key, array in tensors.items() if key != "dense_1.bias"}

    def file(network: str = "book", **changes: Array) -> bytes:
        named_changes = {key.replace("__", "."): array for key, array in changes.items()}
        return save({**tensors, **named_changes}, {"network": network})

    head = (Flatten(), Dense(10, "softmax"))

    def described(spec: str) -> bytes:
        return save(tensors, {"network": "book", "spec": spec})

    return {
        "empty": (b"", "not a whole safetensors file"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a whole safetensors file"),
        "cut in the header": (good[:50], "not a whole safetensors file"),
        "cut in the numbers": (good[:-5], "not a whole safetensors file"),
        "a huge header": (struct.pack("<Q", 1 << 62) + b"{}", "not a whole safetensors file"),
        "no JSON": (with_header(b"[" * 5000), "not a safetensors file"),
        "a list": (with_header([1, 2]), "does not say which network"),
        "no metadata": (save(tensors), "does not say which network"),
        "an unknown network": (file("resnet"), "no network named 'resnet'"),
        "a network with a long name": (file("n" * 5000), "no network named 'nnnn"),
        "a network of lines": (file("a\nb"), "no network named 'a b'"),
        "a description that is none": (described("[]"), "the network must be a set of names"),
        "a description cut short": (described('{"layers": ['), "description of its network cannot"),
        "a deep description": (described("[" * 60_000), "description of its network cannot"),
        "a long description": (described("[" * 70_000), "description of its network is too long"),
        "a huge number": (described('{"layers": ' + "9" * 5000 + "}"), "network cannot be read"),
        "no probabilities": (
            described(json.dumps(to_spec(Network.build("", (28, 28, 1), (Flatten(), Dense(10)))))),
            "dense_1: the last layer must be dense with softmax and 10 units",
        ),
        "other images": (
            described(json.dumps(to_spec(Network.build("", (8, 8, 1), head)))),
            "its input is (8, 8, 1), not (28, 28, 1)",
        ),
        "a huge network": (
            described(json.dumps(to_spec(Network.build("", (28, 28, 1), head))).replace(
                '"units": 10', '"units": 1000000')),
            "dense_1: with it there are 785,000,000 parameters, and 50,000,000 is the most",
        ),
        "another's name": (
            described(json.dumps(to_spec(Network.build("", (28, 28, 1), head))).replace(
                '"name": ""', '"name": "book"')),
            "it has the name book, but not the layers of that network",
        ),
        "metadata that is no text": (
            with_header({"__metadata__": {"network": [["book"]]}}), "no network named ''"),
        "a tensor with a long name": (save(
            {**tensors, "t" * 9000: nan}, {"network": "book"}), "ttt…"),
        "a tensor missing": (save(lacking, {"network": "book"}), "dense_1.bias is missing"),
        "a tensor too many": (file(extra=nan), "extra is not a tensor of network book"),
        "a wrong shape": (
            file(conv2d_1__bias=np.zeros(3, np.float32)),
            r"conv2d_1.bias has shape (3,), not (32,)",
        ),
        "not a number": (file(conv2d_2__kernel=nan), "conv2d_2.kernel holds values that are not"),
        "another type": (file(dense_2__bias=wide), "dense_2.bias is float64, not float32"),
        "a type numpy lacks": (
            with_header({"__metadata__": {"network": "book"}, "x": {
                "dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}, b"\0\0"),
            "",
        ),
    }  # fmt: skip


@pytest.mark.parametrize("case", list(broken(initial_weights(NETWORK, 0))))
def test_a_file_that_cannot_be_used_is_named_in_one_sentence(
    case: str, tensors: dict[str, Array], tmp_path: Path
) -> None:
    data, reason = broken(tensors)[case]
    path = tmp_path / "theirs.safetensors"
    path.write_bytes(data)
    with pytest.raises(WeightsError) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < len(str(path)) + 210


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.safetensors: No such file"):
        load_weights(tmp_path / "none.safetensors")


def test_weights_that_are_not_finite_are_never_written(
    tensors: dict[str, Array], tmp_path: Path
) -> None:
    tensors["dense_2.bias"][0] = np.inf
    with pytest.raises(ValueError, match=r"dense_2\.bias holds values that are not finite"):
        save_weights(tmp_path / "w", NETWORK, tensors, {})
    assert not list(tmp_path.iterdir())


def test_the_bundled_network_says_what_it_is() -> None:
    stored = load_weights(resource("pretrained", "book.safetensors"))
    assert stored.network == NETWORK
    assert stored.metadata["recipe"] == "book"
    assert stored.metadata["dataset"] == "MNIST"
    assert {"seed", "epochs", "version"} <= set(stored.metadata)
    assert float(stored.metadata["test_accuracy"]) >= 0.9908


@pytest.mark.slow
def test_the_bundled_network_is_as_good_as_it_says(mnist: Dataset) -> None:
    """Core's own forward pass over every test digit gives the accuracy in the metadata."""
    stored = load_weights(resource("pretrained", "book.safetensors"))
    right = sum(
        stored.network.forward(
            pixels[:, :, None] / np.float32(255), stored.weights
        ).probabilities.argmax()
        == label
        for pixels, label in zip(mnist.test.pixels, mnist.test.labels, strict=True)
    )
    accuracy = right / len(mnist.test)
    assert accuracy == pytest.approx(float(stored.metadata["test_accuracy"]), abs=2e-4)


def test_the_documented_layout_is_enough_to_use_the_file(mnist: Dataset) -> None:
    """An implementation that shares no code with ours: loops over kernel cells, from the file."""
    from safetensors.numpy import load_file

    path = resource("pretrained", "book.safetensors")
    tensors = load_file(path)
    images = mnist.test.pixels[:200].astype(np.float64)[..., None] / 255
    values = images
    for number in (1, 2, 3):
        kernel, bias = (tensors[f"conv2d_{number}.{part}"] for part in ("kernel", "bias"))
        height, width = values.shape[1] - 2, values.shape[2] - 2
        values = sum(
            values[:, row : row + height, column : column + width] @ kernel[row, column]
            for row in range(3)
            for column in range(3)
        )
        values = np.maximum(values + bias, 0)
        if number < 3:
            half_h, half_w = height // 2, width // 2
            values = values[:, : 2 * half_h, : 2 * half_w]
            values = values.reshape(len(values), half_h, 2, half_w, 2, -1).max(axis=(2, 4))
    values = values.reshape(len(values), -1)  # row, column, channel
    values = np.maximum(values @ tensors["dense_1.kernel"] + tensors["dense_1.bias"], 0)
    logits = values @ tensors["dense_2.kernel"] + tensors["dense_2.bias"]
    assert np.mean(logits.argmax(1) == mnist.test.labels[:200]) >= 0.98

    stored = load_weights(path)
    for image, own in zip(images, logits, strict=True):
        trace = stored.network.forward(image.astype(np.float32), stored.weights)
        np.testing.assert_allclose(trace.pre_activations[-1], own, atol=1e-4)
