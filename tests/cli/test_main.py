"""The command line as a user types it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from visualizer import __version__
from visualizer.cli import main as cli
from visualizer.cli import networks
from visualizer.core.network.geometry import Rect
from visualizer.core.network.networks import NETWORKS, named
from visualizer.data.dataset import Dataset
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "dense.safetensors"
    save_weights(path, named("dense"), initial_weights(named("dense"), 0), {})
    return path


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def last_json(text: str) -> dict:
    return json.loads(text.splitlines()[-1])


def test_summary_prints_the_books_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("summary") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["conv2d_1", "(Conv2D)", "(26,", "26,", "32)", "320", "3", "1"] in lines
    assert ["maxpooling2d_2", "(MaxPool2D)", "(5,", "5,", "64)", "0", "10", "4"] in lines
    assert ["dense_1", "(Dense)", "(64,)", "36,928"] in lines
    assert ["Total", "params:", "93,322"] in lines
    assert ["Convolutional", "base:", "55,744"] in lines


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("book", 93_322),
        ("no-max-pool", 2_038_922),
        ("strided", 121_994),
        ("average-pool", 93_322),
        ("same-padding", 257_162),
        ("dense", 407_050),
    ],
)
def test_summary_as_json(name: str, parameters: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("summary", "--network", name, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["parameters"] == parameters
    assert len(summary["layers"]) == len(NETWORKS[name]().layers)
    assert summary["layers"][-1]["output_shape"] == [10]


def test_summary_loads_neither_torch_nor_qt() -> None:
    code = (
        "import sys; from visualizer.cli.main import main; code = main(['summary']);"
        "print(sorted({'torch', 'PySide6'} & set(sys.modules))); sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "93,322" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]"


def test_train_then_evaluate(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, history = tmp_path / "b.safetensors", tmp_path / "h.csv"
    code = run(
        "train", "--data", folder, "--epochs", 5, "--batch-size", 20, "--limit", 190, "--seed", 7,
        "--threads", 1, "--precision", "float32", "--out", out, "--history", history,
    )  # fmt: skip
    assert code == 0
    result = last_json(capsys.readouterr().out)
    assert {
        "network", "recipe", "dataset", "epochs", "seed", "device", "images_per_second",
        "train_seconds", "test_loss", "test_accuracy", "out",
    } <= set(result)  # fmt: skip
    assert (result["network"], result["epochs"], result["seed"]) == ("book", 5, 7)

    stored = load_weights(out)
    assert set(stored.metadata) == {
        "network", "recipe", "seed", "epochs", "dataset", "test_accuracy", "version", "limit",
        "train_images", "device", "precision", "threads", "plan", *RECIPES["book"].facts,
    }  # fmt: skip
    told = {key: stored.metadata[key] for key in ("network", "recipe", "seed", "epochs")}
    assert told == {"network": "book", "recipe": "book", "seed": "7", "epochs": "5"}
    assert stored.metadata["dataset"] == result["dataset"]
    assert stored.metadata["test_accuracy"] == f"{result['test_accuracy']:.4f}"

    rows = list(csv.DictReader(history.read_text().splitlines()))
    assert len(rows) == 50
    assert [row["step"] for row in rows if row["test_accuracy"]] == ["10", "20", "30", "40", "50"]
    assert float(rows[-1]["epoch"]) == 5
    assert float(rows[-1]["test_accuracy"]) == result["test_accuracy"]

    assert run("evaluate", "--data", folder, "--weights", out) == 0
    tested = last_json(capsys.readouterr().out)
    assert tested["images"] == 60
    assert tested["test_accuracy"] == result["test_accuracy"]
    assert tested["test_loss"] == pytest.approx(result["test_loss"], rel=1e-5)


FIVE_LAYERS = {
    "version": 1,
    "name": "five layers",
    "input_shape": [28, 28, 1],
    "layers": [
        {"type": "Conv2D", "filters": 6, "kernel_size": [5, 5], "stride": [2, 2]},
        {"type": "AveragePool2D", "window_size": [3, 3], "stride": [1, 1], "padding": "same"},
        {"type": "Conv2D", "filters": 8, "kernel_size": [3, 3], "activation": "linear"},
        {"type": "Flatten"},
        {"type": "Dense", "units": 10, "activation": "softmax"},
    ],
}


def test_an_edited_network_trains_explains_its_sums_and_shows_its_fields(
    folder: Path, tmp_path: Path, small_dataset: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "five.json", tmp_path / "five.safetensors"
    file.write_text(json.dumps(FIVE_LAYERS))
    code = run(
        "train", "--network", file, "--data", folder, "--epochs", 8, "--batch-size", 20,
        "--seed", 1, "--threads", 1, "--precision", "float32", "--out", out,
    )  # fmt: skip
    assert code == 0
    told = last_json(capsys.readouterr().out)
    assert told["network"] == "five layers"
    assert told["test_accuracy"] > 0.9

    stored = load_weights(out)
    image = small_dataset.test.pixels[0][..., None] / np.float32(255)
    trace = stored.network.forward(image, stored.weights)
    numbers = np.random.default_rng(0)
    for at, layer in enumerate(stored.network.layers):
        for _ in range(20):
            place = tuple(int(numbers.integers(size)) for size in layer.map_shape)
            terms = layer.terms(trace.below(at), stored.weights, place)
            expected = trace.outputs[at].reshape(layer.map_shape)[place]
            assert terms.output == pytest.approx(expected, abs=1e-4)

    assert run("summary", "--network", file, "--json") == 0
    layers = last_json(capsys.readouterr().out)["layers"]
    assert [layer["receptive_field"] for layer in layers] == [5, 9, 13, None, None]
    assert [layer["jump"] for layer in layers[:3]] == [2, 2, 2]
    assert stored.network.fields(2, 5, 5)[0] == Rect(8, 8, 21, 21)


@pytest.mark.parametrize("framework", ["keras", "torch"])
def test_a_network_is_exported_as_code(
    framework: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "five.json"
    file.write_text(json.dumps(FIVE_LAYERS))
    for network, pieces in (("book", ("64, (3, 3)",)), (file, ("(5, 5)", "=(2, 2)"))):
        assert run("export-code", "--network", network, "--framework", framework) == 0
        code = capsys.readouterr().out
        assert (
            f"from {'keras import layers' if framework == 'keras' else 'torch import nn'}" in code
        )
        assert [piece for piece in pieces if piece not in code] == []
        compile(code, "listing", "exec")


def test_an_impossible_network_names_its_row_and_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = [{"type": "MaxPool2D", "window_size": [29, 2]}, *FIVE_LAYERS["layers"][3:]]
    (tmp_path / "bad.json").write_text(json.dumps({**FIVE_LAYERS, "layers": layers}))
    assert run("train", "--network", tmp_path / "bad.json", "--out", tmp_path / "b") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(
        "bad.json: row 1 (MaxPool2D): a 29 × 2 window has no place on a 28 × 28 map; "
        "the nearest window_size that can be is 28 × 2"
    )


def test_activations_of_a_test_digit(
    folder: Path, weights: Path, tmp_path: Path, small_dataset: Dataset
) -> None:
    out = tmp_path / "a.npz"
    assert (
        run("activations", "--digit", 5, "--data", folder, "--weights", weights, "--out", out) == 0
    )
    stored = load_weights(weights)
    image = small_dataset.test.pixels[5][..., None] / np.float32(255)
    trace = stored.network.forward(image, stored.weights)
    arrays = np.load(out)
    assert list(arrays) == ["flatten_1", "dense_1", "dense_2"]
    for layer, output in zip(stored.network.layers, trace.outputs, strict=True):
        np.testing.assert_array_equal(arrays[layer.name], output)


@pytest.mark.parametrize("paper", ["white", "black", "transparent"])
def test_activations_of_any_picture(
    paper: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A one, drawn thick, whatever the paper, is a one to the bundled network."""
    from PySide6.QtGui import QColor, QImage

    picture = QImage(200, 300, QImage.Format.Format_ARGB32)
    picture.fill(QColor(paper))
    ink = QColor("white" if paper == "black" else "black")
    for row in range(60, 240):
        for column in range(90, 110):
            picture.setPixelColor(column, row, ink)
    assert picture.save(str(tmp_path / "one.png"))
    out = tmp_path / "a.npz"
    assert run("activations", "--image", tmp_path / "one.png", "--out", out) == 0
    assert last_json(capsys.readouterr().out)["prediction"] == 1
    assert np.load(out)["conv2d_1"].shape == (26, 26, 32)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("evaluate --weights {tmp}/none.safetensors", "No such file"),
        ("evaluate --weights {tmp}", "directory"),
        ("evaluate --weights {weights} --data {tmp}/none", "none"),
        ("activations --digit 60 --data {folder} --weights {weights} --out {tmp}/a.npz", "60"),
        ("activations --image {tmp}/none.png --out {tmp}/a.npz", "No such file"),
        ("activations --image {weights} --out {tmp}/a.npz", "is not a picture"),
        ("activations --digit 0 --data {folder} --out {tmp}/none/a.npz", "no such folder"),
        ("train --data {folder} --out {tmp}/none/b.safetensors", "no such folder"),
        ("train --data {folder} --out {tmp}", "directory"),
        ("train --data {folder} --out {tmp}/b --history {tmp}/none/h.csv", "no such folder"),
        ("train --data {weights} --out {tmp}/b", "dense.safetensors"),
        ("train --network {tmp}/none.json --data {folder} --out {tmp}/b", "No such file"),
        ("summary --network {weights}", "longer than the 64 KiB"),
        ("export-code --network {tmp}/none.json --framework torch", "No such file"),
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
    assert "Traceback" not in line
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        "conjure",
        "train",
        "train --out b --epochs 0",
        "train --out b --epochs many",
        "train --out b --recipe slow",
        "train --out b --threads 0",
        "train --out b --threads 100000",
        "train --out b --precision float8",
        "summary --network resnet",
        "train --network resnet --out b",
        "export-code --network book",
        "export-code --framework keras",
        "export-code --network book --framework jax",
        "shift --data d",
        "shift --out s.csv --images 0",
        "shift --out s.csv --weights",
        "activations --out a.npz",
        "activations --out a.npz --digit 1 --image i.png",
        "activations --out a.npz --digit -1",
        "figures --out f --size large",
        "figures --out f --size 99999x99999",
        "figures --out f --size 319x240",
        "figures --out f --size 7680x4321",
        "figures --out f --size 1920x",
        "--dataset cifar",
    ],
)
def test_wrong_usage_is_2(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments.split()) == 2
    assert "usage:" in capsys.readouterr().err


