"""The commands `gradients` and `explain`: what is written adds up, and what is wrong is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.cli import main as cli
from visualizer.core.network.networks import named
from visualizer.core.parts.wipe import wipe
from visualizer.data.dataset import Dataset
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training.initial import initial_weights
from visualizer.training.torch_network import TorchNetwork

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "strided.safetensors"
    save_weights(path, named("strided"), initial_weights(named("strided"), 0), {})
    return path


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def added_up(arrays: dict[str, np.ndarray]) -> float:
    """What a reader gets who adds up all that is written."""
    parts = [each for name, each in arrays.items() if name == "pixels" or name.startswith("bias.")]
    return sum(float(each.sum(dtype=np.float64)) for each in parts)


def test_gradients_are_those_of_the_mean_loss_of_these_digits(
    folder: Path,
    weights: Path,
    tmp_path: Path,
    small_dataset: Dataset,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, chosen = tmp_path / "g.npz", [3, 0, 150, 3]
    listed = ",".join(map(str, chosen))
    code = run(
        "gradients", "--weights", weights, "--indices", listed, "--data", folder, "--out", out
    )
    assert code == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    arrays = dict(np.load(out))
    stored = load_weights(weights)
    assert list(arrays) == ["loss", *stored.network.parameters]
    model = TorchNetwork(stored.network, stored.weights)
    logits = model.logits(torch.from_numpy(small_dataset.train.pixels[chosen]))
    loss = F.cross_entropy(logits, torch.from_numpy(small_dataset.train.labels[chosen]).long())
    loss.backward()
    assert arrays["loss"] == told["loss"] == pytest.approx(loss.item(), rel=1e-5)
    assert (told["images"], told["network"]) == (4, "strided")
    model.values.copy_(model.gradients)
    for key, expected in model.weights().items():
        assert arrays[key].dtype == np.float32 and told["tensors"][key] == [*expected.shape]
        most = np.abs(expected).max()
        np.testing.assert_allclose(arrays[key], expected, rtol=1e-4, atol=1e-4 * most)


def test_the_parts_of_a_logit_and_of_a_difference_are_written(
    folder: Path,
    weights: Path,
    tmp_path: Path,
    small_dataset: Dataset,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "e.npz"
    known = ("--digit", 7, "--data", folder, "--weights", weights, "--out", out)
    stored = load_weights(weights)
    image = small_dataset.test.pixels[7][..., None] / np.float32(255)
    logits = stored.network.forward(image, stored.weights).pre_activations[-1]
    for extra, logit in (((), logits[2]), (("--against", 5), logits[2] - logits[5])):
        assert run("explain", "--class", 2, *extra, *known) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        arrays = dict(np.load(out))
        layers = [layer for layer in stored.network.layers if layer.parameters]
        assert list(arrays) == ["pixels", *(f"bias.{each.name}" for each in layers), "logit"]
        assert [arrays[f"bias.{each.name}"].shape for each in layers] == [
            each.output_shape for each in layers
        ]
        assert arrays["logit"] == pytest.approx(logit, abs=1e-5)
        assert added_up(arrays) == pytest.approx(float(arrays["logit"]), rel=1e-4, abs=1e-4)
        assert told["pixels"] + sum(told["biases"].values()) == pytest.approx(
            told["logit"], abs=1e-4
        )
        assert told["logits"] == pytest.approx(logits.tolist())
        assert (told["class"], told.get("against")) == (2, 5 if extra else None)


def test_a_patch_is_wiped_out_at_every_place(
    folder: Path, weights: Path, tmp_path: Path, small_dataset: Dataset
) -> None:
    out, stored, digit = tmp_path / "e.npz", load_weights(weights), small_dataset.test.pixels[1]
    assert run(
        "explain", "--digit", 1, "--class", 6, "--wipe", 5,
        "--data", folder, "--weights", weights, "--out", out,
    ) == 0  # fmt: skip
    wiped = np.load(out)["wiped"]
    assert (wiped.shape, wiped.dtype) == ((28, 28), np.float32)
    for row, column in ((0, 0), (5, 20), (14, 14), (27, 3)):
        without = wipe(digit, 5, row, column)[..., None] / np.float32(255)
        own = stored.network.forward(without, stored.weights).probabilities[6]
        assert wiped[row, column] == pytest.approx(own, rel=1e-4)


def test_the_bundled_network_and_test_digit_740(
    mnist: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "e.npz"
    code = run("explain", "--digit", 740, "--class", 9, "--against", 4, "--wipe", 3, "--out", out)
    assert code == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    arrays = dict(np.load(out))
    assert (told["dataset"], told["label"]) == ("MNIST", 4)
    assert round(float(arrays["pixels"].sum()), 2) == round(told["pixels"], 2) == -0.99
    assert round(float(arrays["bias.conv2d_1"].sum()), 2) == 0.82
    assert round(float(arrays["bias.conv2d_2"].sum()), 2) == 0.40
    assert round(float(arrays["logit"]), 2) == 0.27
    assert [round(told["logits"][label], 2) for label in (9, 4)] == [4.37, 4.09]
    assert arrays["wiped"].min() < 0.005 and round(float(arrays["wiped"].max()), 2) == 0.99


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            "explain --digit 60 --class 1 --data {folder} --out {tmp}/a.npz",
            "there is no digit 60: the test set has 60, from 0",
        ),
        (
            "explain --digit 6 --class 1 --against 1 --data {folder} --out {tmp}/a.npz",
            "class 1 cannot be set against itself: there is no difference",
        ),
        ("explain --digit 6 --class 1 --data {folder} --out {tmp}/none/a.npz", "no such folder"),
        (
            "explain --digit 6 --class 1 --data {folder} --weights {tmp}/w --out {tmp}/a.npz",
            "No such file",
        ),
        (
            "gradients --weights {weights} --indices 0,200 --data {folder} --out {tmp}/a.npz",
            "there is no digit 200: the training set has 200, from 0",
        ),
        (
            "gradients --weights {weights} --indices 0 --data {folder} --out {tmp}/none/a.npz",
            "no such folder",
        ),
        ("gradients --weights {tmp} --indices 0 --data {folder} --out {tmp}/a.npz", "directory"),
    ],
)
def test_what_goes_wrong_is_one_plain_line(
    arguments: str,
    reason: str,
    folder: Path,
    weights: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    filled = arguments.format(tmp=tmp_path, folder=folder, weights=weights)
    assert run(*filled.split()) == 1
    output = capsys.readouterr()
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert reason in line
    assert not (tmp_path / "a.npz").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("explain --digit 1 --out e", "--class"),
        ("explain --digit 1 --class 10 --out e", "invalid choice: 10"),
        ("explain --digit 1 --class 1 --against ten --out e", "invalid int value: 'ten'"),
        (
            "explain --digit 1 --class 1 --wipe 2 --out e",
            "2 is no odd number of pixels from 1 to 27",
        ),
        ("explain --digit 1 --class 1 --wipe 29 --out e", "29 is no odd number of pixels"),
        ("gradients --weights w --out g", "--indices"),
        ("gradients --weights w --out g --indices 0,,1", "'0,,1' is no list such as 0,1,2"),
        ("gradients --weights w --out g --indices=-1", "-1 is below 0"),
        ("gradients --indices 0 --out g", "--weights"),
    ],
)
def test_wrong_usage_is_told(
    arguments: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments.split()) == 2
    assert reason in capsys.readouterr().err


def test_they_load_neither_torch_nor_qt(folder: Path, weights: Path, tmp_path: Path) -> None:
    known, out = ["--data", folder, "--weights", weights], ["--out", tmp_path / "out.npz"]
    explain = ["explain", "--digit", 1, "--class", 1, *known, *out]
    gradients = ["gradients", "--indices", 1, *known, *out]
    asked = [[str(each) for each in one] for one in (explain, gradients)]
    code = (
        "import sys; from visualizer.cli.main import main;"
        f"print([main(one) for one in {asked}]);"
        "print(sorted({'torch', 'PySide6'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.splitlines()[-2:] == ["[0, 0]", "[]"]