def test_help_and_version_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    assert "activations" in capsys.readouterr().out
    assert run("--version") == 0


def test_a_bug_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(options: object) -> int:
        raise KeyError("a bug\nin two lines")

    monkeypatch.delenv("VISUALIZER_DEBUG", raising=False)
    monkeypatch.setattr(networks, "summary", broken)
    assert run("summary") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "KeyError" in line
    monkeypatch.setenv("VISUALIZER_DEBUG", "1")
    assert run("summary") == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_training_leaves_nothing(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from visualizer.training import fit as module

    def interrupted(*arguments: object, **more: object) -> object:
        yield from ()
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "fit", interrupted)
    out = tmp_path / "out"
    out.mkdir()
    code = run(
        "train", "--data", folder, "--out", out / "b.safetensors", "--history", out / "h.csv"
    )
    assert code == 130
    assert capsys.readouterr().out == ""
    assert list(out.iterdir()) == []


def test_a_closed_pipe_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [sys.executable, "main.py", "summary"], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert run.stderr == b""
    assert run.returncode == 1


def test_the_package_itself_is_the_program() -> None:
    command = [sys.executable, "-m", "visualizer", "--version"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == f"{cli.PROGRAM} {__version__}\n"


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "visualizer/__init__.py"
    for folder in ("icons", "pretrained", "guide", "screenshots"):
        wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
        assert f"resources/{folder}" in wheel and (ROOT / "resources" / folder).is_dir()
